/** With fake timers the carrier uses the test's time for lifetimes, delays and the times in responses. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { InProcessCarrier } from '../../../mock-server/msw.js';
import { LOGIN, resultCodeOf } from '../../support/endpoints.js';
import { inTime } from '../../support/poll.js';
import { useNetwork } from './network.js';
import { call, callWithNode, carrierOnNetwork } from './scene.js';

useNetwork();

const NOON_MS = Date.UTC(2026, 10, 25, 4);
const codeOf = async (response: Promise<Response>) =>
  resultCodeOf(await inTime('the response', (await response).text()));
const WAYS = [
  { way: 'fetch', code: (...args: Parameters<typeof call>) => codeOf(call(...args)) },
  {
    way: 'node:http',
    code: async (...args: Parameters<typeof call>) =>
      resultCodeOf((await inTime('the response', callWithNode(...args))).text),
  },
] as const;

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => void vi.useRealTimers());

test.each([
  { description: 'one millisecond before two minutes is live', ms: 119_999, expected: '103000' },
  { description: 'at two minutes is expired', ms: 120_000, expected: '104201' },
])('a token $description', async ({ ms, expected }) => {
  const carrier = carrierOnNetwork();
  // The carrier never waits for a timer that the test does not advance.
  const { token } = await inTime('the token', carrier.mint());
  vi.advanceTimersByTime(ms);
  expect(await codeOf(call(carrier, LOGIN, { token }))).toBe(expected);
});

describe.each(WAYS)('with $way', ({ code }) => {
  test('a delay ends when the test advances the time, and not before', async () => {
    const carrier = carrierOnNetwork();
    let received: string | undefined;
    const response = code(carrier, LOGIN, { outcome: 'delay(60s) pass' }).then((text) => {
      received = text;
    });
    await vi.advanceTimersByTimeAsync(59_999);
    expect(received).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    await response;
    expect(received).toBe('103000');
  });

  test('a response drips while the test advances the time', async () => {
    const carrier = carrierOnNetwork();
    const response = code(carrier, LOGIN, { outcome: 'drip(60s)' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await response).toBe('103000');
  });
});

test('a client’s own timer ends a request before a longer delay', async () => {
  const carrier = carrierOnNetwork();
  const abort = new AbortController();
  setTimeout(() => abort.abort(), 1_000);
  const response = call(carrier, LOGIN, { outcome: 'delay(3s) pass', signal: abort.signal });
  const failed = expect(inTime('the end of the request', response)).rejects.toMatchObject({
    name: 'AbortError',
  });
  await vi.advanceTimersByTimeAsync(1_000);
  await failed;
  expect(vi.getTimerCount()).toBe(0);
});

test('calls of the control API work although no timer runs', async () => {
  await inTime('an answer to every call', callEverything(carrierOnNetwork()));
});

async function callEverything(carrier: InProcessCarrier): Promise<void> {
  expect(await carrier.clock()).toEqual({ nowMs: NOON_MS, offsetMs: 0, frozen: false });
  await carrier.advance('2m');
  vi.setSystemTime(NOON_MS + 1);
  expect(await carrier.clock()).toEqual({
    nowMs: NOON_MS + 120_001,
    offsetMs: 120_000,
    frozen: false,
  });
  await carrier.script('loginTokenValidate', '103211');
  const stream = await carrier.events();
  await call(carrier, LOGIN);
  for await (const { resultCode } of stream) {
    expect(resultCode).toBe('103211');
    break;
  }
  await carrier.assertScriptUsedUp('loginTokenValidate');
  await using app = await carrier.mock.createApp();
  expect(await app.requests()).toEqual([]);
  expect((await carrier.mock.resultCodes()).length).toBeGreaterThan(0);
}

test.each<
  readonly [
    description: string,
    call: (carrier: InProcessCarrier) => Promise<unknown>,
    status: number,
  ]
>([
  ['an unknown token', (carrier) => carrier.token('none'), 404],
  ['an invalid script', (carrier) => carrier.script('tokenValidate', 'explode'), 400],
  ['an app twice', (carrier) => carrier.mock.createApp({ appId: carrier.appId }), 409],
])(
  'refusals of the control API work although no timer runs: %s',
  async (_description, call, status) => {
    await expect(inTime('the refusal', call(carrierOnNetwork()))).rejects.toMatchObject({ status });
  },
);
