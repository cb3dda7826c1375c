/** token-validate-hmac-malformed.json: almost correct HMACSHA256 signatures of tokenValidate. The document, 2.3 sign. */
import { APP_KEY, SOURCE } from './app.mjs';
import { upperHex } from './bytes.mjs';
import { malformedHex } from './malformed-hex.mjs';
import { hmac } from './openssl.mjs';
import { HMAC_FILE, hmacSign, hmacTest } from './token-validate-hmac.mjs';

const hexOf = (name) => (text) => upperHex(hmac(name, APP_KEY, text));

const ROWS = malformedHex({
  sign: hmacSign,
  length: 64,
  fields: { header: { msgId: 'request-000' } },
  others: [
    { comment: 'HMAC-MD5, filled up with zeros', hexOf: hexOf('md5') },
    { comment: 'HMAC-SHA-1, filled up with zeros', hexOf: hexOf('sha1') },
    { comment: 'HMAC-SHA-224, filled up with zeros', hexOf: hexOf('sha224') },
    { comment: 'the first 64 digits of HMAC-SHA-384', hexOf: hexOf('sha384') },
    { comment: 'the first 64 digits of HMAC-SHA-512', hexOf: hexOf('sha512') },
    { comment: 'HMAC-SHA-512/256', hexOf: hexOf('sha512-256') },
    { comment: 'HMAC-SHA3-256', hexOf: hexOf('sha3-256') },
    { comment: 'HMAC-SM3', hexOf: hexOf('sm3') },
  ],
});

export const TOKEN_VALIDATE_HMAC_MALFORMED = {
  file: 'token-validate-hmac-malformed',
  firstTcId: 1401,
  type: HMAC_FILE.type,
  groups: [{ source: SOURCE, ...HMAC_FILE.group, tests: ROWS.map(hmacTest) }],
};
