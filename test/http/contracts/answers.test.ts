/** The mock's responses over HTTP match the schemas: each of the 27 codes, for every form of request. */
import { beforeAll, describe, expect, test } from 'vitest';
import { createMockServer, type MockServer } from '../../../mock-server/server.js';
import { RESULTS, type ResultRow } from '../../../src/protocol/result-codes.js';
import { LOGIN_PATH, mintToken, newApp, send, type TestApp, VERIFY_PATH } from '../../support/mock.js';
import { loginRequest, loginRsaRequest, verifyRequest, verifyRsaRequest } from '../../support/requests.js';
import { problemsOf } from '../../unit/contracts/validators.js';

const PHONE_NUMBER = '13800138000';
const CAPABILITIES = ['loginTokenValidate', 'tokenValidate', 'smsFallback'];

let server: MockServer;
let app: TestApp;

beforeAll(async () => {
  server = await createMockServer();
  app = await newApp(server.url, { generateKeys: true, capabilities: CAPABILITIES });
  return () => server.close();
});

interface Form {
  readonly form: string;
  readonly body: () => unknown;
}

const verification = { token: 'x', phoneNumber: PHONE_NUMBER };
const keys = () => ({ signKey: app.appSignPrivateKey ?? '', platformPublicKey: app.platformPublicKey });

const LOGIN_FORMS: readonly Form[] = [
  { form: 'MD5', body: () => loginRequest(app, 'x') },
  { form: 'RSA', body: () => loginRsaRequest(app.appId, app.appSignPrivateKey ?? '', 'x') },
  { form: 'a msgid too long', body: () => loginRequest(app, 'x', { msgid: 'm'.repeat(37) }) },
  { form: 'no field at all', body: () => ({}) },
  { form: 'no JSON', body: () => '{' },
];

const VERIFY_FORMS: readonly Form[] = [
  { form: 'HMAC', body: () => verifyRequest(app, verification) },
  { form: 'RSA', body: () => verifyRsaRequest(app, verification, keys()) },
  {
    form: 'message and expandParams, not encoded',
    body: () => verifyRequest(app, verification, { body: { message: '订单', expandParams: 'a=登录' } }),
  },
  { form: 'no field at all', body: () => ({}) },
  { form: 'no JSON', body: () => '{' },
];

const BY_HEADER = [
  ...formsOf('loginTokenValidate', LOGIN_PATH, LOGIN_FORMS),
  ...formsOf('tokenValidate', VERIFY_PATH, VERIFY_FORMS),
];

function formsOf<O extends 'loginTokenValidate' | 'tokenValidate'>(operation: O, path: string, forms: readonly Form[]) {
  return RESULTS[operation].flatMap(({ code }: ResultRow) =>
    forms.map(({ form, body }) => ({ operation, path, code, form, body })),
  );
}

function resultCodeOf(json: { readonly resultCode?: string; readonly header?: { readonly resultCode: string } }) {
  return json.resultCode ?? json.header?.resultCode;
}

describe('forced by a header', () => {
  test.each(BY_HEADER)('$operation $code for $form matches', async ({ operation, path, code, body }) => {
    const { json } = await send(server.url, 'POST', path, body(), { 'X-Mock-Result-Code': code });
    expect(resultCodeOf(json)).toBe(code);
    expect(problemsOf(operation, 'response', json)).toEqual([]);
  });
});

describe('forced by a magic token', () => {
  test.each(BY_HEADER.filter(({ form }) => form === 'no field at all'))(
    '$operation $code matches',
    async ({ operation, path, code }) => {
      const token = `STsid${'0'.repeat(19)}MOCKRESULTCODE${code.padStart(18, '0')}`;
      const body = operation === 'loginTokenValidate' ? { token } : { header: {}, body: { token } };
      const { json } = await send(server.url, 'POST', path, body);
      expect(resultCodeOf(json)).toBe(code);
      expect(problemsOf(operation, 'response', json)).toEqual([]);
    },
  );
});

test('a response for RSA is encrypted, and 001 with the SMS fallback has an accessToken', async () => {
  const header = (code: string) => ({ 'X-Mock-Result-Code': code });
  const login = await send(server.url, 'POST', LOGIN_PATH, LOGIN_FORMS[1]?.body(), header('103000'));
  const verify = await send(server.url, 'POST', VERIFY_PATH, VERIFY_FORMS[0]?.body(), header('001'));
  expect(login.json.msisdn).toMatch(/^[0-9A-F]{256}$/);
  expect(verify.json.body.accessToken).toMatch(/^[0-9a-f]{32}$/);
});

test.each([
  { description: 'with desc', readings: {} },
  { description: 'without desc', readings: { 'login-error-desc': 'absent' } },
])('a normal refusal $description matches', async ({ readings }) => {
  const other = await newApp(server.url, { readings });
  const { json } = await send(server.url, 'POST', LOGIN_PATH, loginRequest(other, 'x'));
  expect(json.resultCode).toBe('103113');
  expect('desc' in json).toBe(!('login-error-desc' in readings));
  expect(problemsOf('loginTokenValidate', 'response', json)).toEqual([]);
});

test('the code until 2019, which a reading selects, is not documented', async () => {
  const former = await newApp(server.url, { readings: { 'verify-quota-code': '102315' }, dailyQuota: 0 });
  const token = await mintToken(server.url, former.appId, { capability: 'tokenValidate' });
  const { json } = await send(server.url, 'POST', VERIFY_PATH, verifyRequest(former, { ...verification, token }));
  expect(json.header.resultCode).toBe('102315');
  expect(problemsOf('tokenValidate', 'response', json)).toEqual(['/header/resultCode enum']);
});

test.each([
  { description: 'GET at login', method: 'GET', path: LOGIN_PATH, operation: 'loginTokenValidate' },
  { description: 'another path of login', method: 'POST', path: '/unisdk/rsapi/x', operation: 'loginTokenValidate' },
  { description: 'GET at verify', method: 'GET', path: VERIFY_PATH, operation: 'tokenValidate' },
  { description: 'another path of verify', method: 'POST', path: '/openapi/rs/x', operation: 'tokenValidate' },
] as const)('the response to $description matches', async ({ method, path, operation }) => {
  const { json } = await send(server.url, method, path);
  expect(problemsOf(operation, 'response', json)).toEqual([]);
});
