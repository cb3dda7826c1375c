/** Requests and responses that violate the OpenAPI document, each in one way. */
import { ANSWERS, exampleOf, REQUESTS } from './document.js';

const MD5 = exampleOf(REQUESTS, 'loginTokenValidate', 'md5').value;
const LOGIN_RSA = exampleOf(REQUESTS, 'loginTokenValidate', 'rsa').value;
const HMAC = exampleOf(REQUESTS, 'tokenValidate', 'hmac').value;
const VERIFY_RSA = exampleOf(REQUESTS, 'tokenValidate', 'rsa').value;

const LOGIN_PATH = '/unisdk/rsapi/loginTokenValidate';
const VERIFY_PATH = '/openapi/rs/tokenValidate';

const inBody = (request: typeof HMAC, changes: object) => ({ ...request, body: { ...request.body, ...changes } });
const inHex = (base64: string) => Buffer.from(base64, 'base64').toString('hex').toUpperCase();
const inBase64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');

/** `violation` must be among the reported violations. */
export const WRONG_REQUESTS: readonly {
  readonly description: string;
  readonly path: string;
  readonly request: unknown;
  readonly contentType?: string;
  readonly violation: string;
}[] = [
  {
    description: 'login, MD5: verify’s version',
    path: LOGIN_PATH,
    request: { ...MD5, version: '1.0' },
    violation: 'request.body.version const',
  },
  {
    description: 'login, MD5: no token',
    path: LOGIN_PATH,
    request: { ...MD5, token: undefined },
    violation: 'request.body required',
  },
  {
    description: 'login, MD5: a number instead of a string',
    path: LOGIN_PATH,
    request: { ...MD5, strictcheck: 0 },
    violation: 'request.body.strictcheck type',
  },
  {
    description: 'login, MD5: a signature of 16 characters',
    path: LOGIN_PATH,
    request: { ...MD5, sign: MD5.sign.slice(8, 24) },
    violation: 'request.body.sign pattern',
  },
  {
    description: 'login, RSA: a signature in Base64',
    path: LOGIN_PATH,
    request: { ...LOGIN_RSA, sign: inBase64(LOGIN_RSA.sign) },
    violation: 'request.body.sign pattern',
  },
  {
    description: 'login: signed with MD5 and sent as RSA',
    path: LOGIN_PATH,
    request: { ...MD5, encryptionalgorithm: 'RSA' },
    violation: 'request.body.sign minLength',
  },
  {
    description: 'login: JSON with the Content-Type of a form',
    path: LOGIN_PATH,
    request: JSON.stringify(MD5),
    contentType: 'application/x-www-form-urlencoded',
    violation: 'request 415',
  },
  {
    description: 'login: another path',
    path: `${LOGIN_PATH}s`,
    request: MD5,
    violation: 'request Selected route not found',
  },
  {
    description: 'verify: login’s flat body',
    path: VERIFY_PATH,
    request: MD5,
    violation: 'request.body required',
  },
  {
    description: 'verify, HMAC: a signature in lower case',
    path: VERIFY_PATH,
    request: inBody(HMAC, { sign: HMAC.body.sign.toLowerCase() }),
    violation: 'request.body.body.sign pattern',
  },
  {
    description: 'verify, HMAC: a phone number that is not hashed',
    path: VERIFY_PATH,
    request: inBody(HMAC, { phoneNum: '13800138000' }),
    violation: 'request.body.body.phoneNum pattern',
  },
  {
    description: 'verify, HMAC: an app’s request without openType',
    path: VERIFY_PATH,
    request: inBody(HMAC, { openType: undefined }),
    violation: 'request.body.body required',
  },
  {
    description: 'verify, RSA: a signature in hex',
    path: VERIFY_PATH,
    request: inBody(VERIFY_RSA, { sign: inHex(VERIFY_RSA.body.sign) }),
    violation: 'request.body.body.sign not',
  },
  {
    description: 'verify: signed with RSA and sent as keyType 0',
    path: VERIFY_PATH,
    request: inBody(VERIFY_RSA, { keyType: '0' }),
    violation: 'request.body.body.phoneNum pattern',
  },
];

const LOGIN_SUCCESS = exampleOf(ANSWERS, 'loginTokenValidate', 'code-103000').value;
const LOGIN_REFUSAL = exampleOf(ANSWERS, 'loginTokenValidate', 'code-104201').value;
const OWN_NUMBER = exampleOf(ANSWERS, 'tokenValidate', 'code-000').value;

export const WRONG_RESPONSES: readonly {
  readonly description: string;
  readonly path: string;
  readonly request: unknown;
  readonly answer: object;
  readonly status?: number;
  readonly violation: string;
}[] = [
  {
    description: 'login: a number with a refusal',
    path: LOGIN_PATH,
    request: MD5,
    answer: { ...LOGIN_REFUSAL, msisdn: LOGIN_SUCCESS.msisdn },
    violation: 'response.body.msisdn not',
  },
  {
    description: 'login: success without a number',
    path: LOGIN_PATH,
    request: MD5,
    answer: { ...LOGIN_SUCCESS, msisdn: undefined },
    violation: 'response.body required',
  },
  {
    description: 'login: a result code that is a number',
    path: LOGIN_PATH,
    request: LOGIN_RSA,
    answer: { ...LOGIN_REFUSAL, resultCode: 104201 },
    violation: 'response.body.resultCode type',
  },
  {
    description: 'login: a refusal with HTTP status 400',
    path: LOGIN_PATH,
    request: MD5,
    answer: LOGIN_REFUSAL,
    status: 400,
    violation: 'response Unable to match the returned status code with those defined in the document',
  },
  {
    description: 'verify: a code of login',
    path: VERIFY_PATH,
    request: HMAC,
    answer: { ...OWN_NUMBER, header: { ...OWN_NUMBER.header, resultCode: '103000' } },
    violation: 'response.body.header.resultCode enum',
  },
  {
    description: 'verify: an accessToken with 000',
    path: VERIFY_PATH,
    request: VERIFY_RSA,
    answer: inBody(OWN_NUMBER, { accessToken: OWN_NUMBER.body.taskId }),
    violation: 'response.body.body.accessToken not',
  },
  {
    description: 'verify: login’s flat body',
    path: VERIFY_PATH,
    request: HMAC,
    answer: LOGIN_REFUSAL,
    violation: 'response.body required',
  },
];
