/** The lines in plain words for refused requests: which are written, what they say, and how many at a time. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { mint } from '../../../mock-server/carrier/apps/mint.js';
import type { Carrier } from '../../../mock-server/carrier/carrier.js';
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import type { StateStore } from '../../../mock-server/carrier/store/state-store.js';
import { logRefusals } from '../../../mock-server/telemetry/refusal-log.js';
import { addApp, credentialsOf, newCarrier } from '../../support/carrier.js';
import { ENDPOINTS, type Endpoint, LOGIN, VERIFY } from '../../support/endpoints.js';
import { exchangeOf, NOW_MS, PATHS, TOKEN } from '../../support/engine.js';
import { eventually } from '../../support/poll.js';
import { loginRequest } from '../../support/requests.js';

const UNKNOWN_TOKEN = TOKEN;
// The search for the mistake in it goes on to its end.
const UNEXPLAINED_SIGN = '0'.repeat(32);

async function scene(store: StateStore = createMemoryStore()) {
  const made = newCarrier({ nowMs: NOW_MS, store });
  const lines: string[] = [];
  const errors: string[] = [];
  const elapsed = { ms: 0 };
  const carrier: Carrier = {
    ...made.carrier,
    clock: { ...made.carrier.clock, elapsedMs: () => elapsed.ms },
    log: {
      error: (message) => void errors.push(message),
      warn: () => undefined,
      info: (message) => void lines.push(message),
      debug: () => undefined,
    },
  };
  const app = await addApp(carrier, { appId: '300000000042' });
  const credentials = credentialsOf(app, carrier);
  const handle = createAnswer(carrier);
  const stop = logRefusals(carrier);
  onTestFinished(stop);

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
    credentials,
    elapsed,
    errors,
    stop,
    token,
    call,
    /** A refusal that takes no search to explain. */
    refuse: () => call(LOGIN, loginRequest(credentials, UNKNOWN_TOKEN)),
    lines: (count: number) => eventually(`${count} lines`, () => (lines.length < count ? undefined : lines)),
    /** Once whatever is on its way has been written. */
    settled: async () => {
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      return lines;
    },
  };
}

