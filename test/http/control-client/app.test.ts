/** Each method of an app, against a real mock. */
import { expect, test } from 'vitest';
import { connectMock } from '../../../src/control/index.js';
import { byOperation } from '../../../src/protocol/operations.js';
import {
  clientPlace,
  PHONE_NUMBER,
  requestIdOf,
  signIn,
  verifyNumber,
} from '../../support/control-client.js';
import { login, sharedMock, startMock } from '../../support/mock.js';
import { loginRequest } from '../../support/requests.js';

const NOON_MS = Date.UTC(2026, 10, 25, 4);

test('an app has its credentials, and its private keys if they were generated', async () => {
  const { mock, app } = await clientPlace();
  expect(app).toMatchObject({ appKey: app.settings.appKey, appSecret: app.settings.appSecret });
  expect(app.platformPublicKey).toMatch(/^MI/);
  expect(app.appSignPrivateKey).toBeUndefined();
  const withKeys = await mock.createApp({ generateKeys: true });
  expect([withKeys.appSignPrivateKey, withKeys.appDecryptPrivateKey]).toEqual([
    expect.any(String),
    expect.any(String),
  ]);
  expect(withKeys.settings).not.toHaveProperty('appSignPrivateKey');
});

test('settings are changed, read again, and restored by a reset', async () => {
  const { app } = await clientPlace();
  const { appKey } = app;
  expect(await app.update({ appKey: 'other', callPackage: 3 })).toMatchObject({
    appKey: 'other',
    callPackage: 3,
  });
  expect([app.appKey, app.settings.callPackage]).toEqual(['other', 3]);
  expect(await app.read()).toEqual(app.settings);
  await app.reset();
  expect([app.appKey, app.settings.callPackage]).toEqual([appKey, null]);
});

test('a token has the given properties, and the id of the request that used it', async () => {
  const place = await clientPlace();
  const { app } = place;
  const minted = await app.mint({ phoneNumber: '13911112222', operator: 'telecom', ageMs: 1000 });
  expect(minted).toMatchObject({
    phoneNumber: '13911112222',
    operator: 'telecom',
    capability: 'loginTokenValidate',
  });
  expect(await app.token(minted.token)).toEqual({ ...minted, status: 'live', usedBy: null });
  const requestId = requestIdOf(await signIn(place, minted.token));
  expect(await app.token(minted.token)).toMatchObject({ status: 'used', usedBy: requestId });
});

test('mintMany returns distinct tokens', async () => {
  const { app } = await clientPlace();
  const tokens = await app.mintMany(3, { capability: 'tokenValidate' });
  expect(new Set(tokens.map(({ token }) => token)).size).toBe(3);
  expect(tokens.map(({ capability }) => capability)).toEqual([
    'tokenValidate',
    'tokenValidate',
    'tokenValidate',
  ]);
});

test('an accessToken is redeemed once', async () => {
  const place = await clientPlace();
  const { json } = await verifyNumber(place, '13911112222');
  const { accessToken } = json.body;
  expect(await place.app.accessToken(accessToken)).toMatchObject({ accessToken, status: 'live' });
  expect(await place.app.redeem(accessToken)).toMatchObject({ accessToken, status: 'redeemed' });
  await expect(place.app.redeem(accessToken)).rejects.toMatchObject({ status: 409 });
});

test('the clock is set, stopped, moved and resumed', async () => {
  const { app } = await clientPlace();
  expect(await app.setClock({ atMs: NOON_MS, frozen: true })).toMatchObject({
    nowMs: NOON_MS,
    frozen: true,
  });
  expect(await app.advance('1.5h')).toMatchObject({ nowMs: NOON_MS + 5_400_000, frozen: true });
  expect(await app.freeze(NOON_MS)).toMatchObject({ nowMs: NOON_MS, frozen: true });
  expect(await app.freeze()).toMatchObject({ nowMs: NOON_MS, frozen: true });
  expect(await app.unfreeze()).toMatchObject({ frozen: false });
  expect(await app.clock()).toMatchObject({ frozen: false });
  expect((await app.clock()).nowMs).toBeGreaterThanOrEqual(NOON_MS);
});

