/** Wrong signatures at verify, with HMACSHA256 and with RSA. The document, 2.3 sign. */
import { DECRYPT_PAIR, phoneHash, SIGN_PAIR, SUBSCRIBER } from './attempt.js';
import { base64, digest, hmacSha256, join, lowerHex, pairs, rsaSign, upperHex, VERIFY_ORDER } from './client.js';
import type { Mistake } from './mistake.js';

const TABLE_ORDER = ['version', 'msgId', 'timestamp', 'appId', 'phoneNum', 'token'];
/** A TreeMap of all sent fields. */
const ALL_SORTED = [...VERIFY_ORDER, 'openType', 'requesterType'].sort();

const HMAC = { mode: 'verify HMAC', resultCode: '302' } as const;
const RSA = { mode: 'verify RSA', resultCode: '302' } as const;

const hmac = (text: string, key: string) => upperHex(hmacSha256(text, key));
const rsa = (text: string) => base64(rsaSign(text, 'RSA-MD5', SIGN_PAIR.privateKey));

export const SIGN_AT_VERIFY: readonly Mistake[] = [
  {
    ...HMAC,
    description: 'a Java client gives APPSecret to HmacSHA256',
    sign: ({ fields, app }) => hmac(join(fields, VERIFY_ORDER), app.appSecret),
    finding: 'sign.secret-swapped',
  },
  {
    ...HMAC,
    description: 'a PHP client calls hash_hmac with an empty key',
    sign: ({ fields }) => hmac(join(fields, VERIFY_ORDER), ''),
    finding: 'sign.secret-missing',
  },
  {
    ...HMAC,
    description: 'a Go client joins header and body in the order of the table',
    sign: ({ fields, app }) => hmac(join(fields, TABLE_ORDER), app.appKey),
    finding: 'sign.field-order',
  },
  {
    ...RSA,
    description: 'a Go client signs the order of the table with MD5withRSA',
    sign: ({ fields }) => rsa(join(fields, TABLE_ORDER)),
    finding: 'sign.field-order',
  },
  {
    ...HMAC,
    description: 'a client leaves the version out of the text of verify',
    sign: ({ fields, app }) => hmac(join(fields, VERIFY_ORDER.slice(0, 5)), app.appKey),
    finding: 'sign.field-missing',
  },
  {
    ...HMAC,
    description: 'a Java client puts every sent field into the TreeMap',
    sign: ({ fields, app }) => hmac(join(fields, ALL_SORTED), app.appKey),
    finding: 'sign.field-extra',
  },
  {
    ...HMAC,
    description: 'a client signs openType as well',
    sign: ({ fields, app }) => hmac(join(fields, [...VERIFY_ORDER, 'openType'].sort()), app.appKey),
    finding: 'sign.field-extra',
  },
  {
    ...HMAC,
    description: 'a Python client joins the fields of verify with plus signs',
    sign: ({ fields, app }) => hmac(join(fields, VERIFY_ORDER, '+'), app.appKey),
    finding: 'sign.separator',
  },
  {
    ...HMAC,
    description: 'a client joins the fields of verify with ampersands',
    sign: ({ fields, app }) => hmac(join(fields, VERIFY_ORDER, '&'), app.appKey),
    finding: 'sign.separator',
  },
  {
    ...HMAC,
    description: 'a PHP client joins the fields of verify with http_build_query',
    sign: ({ fields, app }) => hmac(pairs(fields, VERIFY_ORDER), app.appKey),
    finding: 'sign.separator',
  },
  {
    ...HMAC,
    description: 'a client uses plain SHA-256 instead of HMACSHA256',
    sign: ({ fields }) => upperHex(digest('sha256', join(fields, VERIFY_ORDER))),
    finding: 'sign.algorithm',
    begins: {
      en: 'The signature was made with SHA-256, which has no key. Use HMACSHA256 with the appKey as its key.',
      zh: '签名用的是 SHA-256，而 SHA-256 不用密钥。应该用 HMACSHA256，密钥是 appKey；',
    },
  },
  {
    ...HMAC,
    description: 'a client appends the appKey and uses plain SHA-256',
    sign: ({ fields, app }) => upperHex(digest('sha256', join(fields, VERIFY_ORDER) + app.appKey)),
    finding: 'sign.algorithm',
  },
  {
    ...RSA,
    description: 'a Java client signs verify with the SHA256withRSA of login',
    sign: ({ fields }) => base64(rsaSign(join(fields, VERIFY_ORDER), 'RSA-SHA256', SIGN_PAIR.privateKey)),
    finding: 'sign.algorithm',
    begins: {
      en: 'The signature was made with SHA256withRSA. Use MD5withRSA. No field of the request selects SHA256withRSA.',
      zh: '签名用的算法是 SHA256withRSA，应该用 MD5withRSA。请求里没有字段可以选用 SHA256withRSA。',
    },
  },
  {
    ...RSA,
    description: 'a PHP client calls openssl_sign with its default, SHA-1, at verify',
    sign: ({ fields }) => base64(rsaSign(join(fields, VERIFY_ORDER), 'RSA-SHA1', SIGN_PAIR.privateKey)),
    finding: 'sign.algorithm',
  },
  {
    ...HMAC,
    description: 'a Go client encodes the HMAC with Base64',
    sign: ({ fields, app }) => base64(hmacSha256(join(fields, VERIFY_ORDER), app.appKey)),
    finding: 'sign.encoding',
  },
  {
    ...RSA,
    description: 'a client encodes the signature of verify in hex, as at login, with keyType 1',
    sign: ({ fields }) => upperHex(rsaSign(join(fields, VERIFY_ORDER), 'RSA-MD5', SIGN_PAIR.privateKey)),
    finding: 'sign.encoding',
  },
  {
    ...HMAC,
    description: 'a Python client writes the HMAC with hexdigest(), in lower case',
    sign: ({ fields, app }) => lowerHex(hmacSha256(join(fields, VERIFY_ORDER), app.appKey)),
    finding: 'sign.case',
  },
  {
    ...RSA,
    description: 'a client signs with the key of 应用公钥2 at verify',
    sign: ({ fields }) => base64(rsaSign(join(fields, VERIFY_ORDER), 'RSA-MD5', DECRYPT_PAIR.privateKey)),
    finding: 'sign.key-pair',
  },
  {
    ...HMAC,
    description: 'a client signs the plain number and sends its hash',
    sign: ({ fields, app }) => hmac(join({ ...fields, phoneNum: SUBSCRIBER }, VERIFY_ORDER), app.appKey),
    finding: 'sign.phone-num-variant',
  },
  {
    ...HMAC,
    description: 'a client signs phoneNum in lower case and sends it in upper',
    sign: ({ fields, app }) =>
      hmac(join({ ...fields, phoneNum: String(fields['phoneNum']).toLowerCase() }, VERIFY_ORDER), app.appKey),
    finding: 'sign.phone-num-variant',
  },
  {
    ...RSA,
    description: 'a client signs the plain number and sends its ciphertext',
    sign: ({ fields }) => rsa(join({ ...fields, phoneNum: SUBSCRIBER }, VERIFY_ORDER)),
    finding: 'sign.phone-num-variant',
  },
  {
    ...RSA,
    description: 'a Java client signs the Base64 of phoneNum after URLEncoder',
    sign: ({ fields }) =>
      rsa(join({ ...fields, phoneNum: encodeURIComponent(String(fields['phoneNum'])) }, VERIFY_ORDER)),
    finding: 'sign.url-encoding',
  },
  {
    ...HMAC,
    description: 'a client signs with the appKey of another environment',
    phoneNum: ({ fields }) => phoneHash(`${SUBSCRIBER}OLDENVIRONMENT00${String(fields['timestamp'])}`),
    sign: ({ fields }) => hmac(join(fields, VERIFY_ORDER), 'OLDENVIRONMENT00'),
    finding: 'sign.no-match',
  },
];
