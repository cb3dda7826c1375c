/** The log lines for refused requests: their selection, content and rate. */
import { createHash } from 'node:crypto';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { mint } from '../../../mock-server/carrier/apps/mint.js';
import type { Carrier } from '../../../mock-server/carrier/carrier.js';
import type { LogFields } from '../../../mock-server/carrier/log.js';
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import type { StateStore } from '../../../mock-server/carrier/store/state-store.js';
import { loadExplanations, logFindings } from '../../../mock-server/telemetry/finding-log.js';
import { shownAppId } from '../../../mock-server/telemetry/request-log.js';
import { addApp, credentialsOf, newCarrier } from '../../support/carrier.js';
import { directApi } from '../../support/direct-api.js';
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
      language: 'en',
      error: ({ en }) => void errors.push(en),
      warn: () => undefined,
      info: ({ en, zh }, { fields } = {}) => {
        lines.push(en);
        chinese.push(zh);
        seen.push(fields ?? {});
      },
      debug: () => undefined,
      request: () => undefined,
    },
  };
  // Loads them now, so that the first line is not slow.
  await loadExplanations();
  const app = await addApp(carrier, { appId: '300000000042' });
  const credentials = credentialsOf(app, carrier);
  const handle = createAnswer(carrier);
  const stop = logFindings(carrier, 'http://mock.test');
  onTestFinished(() => stop());

  const token = async ({ operation }: Endpoint = LOGIN) => {
    const minted = await mint(carrier, app, { capability: operation });
    return minted === 'exists' ? '' : (minted[0]?.token ?? '');
  };
  const call = async (endpoint: Endpoint, body: unknown, rawHeaders: readonly string[] = []) => {
    const reply = await handle(
      exchangeOf(endpoint.operation, body, { path: PATHS[endpoint.operation], rawHeaders }),
    );
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
    lines: (count: number) =>
      eventually(`${count} lines`, () => (lines.length < count ? undefined : lines)),
    /** Resolves when all pending lines are written. */
    settled: async () => {
      for (let turn = 0; turn < 100; turn += 1)
        await new Promise((resolve) => setImmediate(resolve));
      return lines;
    },
  };
}

