/** More simultaneous calls than remain, over real sockets: exactly the remaining number is charged. */
import { expect, test } from 'vitest';
import {
  type Endpoint,
  freshRequest,
  LOGIN,
  type Place,
  placeAt,
  resultCodeOf,
  VERIFY,
} from '../../support/endpoints.js';
import { send, sharedMock } from '../../support/mock.js';
import { expectLedger, tally } from '../../support/race.js';

const AT_ONCE = 50;
const LEFT = 40;

async function callAtOnce(place: Place, endpoints: readonly Endpoint[]): Promise<Readonly<Record<string, number>>> {
  const requests = await Promise.all(endpoints.map((endpoint) => freshRequest(place, endpoint)));
  const replies = await Promise.all(endpoints.map(({ path }, index) => send(place.url, 'POST', path, requests[index])));
  return tally(replies.map(({ text }) => resultCodeOf(text)));
}

function repeated(endpoint: Endpoint): readonly Endpoint[] {
  return Array.from({ length: AT_ONCE }, () => endpoint);
}

test.each([
  { description: 'a callPackage of 40 at login', settings: { contracted: true, callPackage: LEFT }, endpoint: LOGIN },
  { description: 'a callPackage of 40 at verify', settings: { contracted: true, callPackage: LEFT }, endpoint: VERIFY },
  { description: 'a dailyQuota of 40 at login', settings: { dailyQuota: LEFT }, endpoint: LOGIN },
  { description: 'a dailyQuota of 40 at verify', settings: { dailyQuota: LEFT }, endpoint: VERIFY },
])('of 50 simultaneous calls with $description, 40 are charged', async ({ settings, endpoint }) => {
  const { url } = await sharedMock();
  const place = await placeAt(url, settings);
  const usedUp = endpoint === LOGIN ? '105312' : '103420';
  expect(await callAtOnce(place, repeated(endpoint))).toEqual({ [endpoint.success]: LEFT, [usedUp]: AT_ONCE - LEFT });
  await expectLedger(place, { charged: LEFT, remaining: 0 });
});

test.each([
  { description: 'a callPackage', settings: { contracted: true, callPackage: LEFT } },
  { description: 'a dailyQuota', settings: { dailyQuota: LEFT } },
])('$description of 40 counts both operations together', async ({ settings }) => {
  const { url } = await sharedMock();
  const place = await placeAt(url, settings);
  const codes = await callAtOnce(place, [...repeated(LOGIN), ...repeated(VERIFY)]);
  expect((codes['103000'] ?? 0) + (codes['000'] ?? 0)).toBe(LEFT);
  await expectLedger(place, { charged: LEFT, remaining: 0 });
});

test('simultaneous refused calls are not counted', async () => {
  const { url } = await sharedMock();
  const place = await placeAt(url, { dailyQuota: LEFT });
  const request = { ...(await freshRequest(place, LOGIN)), sign: '0'.repeat(32) };
  const replies = await Promise.all(repeated(LOGIN).map(({ path }) => send(url, 'POST', path, request)));
  expect(tally(replies.map(({ text }) => resultCodeOf(text)))).toEqual({ 103101: AT_ONCE });
  await expectLedger(place, { charged: 0, remaining: LEFT });
});
