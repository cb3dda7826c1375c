/** /_mock/key-pairs: generated key pairs in the portal's format, which are not stored. */
import { createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { controlBench, createApp, mint } from '../../support/control.js';
import { privateKeyOf, publicKeyOf } from '../../support/keys.js';
import { LOGIN_PATH } from '../../support/mock.js';
import { loginRsaRequest } from '../../support/requests.js';

test.each([
  { description: 'by default', body: undefined, bits: 1024 },
  { description: 'if requested', body: { bits: 1024 }, bits: 1024 },
  { description: 'in the larger size', body: { bits: 2048 }, bits: 2048 },
])('$description, a pair has $bits bits and its keys belong together', async ({ body, bits }) => {
  const { api } = await controlBench();
  const pair = (await api.post('/_mock/key-pairs').send(body).expect(201)).body;
  expect(Object.keys(pair)).toEqual(['publicKey', 'privateKey']);
  const publicKey = publicKeyOf(pair.publicKey);
  expect(publicKey.asymmetricKeyType).toBe('rsa');
  expect(publicKey.asymmetricKeyDetails?.modulusLength).toBe(bits);
  expect(createPublicKey(privateKeyOf(pair.privateKey)).equals(publicKey)).toBe(true);
});

test('each call generates a different pair', async () => {
  const { api } = await controlBench();
  const [one, two] = [await api.post('/_mock/key-pairs'), await api.post('/_mock/key-pairs')];
  expect(one.body.publicKey).not.toBe(two.body.publicKey);
});

test('an app accepts generated keys, and signatures with them', async () => {
  const bench = await controlBench();
  const [sign, encrypt] = [await bench.api.post('/_mock/key-pairs'), await bench.api.post('/_mock/key-pairs')];
  const app = await createApp(bench, { appVerifyKey: sign.body.publicKey, appEncryptKey: encrypt.body.publicKey });
  const request = loginRsaRequest(app.appId, sign.body.privateKey, await mint(bench, app));
  const { body } = await bench.api.post(LOGIN_PATH).send(request);
  expect(body.resultCode).toBe('103000');
});
