/** The response to a magic token, and what it does not change. The atlas tests that each code has a magic token. */
import { expect, test } from 'vitest';
import { LOGIN_PATH, newApp, send, startMock, type TestApp, VERIFY_PATH } from '../../support/mock.js';
import { loginRequest, loginRsaRequest, verifyRequest } from '../../support/requests.js';

const OWN = '13800138000';
const ALL_CAPABILITIES = { capabilities: ['loginTokenValidate', 'tokenValidate', 'smsFallback'] };

interface Scene {
  readonly url: string;
  readonly app: TestApp;
}

async function newScene(url: string, settings: object = {}): Promise<Scene> {
  return { url, app: await newApp(url, { ...ALL_CAPABILITIES, ...settings }) };
}

const magic = (code: string) => `STsid000000${'0'.repeat(13)}MOCKRESULTCODE${code.padStart(18, '0')}`;

test('the magic token of a code that the operation does not have is an ordinary token', async () => {
  const { url } = await startMock();
  const { app } = await newScene(url);
  const login = await send(url, 'POST', LOGIN_PATH, loginRequest(app, magic('000')));
  expect(login.json.resultCode).toBe('104201');
  const verified = await send(
    url,
    'POST',
    VERIFY_PATH,
    verifyRequest(app, { token: magic('103000'), phoneNumber: OWN }),
  );
  expect(verified.json.header.resultCode).toBe('606');
});

test('a forced code consumes no token, charges nothing, and is forced in the journal', async () => {
  const { url } = await startMock();
  const { app } = await newScene(url);
  const { headers } = await send(url, 'POST', LOGIN_PATH, loginRequest(app, magic('103000')));
  const record = await send(url, 'GET', `/_mock/requests/${headers.get('x-mock-request-id')}`);
  expect(record.json).toMatchObject({
    resultCode: '103000',
    decidedBy: 'forced',
    forced: true,
    outcomeBy: 'token',
    charged: false,
  });
  const ledger = await send(url, 'GET', `/_mock/apps/${app.appId}/ledger`);
  expect(ledger.json).toEqual({ charged: 0, remaining: 1000, records: [] });
});

test('a forced 103000 has the first subscriber’s number', async () => {
  const { url } = await startMock();
  const { app } = await newScene(url);
  const { json } = await send(url, 'POST', LOGIN_PATH, loginRequest(app, magic('103000')));
  expect(json.msisdn).toBe(OWN);
});

test('a forced 103000 is encrypted if the request uses RSA', async () => {
  const { url } = await startMock();
  const { app } = await newScene(url, { generateKeys: true });
  const request = loginRsaRequest(app.appId, app.appSignPrivateKey ?? '', magic('103000'));
  expect((await send(url, 'POST', LOGIN_PATH, request)).json.msisdn).toMatch(/^[0-9A-Fa-f]{256}$/);
});

test('a forced 001 has a redeemable accessToken if the app has smsFallback', async () => {
  const { url } = await startMock();
  const withFallback = await newScene(url);
  const without = await newScene(url, { capabilities: ['tokenValidate'] });
  const force = async ({ app }: Scene) =>
    (await send(url, 'POST', VERIFY_PATH, verifyRequest(app, { token: magic('001'), phoneNumber: OWN }))).json.body;
  const { accessToken } = await force(withFallback);
  const redeemed = await send(url, 'POST', `/_mock/apps/${withFallback.app.appId}/access-tokens/${accessToken}/redeem`);
  expect(redeemed.status).toBe(200);
  expect((await force(without)).accessToken ?? '').toBe('');
});
