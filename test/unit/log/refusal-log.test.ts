/** The log lines for refused requests: their selection, content and rate. */
import { createHash } from 'node:crypto';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { mint } from '../../../mock-server/carrier/apps/mint.js';
import type { Carrier, LogFields } from '../../../mock-server/carrier/carrier.js';
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import type { StateStore } from '../../../mock-server/carrier/store/state-store.js';
import { loadExplanations } from '../../../mock-server/telemetry/explained/finding-lines.js';
import { LOGGED_APPS_MAX } from '../../../mock-server/telemetry/explained/recent-apps.js';
import { logRefusals } from '../../../mock-server/telemetry/explained/refusal-log.js';
import { addApp, credentialsOf, newCarrier } from '../../support/carrier.js';
import { ENDPOINTS, type Endpoint, LOGIN, VERIFY } from '../../support/endpoints.js';
import { exchangeOf, NOW_MS, PATHS, PHONE_NUMBER, TOKEN } from '../../support/engine.js';
import { eventually } from '../../support/poll.js';
import { type Fields, loginRequest, verifyRequest } from '../../support/requests.js';

const UNKNOWN_TOKEN = TOKEN;
// The search for this mistake does not end early.
const UNEXPLAINED_SIGN = '0'.repeat(32);

async function scene(store: StateStore = createMemoryStore()) {
  const testCarrier = newCarrier({ nowMs: NOW_MS, store });
  const lines: string[] = [];
  const chinese: string[] = [];
  const seen: LogFields[] = [];
  const errors: string[] = [];
  const elapsed = { ms: 0 };
  const carrier: Carrier = {
    ...testCarrier.carrier,
    clock: { ...testCarrier.carrier.clock, elapsedMs: () => elapsed.ms },
    log: {
      error: ({ en }) => void errors.push(en),
      warn: () => undefined,
      info: ({ en, zh }, { fields } = {}) => {
        lines.push(en);
        chinese.push(zh);
        seen.push(fields ?? {});
      },
      debug: () => undefined,
    },
  };
  // Loads them now, so that the first line is not slow.
  await loadExplanations();
  const app = await addApp(carrier, { appId: '300000000042' });
  const credentials = credentialsOf(app, carrier);
  const handle = createAnswer(carrier);
  const stop = logRefusals(carrier, { controlUrl: 'http://mock.test' });
  onTestFinished(() => stop());

  const token = async ({ operation }: Endpoint = LOGIN) => {
    const minted = await mint(carrier, app, { capability: operation });
    return minted === 'exists' ? '' : (minted[0]?.token ?? '');
  };
  const call = async (endpoint: Endpoint, body: unknown, rawHeaders: readonly string[] = []) => {
    const reply = await handle(exchangeOf(endpoint.operation, body, { path: PATHS[endpoint.operation], rawHeaders }));
    return reply?.requestId ?? '';
  };
  return {
    carrier,
    chinese,
    seen,
    credentials,
    elapsed,
    errors,
    stop,
    token,
    call,
    /** A refusal that needs no search. */
    refuse: () => call(LOGIN, loginRequest(credentials, UNKNOWN_TOKEN)),
    lines: (count: number) => eventually(`${count} lines`, () => (lines.length < count ? undefined : lines)),
    /** Resolves when all pending lines are written. */
    settled: async () => {
      for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      return lines;
    },
  };
}

