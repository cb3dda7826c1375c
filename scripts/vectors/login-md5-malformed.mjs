/** login-md5-malformed.json: almost correct MD5 signatures of loginTokenValidate. The document, 1.2 sign. */
import { SOURCE } from './app.mjs';
import { upperHex } from './bytes.mjs';
import { LOGIN_MD5_FILE, loginMd5Test, md5 } from './login-md5-sign.mjs';
import { malformedHex } from './malformed-hex.mjs';
import { digest } from './openssl.mjs';

const ROWS = malformedHex({
  sign: md5,
  length: 32,
  fields: { fields: { msgid: 'request-005' } },
  others: [
    { comment: 'the first 32 digits of SHA-1', hexOf: (text) => upperHex(digest('sha1', text)) },
    { comment: 'the first 32 digits of SHA-256', hexOf: (text) => upperHex(digest('sha256', text)) },
    { comment: 'the first 32 digits of SHA-512', hexOf: (text) => upperHex(digest('sha512', text)) },
  ],
});

export const LOGIN_MD5_MALFORMED = {
  file: 'login-md5-malformed',
  firstTcId: 1301,
  type: LOGIN_MD5_FILE.type,
  groups: [{ source: SOURCE, ...LOGIN_MD5_FILE.group, tests: ROWS.map(loginMd5Test) }],
};
