/** /_mock/apps: create, list, read and delete apps, and the refused settings. */
import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { APPS_MAX } from '../../../mock-server/carrier/engine/app-settings.js';
import { SERVER_PARTITION } from '../../../mock-server/carrier/store/state-store.js';
import { byOperation, OPERATIONS } from '../../../src/protocol/operations.js';
import { DEFAULT_READINGS } from '../../../src/protocol/readings.js';
import {
  isRsaKey,
  modulusBits,
  readPrivateKey,
  readPublicKey,
} from '../../../src/protocol/rsa-keys.js';
import { decryptPkcs1 } from '../../../src/protocol/rsa-pkcs1.js';
import {
  controlBench,
  createApp,
  DEMO_APP_ID,
  exchange,
  mint,
  PHONE_NUMBER,
} from '../../support/control.js';
import { LOGIN_PATH, VERIFY_PATH } from '../../support/mock.js';
import { loginRsaRequest, verifyRsaRequest } from '../../support/requests.js';

const publicKey = (bits: number) =>
  generateKeyPairSync('rsa', {
    modulusLength: bits,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  }).publicKey.toString('base64');

test('a new app has generated credentials and all defaults', async () => {
  const bench = await controlBench();
  const { body } = await bench.api
    .post('/_mock/apps')
    .expect(201)
    .expect('content-type', /^application\/json/);
  expect(body).toEqual({
    appId: expect.stringMatching(/^3000\d{8}$/),
    name: null,
    appKey: expect.stringMatching(/^[0-9A-F]{32}$/),
    appSecret: expect.stringMatching(/^[0-9A-F]{32}$/),
    signSecret: 'appSecret',
    appVerifyKey: null,
    appEncryptKey: null,
    capabilities: OPERATIONS.map(({ capability }) => capability),
    ipWhitelist: byOperation(() => '127.0.0.1,::1'),
    contracted: false,
    dailyQuota: 1000,
    callPackage: null,
    tokenTtlMs: 120_000,
    readings: DEFAULT_READINGS,
    platformPublicKey: expect.stringMatching(/^MIG/),
    origin: 'api',
    hasControlToken: false,
  });
});

test('an app is created with the given fields', async () => {
  const bench = await controlBench();
  const given = {
    appId: 'shop.example_1-2',
    name: '商城 › logs a user in',
    origin: 'console',
    appKey: 'k',
    appSecret: 's',
    signSecret: 'appKey',
    appVerifyKey: publicKey(1024),
    appEncryptKey: publicKey(2048),
    capabilities: ['smsFallback'],
    ipWhitelist: { loginTokenValidate: '', tokenValidate: null },
    contracted: true,
    dailyQuota: 0,
    callPackage: 7,
    tokenTtlMs: 1,
  };
  expect(
    await createApp(bench, { ...given, readings: { 'login-md5-case': 'upper' } }),
  ).toMatchObject({
    ...given,
    readings: { ...DEFAULT_READINGS, 'login-md5-case': 'upper' },
  });
});

test('a whitelist that is not given is the default', async () => {
  const bench = await controlBench();
  const { ipWhitelist } = Object(
    await createApp(bench, { ipWhitelist: { tokenValidate: '10.0.0.1' } }),
  );
  expect(ipWhitelist).toEqual({ ...byOperation(() => '127.0.0.1,::1'), tokenValidate: '10.0.0.1' });
});

test('null in a new app means the default', async () => {
  const bench = await controlBench();
  const app = await createApp(bench, {
    appKey: null,
    capabilities: null,
    dailyQuota: null,
    readings: null,
  });
  expect(app).toMatchObject({ appKey: expect.stringMatching(/^[0-9A-F]{32}$/), dailyQuota: 1000 });
  expect(app).toMatchObject({
    capabilities: OPERATIONS.map(({ capability }) => capability),
    readings: DEFAULT_READINGS,
  });
});

test('a created app can be read, without its private keys', async () => {
  const bench = await controlBench();
  const { appSignPrivateKey, appDecryptPrivateKey, ...app } = await createApp(bench, {
    generateKeys: true,
  });
  await bench.api.get(`/_mock/apps/${app.appId}`).expect(200, app);
  expect([appSignPrivateKey, appDecryptPrivateKey]).toEqual([
    expect.any(String),
    expect.any(String),
  ]);
});

