/** Forced responses match the schemas: each of the 27 codes, for every form of request. The kit's cases check the others. */
import { beforeAll, expect, test } from 'vitest';
import { createMockServer, type MockServer } from '../../../mock-server/server.js';
import { RESULTS } from '../../../src/protocol/result-codes.js';
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

const CODES = [
  ...RESULTS.loginTokenValidate.map(({ code }) => ({
    operation: 'loginTokenValidate' as const,
    path: LOGIN_PATH,
    code,
    forms: LOGIN_FORMS,
  })),
  ...RESULTS.tokenValidate.map(({ code }) => ({
    operation: 'tokenValidate' as const,
    path: VERIFY_PATH,
    code,
    forms: VERIFY_FORMS,
  })),
];

function resultCodeOf(json: { readonly resultCode?: string; readonly header?: { readonly resultCode: string } }) {
  return json.resultCode ?? json.header?.resultCode;
}

test.each(CODES)('$operation $code, forced by a header, matches', async ({ operation, path, code, forms }) => {
  for (const { form, body } of forms) {
    const { json } = await send(server.url, 'POST', path, body(), { 'X-Mock-Result-Code': code });
    expect(resultCodeOf(json), form).toBe(code);
    expect(problemsOf(operation, 'response', json), form).toEqual([]);
  }
});

test('a response for RSA is encrypted, and 001 with the SMS fallback has an accessToken', async () => {
  const header = (code: string) => ({ 'X-Mock-Result-Code': code });
  const login = await send(server.url, 'POST', LOGIN_PATH, LOGIN_FORMS[1]?.body(), header('103000'));
  const verify = await send(server.url, 'POST', VERIFY_PATH, VERIFY_FORMS[0]?.body(), header('001'));
  expect(login.json.msisdn).toMatch(/^[0-9A-F]{256}$/);
  expect(verify.json.body.accessToken).toMatch(/^[0-9a-f]{32}$/);
});

test('the code until 2019, which a reading selects, is not documented', async () => {
  const former = await newApp(server.url, { readings: { 'verify-quota-code': '102315' }, dailyQuota: 0 });
  const token = await mintToken(server.url, former.appId, { capability: 'tokenValidate' });
  const { json } = await send(server.url, 'POST', VERIFY_PATH, verifyRequest(former, { ...verification, token }));
  expect(json.header.resultCode).toBe('102315');
  expect(problemsOf('tokenValidate', 'response', json)).toEqual(['/header/resultCode enum']);
});
