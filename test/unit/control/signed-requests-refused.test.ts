/** /_mock/apps/:appId/signed-requests: inputs refused for the keys of the app (refused.test has the others), and private keys that no error quotes. */
import { describe, expect, test } from 'vitest';
import { controlBench, createApp, mint, PHONE_NUMBER } from '../../support/control.js';
import { longPair, TEST_KEYS } from '../../support/keys.js';
import { KEYS, LOGIN, PRIVATE_KEY, pathOf, RSA, resultOf, VERIFY } from './signed-request-scene.js';

interface RefusedRow {
  readonly description: string;
  /** Of the app; by default with both keys. */
  readonly settings?: object;
  readonly input: object;
  readonly pointer: string;
  readonly message?: string;
}

const long = longPair();

const REFUSED: readonly RefusedRow[] = [
  {
    description: 'RSA with MD5 in the fields',
    input: { operation: LOGIN, token: 't', ...RSA, fields: { encryptionalgorithm: '' } },
    pointer: '/fields/encryptionalgorithm',
  },
  {
    description: 'RSA with keyType 0',
    input: { operation: VERIFY, token: 't', ...RSA, fields: { keyType: '0' } },
    pointer: '/fields/keyType',
  },
  {
    description: 'a public key',
    input: { operation: LOGIN, token: 't', ...RSA, privateKey: KEYS.appVerifyKey },
    pointer: '/privateKey',
    message: 'a public key',
  },
  {
    description: 'the key of 应用公钥2',
    input: {
      operation: LOGIN,
      token: 't',
      ...RSA,
      privateKey: TEST_KEYS.demoAppDecrypt.privateKey,
    },
    pointer: '/privateKey',
    message: 'would be refused',
  },
  {
    description: 'the key of another pair',
    input: { operation: VERIFY, token: 't', ...RSA, privateKey: long.privateKey },
    pointer: '/privateKey',
    message: 'would be refused',
  },
  {
    description: 'RSA for an app without a registered key',
    settings: {},
    input: { operation: LOGIN, token: 't', ...RSA },
    pointer: '/privateKey',
    message: 'no appVerifyKey',
  },
];

describe('a refused call', () => {
  test.each(REFUSED)('$description', async ({ settings = KEYS, input, pointer, message = '' }) => {
    const bench = await controlBench();
    const app = await createApp(bench, settings);
    const { body } = await bench.api.post(pathOf(app)).send(input).expect(400);
    expect(body).toMatchObject({ pointer, detail: expect.stringContaining(message) });
    expect(body.detail.startsWith(pointer)).toBe(true);
  });

  test('__proto__ among the fields', async () => {
    const bench = await controlBench();
    const app = await createApp(bench);
    const body = `{"operation":"${LOGIN}","token":"t","fields":{"__proto__":"x"}}`;
    const answer = await bench.api.post(pathOf(app)).type('json').send(body).expect(400);
    expect(answer.body).toMatchObject({ pointer: '/fields/__proto__' });
  });

  test('a longer key is refused at verify only, and only by that reading', async () => {
    const bench = await controlBench();
    const app = await createApp(bench, { ...KEYS, appVerifyKey: long.publicKey });
    for (const [operation, code] of [
      [LOGIN, '103000'],
      [VERIFY, '000'],
    ] as const) {
      const token = await mint(bench, app, { capability: operation });
      const input = { operation, token, signing: 'rsa', privateKey: long.privateKey };
      expect(await resultOf(bench, app, input)).toBe(code);
    }
  });

  test.each([
    {
      description: 'of the maximum length that the carrier’s key can encrypt',
      length: 89,
      status: 200,
    },
    { description: 'one character longer', length: 90, status: 400 },
  ])('with RSA, an appKey $description: $status', async ({ length, status }) => {
    const bench = await controlBench();
    const app = await createApp(bench, { ...KEYS, appKey: 'k'.repeat(length) });
    const input = { operation: VERIFY, token: 't', phoneNumber: PHONE_NUMBER, ...RSA };
    const { body } = await bench.api.post(pathOf(app)).send(input).expect(status);
    expect(body.pointer).toBe(status === 200 ? undefined : '/signing');
  });
});

describe('a private key', () => {
  test.each([
    { description: 'too long', privateKey: PRIVATE_KEY.repeat(6) },
    { description: 'in an array', privateKey: [PRIVATE_KEY] },
    {
      description: 'in PEM',
      privateKey: `-----BEGIN PRIVATE KEY-----\n${PRIVATE_KEY}\n-----END PRIVATE KEY-----`,
    },
    { description: 'cut short', privateKey: PRIVATE_KEY.slice(0, 400) },
  ])('$description is not quoted', async ({ privateKey }) => {
    const bench = await controlBench();
    const app = await createApp(bench, KEYS);
    const input = { operation: LOGIN, token: 't', signing: 'rsa', privateKey };
    const { text } = await bench.api.post(pathOf(app)).send(input).expect(400);
    expect(text).not.toContain([privateKey].flat()[0]?.slice(0, 20));
  });

  test('is not in the response', async () => {
    const bench = await controlBench();
    const app = await createApp(bench, KEYS);
    const { text } = await bench.api
      .post(pathOf(app))
      .send({ operation: LOGIN, token: 't', ...RSA })
      .expect(200);
    expect(text).not.toContain(PRIVATE_KEY.slice(0, 40));
  });
});
