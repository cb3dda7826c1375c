/** Apps in parallel use, as in parallel tests, are isolated: each has its own tokens, clock, journal and ledger. */
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
import { login, mintToken, send, sharedMock } from '../../support/mock.js';
import { expectLedger } from '../../support/race.js';
import { loginRequest } from '../../support/requests.js';

const APPS = 16;
const ROUNDS = 6;
const DAY_MS = 86_400_000;
/** Noon in Beijing, because the daily quota of an app starts again at midnight. */
const NOON_MS = Date.UTC(2026, 0, 15, 4);

async function startPlaces(): Promise<readonly Place[]> {
  const { url } = await sharedMock();
  return Promise.all(Array.from({ length: APPS }, () => placeAt(url)));
}

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
  const places = await startPlaces();
  for (const { url, app } of places) await send(url, 'PUT', `/_mock/apps/${app.appId}/clock`, { atMs: NOON_MS });
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

test('a clock change, a reset and a deletion of other apps change nothing', async () => {
  const [ahead, reset, removed, ...quiet] = await startPlaces();
  if (ahead === undefined || reset === undefined || removed === undefined) throw new Error('too few apps');
  const tokens = await Promise.all(quiet.map(({ url, app }) => mintToken(url, app.appId)));
  const app = (place: Place) => `/_mock/apps/${place.app.appId}`;
  await Promise.all([
    send(ahead.url, 'POST', `${app(ahead)}/clock/advance`, { by: '400d' }),
    send(reset.url, 'POST', `${app(reset)}/reset`),
    send(removed.url, 'DELETE', app(removed)),
  ]);
  const replies = await Promise.all(
    quiet.map((place, index) => login(place.url, loginRequest(place.app, tokens[index] ?? ''))),
  );
  expect(replies.map(({ json }) => json.resultCode)).toEqual(quiet.map(() => '103000'));
  const { json: clock } = await send(ahead.url, 'GET', `${app(ahead)}/clock`);
  expect(clock.offsetMs).toBe(400 * DAY_MS);
});

test('a token is refused at another app, and still works at its own', async () => {
  const places = await startPlaces();
  const tokens = await Promise.all(places.map(({ url, app }) => mintToken(url, app.appId)));
  const call = (shift: number) =>
    Promise.all(
      places.map(async ({ url, app }, index) => {
        const { json } = await login(url, loginRequest(app, tokens[(index + shift) % APPS] ?? ''));
        return json.resultCode;
      }),
    );
  expect(new Set(await call(1))).toEqual(new Set(['103133']));
  expect(new Set(await call(0))).toEqual(new Set(['103000']));
});