test('the list contains configured and created apps', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  const { body } = await bench.api.get('/_mock/apps').expect(200);
  expect(Object.keys(body)).toEqual(['apps']);
  expect(body.apps).toMatchObject([{ appId: DEMO_APP_ID, origin: 'configuration' }, app]);
});

test('deleting an app deletes its tokens and frees its id', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  const token = await mint(bench, app);
  await bench.api.delete(`/_mock/apps/${app.appId}`).expect(204, '');
  await bench.api.get(`/_mock/apps/${app.appId}`).expect(404);
  expect(await exchange(bench, app, token)).toMatchObject({ resultCode: '103119' });
  const again = await createApp(bench, { appId: app.appId, appSecret: app.appSecret });
  expect(await exchange(bench, again, token)).toMatchObject({ resultCode: '104201' });
});

test('one of three simultaneous calls creates the app', async () => {
  const { api } = await controlBench();
  const answers = await Promise.all(
    [1, 2, 3].map((dailyQuota) => api.post('/_mock/apps').send({ appId: 'a', dailyQuota })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  const created = answers.find(({ status }) => status === 201);
  expect((await api.get('/_mock/apps')).body.apps).toMatchObject([
    { appId: DEMO_APP_ID },
    created?.body,
  ]);
});

test('an app does not get a reserved or used short id', async () => {
  const bench = await controlBench();
  const candidates = ['ATLAS0', 'RESULT', '000000', 'abc123'];
  const { random } = bench.carrier;
  Object.assign(bench.carrier, {
    random: { ...random, base62: (length: number) => candidates.shift() ?? random.base62(length) },
  });
  const app = await createApp(bench);
  expect([...(await bench.carrier.store.list(SERVER_PARTITION, 'shortId'))]).toContainEqual([
    'abc123',
    app.appId,
  ]);
});

test('an app beyond the maximum is refused with 409', async () => {
  const { api, carrier } = await controlBench();
  for (let at = 1; at < APPS_MAX; at += 1) {
    const claim = {
      collection: 'shortId',
      id: String(at),
      expectedRevision: 0,
      value: String(at),
    } as const;
    await carrier.store.commit(SERVER_PARTITION, [{ kind: 'put', ...claim }]);
  }
  const { body } = await api.post('/_mock/apps').expect(409);
  expect(body).toMatchObject({ status: 409, detail: expect.stringContaining(String(APPS_MAX)) });
  await api.delete(`/_mock/apps/${DEMO_APP_ID}`).expect(204);
  await api.post('/_mock/apps').expect(201);
});

test('generated keys are 1024-bit pairs in the portal’s formats', async () => {
  const bench = await controlBench();
  const { body } = await bench.api.post('/_mock/apps').send({ generateKeys: true }).expect(201);
  const keys = [
    readPublicKey(body.appVerifyKey),
    readPublicKey(body.appEncryptKey),
    readPrivateKey(body.appSignPrivateKey),
    readPrivateKey(body.appDecryptPrivateKey),
  ];
  expect(keys.map((key) => (isRsaKey(key) ? modulusBits(key) : key))).toEqual([
    1024, 1024, 1024, 1024,
  ]);
  expect(body.appVerifyKey).not.toBe(body.appEncryptKey);
});

test('generated keys sign both operations with RSA and decrypt the number', async () => {
  const bench = await controlBench();
  const app = await createApp(bench, { generateKeys: true });
  const { appSignPrivateKey: signKey = '', appDecryptPrivateKey = '', platformPublicKey } = app;
  const login = await bench.api
    .post(LOGIN_PATH)
    .send(loginRsaRequest(app.appId, signKey, await mint(bench, app)));
  expect(login.body).toMatchObject({ resultCode: '103000' });
  const key = readPrivateKey(appDecryptPrivateKey);
  expect(isRsaKey(key) && decryptPkcs1(Buffer.from(login.body.msisdn, 'hex'), key)).toBe(
    PHONE_NUMBER,
  );
  const token = await mint(bench, app, { capability: 'tokenValidate' });
  const request = verifyRsaRequest(
    app,
    { token, phoneNumber: PHONE_NUMBER },
    { signKey, platformPublicKey },
  );
  const verified = await bench.api.post(VERIFY_PATH).send(request);
  expect(verified.body).toMatchObject({ header: { resultCode: '000' } });
});
