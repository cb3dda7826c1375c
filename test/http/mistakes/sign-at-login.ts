/** Wrong signatures at login, with MD5 and with RSA. The document, 1.2 sign. */
import { DECRYPT_PAIR, OTHER_PAIR, SIGN_PAIR } from './attempt.js';
import { base64, digest, join, LOGIN_ORDER, lowerHex, pairs, rsaSign, upperHex } from './client.js';
import type { Mistake } from './mistake.js';

/** Java's TreeMap, PHP's ksort, Python's sorted(): the six fields by name. */
const NATURAL_ORDER = [...LOGIN_ORDER].sort();
const SAMPLE_ORDER = ['appid', 'strictcheck', 'msgid', 'systemtime', 'version', 'token'];
const TABLE_ORDER = ['version', 'msgid', 'systemtime', 'strictcheck', 'appid', 'token'];
const RSA_ORDER = ['appid', 'token'];

const MD5 = { mode: 'login MD5', resultCode: '103101' } as const;
const RSA = { mode: 'login RSA', resultCode: '103101' } as const;

const md5 = (text: string) => upperHex(digest('md5', text));
const rsa = (text: string) => upperHex(rsaSign(text, 'RSA-SHA256', SIGN_PAIR.privateKey));

export const SIGN_AT_LOGIN: readonly Mistake[] = [
  {
    ...MD5,
    description: 'a Go client signs with the appKey of an app that switched to APPSecret',
    sign: ({ fields, app }) => md5(join(fields, LOGIN_ORDER) + app.appKey),
    finding: 'sign.secret-swapped',
  },
  {
    ...MD5,
    description: 'a Java client signs with APPSecret for an app that never switched to it',
    app: { signSecret: 'appKey' },
    finding: 'sign.secret-swapped',
  },
  {
    ...MD5,
    description: 'a PHP client reads APPSecret from a variable that is not set',
    sign: ({ fields }) => md5(join(fields, LOGIN_ORDER)),
    finding: 'sign.secret-missing',
  },
  {
    ...MD5,
    description: 'a Java client signs the fields in the order of a TreeMap',
    sign: ({ fields, app }) => md5(join(fields, NATURAL_ORDER) + app.appSecret),
    finding: 'sign.field-order',
  },
  {
    ...MD5,
    description: 'a PHP client puts APPSecret before the fields',
    sign: ({ fields, app }) => md5(app.appSecret + join(fields, LOGIN_ORDER)),
    finding: 'sign.field-order',
  },
  {
    ...MD5,
    description: 'a Python client joins the fields in the order of the sample',
    sign: ({ fields, app }) => md5(join(fields, SAMPLE_ORDER) + app.appSecret),
    finding: 'sign.field-order',
  },
  {
    ...MD5,
    description: 'a Node client joins the fields in the order of the table',
    sign: ({ fields, app }) => md5(join(fields, TABLE_ORDER) + app.appSecret),
    finding: 'sign.field-order',
  },
  {
    ...RSA,
    description: 'a Java client signs the token and then the appid with RSA',
    sign: ({ fields }) => rsa(join(fields, ['token', 'appid'])),
    finding: 'sign.field-order',
  },
  {
    ...MD5,
    description: 'a client leaves strictcheck out of the text',
    sign: ({ fields, app }) => md5(join(fields, ['appid', 'version', 'msgid', 'systemtime', 'token']) + app.appSecret),
    finding: 'sign.field-missing',
  },
  {
    ...MD5,
    description: 'a client leaves version and strictcheck out of the text',
    sign: ({ fields, app }) => md5(join(fields, ['appid', 'msgid', 'systemtime', 'token']) + app.appSecret),
    finding: 'sign.field-missing',
  },
  {
    ...RSA,
    description: 'a client signs the token alone with RSA',
    sign: ({ fields }) => rsa(join(fields, ['token'])),
    finding: 'sign.field-missing',
  },
  {
    ...MD5,
    description: 'a Java client signs expandparams too, at its position in the table',
    fields: () => ({ expandparams: 'channel=ios' }),
    sign: ({ fields, app }) => md5(join(fields, [...LOGIN_ORDER.slice(0, 5), 'expandparams', 'token']) + app.appSecret),
    finding: 'sign.field-extra',
  },
  {
    ...MD5,
    description: 'a PHP client appends expandparams to the six fields',
    fields: () => ({ expandparams: 'channel=ios' }),
    sign: ({ fields, app }) => md5(join(fields, [...LOGIN_ORDER, 'expandparams']) + app.appSecret),
    finding: 'sign.field-extra',
  },
  {
    ...RSA,
    description: 'a client signs encryptionalgorithm after appid and token',
    sign: ({ fields }) => rsa(join(fields, [...RSA_ORDER, 'encryptionalgorithm'])),
    finding: 'sign.field-extra',
  },
  {
    ...RSA,
    description: 'a Java client signs the six fields of the MD5 signature with RSA',
    sign: ({ fields }) => rsa(join(fields, LOGIN_ORDER)),
    finding: 'sign.field-extra',
  },
  {
    ...MD5,
    description: 'a Python client joins with the plus signs of the document',
    sign: ({ fields, app }) => md5(`${join(fields, LOGIN_ORDER, '+')}+${app.appSecret}`),
    finding: 'sign.separator',
  },
  {
    ...MD5,
    description: 'a client joins with ampersands',
    sign: ({ fields, app }) => md5(`${join(fields, LOGIN_ORDER, '&')}&${app.appSecret}`),
    finding: 'sign.separator',
  },
  {
    ...MD5,
    description: 'a JavaScript client converts an array to a text with commas',
    sign: ({ fields, app }) => md5(`${join(fields, LOGIN_ORDER, ',')},${app.appSecret}`),
    finding: 'sign.separator',
  },
  {
    ...MD5,
    description: 'a Go client uses Sprintln, which puts spaces between the fields',
    sign: ({ fields, app }) => md5(`${join(fields, LOGIN_ORDER, ' ')} ${app.appSecret}`),
    finding: 'sign.separator',
  },
  {
    ...MD5,
    description: 'a client joins name=value pairs and appends APPSecret',
    sign: ({ fields, app }) => md5(pairs(fields, LOGIN_ORDER) + app.appSecret),
    finding: 'sign.separator',
  },
  {
    ...MD5,
    description: 'a client joins name=value pairs, including the secret',
    sign: ({ fields, app }) => md5(`${pairs(fields, LOGIN_ORDER)}&APPSecret=${app.appSecret}`),
    finding: 'sign.separator',
  },
  {
    ...RSA,
    description: 'a client joins appid and token as name=value pairs with RSA',
    sign: ({ fields }) => rsa(pairs(fields, RSA_ORDER)),
    finding: 'sign.separator',
  },
  {
    ...MD5,
    description: 'a client hashes with SHA-1',
    sign: ({ fields, app }) => upperHex(digest('sha1', join(fields, LOGIN_ORDER) + app.appSecret)),
    finding: 'sign.algorithm',
  },
  {
    ...MD5,
    description: 'a Java client hashes with DigestUtils.sha256Hex, in upper case',
    sign: ({ fields, app }) => upperHex(digest('sha256', join(fields, LOGIN_ORDER) + app.appSecret)),
    finding: 'sign.algorithm',
  },
  {
    ...MD5,
    description: 'a C# client uses the 16 characters in the middle of the MD5',
    sign: ({ fields, app }) => md5(join(fields, LOGIN_ORDER) + app.appSecret).slice(8, 24),
    finding: 'sign.algorithm',
  },
  {
    ...RSA,
    description: 'a Java client signs with SHA1withRSA at login',
    sign: ({ fields }) => upperHex(rsaSign(join(fields, RSA_ORDER), 'RSA-SHA1', SIGN_PAIR.privateKey)),
    finding: 'sign.algorithm',
  },
  {
    ...RSA,
    description: 'a Java client signs login with the MD5withRSA of verify',
    sign: ({ fields }) => upperHex(rsaSign(join(fields, RSA_ORDER), 'RSA-MD5', SIGN_PAIR.privateKey)),
    finding: 'sign.algorithm',
  },
  {
    ...MD5,
    description: 'a Java client encodes the MD5 with Base64',
    sign: ({ fields, app }) => base64(digest('md5', join(fields, LOGIN_ORDER) + app.appSecret)),
    finding: 'sign.encoding',
  },
  {
    ...RSA,
    description: 'a PHP client encodes openssl_sign with base64_encode at login',
    sign: ({ fields }) => base64(rsaSign(join(fields, RSA_ORDER), 'RSA-SHA256', SIGN_PAIR.privateKey)),
    finding: 'sign.encoding',
  },
  {
    ...MD5,
    description: 'DigestUtils.md5Hex returns lower case, which works',
    resultCode: '103000',
    sign: ({ fields, app }) => lowerHex(digest('md5', join(fields, LOGIN_ORDER) + app.appSecret)),
    finding: 'sign.case',
  },
  {
    ...MD5,
    description: 'DigestUtils.md5Hex returns lower case, but the app accepts only upper case',
    app: { readings: { 'login-md5-case': 'upper' } },
    sign: ({ fields, app }) => lowerHex(digest('md5', join(fields, LOGIN_ORDER) + app.appSecret)),
    finding: 'sign.case',
  },
  {
    ...RSA,
    description: 'a client signs with the private key for decryption',
    sign: ({ fields }) => upperHex(rsaSign(join(fields, RSA_ORDER), 'RSA-SHA256', DECRYPT_PAIR.privateKey)),
    finding: 'sign.key-pair',
  },
  {
    ...RSA,
    description: 'an Android back-end signs with the key of the iOS app',
    other: { appVerifyKey: OTHER_PAIR.publicKey, appEncryptKey: OTHER_PAIR.publicKey },
    sign: ({ fields }) => upperHex(rsaSign(join(fields, RSA_ORDER), 'RSA-SHA256', OTHER_PAIR.privateKey)),
    finding: 'sign.key-pair',
  },
  {
    ...MD5,
    description: 'a PHP client signs a urlencoded msgid and sends it plain',
    fields: () => ({ msgid: 'cGFzc3BvcnQ+b25lLXRhcA==' }),
    sign: ({ fields, app }) =>
      md5(join({ ...fields, msgid: encodeURIComponent(String(fields['msgid'])) }, LOGIN_ORDER) + app.appSecret),
    finding: 'sign.url-encoding',
  },
  {
    ...MD5,
    description: 'a Java client signs a plain msgid and sends it encoded with URLEncoder',
    fields: () => ({ msgid: 'order/1024' }),
    sent: (fields) => ({ ...fields, msgid: encodeURIComponent(String(fields['msgid'])) }),
    finding: 'sign.url-encoding',
  },
  {
    ...MD5,
    description: 'an APPSecret is pasted with an extra letter',
    sign: ({ fields, app }) => md5(`${join(fields, LOGIN_ORDER)}${app.appSecret}x`),
    finding: 'sign.no-match',
  },
];
