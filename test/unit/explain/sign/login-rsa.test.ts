/** Mistakes in login's RSA signature, made as clients make them. The document, 1.2 sign. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { OtherApp } from '../../../../mock-server/explain/subject.js';
import { TOKEN } from '../../../support/engine.js';
import { longPair, publicKeyOf, TEST_KEYS } from '../../../support/keys.js';
import {
  APP_ID,
  APP_KEY,
  APP_SECRET,
  DECRYPT_KEY,
  digest,
  evidenceOf,
  hexOf,
  LOGIN_RSA_TEXT,
  LOGIN_TEXT,
  loginRsaSigned,
  loginSigned,
  md5,
  rsa,
  rsaEncrypted,
  signIds,
} from './makers.js';

const right = rsa('RSA-SHA256', LOGIN_RSA_TEXT);
const signedBy = (privateKey: string) => hexOf(rsa('RSA-SHA256', LOGIN_RSA_TEXT, privateKey));

const TEAM: OtherApp = {
  appId: '300000000002',
  verifyKey: publicKeyOf(TEST_KEYS.platform.publicKey),
  encryptKey: publicKeyOf(longPair().publicKey),
};

test.each([
  { description: 'the private half of 应用公钥2', sign: signedBy(DECRYPT_KEY), ids: 'key-pair' },
  { description: 'MD5withRSA', sign: hexOf(rsa('RSA-MD5', LOGIN_RSA_TEXT)), ids: 'algorithm' },
  { description: 'SHA1withRSA', sign: hexOf(rsa('RSA-SHA1', LOGIN_RSA_TEXT)), ids: 'algorithm' },
  { description: 'encryption with the private key', sign: hexOf(rsaEncrypted(LOGIN_RSA_TEXT)), ids: 'algorithm' },
  { description: 'the MD5 signature', sign: md5(LOGIN_TEXT + APP_SECRET), ids: 'algorithm' },
  { description: 'MD5 of the text of RSA', sign: md5(LOGIN_RSA_TEXT), ids: 'algorithm' },
  { description: 'a plain SHA-256 of the text of RSA', sign: digest('sha256', LOGIN_RSA_TEXT), ids: 'algorithm' },
  { description: 'the appid alone', sign: hexOf(rsa('RSA-SHA256', APP_ID)), ids: 'field-missing' },
  { description: 'the text of MD5', sign: hexOf(rsa('RSA-SHA256', LOGIN_TEXT)), ids: 'field-extra' },
  {
    description: 'the text of MD5 with its secret',
    sign: hexOf(rsa('RSA-SHA256', LOGIN_TEXT + APP_SECRET)),
    ids: 'field-extra',
  },
  { description: 'token before appid', sign: hexOf(rsa('RSA-SHA256', TOKEN + APP_ID)), ids: 'field-order' },
  { description: 'appid+token', sign: hexOf(rsa('RSA-SHA256', `${APP_ID}+${TOKEN}`)), ids: 'separator' },
  {
    description: 'appid=…&token=…',
    sign: hexOf(rsa('RSA-SHA256', `appid=${APP_ID}&token=${TOKEN}`)),
    ids: 'separator',
  },
  { description: 'Base64', sign: right.toString('base64'), ids: 'encoding' },
  { description: 'Base64 in lines of 76', sign: right.toString('base64').replace(/.{76}/g, '$&\r\n'), ids: 'encoding' },
  {
    description: 'Base64 whose + became spaces',
    sign: right.toString('base64').replaceAll('+', ' '),
    ids: 'encoding',
  },
  { description: 'Base64url', sign: right.toString('base64url'), ids: 'encoding' },
  { description: 'URL-encoded Base64', sign: encodeURIComponent(right.toString('base64')), ids: 'encoding' },
])('$description is $ids', ({ sign, ids }) => {
  expect(signIds(loginRsaSigned(sign))).toBe(ids);
});

describe('two mistakes at once', () => {
  test.each([
    {
      description: 'the other pair, in Base64',
      sign: rsa('RSA-SHA256', LOGIN_RSA_TEXT, DECRYPT_KEY).toString('base64'),
      ids: 'key-pair encoding',
    },
    {
      description: 'SHA1withRSA, token first',
      sign: hexOf(rsa('RSA-SHA1', TOKEN + APP_ID)),
      ids: 'algorithm field-order',
    },
    {
      description: 'the other pair, MD5withRSA over the text of MD5, with the other secret',
      sign: hexOf(rsa('RSA-MD5', LOGIN_TEXT + APP_KEY, DECRYPT_KEY)),
      ids: 'key-pair algorithm field-extra',
    },
    {
      description: 'an MD5 signature with the other secret',
      sign: md5(LOGIN_TEXT + APP_KEY),
      ids: 'secret-swapped algorithm',
    },
  ])('$description: $ids', ({ sign, ids }) => {
    expect(signIds(loginRsaSigned(sign))).toBe(ids);
  });
});

describe('the hash of a hash, and hashes without a DigestInfo', () => {
  test.each([
    {
      description: 'the MD5 hex was signed',
      signature: rsa('RSA-SHA256', md5(LOGIN_RSA_TEXT).toLowerCase()),
      used: 'SHA256withRSA(MD5)',
    },
    {
      description: 'the SHA-256 hex in upper case was signed',
      signature: rsa('RSA-SHA256', digest('sha256', LOGIN_RSA_TEXT)),
      used: 'SHA256withRSA(SHA-256)',
    },
    {
      description: 'the SHA-256 was encrypted',
      signature: rsaEncrypted(createHash('sha256').update(LOGIN_RSA_TEXT).digest()),
      used: 'RSA(SHA-256)',
    },
    { description: 'the MD5 hex was encrypted', signature: rsaEncrypted(md5(LOGIN_RSA_TEXT)), used: 'RSA(MD5)' },
    { description: 'the text was encrypted', signature: rsaEncrypted(LOGIN_RSA_TEXT), used: 'RSA(text)' },
  ])('$description', ({ signature, used }) => {
    const subject = loginRsaSigned(hexOf(signature));
    expect(signIds(subject)).toBe('algorithm');
    expect(evidenceOf(subject, 'sign.algorithm')).toMatchObject({ used, due: 'SHA256withRSA' });
  });
});

describe('the key pair', () => {
  const around = { otherApps: [TEAM] };
  test.each([
    { description: 'of the app itself', key: DECRYPT_KEY, evidence: { app: APP_ID, used: 'appEncryptKey' } },
    {
      description: 'of another app',
      key: TEST_KEYS.platform.privateKey,
      evidence: { app: TEAM.appId, used: 'appVerifyKey' },
    },
    {
      description: 'of another app, of 2048 bits',
      key: longPair().privateKey,
      evidence: { app: TEAM.appId, used: 'appEncryptKey' },
    },
  ])('$description is named', ({ key, evidence }) => {
    const subject = loginRsaSigned(signedBy(key), {}, { around });
    expect(signIds(subject)).toBe('key-pair');
    expect(evidenceOf(subject, 'sign.key-pair')).toMatchObject({
      ...evidence,
      due: 'appVerifyKey',
      text: LOGIN_RSA_TEXT,
    });
  });

  test('is named even if the text is not found', () => {
    const subject = loginRsaSigned(hexOf(rsa('RSA-MD5', 'another text', DECRYPT_KEY)));
    expect(signIds(subject)).toBe('key-pair algorithm');
    expect(evidenceOf(subject, 'sign.key-pair')).not.toHaveProperty('text');
  });

  test('is correct if both public keys are the same', () => {
    const scene = { settings: { appEncryptKey: TEST_KEYS.demoAppSign.publicKey } };
    expect(signIds(loginRsaSigned(hexOf(right), {}, { scene }))).toBe('');
  });

  test('that is not registered is no match', () => {
    expect(signIds(loginRsaSigned(signedBy(TEST_KEYS.platform.privateKey)))).toBe('no-match');
  });
});

describe('no mistake is found', () => {
  test.each([
    { description: 'in upper case', sign: hexOf(right), ids: '' },
    { description: 'in lower case', sign: right.toString('hex'), ids: '' },
    { description: 'in mixed case', sign: hexOf(right).slice(0, 8) + right.toString('hex').slice(8), ids: '' },
    { description: 'in another text', sign: hexOf(rsa('RSA-SHA256', 'another text')), ids: 'no-match' },
    { description: 'in another text in Base64', sign: rsa('RSA-SHA256', 'x').toString('base64'), ids: 'no-match' },
    { description: 'in a signature one byte short', sign: hexOf(right).slice(2), ids: 'no-match' },
    { description: 'in a signature with one bit turned', sign: hexOf(right).replace(/^./, '0'), ids: 'no-match' },
  ])('$description', ({ sign, ids }) => {
    expect(signIds(loginRsaSigned(sign))).toBe(ids);
  });

  test('an MD5 request with a signature in lower case has no mistake of the case', () => {
    expect(signIds(loginSigned(right.toString('hex')))).toBe('algorithm');
  });
});
