/** token-validate-hmac.json: the signature of tokenValidate with keyType 0. The document, 2.3 sign. */
import { APP_ID, APP_KEY, APP_SECRET, FIRST_SOURCE, PHONE_NUMBER } from './app.mjs';
import { base64, lowerHex, upperHex } from './bytes.mjs';
import { digest, hmac } from './openssl.mjs';
import { leftOut, over, phoneNumHash, verifyTest } from './token-validate-sign.mjs';

export const hmacSign = (text) => upperHex(hmac('sha256', APP_KEY, text));

export function hmacTest(row) {
  return verifyTest(row, { phoneNumOf: phoneNumHash, sign: hmacSign });
}

export const HMAC_FILE = {
  type: 'TokenValidateHmacSign',
  group: {
    operation: 'tokenValidate',
    algorithm: 'HMACSHA256',
    appId: APP_ID,
    appKey: APP_KEY,
    appSecret: APP_SECRET,
    phoneNumber: PHONE_NUMBER,
  },
};

const ROWS = [
  { comment: 'valid', result: 'valid' },
  {
    comment: 'lower-case hex',
    result: 'acceptable',
    flags: ['HexCase'],
    sign: (text) => lowerHex(hmac('sha256', APP_KEY, text)),
  },
  {
    comment: 'optional fields are not signed',
    result: 'valid',
    body: { message: 'a%20b', expandParams: 'a%3D1%7Cb%3D2', keyType: '0' },
  },
  {
    comment: 'keyed with appSecret',
    flags: ['WrongSecret'],
    sign: (text) => upperHex(hmac('sha256', APP_SECRET, text)),
  },
  {
    comment: 'plain SHA-256 with the key appended',
    flags: ['WrongAlgorithm'],
    sign: (text) => upperHex(digest('sha256', text + APP_KEY)),
  },
  { comment: 'plain SHA-256', flags: ['WrongAlgorithm'], sign: (text) => upperHex(digest('sha256', text)) },
  {
    comment: 'the lower-case phoneNum was signed',
    flags: ['HexCase'],
    signed: (_, message) => over({ phoneNum: message.body.phoneNum.toLowerCase() })(_, message),
  },
  { comment: 'the plain phone number was signed', flags: ['WrongText'], signed: over({ phoneNum: PHONE_NUMBER }) },
  { comment: 'version left out', flags: ['MissingField'], signed: leftOut('version') },
  { comment: 'Base64 instead of hex', flags: ['WrongEncoding'], sign: (text) => base64(hmac('sha256', APP_KEY, text)) },
];

export const TOKEN_VALIDATE_HMAC = {
  file: 'token-validate-hmac',
  firstTcId: 31,
  type: HMAC_FILE.type,
  groups: [{ source: FIRST_SOURCE, ...HMAC_FILE.group, tests: ROWS.map(hmacTest) }],
};
