/** The signed string of a wrong signature: returned if a known mistake reproduces it, and null if the signature is correct. */
import { expect, test } from 'vitest';
import { explain } from '../../../../mock-server/explain/explain.js';
import type { Subject } from '../../../../mock-server/explain/subject.js';
import { UNKNOWN_APP } from '../../../support/engine.js';
import {
  APP_KEY,
  APP_SECRET,
  HEAD,
  hexOf,
  hmac,
  LOGIN_RSA_TEXT,
  LOGIN_TEXT,
  loginRsaSigned,
  loginSigned,
  md5,
  rsa,
  verifyRsaSigned,
  verifySigned,
} from './makers.js';

const strict = { scene: { readings: { 'login-md5-case': 'upper' } } } as const;

interface Row {
  readonly description: string;
  readonly subject: Subject;
  readonly expected: string | null;
}

const ROWS: readonly Row[] = [
  { description: 'login, correct', subject: loginSigned(md5(LOGIN_TEXT + APP_SECRET)), expected: null },
  {
    description: 'login, lower case, which the app accepts',
    subject: loginSigned(md5(LOGIN_TEXT + APP_SECRET).toLowerCase()),
    expected: null,
  },
  {
    description: 'login, lower case, which the app refuses',
    subject: loginSigned(md5(LOGIN_TEXT + APP_SECRET).toLowerCase(), {}, strict),
    expected: LOGIN_TEXT + APP_SECRET,
  },
  {
    description: 'login, the other secret',
    subject: loginSigned(md5(LOGIN_TEXT + APP_KEY)),
    expected: LOGIN_TEXT + APP_KEY,
  },
  { description: 'login, no secret', subject: loginSigned(md5(LOGIN_TEXT)), expected: LOGIN_TEXT },
  { description: 'login, no token', subject: loginSigned(md5(HEAD + APP_SECRET)), expected: HEAD + APP_SECRET },
  { description: 'login, the empty text', subject: loginSigned(md5('')), expected: '' },
  { description: 'login, an unknown text', subject: loginSigned(md5('something else')), expected: null },
  { description: 'login, no signature', subject: loginSigned(''), expected: null },
  {
    description: 'login, an unknown app',
    subject: loginSigned(md5(LOGIN_TEXT + APP_SECRET), {}, { scene: UNKNOWN_APP }),
    expected: null,
  },
  {
    description: 'login by RSA, correct',
    subject: loginRsaSigned(hexOf(rsa('RSA-SHA256', LOGIN_RSA_TEXT))),
    expected: null,
  },
  {
    description: 'login by RSA, the text of MD5',
    subject: loginRsaSigned(hexOf(rsa('RSA-SHA256', LOGIN_TEXT))),
    expected: LOGIN_TEXT,
  },
  { description: 'verify, correct', subject: verifySigned((text) => hmac(text, APP_KEY)), expected: null },
  {
    description: 'verify by RSA, correct',
    subject: verifyRsaSigned((text) => rsa('RSA-MD5', text).toString('base64')),
    expected: null,
  },
];

test.each(ROWS)('$description', ({ subject, expected }) => {
  expect(explain(subject, 'en').signedString).toBe(expected);
});

test.each([
  {
    description: 'verify, the key in the text',
    make: (signed: (text: string) => void) =>
      verifySigned((text) => {
        signed(text + APP_KEY);
        return hmac(text + APP_KEY, APP_KEY);
      }),
  },
  {
    description: 'verify by RSA, another algorithm',
    make: (signed: (text: string) => void) =>
      verifyRsaSigned((text) => {
        signed(text);
        return rsa('RSA-SHA256', text).toString('base64');
      }),
  },
])('$description: the signed string is returned', ({ make }) => {
  let signed = '';
  const subject = make((text) => {
    signed = text;
  });
  expect(explain(subject, 'en').signedString).toBe(signed);
});