describe('a line', () => {
  test('has the operation, the code with its meaning, the app, the rule and the address of the explanation', async () => {
    const { call, credentials, token, lines } = await scene();
    const id = await call(LOGIN, loginRequest(credentials, await token(), { sign: UNEXPLAINED_SIGN }));
    const [line] = await lines(1);
    expect(line).toMatch(/^loginTokenValidate 103101 \(.+\) app "300000000042": the sign is wrong \(signValid\)/);
    expect(line).toContain(`[GET /_mock/requests/${id}/explanation]`);
  });

  test.each([
    { description: 'no JSON', endpoint: LOGIN, body: '{"appid":\n', says: ['103412', 'app "-"', 'bodyReadable'] },
    { description: 'no token', endpoint: LOGIN, body: '{}', says: ['103811', 'app "-"', 'tokenPresent'] },
    { description: 'an empty envelope', endpoint: VERIFY, body: '{}', says: ['tokenValidate 102', 'parametersValid'] },
    {
      description: 'an unknown app',
      endpoint: LOGIN,
      body: loginRequest({ appId: 'no"body', appKey: '', appSecret: '' }, 'x'),
      says: ['103119', 'app "…"', 'appKnown'],
    },
    {
      description: 'an app id that is mistyped',
      endpoint: LOGIN,
      body: loginRequest({ appId: '300000000043', appKey: '', appSecret: '' }, 'x'),
      says: ['103119', 'app "300000000043"', 'appKnown'],
    },
  ])('of a request with $description says so', async ({ endpoint, body, says }) => {
    const { call, lines } = await scene();
    await call(endpoint, body);
    const [line = ''] = await lines(1);
    for (const text of says) expect(line).toContain(text);
  });

  test.each([
    { description: 'an appid', fields: { appid: 'a\nb\u001b[31m' } },
    { description: 'a token', fields: { token: 'STsid\r\n0000\u2028' } },
    { description: 'a msgid', fields: { msgid: 'a\nb' } },
    { description: 'a time', fields: { systemtime: '2026\n1125\u0007' } },
    { description: 'a version', fields: { version: '2\n0' } },
    { description: 'a field that nobody knows', fields: { 'tok\nen': 'x', token: '' } },
  ])('is one line, whatever stands in $description', async ({ fields }) => {
    const { credentials, call, lines } = await scene();
    await call(LOGIN, loginRequest(credentials, 'x', fields));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what may not come through
    expect((await lines(1))[0]).not.toMatch(/[\u0000-\u001f\u007f\u2028\u2029]/);
  });

  test('names the first known mistake: appKey where this app signs with APPSecret', async () => {
    const { credentials, call, token, lines } = await scene();
    await call(LOGIN, loginRequest({ ...credentials, appSecret: credentials.appKey }, await token()));
    expect((await lines(1))[0]).toMatch(/the sign is wrong \(signValid\); sign\.secret-swapped: \S/);
  });

  test('names no remark as the reason', async () => {
    const { call, lines } = await scene();
    const unknown = loginRequest({ appId: '300000000043', appKey: '', appSecret: '' }, UNKNOWN_TOKEN);
    await call(LOGIN, unknown, ['Content-Type', 'text/plain']);
    expect((await lines(1))[0]).toMatch(/\(appKnown\) \[GET/);
  });

  test.each(ENDPOINTS)('of a forced refusal at $operation says who asked for it', async (endpoint) => {
    const { call, lines } = await scene();
    const code = endpoint.codes.at(-1) ?? '';
    await call(endpoint, '{}', ['X-Mock-Result-Code', code]);
    const [line] = await lines(1);
    expect(line).toContain(`${endpoint.operation} ${code} (`);
    expect(line).toContain('asked for by a test');
  });

  test('of a magic token says the same', async () => {
    const { credentials, call, lines } = await scene();
    await call(LOGIN, loginRequest(credentials, 'STsid0000000000000000000MOCKRESULTCODE000000000000103211'));
    expect((await lines(1))[0]).toMatch(/^loginTokenValidate 103211 .*asked for by a test/);
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

  test('once it was stopped', async () => {
    const { refuse, stop, settled } = await scene();
    stop();
    await refuse();
    expect(await settled()).toEqual([]);
  });
});

describe('the rate', () => {
  const refuseTimes = async (refuse: () => Promise<string>, times: number) => {
    for (let at = 0; at < times; at += 1) await refuse();
  };

  test('ten at once, and then one a second, which says how many were not shown', async () => {
    const { refuse, lines, settled, elapsed } = await scene();
    await refuseTimes(refuse, 25);
    expect(await lines(10)).toHaveLength(10);
    elapsed.ms += 999;
    await refuse();
    expect(await settled()).toHaveLength(10);
    elapsed.ms += 1;
    await refuseTimes(refuse, 2);
    const shown = await lines(11);
    expect(await settled()).toHaveLength(11);
    expect(shown[10]).toMatch(/ \(16 more were not shown\)$/);
    elapsed.ms += 1000;
    await refuse();
    expect((await lines(12))[11]).toMatch(/ \(1 more were not shown\)$/);
    expect(shown.slice(0, 10).join()).not.toContain('not shown');
  });

  test('a long silence allows ten', async () => {
    const { refuse, lines, settled, elapsed } = await scene();
    await refuseTimes(refuse, 10);
    elapsed.ms += 86_400_000;
    await refuseTimes(refuse, 15);
    expect(await lines(20)).toHaveLength(20);
    expect(await settled()).toHaveLength(20);
  });

  test('a success does not count', async () => {
    const { credentials, call, token, refuse, lines } = await scene();
    for (let at = 0; at < 20; at += 1) await call(LOGIN, loginRequest(credentials, await token()));
    await refuseTimes(refuse, 10);
    expect(await lines(10)).toHaveLength(10);
  });
});

test('a line that cannot be made is an error in the log', async () => {
  const store = createMemoryStore();
  const gone = { is: false };
  const double: StateStore = {
    ...store,
    log: (world, log) => (gone.is ? Promise.reject(new Error('connection refused')) : store.log(world, log)),
  };
  const { refuse, errors, settled, lines } = await scene(double);
  gone.is = true;
  const id = await refuse();
  const [error] = await eventually('an error', () => (errors.length === 0 ? undefined : errors));
  expect(error).toContain(id);
  expect(error).toContain('connection refused');
  expect(await settled()).toEqual([]);
  gone.is = false;
  await refuse();
  expect(await lines(1)).toHaveLength(1);
});
