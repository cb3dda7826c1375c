/** Two mistakes in one signature: the secret is named before the algorithm, before fields, order, separator, encoding and case. */
import { phoneHash, SIGN_PAIR, SUBSCRIBER } from './attempt.js';
import {
  base64,
  digest,
  hmacSha256,
  join,
  LOGIN_ORDER,
  lowerHex,
  pairs,
  rsaSign,
  upperHex,
  VERIFY_ORDER,
  wrappedBase64,
} from './client.js';
import type { Mistake } from './mistake.js';

const NATURAL_ORDER = [...LOGIN_ORDER].sort();

const MD5 = { mode: 'login MD5', resultCode: '103101' } as const;
const HMAC = { mode: 'verify HMAC', resultCode: '302' } as const;

const md5 = (text: string) => digest('md5', text);

export const SIGN_PAIRS: readonly Mistake[] = [
  {
    ...MD5,
    description: 'appKey instead of APPSecret, and lower case',
    sign: ({ fields, app }) => lowerHex(md5(join(fields, LOGIN_ORDER) + app.appKey)),
    finding: 'sign.secret-swapped',
    behind: ['sign.case'],
  },
  {
    ...MD5,
    description: 'appKey instead of APPSecret, and SHA-256 instead of MD5',
    sign: ({ fields, app }) => upperHex(digest('sha256', join(fields, LOGIN_ORDER) + app.appKey)),
    finding: 'sign.secret-swapped',
    behind: ['sign.algorithm'],
  },
  {
    ...MD5,
    description: 'appKey instead of APPSecret, and the order of a TreeMap',
    sign: ({ fields, app }) => upperHex(md5(join(fields, NATURAL_ORDER) + app.appKey)),
    finding: 'sign.secret-swapped',
    behind: ['sign.field-order'],
  },
  {
    ...MD5,
    description: 'no secret, and plus signs between the fields',
    sign: ({ fields }) => upperHex(md5(join(fields, LOGIN_ORDER, '+'))),
    finding: 'sign.secret-missing',
    behind: ['sign.separator'],
  },
  {
    ...MD5,
    description: 'SHA-1 instead of MD5, and lower case',
    sign: ({ fields, app }) => lowerHex(digest('sha1', join(fields, LOGIN_ORDER) + app.appSecret)),
    finding: 'sign.algorithm',
    behind: ['sign.case'],
  },
  {
    ...MD5,
    description: 'the order of a TreeMap, and a missing field',
    sign: ({ fields, app }) =>
      upperHex(
        md5(
          join(
            fields,
            NATURAL_ORDER.filter((name) => name !== 'strictcheck'),
          ) + app.appSecret,
        ),
      ),
    finding: 'sign.field-missing',
    behind: ['sign.field-order'],
  },
  {
    ...MD5,
    description: 'a missing field, and lower case',
    sign: ({ fields, app }) =>
      lowerHex(
        md5(
          join(
            fields,
            LOGIN_ORDER.filter((name) => name !== 'version'),
          ) + app.appSecret,
        ),
      ),
    finding: 'sign.field-missing',
    behind: ['sign.case'],
  },
  {
    ...MD5,
    description: 'sorted name=value pairs with ampersands, as other interfaces require',
    sign: ({ fields, app }) => upperHex(md5(pairs(fields, NATURAL_ORDER) + app.appSecret)),
    finding: 'sign.field-order',
    behind: ['sign.separator'],
  },
  {
    ...MD5,
    description: 'the order of a TreeMap, and Base64',
    sign: ({ fields, app }) => base64(md5(join(fields, NATURAL_ORDER) + app.appSecret)),
    finding: 'sign.field-order',
    behind: ['sign.encoding'],
  },
  {
    ...MD5,
    description: 'ampersands between the fields, and lower case',
    sign: ({ fields, app }) => lowerHex(md5(`${join(fields, LOGIN_ORDER, '&')}&${app.appSecret}`)),
    finding: 'sign.separator',
    behind: ['sign.case'],
  },
  {
    ...MD5,
    description: 'Android’s Base64, which ends with a line break',
    sign: ({ fields, app }) => wrappedBase64(md5(join(fields, LOGIN_ORDER) + app.appSecret), '\n'),
    finding: 'value.white-space',
    behind: ['sign.encoding'],
  },
  {
    mode: 'login RSA',
    resultCode: '103101',
    description: 'MD5withRSA at login, and Base64',
    sign: ({ fields }) => base64(rsaSign(join(fields, ['appid', 'token']), 'RSA-MD5', SIGN_PAIR.privateKey)),
    finding: 'sign.algorithm',
    behind: ['sign.encoding'],
  },
  {
    ...HMAC,
    description: 'APPSecret instead of appKey in the HMAC, and lower case',
    sign: ({ fields, app }) => lowerHex(hmacSha256(join(fields, VERIFY_ORDER), app.appSecret)),
    finding: 'sign.secret-swapped',
    behind: ['sign.case'],
  },
  {
    ...HMAC,
    description: 'APPSecret instead of appKey in the HMAC and in phoneNum',
    phoneNum: ({ fields, app }) => phoneHash(SUBSCRIBER + app.appSecret + String(fields['timestamp'])),
    sign: ({ fields, app }) => upperHex(hmacSha256(join(fields, VERIFY_ORDER), app.appSecret)),
    finding: 'sign.secret-swapped',
    behind: ['phone.secret-swapped'],
  },
  {
    ...HMAC,
    description: 'the order of the table at verify, and Base64',
    sign: ({ fields, app }) =>
      base64(hmacSha256(join(fields, ['version', 'msgId', 'timestamp', 'appId', 'phoneNum', 'token']), app.appKey)),
    finding: 'sign.field-order',
    behind: ['sign.encoding'],
  },
  {
    mode: 'verify RSA',
    resultCode: '302',
    description: 'SHA256withRSA at verify, and hex',
    sign: ({ fields }) => upperHex(rsaSign(join(fields, VERIFY_ORDER), 'RSA-SHA256', SIGN_PAIR.privateKey)),
    finding: 'sign.algorithm',
    behind: ['sign.encoding'],
  },
];
