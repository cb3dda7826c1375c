/** Carriers side by side, the network around one, and answers beside those over HTTP. */
import { HttpResponse, http, passthrough } from 'msw';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { handlerAt } from '../../../mock-server/in-process/msw.js';
import { createMockServer } from '../../../mock-server/server.js';
import { ENDPOINTS, LOGIN, resultCodeOf, VERIFY } from '../../support/endpoints.js';
import { tally } from '../../support/race.js';
import { loginRequest } from '../../support/requests.js';
import { network, newBase, useNetwork } from './network.js';
import { ask, askByNode, carrierOnNetwork, HOST } from './scene.js';

useNetwork();

const codeOf = async (response: Promise<Response>) => resultCodeOf(await (await response).text());

describe('side by side', () => {
  test('carriers at other bases share nothing, though their apps have one id', async () => {
    const [a, b] = [newBase(), newBase()];
    const [mine, theirs] = [carrierOnNetwork({ bases: [a] }), carrierOnNetwork({ bases: [b] })];
    const { token } = await mine.mint();
    await theirs.script('loginTokenValidate', '103211*');
    await theirs.advance('1d');
    expect(await codeOf(ask(theirs, LOGIN, { base: b, token }))).toBe('103211');
    await theirs.clearScript('loginTokenValidate');
    expect(await codeOf(ask(theirs, LOGIN, { base: b, token }))).toBe('104201');
    expect(await codeOf(ask(mine, LOGIN, { base: a, token }))).toBe('103000');
    await mine.assertCalledOnce();
    await theirs.assertCalled(2);
  });

  test('an app of its own is another world at the same carrier', async () => {
    const carrier = carrierOnNetwork();
    await using app = await carrier.mock.createApp({ dailyQuota: 0 });
    const { token } = await app.mint();
    const body = JSON.stringify(loginRequest(app, token));
    expect(await codeOf(fetch(HOST + LOGIN.path, { method: 'POST', body }))).toBe('105312');
    await carrier.assertNeverCalled();
    expect(await carrier.mock.requests()).toMatchObject([{ appId: app.appId }]);
  });

  test.each(ENDPOINTS)('of 300 simultaneous $operation of one token one succeeds', async (endpoint) => {
    const carrier = carrierOnNetwork();
    const { token } = await carrier.mint({ capability: endpoint.operation });
    const racing = Array.from({ length: 300 }, (_, at) =>
      at % 2 === 0
        ? codeOf(ask(carrier, endpoint, { token }))
        : askByNode(carrier, endpoint, { token }).then(({ text }) => resultCodeOf(text)),
    );
    const dead = endpoint === LOGIN ? '104201' : '606';
    expect(tally(await Promise.all(racing))).toEqual({ [endpoint.success]: 1, [dead]: 299 });
    await carrier.assertCharged(1);
    await carrier.assertCalled(300, { token });
  });
});

describe('the network around it', () => {
  test('what is nobody’s is msw’s to complain about, and calls of the carrier are not', async () => {
    const carrier = carrierOnNetwork();
    const complaint = vi.spyOn(console, 'error').mockReturnValue();
    onTestFinished(() => complaint.mockRestore());
    await expect(fetch('http://nobody.test/')).rejects.toThrow();
    await expect(carrier.clock()).resolves.toMatchObject({ frozen: false });
  });

  test('a handler in front of the carrier’s has its way', async () => {
    const carrier = carrierOnNetwork();
    network.use(http.post(`${HOST}${LOGIN.path}`, () => HttpResponse.text('from the test'), { once: true }));
    expect(await (await ask(carrier, LOGIN)).text()).toBe('from the test');
    expect(await codeOf(ask(carrier, LOGIN))).toBe('103000');
    await carrier.assertCalledOnce();
  });

  test('a refusal that an assertion did not expect is told with its reason', async () => {
    const carrier = carrierOnNetwork();
    await carrier.advance('1ms');
    await ask(carrier, LOGIN, { token: 'not-a-token' });
    const failed = carrier.assertCalledOnce({ resultCode: '103000' });
    await expect(failed).rejects.toMatchObject({ name: 'AssertionError', message: expect.stringContaining('103113') });
    const [record] = await carrier.requests();
    expect(await carrier.explain(record?.id ?? '')).toMatchObject({ decidedBy: 'tokenWellFormed', next: '104201' });
  });
});

/** What a connection says of itself, and a message does not. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'date'];
/** In process there is no address to name. */
const OF_A_SERVER = 'x-mock-explanation';

test.each([
  ...ENDPOINTS.map((endpoint) => ({ description: `a success of ${endpoint.operation}`, endpoint, change: {} })),
  { description: 'a refusal', endpoint: LOGIN, change: { body: '{"appid":"300000000001"}' } },
  { description: 'a wrong method', endpoint: VERIFY, change: { method: 'PUT' } },
  {
    description: 'a header of the mock that is wrong',
    endpoint: LOGIN,
    change: { headers: { 'x-mock-outcome': 'no' } },
  },
  { description: 'a fault', endpoint: LOGIN, change: { headers: { 'x-mock-outcome': 'status(503)' } } },
])('with one seed $description has the headers and bytes that it has over HTTP', async ({ endpoint, change }) => {
  const seed = 'the same';
  await using server = await createMockServer({ seed });
  network.use(http.all(`${server.url}/*`, () => passthrough()));
  const app = await server.mock.app('300000000001');
  const atMs = Date.UTC(2026, 10, 25);
  const carrier = carrierOnNetwork({ seed });
  const answers = [];
  for (const [world, base] of [
    [app, server.url],
    [carrier, HOST],
  ] as const) {
    await world.freeze(atMs);
    const { token } = await world.mint({ capability: endpoint.operation });
    const { appId, appKey, appSecret, platformPublicKey } = world;
    const body = JSON.stringify(endpoint.request({ appId, appKey, appSecret, platformPublicKey }, token));
    const init = { method: 'POST', body, ...change };
    const response = await fetch(base + endpoint.path, init);
    const headers = [...response.headers].filter(([name]) => ![...HOP_BY_HOP, OF_A_SERVER].includes(name));
    answers.push({ status: response.status, headers, body: await response.text() });
  }
  expect(answers[1]).toEqual(answers[0]);
});

test('a mistake of the listener itself is msw’s to report, and no network error', async () => {
  const complaint = vi.spyOn(console, 'error').mockReturnValue();
  onTestFinished(() => complaint.mockRestore());
  const base = newBase();
  network.use(handlerAt(new URL(base), async () => Promise.reject(new RangeError('out of order'))));
  const response = await fetch(`${base}/`);
  expect([response.status, await response.json()]).toMatchObject([
    500,
    { name: 'RangeError', message: 'out of order' },
  ]);
});
