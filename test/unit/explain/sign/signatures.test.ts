/** Findings about signatures that no row of test/mistakes can express: other apps, missing tokens, signatures in an odd form. The document, 1.2 and 2.3 sign. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { compileApp } from '../../../../mock-server/carrier/engine/app-settings.js';
import { explain } from '../../../../mock-server/explain/explain.js';
import { foreignTokenOf, PHONE_NUMBER, SETTINGS, UNKNOWN_APP } from '../../../support/engine.js';
import { findingIds, subjectFor } from '../../../support/explain.js';
import { longPair, TEST_KEYS } from '../../../support/keys.js';
import {
  APP_ID,
  APP_KEY,
  APP_SECRET,
  DECRYPT_KEY,
  evidenceOf,
  hexOf,
  hmac,
  LOGIN_RSA_TEXT,
  LOGIN_TEXT,
  loginRsaSigned,
  loginSigned,
  type Make,
  md5,
  rsa,
  rsaEncrypted,
  rsaPss,
  signIds,
  verifyRsaSigned,
  verifySigned,
  verifyText,
} from './makers.js';

const right = md5(LOGIN_TEXT + APP_SECRET);
const rightRsa = rsa('RSA-SHA256', LOGIN_RSA_TEXT);
const signedBy = (privateKey: string) => hexOf(rsa('RSA-SHA256', LOGIN_RSA_TEXT, privateKey));

test('the whole evidence has the text, including the secret, and both signatures', () => {
  const received = md5(LOGIN_TEXT + APP_KEY);
  expect(evidenceOf(loginSigned(received), 'sign.secret-swapped')).toEqual({
    field: 'sign',
    received,
    expected: right,
    text: LOGIN_TEXT + APP_KEY,
    used: 'appKey',
    due: 'appSecret',
  });
  const unknown = evidenceOf(loginSigned(md5('x')), 'sign.no-match');
  expect(unknown).toMatchObject({ field: 'sign', expected: right, complete: 'yes' });
});

test('the evidence of an HMAC for RSA has neither the place of its key nor an expected signature', () => {
  const evidence = evidenceOf(
    verifyRsaSigned((text) => hmac(text, APP_KEY)),
    'sign.algorithm',
  );
  expect(evidence).toMatchObject({ used: 'HMACSHA256', due: 'MD5withRSA', selectedBy: 'keyType' });
  expect(evidence).not.toHaveProperty('expected');
  const plain = evidenceOf(
    verifySigned((text) => hmac(text, APP_KEY, { algorithm: 'sha1' })),
    'sign.algorithm',
  );
  expect(Object.keys(plain ?? {})).not.toEqual(expect.arrayContaining(['dueKey', 'selectedBy']));
});

describe('no mistake is found', () => {
  test.each([
    { description: 'in an empty signature', subject: loginSigned('') },
    {
      description: 'for an unknown app',
      subject: loginSigned(md5(LOGIN_TEXT), {}, { scene: UNKNOWN_APP }),
    },
    {
      description: 'in an unreadable body',
      subject: loginSigned(
        md5(LOGIN_TEXT),
        {},
        { scene: { exchange: { bodyBytes: 64 * 1024 + 1 } } },
      ),
    },
    {
      description: 'in RSA hex of mixed case',
      subject: loginRsaSigned(hexOf(rightRsa).slice(0, 8) + rightRsa.toString('hex').slice(8)),
    },
    {
      description: 'in a Base64 signature in lines that end with \\r\\n',
      subject: verifyRsaSigned((text) =>
        rsa('RSA-MD5', text).toString('base64').replace(/.{76}/g, '$&\r\n'),
      ),
    },
    {
      description: 'in RSA hex in lower case under verify-rsa-encoding hex',
      subject: verifyRsaSigned(
        (text) => rsa('RSA-MD5', text).toString('hex'),
        {},
        { scene: { readings: { 'verify-rsa-encoding': 'hex' } } },
      ),
    },
  ])('$description', ({ subject }) => {
    expect(signIds(subject)).toBe('');
    expect(explain(subject, 'en').signedString).toBeNull();
  });

  test.each([
    { description: 'one bit is turned', sign: hexOf(rightRsa).replace(/^./, '0') },
    { description: 'no key opens its 128 bytes', sign: hexOf(Buffer.alloc(128, 7)) },
  ])('an RSA signature is not reproduced if $description', ({ sign }) => {
    const subject = loginRsaSigned(sign);
    expect(signIds(subject)).toBe('key-unknown no-match');
    expect(findingIds(subject)).toEqual(['sign.key-unknown']);
  });

  test('a correct RSA signature is not reproduced if its key is not registered', () => {
    const scene = {
      settings: { appVerifyKey: null, appEncryptKey: TEST_KEYS.demoAppDecrypt.publicKey },
    };
    const make: Make = (text) => rsa('RSA-MD5', text).toString('base64');
    expect(signIds(verifyRsaSigned(make, {}, { scene }))).toBe('no-match');
  });

  test('an MD5 request with an RSA signature in lower case has no mistake of the case', () => {
    expect(signIds(loginSigned(rightRsa.toString('hex')))).toBe('algorithm');
  });
});

describe('the plain number in the text of verify is found', () => {
  const unknownToken = { state: { token: undefined } };

  test('by the number that phoneNum decrypts to, without a token', () => {
    const make: Make = () => rsa('RSA-MD5', verifyText(PHONE_NUMBER)).toString('base64');
    expect(signIds(verifyRsaSigned(make, {}, { scene: unknownToken }))).toBe('phone-num-variant');
  });

  test('by the token of another app', () => {
    const number = '13900139000';
    const make: Make = () => hmac(verifyText(number), APP_KEY);
    const foreignToken = foreignTokenOf('tokenValidate', { phoneNumber: number });
    expect(
      signIds(verifySigned(make, {}, { scene: { state: { token: undefined, foreignToken } } })),
    ).toBe('phone-num-variant');
    expect(signIds(verifySigned(make, {}, { scene: unknownToken }))).toBe('no-match');
  });
});

test('a signed field next to header and body is named', () => {
  const { exchange } = verifySigned((text) => hmac(`${text}web`, APP_KEY));
  const body = JSON.stringify({ channel: 'web', nothing: null, ...JSON.parse(exchange.body) });
  expect(evidenceOf(subjectFor('tokenValidate', body), 'sign.field-extra')).toMatchObject({
    fields: ['channel'],
  });
});

describe('hashes without a DigestInfo', () => {
  test.each([
    {
      signature: rsaEncrypted(createHash('sha256').update(LOGIN_RSA_TEXT).digest()),
      used: 'RSA(SHA-256)',
    },
    { signature: rsaEncrypted(md5(LOGIN_RSA_TEXT)), used: 'RSA(MD5)' },
  ])('$used', ({ signature, used }) => {
    const subject = loginRsaSigned(hexOf(signature));
    expect(signIds(subject)).toBe('algorithm');
    expect(evidenceOf(subject, 'sign.algorithm')).toMatchObject({ used, due: 'SHA256withRSA' });
  });
});

describe('the key pair', () => {
  const team = compileApp({
    ...SETTINGS,
    appId: '300000000002',
    appVerifyKey: TEST_KEYS.platform.publicKey,
    appEncryptKey: longPair().publicKey,
  });

  test.each([
    {
      description: 'of the app itself',
      key: DECRYPT_KEY,
      evidence: { app: APP_ID, used: 'appEncryptKey' },
    },
    {
      description: 'of another app',
      key: TEST_KEYS.platform.privateKey,
      evidence: { app: team.settings.appId, used: 'appVerifyKey' },
    },
    {
      description: 'of another app, of 2048 bits',
      key: longPair().privateKey,
      evidence: { app: team.settings.appId, used: 'appEncryptKey' },
    },
  ])('$description is named', ({ key, evidence }) => {
    const subject = loginRsaSigned(signedBy(key), {}, { around: { otherApps: [team] } });
    expect(signIds(subject)).toBe('key-pair');
    expect(evidenceOf(subject, 'sign.key-pair')).toMatchObject({
      ...evidence,
      due: 'appVerifyKey',
      text: LOGIN_RSA_TEXT,
    });
  });

  test('is named without a text if the text is not found', () => {
    const subject = loginRsaSigned(hexOf(rsa('RSA-MD5', 'another text', DECRYPT_KEY)));
    expect(evidenceOf(subject, 'sign.key-pair')).not.toHaveProperty('text');
  });
});

describe('RSA-PSS', () => {
  test.each(['SHA256', 'SHA1', 'SHA512'])('with %s', (name) => {
    const login = loginRsaSigned(hexOf(rsaPss(`RSA-${name}`, LOGIN_RSA_TEXT)));
    const used = `${name}withRSA/PSS`;
    expect(evidenceOf(login, 'sign.algorithm')).toMatchObject({
      used,
      due: 'SHA256withRSA',
      text: LOGIN_RSA_TEXT,
    });
  });

  test('with the longest salt is always recognised', () => {
    const signed = () => loginRsaSigned(hexOf(rsaPss('RSA-SHA512', LOGIN_RSA_TEXT)));
    const used = Array.from({ length: 40 }, () => evidenceOf(signed(), 'sign.algorithm')?.['used']);
    expect(new Set(used)).toEqual(new Set(['SHA512withRSA/PSS']));
  });
});
