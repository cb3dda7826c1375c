/** Under timers that the test fakes, the carrier's time is the test's: lifetimes, delays and the times in answers follow it. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { InProcessCarrier } from '../../../mock-server/msw.js';
import { ENDPOINTS, LOGIN, resultCodeOf } from '../../support/endpoints.js';
import { useNetwork } from './network.js';
import { ask, askByNode, carrierOnNetwork, HOST } from './scene.js';

useNetwork();

const NOON_MS = Date.UTC(2026, 10, 25, 4);
const WAYS = [
  { way: 'fetch', code: async (...args: Parameters<typeof ask>) => resultCodeOf(await (await ask(...args)).text()) },
  { way: 'node:http', code: async (...args: Parameters<typeof ask>) => resultCodeOf((await askByNode(...args)).text) },
] as const;

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => void vi.useRealTimers());

describe.each(WAYS)('by $way', ({ code }) => {
  describe.each(ENDPOINTS)('$operation', (endpoint) => {
    const dead = endpoint === LOGIN ? '104201' : '606';

    test.each([
      { description: 'one millisecond before two minutes is live', ms: 119_999, expected: endpoint.success },
      { description: 'at two minutes is dead', ms: 120_000, expected: dead },
    ])('a token $description', async ({ ms, expected }) => {
      const carrier = carrierOnNetwork();
      const { token } = await carrier.mint({ capability: endpoint.operation });
      vi.advanceTimersByTime(ms);
      expect(await code(carrier, endpoint, { token })).toBe(expected);
    });

    test('a delay passes as the test moves the time, and not before', async () => {
      const carrier = carrierOnNetwork();
      let answer: string | undefined;
      const answered = code(carrier, endpoint, { outcome: 'delay(3s) pass' }).then((text) => {
        answer = text;
      });
      await vi.advanceTimersByTimeAsync(2_999);
      expect(answer).toBeUndefined();
      await vi.advanceTimersByTimeAsync(1);
      await answered;
      expect(answer).toBe(endpoint.success);
    });

    test('an answer drips as the test moves the time', async () => {
      const carrier = carrierOnNetwork();
      const answered = code(carrier, endpoint, { outcome: 'drip(20s)' });
      await vi.advanceTimersByTimeAsync(20_000);
      expect(await answered).toBe(endpoint.success);
    });
  });
});

test('a client that gives up by a timer of its own does so before a longer delay', async () => {
  const carrier = carrierOnNetwork();
  const giveUp = new AbortController();
  setTimeout(() => giveUp.abort(), 1_000);
  const asked = ask(carrier, LOGIN, { outcome: 'delay(3s) pass', signal: giveUp.signal });
  const failed = expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  await vi.advanceTimersByTimeAsync(1_000);
  await failed;
  expect(vi.getTimerCount()).toBe(0);
});

test('all that is asked of the carrier is answered though no timer runs', async () => {
  const carrier = carrierOnNetwork();
  expect(await carrier.clock()).toEqual({ nowMs: NOON_MS, offsetMs: 0, frozen: false });
  await carrier.advance('2m');
  vi.setSystemTime(NOON_MS + 1);
  expect(await carrier.clock()).toEqual({ nowMs: NOON_MS + 120_001, offsetMs: 120_000, frozen: false });
  await carrier.script('loginTokenValidate', '103211');
  const stream = await carrier.events();
  await ask(carrier, LOGIN);
  for await (const { resultCode } of stream) {
    expect(resultCode).toBe('103211');
    break;
  }
  await carrier.assertScriptUsedUp('loginTokenValidate');
  await using app = await carrier.mock.createApp();
  expect(await app.requests()).toEqual([]);
  expect((await carrier.mock.resultCodes()).length).toBe(27);
});

test.each<readonly [description: string, call: (carrier: InProcessCarrier) => Promise<unknown>, status: number]>([
  ['an unknown token', (carrier) => carrier.token('none'), 404],
  ['an unknown app', (carrier) => carrier.mock.app('none'), 404],
  ['an unknown request', (carrier) => carrier.explain('none'), 404],
  ['a script that is wrong', (carrier) => carrier.script('tokenValidate', 'explode'), 400],
  ['a token twice', async (carrier) => [await carrier.mint({ token: 'a' }), await carrier.mint({ token: 'a' })], 409],
  ['an app twice', (carrier) => carrier.mock.createApp({ appId: carrier.appId }), 409],
  ['a clock that is wrong', (carrier) => carrier.advance('-1s'), 400],
  ['a setting that is wrong', (carrier) => carrier.update({ dailyQuota: -1 }), 400],
  ['a page of another size', (carrier) => carrier.ledger({ limit: 0 }), 400],
  ['an accessToken', (carrier) => carrier.redeem('none'), 404],
  ['a certificate', (carrier) => carrier.mock.caPem(), 404],
])('what the carrier refuses is refused though no timer runs: %s', async (_description, call, status) => {
  await expect(call(carrierOnNetwork())).rejects.toMatchObject({ status });
});

test('a path that is nobody’s is answered though no timer runs', async () => {
  carrierOnNetwork();
  for (const path of ['/', '/_mock', '/_mock/none', '/%']) expect((await fetch(HOST + path)).status).toBe(404);
});

test('the time in an answer is the test’s', async () => {
  const carrier = carrierOnNetwork();
  expect(await (await ask(carrier, LOGIN)).json()).toMatchObject({ systemtime: '20261125120000000' });
});

test('a clock that stands stands while the test moves the time', async () => {
  const carrier = carrierOnNetwork();
  await carrier.freeze();
  const { token } = await carrier.mint();
  vi.advanceTimersByTime(120_000);
  expect(resultCodeOf(await (await ask(carrier, LOGIN, { token })).text())).toBe('103000');
});