test('the script of a number is set, read, used and removed', async () => {
  const place = await clientPlace();
  const { app } = place;
  const none = { script: '', remaining: '' };
  await app.scriptNumber(PHONE_NUMBER, { loginTokenValidate: '105312*2' });
  const { token } = await app.mint();
  expect((await signIn(place, token)).json.resultCode).toBe('105312');
  const left = { script: '105312*2', remaining: '105312' };
  expect(await app.numberOutcomes(PHONE_NUMBER)).toEqual({
    phoneNumber: PHONE_NUMBER,
    outcomes: { ...byOperation(() => none), loginTokenValidate: left },
  });
  expect((await app.scriptedNumbers()).map(({ phoneNumber }) => phoneNumber)).toEqual([
    PHONE_NUMBER,
  ]);
  await app.clearNumber(PHONE_NUMBER);
  expect((await app.numberOutcomes(PHONE_NUMBER)).outcomes.loginTokenValidate).toEqual(none);
});

test('a script is set, read, used up and removed', async () => {
  const place = await clientPlace();
  const { app } = place;
  await app.script('loginTokenValidate', '103211*2, pass');
  expect((await signIn(place)).json.resultCode).toBe('103211');
  expect(await app.outcomes('loginTokenValidate')).toEqual({
    script: '103211*2, pass',
    remaining: '103211, pass',
  });
  await signIn(place);
  expect((await signIn(place)).json.resultCode).toBe('103000');
  await app.assertScriptUsedUp('loginTokenValidate');
  await app.clearScript('loginTokenValidate');
  expect(await app.outcomes('loginTokenValidate')).toEqual({ script: '', remaining: '' });
});

test('requests are listed, filtered, limited, explained, counted and deleted', async () => {
  const place = await clientPlace();
  const { app } = place;
  await signIn(place);
  await verifyNumber(place);
  const requestId = requestIdOf(await signIn(place, 'STsid'));
  expect((await app.requests()).map(({ resultCode }) => resultCode)).toEqual([
    '103113',
    '000',
    '103000',
  ]);
  expect(await app.requests({ operation: 'tokenValidate' })).toMatchObject([{ resultCode: '000' }]);
  expect(await app.requests({ resultCode: '103113', limit: 1 })).toMatchObject([{ id: requestId }]);
  expect(await app.explain(requestId)).toMatchObject({ requestId, decidedBy: 'tokenWellFormed' });
  expect(await app.count()).toBe(3);
  expect(await app.count({ operation: 'loginTokenValidate' })).toBe(2);
  await app.forget({ kind: 'refused' });
  expect((await app.requests()).map(({ resultCode }) => resultCode)).toEqual(['000', '103000']);
  await app.forget();
  expect(await app.requests()).toEqual([]);
});

test('the ledger has the charged calls', async () => {
  const place = await clientPlace();
  await place.app.update({ dailyQuota: 10 });
  await signIn(place);
  await verifyNumber(place);
  const ledger = await place.app.ledger({ limit: 1 });
  expect(ledger).toMatchObject({
    charged: 2,
    remaining: 8,
    records: [{ operation: 'tokenValidate', resultCode: '000' }],
  });
  await place.app.assertCharged(2);
});

test('await using removes the app, and a second dispose is accepted', async () => {
  const { mock } = await clientPlace();
  const appId = await (async () => {
    await using app = await mock.createApp();
    return app.appId;
  })();
  await expect(mock.app(appId)).rejects.toMatchObject({ status: 404 });
  const app = await mock.createApp();
  await app.dispose();
  await app.dispose();
});

test('dispose does not remove an app that existed before', async () => {
  const { mock, app } = await clientPlace();
  const found = await mock.app(app.appId);
  expect(found).toMatchObject({ appId: app.appId, appKey: app.appKey });
  await found.dispose();
  expect((await mock.apps()).map(({ appId }) => appId)).toContain(app.appId);
});

