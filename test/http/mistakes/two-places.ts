/** Two mistakes in two places: the explanation of the deciding rule comes first, then the cause before the symptom. */
import { phoneHash, renamed, SIGN_PAIR, type Step, SUBSCRIBER } from './attempt.js';
import { base64, digest, join, LOGIN_ORDER, lowerHex, rsaSign, upperHex } from './client.js';
import type { Mistake } from './mistake.js';

const LOGIN = { mode: 'login MD5' } as const;
const VERIFY = { mode: 'verify HMAC' } as const;

/** Login's MD5 with appKey for APPSecret. */
function signWithAppKey({ fields, app }: Step): string {
  return upperHex(digest('md5', join(fields, LOGIN_ORDER) + app.appKey));
}

export const TWO_PLACES: readonly Mistake[] = [
  {
    mode: 'login RSA',
    description: 'encryptionalgorithm is misspelt, and the RSA signature is Base64',
    sign: ({ fields }) => base64(rsaSign(join(fields, ['appid', 'token']), 'RSA-SHA256', SIGN_PAIR.privateKey)),
    sent: (fields) => renamed(fields, { from: 'encryptionalgorithm', to: 'encryptionalgorithms' }),
    resultCode: '103101',
    finding: 'field.misspelt',
  },
  {
    ...LOGIN,
    description: 'strictcheck is left out, and appKey is used instead of APPSecret',
    fields: () => ({ strictcheck: undefined }),
    sign: signWithAppKey,
    resultCode: '103414',
    finding: 'field.missing',
    behind: ['sign.secret-swapped'],
  },
  {
    ...LOGIN,
    description: 'the version of verify at login, and appKey instead of APPSecret',
    fields: () => ({ version: '1.0' }),
    sign: signWithAppKey,
    resultCode: '103414',
    finding: 'version.wrong',
    behind: ['sign.secret-swapped'],
  },
  {
    ...LOGIN,
    description: 'the path ends with a slash, and appKey is used instead of APPSecret',
    sign: signWithAppKey,
    wire: (wire) => ({ ...wire, path: `${wire.path}/` }),
    resultCode: '105313',
    finding: 'url.wrong-path',
    behind: ['sign.secret-swapped'],
  },
  {
    ...LOGIN,
    description: 'one-tap login is not enabled, and appKey is used instead of APPSecret',
    app: { capabilities: ['tokenValidate'] },
    sign: signWithAppKey,
    resultCode: '105019',
    finding: 'capability.missing',
    behind: ['sign.secret-swapped'],
  },
  {
    ...LOGIN,
    description: 'the address is not listed, and appKey is used instead of APPSecret',
    app: { ipWhitelist: { loginTokenValidate: '10.0.0.5', tokenValidate: '10.0.0.5' } },
    fields: () => ({ strictcheck: '1' }),
    sign: signWithAppKey,
    resultCode: '103511',
    finding: 'ip.not-listed',
    behind: ['sign.secret-swapped'],
  },
  {
    ...LOGIN,
    description: 'a token of the other capability, signed with appKey instead of APPSecret',
    mint: { capability: 'tokenValidate' },
    sign: signWithAppKey,
    resultCode: '103101',
    finding: 'sign.secret-swapped',
    behind: ['token.other-capability'],
  },
  {
    ...LOGIN,
    description: 'JSON as text/plain, signed with appKey instead of APPSecret',
    sign: signWithAppKey,
    wire: (wire) => ({ ...wire, headers: ['Content-Type', 'text/plain'] }),
    resultCode: '103101',
    finding: 'sign.secret-swapped',
    behind: ['header.content-type'],
  },
  {
    ...LOGIN,
    description: 'a systemtime of 14 digits, and the version of verify',
    fields: () => ({ version: '1.0', systemtime: '20261125154236' }),
    resultCode: '103414',
    finding: 'version.wrong',
    behind: ['time.format'],
  },
  {
    ...VERIFY,
    description: 'only the number is hashed, in lower case',
    phoneNum: () => lowerHex(digest('sha256', SUBSCRIBER)),
    resultCode: '004',
    finding: 'phone.case',
    behind: ['phone.hash-alone'],
  },
  {
    ...VERIFY,
    description: 'the number has its country code and is hashed with APPSecret',
    phoneNum: ({ fields, app }) => phoneHash(`+86${SUBSCRIBER}${app.appSecret}${String(fields['timestamp'])}`),
    resultCode: '001',
    finding: 'phone.secret-swapped',
    behind: ['phone.country-code'],
  },
  {
    ...VERIFY,
    description: 'a token of login, and another number',
    mint: { capability: 'loginTokenValidate' },
    phoneNum: ({ fields, app }) => phoneHash(`13800138001${app.appKey}${String(fields['timestamp'])}`),
    resultCode: '606',
    finding: 'token.other-capability',
    behind: ['phone.different'],
  },
];
