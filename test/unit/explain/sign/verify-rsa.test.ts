/** Mistakes in verify's MD5withRSA, made as clients make them. The document, 2.3 sign. */
import { describe, expect, test } from 'vitest';
import { PHONE_NUMBER, TOKEN } from '../../../support/engine.js';
import { TEST_KEYS } from '../../../support/keys.js';
import { MSG_ID, SENT_AT } from '../../../support/requests.js';
import {
  APP_ID,
  APP_KEY,
  DECRYPT_KEY,
  evidenceOf,
  hexOf,
  hmac,
  type Make,
  md5,
  rsa,
  rsaEncrypted,
  signIds,
  verifyRsaSigned,
  verifyText,
} from './makers.js';

const base64 = (bytes: Buffer) => bytes.toString('base64');
const right: Make = (text) => base64(rsa('RSA-MD5', text));

interface Row {
  readonly description: string;
  readonly make: Make;
  readonly ids: string;
}

const ROWS: readonly Row[] = [
  { description: 'the other pair', make: (text) => base64(rsa('RSA-MD5', text, DECRYPT_KEY)), ids: 'key-pair' },
  { description: 'SHA256withRSA', make: (text) => base64(rsa('RSA-SHA256', text)), ids: 'algorithm' },
  { description: 'SHA1withRSA', make: (text) => base64(rsa('RSA-SHA1', text)), ids: 'algorithm' },
  { description: 'the MD5 hex encrypted', make: (text) => base64(rsaEncrypted(md5(text))), ids: 'algorithm' },
  { description: 'HMACSHA256', make: (text) => hmac(text, APP_KEY), ids: 'algorithm' },
  { description: 'version left out', make: (text) => base64(rsa('RSA-MD5', text.slice(0, -3))), ids: 'field-missing' },
  {
    description: 'the appKey signed too',
    make: (text) => base64(rsa('RSA-MD5', text + APP_KEY)),
    ids: 'field-extra',
  },
  {
    description: 'the plain number',
    make: () => base64(rsa('RSA-MD5', verifyText(PHONE_NUMBER))),
    ids: 'phone-num-variant',
  },
  {
    description: 'phoneNum in hex',
    make: (_, phoneNum) =>
      base64(rsa('RSA-MD5', verifyText(Buffer.from(phoneNum, 'base64').toString('hex').toUpperCase()))),
    ids: 'phone-num-variant',
  },
  {
    description: 'phoneNum in lines of 76',
    make: (_, phoneNum) => base64(rsa('RSA-MD5', verifyText(phoneNum.replace(/.{76}(?=.)/g, '$&\n')))),
    ids: 'phone-num-variant',
  },
  {
    description: 'another order',
    make: (_, phoneNum) => base64(rsa('RSA-MD5', `${APP_ID}${SENT_AT}1.0${MSG_ID}${TOKEN}${phoneNum}`)),
    ids: 'field-order',
  },
  {
    description: 'joined by |',
    make: (_, phoneNum) => base64(rsa('RSA-MD5', [APP_ID, MSG_ID, phoneNum, SENT_AT, TOKEN, '1.0'].join('|'))),
    ids: 'separator',
  },
  {
    description: 'phoneNum URL-encoded',
    make: (_, phoneNum) => base64(rsa('RSA-MD5', verifyText(encodeURIComponent(phoneNum)))),
    ids: 'url-encoding',
  },
  { description: 'hex', make: (text) => hexOf(rsa('RSA-MD5', text)), ids: 'encoding' },
  { description: 'Base64url', make: (text) => rsa('RSA-MD5', text).toString('base64url'), ids: 'encoding' },
  {
    description: 'the other pair, in hex',
    make: (text) => rsa('RSA-MD5', text, DECRYPT_KEY).toString('hex'),
    ids: 'key-pair encoding',
  },
  {
    description: 'SHA256withRSA, another order',
    make: (_, phoneNum) => base64(rsa('RSA-SHA256', `${TOKEN}${phoneNum}1.0${APP_ID}${SENT_AT}${MSG_ID}`)),
    ids: 'algorithm field-order',
  },
];

test.each(ROWS)('$description is $ids', ({ make, ids }) => {
  expect(signIds(verifyRsaSigned(make))).toBe(ids);
});

describe('the evidence', () => {
  test('of an HMAC does not have the place of its key', () => {
    const subject = verifyRsaSigned((text) => hmac(text, APP_KEY));
    expect(evidenceOf(subject, 'sign.algorithm')).toMatchObject({
      used: 'HMACSHA256',
      due: 'MD5withRSA',
      selectedBy: 'keyType',
    });
    expect(evidenceOf(subject, 'sign.algorithm')).not.toHaveProperty('expected');
  });

  test('finds the number that phoneNum decrypts to, without a token', () => {
    const make: Make = () => base64(rsa('RSA-MD5', verifyText(PHONE_NUMBER)));
    expect(signIds(verifyRsaSigned(make, {}, { scene: { state: { token: undefined } } }))).toBe('phone-num-variant');
  });
});

describe('no mistake is found', () => {
  test.each([
    { description: 'in the correct signature', make: right, ids: '' },
    {
      description: 'in a correct signature in lines of 76',
      make: (text: string) => right(text, '').replace(/.{76}/g, '$&\r\n'),
      ids: '',
    },
    { description: 'in another text', make: () => base64(rsa('RSA-MD5', 'another text')), ids: 'no-match' },
    { description: 'in 128 bytes that no key opens', make: () => base64(Buffer.alloc(128, 7)), ids: 'no-match' },
  ])('$description', ({ make, ids }) => {
    expect(signIds(verifyRsaSigned(make))).toBe(ids);
  });

  test.each([
    { make: (text: string) => rsa('RSA-MD5', text).toString('hex'), encoding: 'hex in lower case', ids: '' },
    { make: right, encoding: 'Base64', ids: 'encoding' },
  ])('under verify-rsa-encoding hex, $encoding: "$ids"', ({ make, ids }) => {
    const scene = { readings: { 'verify-rsa-encoding': 'hex' } } as const;
    expect(signIds(verifyRsaSigned(make, {}, { scene }))).toBe(ids);
  });

  test('in a correct signature of a key that is not registered', () => {
    const scene = { settings: { appVerifyKey: null, appEncryptKey: TEST_KEYS.demoAppDecrypt.publicKey } };
    expect(signIds(verifyRsaSigned(right, {}, { scene }))).toBe('no-match');
  });
});