describe('a line', () => {
  test('has the operation, the code with its meaning, the app, the rule and the address of the explanation', async () => {
    const { call, credentials, token, lines } = await scene();
    const id = await call(LOGIN, loginRequest(credentials, await token(), { sign: UNEXPLAINED_SIGN }));
    const [line] = await lines(1);
    expect(line).toMatch(/^loginTokenValidate 103101 \(.+\) app "300000000042": the signature is wrong \(signValid\)/);
    expect(line).toContain(`[http://mock.test/#/requests/${id}]`);
  });

  test.each([
    { description: 'no JSON', endpoint: LOGIN, body: '{"appid":\n', parts: ['103412', 'app "-"', 'bodyReadable'] },
    { description: 'no token', endpoint: LOGIN, body: '{}', parts: ['103811', 'app "-"', 'tokenPresent'] },
    { description: 'an empty envelope', endpoint: VERIFY, body: '{}', parts: ['tokenValidate 102', 'parametersValid'] },
    {
      description: 'an unknown app',
      endpoint: LOGIN,
      body: loginRequest({ appId: 'no"body', appKey: '', appSecret: '' }, 'x'),
      parts: ['103119', 'app "…"', 'appKnown'],
    },
    {
      description: 'an app id that is mistyped',
      endpoint: LOGIN,
      body: loginRequest({ appId: '300000000043', appKey: '', appSecret: '' }, 'x'),
      parts: ['103119', 'app "300000000043"', 'appKnown'],
    },
  ])('of a request with $description names the mistake', async ({ endpoint, body, parts }) => {
    const { call, lines } = await scene();
    await call(endpoint, body);
    const [line = ''] = await lines(1);
    for (const text of parts) expect(line).toContain(text);
  });

  test.each([
    { description: 'an appid', fields: { appid: 'a\nb\u001b[31m' } },
    { description: 'a token', fields: { token: 'STsid\r\n0000\u2028' } },
    { description: 'a msgid', fields: { msgid: 'a\nb' } },
    { description: 'a time', fields: { systemtime: '2026\n1125\u0007' } },
    { description: 'a version', fields: { version: '2\n0' } },
    { description: 'an unknown field', fields: { 'tok\nen': 'x', token: '' } },
  ])('is one line, whatever $description contains', async ({ fields }) => {
    const { credentials, call, lines } = await scene();
    await call(LOGIN, loginRequest(credentials, 'x', fields));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what may not come through
    expect((await lines(1))[0]).not.toMatch(/[\u0000-\u001f\u007f\u2028\u2029]/);
  });

  test('names the first known mistake: appKey, although this app signs with APPSecret', async () => {
    const { credentials, call, token, lines } = await scene();
    await call(LOGIN, loginRequest({ ...credentials, appSecret: credentials.appKey }, await token()));
    expect((await lines(1))[0]).toMatch(/the signature is wrong \(signValid\); sign\.secret-swapped: \S/);
  });

  test('does not name a remark as the reason', async () => {
    const { call, lines } = await scene();
    const unknown = loginRequest({ appId: '300000000043', appKey: '', appSecret: '' }, UNKNOWN_TOKEN);
    await call(LOGIN, unknown, ['Content-Type', 'text/plain']);
    expect((await lines(1))[0]).toMatch(/\(appKnown\) \[http/);
  });

  test.each(ENDPOINTS)('of a forced refusal at $operation names what forced it', async (endpoint) => {
    const { call, lines } = await scene();
    const code = endpoint.codes.at(-1) ?? '';
    await call(endpoint, '{}', ['X-Mock-Result-Code', code]);
    const [line] = await lines(1);
    expect(line).toContain(`${endpoint.operation} ${code} (`);
    expect(line).toContain('forced by a test');
  });

  test('of a magic token has the same content', async () => {
    const { credentials, call, lines } = await scene();
    await call(LOGIN, loginRequest(credentials, 'STsid0000000000000000000MOCKRESULTCODE000000000000103211'));
    expect((await lines(1))[0]).toMatch(/^loginTokenValidate 103211 .*forced by a test/);
  });

  test('is written after the response', async () => {
    const { refuse, lines, settled } = await scene();
    const before = await settled();
    const length = before.length;
    await refuse();
    expect([length, before.length]).toEqual([0, 0]);
    await lines(1);
  });
});

describe('no line', () => {
  test.each([
    { description: 'a success at login', endpoint: LOGIN, headers: [] },
    { description: 'a success at verify', endpoint: VERIFY, headers: [] },
    { description: 'a forced success', endpoint: LOGIN, headers: ['X-Mock-Result-Code', '103000'] },
    { description: 'not the own number, which is an answer', endpoint: VERIFY, headers: ['X-Mock-Result-Code', '001'] },
    { description: 'an answer that was lost', endpoint: LOGIN, headers: ['X-Mock-Outcome', 'lose'] },
    { description: 'an answer that was never decided', endpoint: LOGIN, headers: ['X-Mock-Outcome', 'status(503)'] },
    { description: 'a header that is wrong', endpoint: LOGIN, headers: ['X-Mock-Outcome', 'explode'] },
  ])('for $description', async ({ endpoint, headers }) => {
    const { credentials, call, token, settled } = await scene();
    const app = { ...credentials, platformPublicKey: '' };
    await call(endpoint, endpoint.request(app, await token(endpoint)), headers);
    expect(await settled()).toEqual([]);
  });

  test('after the log was stopped', async () => {
    const { refuse, stop, settled } = await scene();
    stop();
    await refuse();
    expect(await settled()).toEqual([]);
  });
});

const times = async (count: number, refuse: () => Promise<string>) => {
  for (let at = 0; at < count; at += 1) await refuse();
};

describe('of many refusals', () => {
  test('the first is written, then three more at once, then one a second with the number of repeats', async () => {
    const { refuse, lines, settled, elapsed, seen } = await scene();
    await times(25, refuse);
    expect(await lines(4)).toHaveLength(4);
    elapsed.ms += 999;
    await refuse();
    expect(await settled()).toHaveLength(4);
    elapsed.ms += 1;
    await refuse();
    const shown = await lines(5);
    expect(shown[4]).toMatch(/\(tokenKnown\); again 22×; token\.\w+: .* \[http/);
    expect(seen.map(({ repeats }) => repeats)).toEqual([...Array(4).fill(undefined), 22]);
    elapsed.ms += 1000;
    await refuse();
    expect((await lines(6))[5]).not.toContain('again');
  });

  test('after a long pause, three are written at once', async () => {
    const { refuse, lines, settled, elapsed } = await scene();
    await times(4, refuse);
    await lines(4);
    elapsed.ms += 86_400_000;
    await times(15, refuse);
    expect(await lines(7)).toHaveLength(7);
    expect(await settled()).toHaveLength(7);
  });

  test('a success does not count', async () => {
    const { credentials, call, token, refuse, lines } = await scene();
    for (let at = 0; at < 20; at += 1) await call(LOGIN, loginRequest(credentials, await token()));
    await times(4, refuse);
    expect(await lines(4)).toHaveLength(4);
  });

  test('the count is written after five seconds, with the address of the latest refusal', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { refuse, lines, settled, chinese, seen } = await scene();
    await times(13, refuse);
    await settled();
    const latest = await refuse();
    await settled();
    vi.advanceTimersByTime(4999);
    expect(await settled()).toHaveLength(4);
    vi.advanceTimersByTime(1);
    const [repeats] = (await lines(5)).slice(4);
    expect(repeats).toMatch(/^loginTokenValidate 104201 \(.*\) app "300000000042": .* \(tokenKnown\); again 10× \[/);
    expect(repeats).toContain(`[http://mock.test/#/requests/${latest}]`);
    expect(chinese[4]).toContain('；又出现 10 次 [');
    expect(seen[4]).toMatchObject({ requestId: latest, appId: '300000000042', repeats: 10 });
    vi.advanceTimersByTime(5000);
    expect(await settled()).toHaveLength(5);
  });

  test('the count is written when the log is stopped', async () => {
    const { refuse, stop, settled } = await scene();
    await times(13, refuse);
    await settled();
    await stop();
    expect((await settled()).map((line) => /again (\d+)×/.exec(line)?.[1]).filter(Boolean)).toEqual(['9']);
  });

  test('refusals that wait when the log is stopped are written without their causes', async () => {
    const { call, credentials, token, stop, settled } = await scene();
    const sign = UNEXPLAINED_SIGN;
    await call(LOGIN, '{"appid":\n');
    await call(LOGIN, loginRequest(credentials, await token(), { sign }));
    await call(LOGIN, '{}');
    await stop();
    const lines = await settled();
    expect(lines.map((line) => /\((\w+)\); 1× \[/.exec(line)?.[1])).toEqual(
      expect.arrayContaining(['signValid', 'tokenPresent']),
    );
    expect(lines.join()).not.toContain('sign.no-match');
    expect(lines).toHaveLength(3);
  });

  test('the first of each app and rule is written', async () => {
    const { carrier, call, refuse, lines } = await scene();
    await times(20, refuse);
    const others = await Promise.all(['300000000051', '300000000052'].map((appId) => addApp(carrier, { appId })));
    for (const other of others) await call(LOGIN, loginRequest(credentialsOf(other, carrier), UNKNOWN_TOKEN));
    await call(LOGIN, loginRequest(credentialsOf(others[0] as (typeof others)[number], carrier), ''));
    const shown = (await lines(7)).slice(4);
    expect(shown.map((line) => /app "(\d+)": .* \((\w+)\)/.exec(line)?.slice(1).join(' '))).toEqual([
      '300000000051 tokenKnown',
      '300000000052 tokenKnown',
      '300000000051 tokenPresent',
    ]);
  });

  test('the first of each cause is written, even after many of another cause of the same rule', async () => {
    const { credentials, call, token, lines } = await scene();
    const swapped = { ...credentials, appSecret: credentials.appKey };
    for (let at = 0; at < 20; at += 1) await call(LOGIN, loginRequest(swapped, await token()));
    await lines(4);
    const sign = String(loginRequest(credentials, UNKNOWN_TOKEN)['sign']);
    await call(LOGIN, loginRequest(credentials, UNKNOWN_TOKEN, { sign: sign.slice(0, 31) }));
    const [line] = (await lines(5)).slice(4);
    expect(line).toMatch(/; again 16×; sign\.no-match: /);
  });

  test('unknown apps share one first line, and cannot displace real apps', async () => {
    const { call, refuse, lines, settled, stop, seen } = await scene();
    await refuse();
    for (let at = 0; at < 2000; at += 1) {
      await call(LOGIN, loginRequest({ appId: String(300_000_100_000 + at), appKey: '', appSecret: '' }, 'x'));
    }
    expect(await lines(5)).toHaveLength(5);
    await refuse();
    await stop();
    expect(await settled()).toHaveLength(7);
    const counted = (app: RegExp) =>
      seen.reduce((sum, { appId, repeats = 0 }) => sum + (app.test(String(appId)) ? Number(repeats) : 0), 0);
    // Four of them and the first of the app have lines of their own.
    expect([counted(/^3000001/), counted(/^300000000042$/)]).toEqual([1996, 1]);
  });

  test('undocumented codes share one first line', async () => {
    const { call, lines, settled } = await scene();
    for (let at = 0; at < 50; at += 1) await call(LOGIN, '{}', ['X-Mock-Result-Code', String(900_000 + at)]);
    expect(await lines(4)).toHaveLength(4);
    expect(await settled()).toHaveLength(4);
  });

  test('beyond a thousand apps, the least recent one is dropped, and its count is written', async () => {
    const { carrier, refuse, lines, settled, call } = await scene();
    await times(6, refuse);
    await lines(4);
    for (let at = 0; at < LOGGED_APPS_MAX; at += 1) {
      const app = await addApp(carrier, { appId: String(300_000_200_000 + at) });
      await call(LOGIN, loginRequest(credentialsOf(app, carrier), UNKNOWN_TOKEN));
      await settled();
    }
    const shown = await lines(5 + LOGGED_APPS_MAX);
    expect(shown.filter((line) => line.includes('again'))).toEqual([expect.stringMatching(/"300000000042".*again 2×/)]);
    await refuse();
    expect((await lines(6 + LOGGED_APPS_MAX)).at(-1)).toContain('"300000000042"');
  });

  test('explanations stop after half a second, and further refusals are counted', async () => {
    const { refuse, settled, elapsed, stop, carrier } = await scene();
    const read = carrier.store.journal;
    Object.assign(carrier.store, {
      journal: (...args: Parameters<typeof read>) => {
        elapsed.ms += 400;
        return read(...args);
      },
    });
    for (let at = 0; at < 5; at += 1) {
      await refuse();
      await settled();
    }
    expect(await settled()).toHaveLength(2);
    await stop();
    expect((await settled()).at(-1)).toMatch(/again 3×/);
  });
});

describe('001', () => {
  const verify = (of: Awaited<ReturnType<typeof scene>>, body: Fields, number = PHONE_NUMBER) =>
    of
      .token(VERIFY)
      .then((token) => of.call(VERIFY, verifyRequest(of.credentials, { token, phoneNumber: number }, { body })));

  test('with a mistake in phoneNum has a line', async () => {
    const of = await scene();
    const phoneNum = createHash('sha256').update(PHONE_NUMBER).digest('hex').toUpperCase();
    await verify(of, { phoneNum });
    const [line = ''] = await of.lines(1);
    expect(line).toMatch(/^tokenValidate 001 \(.*\) app "300000000042": .* \(numberMatches\); phone\.hash-alone: /);
    expect(line).not.toContain(PHONE_NUMBER);
    expect(of.seen[0]).toMatchObject({ resultCode: '001', finding: 'phone.hash-alone' });
  });

  test('for another number has no line, because it is a normal result', async () => {
    const of = await scene();
    await verify(of, {}, '13900139000');
    expect(await of.settled()).toEqual([]);
  });
});

test('a line has three causes, the number of the others, and no received values', async () => {
  const { call, lines, seen } = await scene();
  await call(LOGIN, '{"appid":"300000000042","token":"secret-token"}');
  const [line = ''] = await lines(1);
  expect(line.match(/field\.missing: "\w+" is required/g)).toHaveLength(3);
  expect(line).toMatch(/And [1-9] more\. \[/);
  expect(line).toContain('It belongs at ');
  expect(line).not.toContain('secret-token');
  expect(seen[0]).toMatchObject({ finding: 'field.missing', findings: expect.arrayContaining(['field.missing']) });
});

test('a line that cannot be made is an error in the log', async () => {
  const store = createMemoryStore();
  let isDown = false;
  const double: StateStore = {
    ...store,
    journal: async function* (partition) {
      if (isDown) throw new Error('connection refused');
      yield* store.journal(partition);
    },
  };
  const { refuse, errors, settled, lines } = await scene(double);
  isDown = true;
  const id = await refuse();
  const [error] = await eventually('an error', () => (errors.length === 0 ? undefined : errors));
  expect(error).toContain(id);
  expect(error).toContain('connection refused');
  expect(await settled()).toEqual([]);
  isDown = false;
  await refuse();
  expect(await lines(1)).toHaveLength(1);
});
