/** /_mock/apps/:appId/signed-requests: what cannot be made, or would be refused; and what is not said of a private key. */
import { describe, expect, test } from 'vitest';
import { controlBench, createApp, mint, PHONE_NUMBER } from '../../support/control.js';
import { longPair, TEST_KEYS } from '../../support/keys.js';
import { KEYS, LOGIN, PRIVATE_KEY, pathOf, RSA, resultOf, VERIFY } from './signed-request-scene.js';

interface RefusedRow {
  readonly description: string;
  readonly wish: object;
  readonly pointer: string;
  readonly says?: string;
}

const long = longPair();

const REFUSED: readonly RefusedRow[] = [
  { description: 'a list', wish: [], pointer: '' },
  { description: 'no operation', wish: { token: 't' }, pointer: '/operation' },
  { description: 'no token', wish: { operation: LOGIN }, pointer: '/token' },
  { description: 'an operation that is none', wish: { operation: 'sms', token: 't' }, pointer: '/operation' },
  { description: 'a number for a token', wish: { operation: LOGIN, token: 7 }, pointer: '/token' },
  {
    description: 'verify’s signing at login',
    wish: { operation: LOGIN, token: 't', signing: 'hmac' },
    pointer: '/signing',
  },
  {
    description: 'login’s signing at verify',
    wish: { operation: VERIFY, token: 't', signing: 'md5' },
    pointer: '/signing',
  },
  { description: 'an unknown signing', wish: { operation: LOGIN, token: 't', signing: 'sm2' }, pointer: '/signing' },
  {
    description: 'a phone number at login',
    wish: { operation: LOGIN, token: 't', phoneNumber: PHONE_NUMBER },
    pointer: '/phoneNumber',
  },
  {
    description: 'a phone number of ten digits',
    wish: { operation: VERIFY, token: 't', phoneNumber: '1380013800' },
    pointer: '/phoneNumber',
  },
  {
    description: 'a phone number beside phoneNum',
    wish: { operation: VERIFY, token: 't', phoneNumber: PHONE_NUMBER, fields: { phoneNum: 'x' } },
    pointer: '/phoneNumber',
  },
  {
    description: 'a field that is none',
    wish: { operation: LOGIN, token: 't', fields: { msgId: 'x' } },
    pointer: '/fields/msgId',
    says: 'did you mean "msgid"',
  },
  {
    description: 'a field of the other operation',
    wish: { operation: VERIFY, token: 't', fields: { strictcheck: '1' } },
    pointer: '/fields/strictcheck',
  },
  {
    description: 'a half of the envelope',
    wish: { operation: VERIFY, token: 't', fields: { header: 'x' } },
    pointer: '/fields/header',
  },
  { description: 'a sign', wish: { operation: LOGIN, token: 't', fields: { sign: 'x' } }, pointer: '/fields/sign' },
  {
    description: 'a name with a slash',
    wish: { operation: LOGIN, token: 't', fields: { 'a/b~': 'x' } },
    pointer: '/fields/a~1b~0',
  },
  { description: 'an empty name', wish: { operation: LOGIN, token: 't', fields: { '': 'x' } }, pointer: '/fields/' },
  {
    description: 'a name of every object',
    wish: { operation: LOGIN, token: 't', fields: { constructor: 'x' } },
    pointer: '/fields/constructor',
  },
  {
    description: 'a number for a field',
    wish: { operation: LOGIN, token: 't', fields: { msgid: 7 } },
    pointer: '/fields/msgid',
  },
  {
    description: 'null for a field',
    wish: { operation: LOGIN, token: 't', fields: { msgid: null } },
    pointer: '/fields/msgid',
  },
  {
    description: 'a list for the fields',
    wish: { operation: LOGIN, token: 't', fields: ['msgid'] },
    pointer: '/fields',
  },
  {
    description: 'a field beyond 64 KiB',
    wish: { operation: LOGIN, token: 't', fields: { msgid: 'm'.repeat(65_537) } },
    pointer: '/fields/msgid',
  },
  {
    description: 'RSA in the fields alone',
    wish: { operation: LOGIN, token: 't', fields: { encryptionalgorithm: 'RSA' } },
    pointer: '/fields/encryptionalgorithm',
  },
  {
    description: 'keyType 1 in the fields alone',
    wish: { operation: VERIFY, token: 't', fields: { keyType: '1' } },
    pointer: '/fields/keyType',
  },
  {
    description: 'RSA, and MD5 in the fields',
    wish: { operation: LOGIN, token: 't', ...RSA, fields: { encryptionalgorithm: '' } },
    pointer: '/fields/encryptionalgorithm',
  },
  {
    description: 'RSA, and keyType 0',
    wish: { operation: VERIFY, token: 't', ...RSA, fields: { keyType: '0' } },
    pointer: '/fields/keyType',
  },
  {
    description: 'RSA without a key',
    wish: { operation: LOGIN, token: 't', signing: 'rsa' },
    pointer: '/privateKey',
    says: '应用公钥1',
  },
  {
    description: 'a key without RSA',
    wish: { operation: LOGIN, token: 't', privateKey: PRIVATE_KEY },
    pointer: '/privateKey',
  },
  {
    description: 'a public key',
    wish: { operation: LOGIN, token: 't', ...RSA, privateKey: KEYS.appVerifyKey },
    pointer: '/privateKey',
    says: 'a public key',
  },
  {
    description: 'the key of 应用公钥2',
    wish: { operation: LOGIN, token: 't', ...RSA, privateKey: TEST_KEYS.demoAppDecrypt.privateKey },
    pointer: '/privateKey',
    says: 'appEncryptKey',
  },
  {
    description: 'the key of another pair',
    wish: { operation: VERIFY, token: 't', ...RSA, privateKey: long.privateKey },
    pointer: '/privateKey',
    says: 'would be refused',
  },
  {
    description: 'a key that is none',
    wish: { operation: LOGIN, token: 't', ...RSA, privateKey: 'MIIC' },
    pointer: '/privateKey',
  },
  {
    description: 'an empty key',
    wish: { operation: LOGIN, token: 't', ...RSA, privateKey: '' },
    pointer: '/privateKey',
  },
  { description: 'an unknown field', wish: { operation: LOGIN, token: 't', key: 'x' }, pointer: '/key' },
];