test('the methods of the mock cover all apps', async () => {
  const place = await clientPlace({});
  const { mock, app } = place;
  await mock.health();
  const requestId = requestIdOf(await signIn(place));
  expect(await mock.requests({ limit: 5 })).toMatchObject([{ id: requestId, appId: app.appId }]);
  expect(await mock.explain(requestId, 'zh')).toMatchObject({ requestId, resultCode: '103000' });
  expect((await mock.resultCodes()).map(({ code }) => code)).toContain('103420');
  expect((await mock.beyondCodes()).map(({ code }) => code)).toContain('103911');
  await mock.forget();
  expect(await mock.requests()).toEqual([]);
  await mock.reset();
  expect((await mock.apps()).map(({ origin }) => origin)).toEqual(['configuration']);
});

test('caPem rejects if the server has no CA', async () => {
  const { url } = await sharedMock();
  await expect(connectMock({ url }).caPem()).rejects.toMatchObject({ status: 404 });
});

const refused = { code: 'ERR_CONTROL_REFUSED', status: 401 };

test('with only the token of its app, a team can use the app, and no other call', async () => {
  const { url } = await startMock({ controlToken: 'the-servers' });
  const admin = connectMock({ url, controlToken: 'the-servers' });
  const created = await admin.createApp({ generateControlToken: true });
  expect(created.settings).toMatchObject({ hasControlToken: true });
  expect(created.settings).not.toHaveProperty('controlToken');
  const team = connectMock({ url });
  const app = await team.app(created.appId, { controlToken: created.controlToken });
  const { token } = await app.mint();
  await login(url, loginRequest(app, token));
  await app.assertCalledOnce({ resultCode: '103000' });
  await app.script('loginTokenValidate', '103211');
  await app.advance('1m');
  await app.reset();
  await app.forget();
  await expect(team.apps()).rejects.toMatchObject(refused);
  await expect(team.requests()).rejects.toMatchObject(refused);
  await expect(team.reset()).rejects.toMatchObject(refused);
  await expect(team.createApp()).rejects.toMatchObject(refused);
  await expect(team.app(created.appId)).rejects.toMatchObject(refused);
  await expect(team.app(created.appId, { controlToken: 'a guess' })).rejects.toMatchObject(refused);
});

test.each([
  { description: 'a generated', settings: { generateControlToken: true } },
  { description: 'a given', settings: { controlToken: 'mine' } },
])('calls of an app with $description control token send the token', async ({ settings }) => {
  const { url } = await startMock();
  const mock = connectMock({ url });
  const app = await mock.createApp(settings);
  const stream = await app.events();
  const requestId = requestIdOf(await signIn({ url, mock, app }));
  const { value } = await stream[Symbol.asyncIterator]().next();
  expect(value).toMatchObject({ id: requestId, appId: app.appId });
  stream.close();
  await expect(mock.app(app.appId)).rejects.toMatchObject(refused);
  await app.dispose();
});

test('calls send the new token after a change, and none after its removal', async () => {
  const { url } = await startMock();
  const mock = connectMock({ url });
  const app = await mock.createApp({ controlToken: 'first' });
  await app.update({ controlToken: 'second' });
  expect(app.controlToken).toBe('second');
  await app.mint();
  await app.update({ controlToken: null });
  expect(app.controlToken).toBeUndefined();
  await (await mock.app(app.appId)).mint();
});

test('the server’s token takes precedence over the app’s', async () => {
  const { url } = await startMock({ controlToken: 'the-servers' });
  const sent: (string | null)[] = [];
  const mock = connectMock({
    url,
    controlToken: 'the-servers',
    fetch: (input, init) => {
      sent.push(new Headers(init?.headers).get('authorization'));
      return fetch(input, init);
    },
  });
  const app = await mock.createApp({ controlToken: 'the-apps' });
  await app.update({ controlToken: 'another' });
  await app.mint();
  expect(sent).toEqual(Array(3).fill('Bearer the-servers'));
});

test('two apps of one client send their own tokens', async () => {
  const { url } = await startMock();
  const mock = connectMock({ url });
  const [one, two] = [
    await mock.createApp({ controlToken: 'one' }),
    await mock.createApp({ controlToken: 'two' }),
  ];
  await Promise.all([one.mint(), two.mint(), one.clock(), two.ledger()]);
});