describe('a line', () => {
  test('has the operation, the code with its meaning, the app, the rule and the address of the explanation', async () => {
    const { call, credentials, token, lines } = await scene();
    const id = await call(LOGIN, loginRequest(credentials, await token(), { sign: 'x' }));
    const [line] = await lines(1);
    expect(line).toMatch(
      /^loginTokenValidate 103101 \(.+\) app "300000000042": the signature is wrong \(signValid\)/,
    );
    expect(line).toContain(`[http://mock.test/#/requests/${id}]`);
  });

  test.each([
    {
      description: 'no JSON',
      endpoint: LOGIN,
      body: '{"appid":\n',
      parts: ['103412', 'app "-"', 'bodyReadable'],
    },
    {
      description: 'no token',
      endpoint: LOGIN,
      body: '{}',
      parts: ['103811', 'app "-"', 'tokenPresent'],
    },
    {
      description: 'an empty envelope',
      endpoint: VERIFY,
      body: '{}',
      parts: ['tokenValidate 102', 'parametersValid'],
    },
    {
      description: 'an unknown app',
      endpoint: LOGIN,
      body: loginRequest({ appId: 'no"body', appKey: '', appSecret: '' }, 'x'),
      parts: ['103119', 'app "…"', 'appKnown'],
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
    await call(
      LOGIN,
      loginRequest({ ...credentials, appSecret: credentials.appKey }, await token()),
    );
    expect((await lines(1))[0]).toMatch(
      /the signature is wrong \(signValid\); sign\.secret-swapped: \S/,
    );
  });

  test.each([
    {
      path: '/login?phone=13800138000',
      part: 'url.wrong-path: The request was sent to "…"; the correct path is',
    },
    {
      path: '/api/sendSmsCode',
      part: 'interface.not-simulated: The request is for the SMS service',
    },
  ])('of a request to $path names the path that is meant', async ({ path, part }) => {
    const { carrier, credentials, lines, chinese } = await scene();
    const { headers } = await directApi(carrier).post(path).send(loginRequest(credentials, 'x'));
    const [line = ''] = await lines(1);
    expect(line).toMatch(
      /^no such path \(HTTP 404\) app "-": the method is not POST, or the path is wrong \(urlRight\)/,
    );
    expect(line).toContain(part);
    expect(line).toContain(`[http://mock.test/#/requests/${headers['x-mock-request-id']}]`);
    expect(line).not.toContain('13800138000');
    expect(chinese[0]).toMatch(/^没有这个路径（HTTP 404）应用 "-"：/);
  });

  test('does not repeat the words of the code in Chinese', async () => {
    const { call, chinese, credentials, lines, refuse } = await scene();
    await call(LOGIN, { ...loginRequest(credentials, UNKNOWN_TOKEN), sign: 'x' });
    await refuse();
    await lines(2);
    expect(chinese[0]).toMatch(
      /^loginTokenValidate 103101（签名错误）应用 "300000000042"：signValid；/,
    );
    expect(chinese[1]).toMatch(
      /（token失效或不存在）应用 "300000000042"：token 不存在（tokenKnown）；/,
    );
  });

  test('does not name a remark as the reason', async () => {
    const { call, lines } = await scene();
    const unknown = loginRequest(
      { appId: '300000000043', appKey: '', appSecret: '' },
      UNKNOWN_TOKEN,
    );
    await call(LOGIN, unknown, ['Content-Type', 'text/plain']);
    const [line] = await lines(1);
    expect(line).toMatch(/\(appKnown\); app\.unknown: .*it has 300000000042/);
    expect(line).not.toContain('header.content-type');
  });

  test.each(ENDPOINTS)(
    'of a forced refusal at $operation names what forced it',
    async (endpoint) => {
      const { call, lines } = await scene();
      const code = endpoint.codes.at(-1) ?? '';
      await call(endpoint, '{}', ['X-Mock-Result-Code', code]);
      const [line] = await lines(1);
      expect(line).toContain(`${endpoint.operation} ${code} (`);
      expect(line).toContain('forced by a test');
    },
  );

  test('of a forced refusal needs no search for its causes', async () => {
    const journal = () => {
      throw new Error('the explanation reads the journal');
    };
    const { call, credentials, token, lines, errors } = await scene({
      ...createMemoryStore(),
      journal,
    });
    const body = loginRequest(credentials, await token(), { sign: UNEXPLAINED_SIGN });
    await call(LOGIN, body, ['X-Mock-Result-Code', '103911']);
    await lines(1);
    expect(errors).toEqual([]);
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
    {
      description: 'not the own number, which is an answer',
      endpoint: VERIFY,
      headers: ['X-Mock-Result-Code', '001'],
    },
    {
      description: 'an answer that was lost',
      endpoint: LOGIN,
      headers: ['X-Mock-Outcome', 'lose'],
    },
    {
      description: 'an answer that was never decided',
      endpoint: LOGIN,
      headers: ['X-Mock-Outcome', 'status(503)'],
    },
    {
      description: 'a header that is wrong',
      endpoint: LOGIN,
      headers: ['X-Mock-Outcome', 'explode'],
    },
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

describe('of many refusals', () => {
  const times = async (count: number, refuse: () => Promise<string>) => {
    for (let at = 0; at < count; at += 1) await refuse();
  };

  test('three a second have a line', async () => {
    const { refuse, settled, elapsed } = await scene();
    await times(5, refuse);
    expect(await settled()).toHaveLength(3);
    elapsed.ms += 999;
    await refuse();
    expect(await settled()).toHaveLength(3);
    elapsed.ms += 1;
    await times(4, refuse);
    expect(await settled()).toHaveLength(6);
  });

  test('the others are counted within a second', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { refuse, settled, chinese, seen } = await scene();
    await times(15, refuse);
    expect(await settled()).toHaveLength(3);
    vi.advanceTimersByTime(1000);
    expect((await settled()).slice(3)).toEqual([
      '12 more refusals have no line: the log has at most 3 a second',
    ]);
    expect(chinese[3]).toBe('另有 12 次拒绝没有写日志：每秒最多写 3 行');
    expect(seen[3]).toEqual({ omitted: 12 });
    vi.advanceTimersByTime(5000);
    expect(await settled()).toHaveLength(4);
  });

  test('the count is written when the log is stopped', async () => {
    const { refuse, stop, settled } = await scene();
    await times(4, refuse);
    await stop();
    expect((await settled()).at(-1)).toBe(
      '1 more refusal has no line: the log has at most 3 a second',
    );
  });

  test.each([
    { description: 'a success', headers: [] },
    { description: 'a forced success', headers: ['X-Mock-Result-Code', '103000'] },
    { description: 'an answer that was never decided', headers: ['X-Mock-Outcome', 'status(503)'] },
  ])('$description does not count', async ({ headers }) => {
    const { credentials, call, token, refuse, stop, settled } = await scene();
    const succeed = async () => call(LOGIN, loginRequest(credentials, await token()), headers);
    await times(4, succeed);
    await times(3, refuse);
    await times(4, succeed);
    await stop();
    expect(await settled()).toHaveLength(3);
  });

  test('001, which may be right, is not counted', async () => {
    const { credentials, call, token, refuse, stop, settled } = await scene();
    await times(3, refuse);
    const fields = { token: await token(VERIFY), phoneNumber: '13900139000' };
    await call(VERIFY, verifyRequest(credentials, fields));
    await stop();
    expect(await settled()).toHaveLength(3);
  });
});

describe('001', () => {
  const verify = (of: Awaited<ReturnType<typeof scene>>, body: Fields, number = PHONE_NUMBER) =>
    of
      .token(VERIFY)
      .then((token) =>
        of.call(VERIFY, verifyRequest(of.credentials, { token, phoneNumber: number }, { body })),
      );

  test('with a mistake in phoneNum has a line', async () => {
    const of = await scene();
    const phoneNum = createHash('sha256').update(PHONE_NUMBER).digest('hex').toUpperCase();
    await verify(of, { phoneNum });
    const [line = ''] = await of.lines(1);
    expect(line).toMatch(
      /^tokenValidate 001 \(.*\) app "300000000042": .* \(numberMatches\); phone\.hash-alone: /,
    );
    expect(line).not.toContain(PHONE_NUMBER);
    expect(of.seen[0]).toMatchObject({ resultCode: '001', finding: 'phone.hash-alone' });
  });

  test('for another number has no line, because it is a normal result', async () => {
    const of = await scene();
    await verify(of, {}, '13900139000');
    expect(await of.settled()).toEqual([]);
  });
});

describe('an appId', () => {
  test.each([
    { description: 'of twelve digits', appId: '300000000043', shown: '300000000043' },
    { description: 'of thirteen digits', appId: '3000000000431', shown: '3000000000431' },
    { description: 'of eleven digits', appId: '30000000004', shown: '…' },
    { description: 'of fourteen digits', appId: '30000000004312', shown: '…' },
    { description: 'that is another text', appId: '300-our-secret', shown: '…' },
    { description: 'that begins differently', appId: '400000000043', shown: '…' },
    { description: 'in a longer text', appId: 'key 300000000043', shown: '…' },
  ])('$description is "$shown" in the log', ({ appId, shown }) => {
    expect(shownAppId(appId, { known: false })).toBe(shown);
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
  expect(seen[0]).toMatchObject({
    finding: 'field.missing',
    findings: expect.arrayContaining(['field.missing']),
  });
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
