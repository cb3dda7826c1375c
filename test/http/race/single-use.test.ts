/** One token in many simultaneous requests, over real sockets: exactly one uses it. */
import { expect, test } from 'vitest';
import {
  ENDPOINTS,
  type Endpoint,
  freshRequest,
  freshToken,
  LOGIN,
  type Place,
  placeAt,
  resultCodeOf,
  VERIFY,
} from '../../support/endpoints.js';
import { mintToken, send, sharedMock } from '../../support/mock.js';
import { expectLedger, tally } from '../../support/race.js';
import { loginRequest } from '../../support/requests.js';
import { bytesOf, openHttp } from '../../support/wire.js';

const AT_ONCE = 200;

test.each(ENDPOINTS)('of 200 simultaneous $operation requests with one token one succeeds', async (endpoint) => {
  const { url } = await sharedMock();
  const place = await placeAt(url);
  const { appId } = place.app;
  const token = await freshToken(place, endpoint);
  const bytes = bytesOf({ target: endpoint.path }, JSON.stringify(endpoint.request(place.app, token)));
  const wires = Array.from({ length: AT_ONCE }, () => openHttp(url));
  await Promise.all(wires.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))));
  for (const wire of wires) wire.send(bytes);
  const replies = await Promise.all(wires.map((wire) => wire.reply()));
  const usedTokenCode = endpoint.operation === 'loginTokenValidate' ? '104201' : '606';
  expect(tally(replies.map(({ text }) => resultCodeOf(text)))).toEqual({
    [endpoint.success]: 1,
    [usedTokenCode]: AT_ONCE - 1,
  });
  await expectLedger(place, { charged: 1, remaining: 999 });
  const { json: count } = await send(url, 'POST', '/_mock/requests/count', { appId, token });
  expect(count).toEqual({ count: AT_ONCE, complete: true });
  const { json: used } = await send(url, 'GET', `/_mock/apps/${appId}/tokens/${token}`);
  const { json: winner } = await send(url, 'GET', `/_mock/requests/${used.usedBy}`);
  expect(winner).toMatchObject({ resultCode: endpoint.success, charged: true });
});

const APPS = 16;
const ROUNDS = 2;
/** Noon in Beijing, because the daily quota of an app starts again at midnight. */
const NOON_MS = Date.UTC(2026, 0, 15, 4);

/** Calls as one test makes them: used tokens, and one that expires because the clock is moved. */
async function callAsTest(place: Place, turn: number): Promise<readonly string[]> {
  const { url, app } = place;
  const codes: string[] = [];
  const call = async ({ path }: Endpoint, request: unknown) => {
    codes.push(resultCodeOf((await send(url, 'POST', path, request)).text));
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    await call(LOGIN, await freshRequest(place, LOGIN));
    await call(VERIFY, await freshRequest(place, VERIFY));
    const token = await mintToken(url, app.appId);
    await send(url, 'POST', `/_mock/apps/${app.appId}/clock/advance`, { by: `${120 + turn}s` });
    await call(LOGIN, loginRequest(app, token));
  }
  return codes;
}

test('each of sixteen apps in parallel has the history of a single app', async () => {
  const { url } = await sharedMock();
  const places = await Promise.all(Array.from({ length: APPS }, () => placeAt(url)));
  for (const { app } of places) await send(url, 'PUT', `/_mock/apps/${app.appId}/clock`, { atMs: NOON_MS });
  const histories = await Promise.all(places.map(callAsTest));
  const expected = Array.from({ length: ROUNDS }, () => ['103000', '000', '104201']).flat();
  for (const [index, place] of places.entries()) {
    expect(histories[index]).toEqual(expected);
    await expectLedger(place, { charged: 2 * ROUNDS, remaining: 1000 - 2 * ROUNDS });
    const { json } = await send(place.url, 'GET', `/_mock/requests?appId=${place.app.appId}`);
    const records: readonly { readonly appId: string; readonly resultCode: string }[] = json.requests;
    expect(records.map(({ resultCode }) => resultCode).reverse()).toEqual(expected);
    expect(new Set(records.map(({ appId }) => appId))).toEqual(new Set([place.app.appId]));
  }
});
