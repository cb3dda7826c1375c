/**
 * Several carriers in one process, other handlers of the network, and responses compared with those over HTTP. Event
 * streams without a connection: they end when the reader leaves, and a slow reader never delays a request.
 */
import { HttpResponse, http, passthrough } from 'msw';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { handlerAt } from '../../../mock-server/in-process/msw.js';
import { createMockServer } from '../../../mock-server/server.js';
import { LOGIN, resultCodeOf, VERIFY } from '../../support/endpoints.js';
import { eventually } from '../../support/poll.js';
import { network, newBase, useNetwork } from './network.js';
import { call, carrierOnNetwork, HOST } from './scene.js';

useNetwork();

const codeOf = async (response: Promise<Response>) => resultCodeOf(await (await response).text());

describe('several carriers', () => {
  test('carriers at different bases share nothing, even if their apps have the same id', async () => {
    const [a, b] = [newBase(), newBase()];
    const [one, other] = [carrierOnNetwork({ bases: [a] }), carrierOnNetwork({ bases: [b] })];
    const { token } = await one.mint();
    await other.script('loginTokenValidate', '103211*');
    await other.advance('1d');
    expect(await codeOf(call(other, LOGIN, { base: b, token }))).toBe('103211');
    await other.clearScript('loginTokenValidate');
    expect(await codeOf(call(other, LOGIN, { base: b, token }))).toBe('104201');
    expect(await codeOf(call(one, LOGIN, { base: a, token }))).toBe('103000');
    await one.assertCalledOnce();
    await other.assertCalled(2);
  });
});

describe('the network', () => {
  test('msw reports unhandled requests, but not calls of the carrier', async () => {
    const carrier = carrierOnNetwork();
    const consoleError = vi.spyOn(console, 'error').mockReturnValue();
    onTestFinished(() => consoleError.mockRestore());
    await expect(fetch('http://unhandled.test/')).rejects.toThrow();
    await expect(carrier.clock()).resolves.toMatchObject({ frozen: false });
  });

  test('a handler before the carrier’s handlers wins', async () => {
    const carrier = carrierOnNetwork();
    network.use(
      http.post(`${HOST}${LOGIN.path}`, () => HttpResponse.text('from the test'), { once: true }),
    );
    expect(await (await call(carrier, LOGIN)).text()).toBe('from the test');
    expect(await codeOf(call(carrier, LOGIN))).toBe('103000');
    await carrier.assertCalledOnce();
  });
});

/** Headers of a connection, which responses in process do not have. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'date'];
/** In process there is no URL of an explanation. */
const SERVER_ONLY = 'x-mock-explanation';

test.each([
  { description: 'a success of login', endpoint: LOGIN, change: {} },
  { description: 'a success of verify', endpoint: VERIFY, change: {} },
  {
    description: 'an invalid header of the mock',
    endpoint: LOGIN,
    change: { headers: { 'x-mock-outcome': 'no' } },
  },
  {
    description: 'a fault',
    endpoint: LOGIN,
    change: { headers: { 'x-mock-outcome': 'status(503)' } },
  },
])(
  'with the same seed, $description has the same headers and bytes as over HTTP',
  async ({ endpoint, change }) => {
    const seed = 'the same';
    await using server = await createMockServer({ seed });
    network.use(http.all(`${server.url}/*`, () => passthrough()));
    const app = await server.mock.app('300000000001');
    const atMs = Date.UTC(2026, 10, 25);
    const carrier = carrierOnNetwork({ seed });
    const answers = [];
    for (const [client, base] of [
      [app, server.url],
      [carrier, HOST],
    ] as const) {
      await client.freeze(atMs);
      const { token } = await client.mint({ capability: endpoint.operation });
      const { appId, appKey, appSecret, platformPublicKey } = client;
      const body = JSON.stringify(
        endpoint.request({ appId, appKey, appSecret, platformPublicKey }, token),
      );
      const init = { method: 'POST', body, ...change };
      const response = await fetch(base + endpoint.path, init);
      const headers = [...response.headers].filter(
        ([name]) => ![...HOP_BY_HOP, SERVER_ONLY].includes(name),
      );
      answers.push({ status: response.status, headers, body: await response.text() });
    }
    expect(answers[1]).toEqual(answers[0]);
  },
);

test('an exception of the handler is reported by msw, not as a network error', async () => {
  const consoleError = vi.spyOn(console, 'error').mockReturnValue();
  onTestFinished(() => consoleError.mockRestore());
  const base = newBase();
  network.use(handlerAt(new URL(base), async () => Promise.reject(new RangeError('out of order'))));
  const response = await fetch(`${base}/`);
  expect([response.status, await response.json()]).toMatchObject([
    500,
    { name: 'RangeError', message: 'out of order' },
  ]);
});

test('closing a stream ends its loop and permits another stream', async () => {
  const carrier = carrierOnNetwork();
  // More than the maximum of open streams.
  for (let at = 0; at < 150; at += 1) {
    const stream = await carrier.events();
    const [iterator] = [stream[Symbol.asyncIterator]()];
    const next = iterator.next();
    stream.close();
    expect(await next).toEqual({ done: true, value: undefined });
  }
});

test('disposing the carrier ends its streams', async () => {
  const carrier = carrierOnNetwork();
  const stream = await carrier.mock.events();
  await carrier.dispose();
  const records = [];
  for await (const record of stream) records.push(record);
  expect(records).toEqual([]);
});

/** Sends `count` requests of 60 kB before the stream is read. */
async function unreadStream(count: number) {
  const carrier = carrierOnNetwork();
  const stream = await carrier.events();
  const body = JSON.stringify({ appid: carrier.appId, padding: 'x'.repeat(60_000) });
  for (let at = 0; at < count; at += 1) await fetch(HOST + LOGIN.path, { method: 'POST', body });
  return stream;
}

const KEEP_ALIVE_MS = 15_000;

test('a stream that is not read skips records beyond a limit, and rejects with the reason', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  const stream = await unreadStream(150);
  let read = 0;
  const readAll = async () => {
    for await (const _ of stream) read += 1;
  };
  let reason: unknown;
  void readAll().catch((error: unknown) => {
    reason = error;
  });
  // No record follows, so the number of the skipped ones comes with the next sign of life.
  await eventually('the reason', () => {
    vi.advanceTimersByTime(KEEP_ALIVE_MS);
    return reason;
  });
  expect(reason).toMatchObject({ code: 'ERR_CONTROL_INCOMPLETE' });
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(150);
});

test('fetch can read the stream too, and abort it', async () => {
  const carrier = carrierOnNetwork();
  const leaving = new AbortController();
  const response = await fetch(`${HOST}/_mock/events`, { signal: leaving.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  let text = '';
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  })();
  const aborted = expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  await call(carrier, LOGIN);
  await eventually('the event', () => (text.includes('event: request') ? true : undefined));
  leaving.abort();
  await aborted;
});
