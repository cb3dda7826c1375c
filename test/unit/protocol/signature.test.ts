/** Signing by the scheme of an operation. */
import { expect, test } from 'vitest';
import { signingOf, stringToSign } from '../../../src/protocol/fields.js';
import { SECRET } from '../../../src/protocol/operations/description.js';
import { numberSecretOf } from '../../../src/protocol/phone-num.js';
import {
  secretNameOf,
  signatureOf,
  signedWithSecret,
  signerWith,
  signSecretOf,
} from '../../../src/protocol/signature.js';

test('an operation that has only RSA is not signed with a secret', () => {
  expect(() => signatureOf('h5TokenValidate', {}, { secret: 'k' })).toThrow(
    'h5TokenValidate is not signed with a secret',
  );
});

test('the secret can stand between two fields', () => {
  const texts = { appId: '<appId>', token: '<token>' };
  expect(stringToSign(['appId', SECRET, 'token'], texts, '<secret>')).toBe(
    '<appId><secret><token>',
  );
});

const LOGIN = signingOf('loginTokenValidate', 'md5');
const VERIFY = signingOf('tokenValidate', 'hmac');

test('what is joined without the secret are the fields', () => {
  expect(LOGIN.joined).toEqual([...LOGIN.fields, SECRET]);
  expect(VERIFY.joined).toEqual(VERIFY.fields);
});

// RFC 4231, test case 2.
const HMAC = '5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843';
const WANT = 'what do ya want for nothing?';

test.each([
  {
    description: 'a digest of the text alone',
    key: LOGIN.key,
    text: 'abc',
    secret: 'Jefe',
    expected: '900150983CD24FB0D6963F7D28E17F72',
  },
  { description: 'an HMAC', key: VERIFY.key, text: WANT, secret: 'Jefe', expected: HMAC },
])('$description is upper-case hex, once and for many texts', ({ key, text, secret, expected }) => {
  if (key.by === 'rsa') throw new Error('RSA has no secret');
  expect(signedWithSecret(key, text, secret)).toBe(expected);
  expect(signerWith(key, secret)(text)).toBe(expected);
});

test.each(['appSecret', 'appKey'] as const)(
  'an app that has chosen %s signs login with it, and verify with the appKey',
  (signSecret) => {
    const app = { signSecret };
    expect(signSecretOf('loginTokenValidate', app)).toBe(signSecret);
    expect(signSecretOf('tokenValidate', app)).toBe('appKey');
    expect(signSecretOf('h5TokenValidate', app)).toBeUndefined();
    expect(LOGIN.key.by === 'rsa' || secretNameOf(LOGIN.key, app)).toBe(signSecret);
  },
);

test('the appKey hides the number at verify and at H5, and no secret at login', () => {
  expect(numberSecretOf('tokenValidate')).toBe('appKey');
  expect(numberSecretOf('h5TokenValidate')).toBe('appKey');
  expect(numberSecretOf('loginTokenValidate')).toBeUndefined();
});