describe('what is refused', () => {
  test.each(REFUSED)('$description', async ({ wish, pointer, says = '' }) => {
    const bench = await controlBench();
    const app = await createApp(bench, KEYS);
    const { body } = await bench.api.post(pathOf(app)).send(wish).expect(400);
    expect(body).toMatchObject({ pointer, detail: expect.stringContaining(says) });
    expect(body.detail.startsWith(pointer)).toBe(true);
  });

  test('__proto__ among the fields', async () => {
    const bench = await controlBench();
    const app = await createApp(bench);
    const body = `{"operation":"${LOGIN}","token":"t","fields":{"__proto__":"x"}}`;
    const answer = await bench.api.post(pathOf(app)).type('json').send(body).expect(400);
    expect(answer.body).toMatchObject({ pointer: '/fields/__proto__' });
  });

  test('RSA of an app that has registered no key', async () => {
    const bench = await controlBench();
    const app = await createApp(bench);
    const { body } = await bench.api
      .post(pathOf(app))
      .send({ operation: LOGIN, token: 't', ...RSA })
      .expect(400);
    expect(body).toMatchObject({ pointer: '/privateKey', detail: expect.stringContaining('no appVerifyKey') });
  });

  test('at verify, a key that the app’s reading finds too long', async () => {
    const bench = await controlBench();
    const readings = { 'verify-key-size': '1024' };
    const app = await createApp(bench, { ...KEYS, appVerifyKey: long.publicKey, readings });
    const wish = { signing: 'rsa', privateKey: long.privateKey };
    const token = await mint(bench, app);
    expect(await resultOf(bench, app, { operation: LOGIN, token, ...wish })).toBe('103000');
    const { body } = await bench.api
      .post(pathOf(app))
      .send({ operation: VERIFY, token, ...wish })
      .expect(400);
    expect(body).toMatchObject({ pointer: '/privateKey', detail: expect.stringContaining('verify-key-size') });
    await bench.api.patch(`/_mock/apps/${app.appId}`).send({ readings: null }).expect(200);
    const own = await mint(bench, app, { capability: VERIFY });
    expect(await resultOf(bench, app, { operation: VERIFY, token: own, ...wish })).toBe('000');
  });

  test.each([
    { description: 'as long as the carrier’s key encrypts', length: 89, status: 200 },
    { description: 'one longer', length: 90, status: 400 },
  ])('by RSA, an appKey $description: $status', async ({ length, status }) => {
    const bench = await controlBench();
    const app = await createApp(bench, { ...KEYS, appKey: 'k'.repeat(length) });
    const wish = { operation: VERIFY, token: 't', phoneNumber: PHONE_NUMBER, ...RSA };
    const { body } = await bench.api.post(pathOf(app)).send(wish).expect(status);
    expect(body.pointer).toBe(status === 200 ? undefined : '/signing');
  });

  test('an app that is not there', async () => {
    const { api } = await controlBench();
    await api.post('/_mock/apps/nobody/signed-requests').send({ operation: LOGIN, token: 't' }).expect(404);
  });
});

describe('a private key', () => {
  test.each([
    { description: 'too long', privateKey: PRIVATE_KEY.repeat(6) },
    { description: 'a list', privateKey: [PRIVATE_KEY] },
    { description: 'in PEM', privateKey: `-----BEGIN PRIVATE KEY-----\n${PRIVATE_KEY}\n-----END PRIVATE KEY-----` },
    { description: 'cut short', privateKey: PRIVATE_KEY.slice(0, 400) },
    { description: 'of another app', privateKey: longPair().privateKey },
  ])('$description is not quoted', async ({ privateKey }) => {
    const bench = await controlBench();
    const app = await createApp(bench, KEYS);
    const wish = { operation: LOGIN, token: 't', signing: 'rsa', privateKey };
    const { text } = await bench.api.post(pathOf(app)).send(wish).expect(400);
    expect(text).not.toContain([privateKey].flat()[0]?.slice(0, 20));
  });

  test('in what is no JSON is not quoted', async () => {
    const bench = await controlBench();
    const app = await createApp(bench);
    const { text } = await bench.api.post(pathOf(app)).type('json').send(`{"privateKey":"${PRIVATE_KEY}"`).expect(400);
    expect(text).not.toContain(PRIVATE_KEY.slice(0, 20));
  });

  test('is not in the answer', async () => {
    const bench = await controlBench();
    const app = await createApp(bench, KEYS);
    const { text } = await bench.api
      .post(pathOf(app))
      .send({ operation: LOGIN, token: 't', ...RSA })
      .expect(200);
    expect(text).not.toContain(PRIVATE_KEY.slice(0, 40));
  });
});
