/** What a magic token's answer carries, and what it leaves alone. That each code has one: the atlas. */
import { expect, test } from 'vitest';
import { LOGIN_PATH, newApp, send, startMock, type TestApp, VERIFY_PATH } from '../../support/mock.js';
import { loginRequest, loginRsaRequest, verifyRequest } from '../../support/requests.js';

const OWN = '13800138000';
const WHOLE = { capabilities: ['loginTokenValidate', 'tokenValidate', 'smsFallback'] };

interface World {
  readonly url: string;
  readonly app: TestApp;
}

async function newWorld(url: string, settings: object = {}): Promise<World> {
  return { url, app: await newApp(url, { ...WHOLE, ...settings }) };
}

const magic = (code: string) => `STsid000000${'0'.repeat(13)}MOCKRESULTCODE${code.padStart(18, '0')}`;

test('the magic token of a code that the operation does not have is an ordinary token', async () => {
  const { url } = await startMock();
  const { app } = await newWorld(url);
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

test('a forced code uses no token, charges nothing, and is journalled as forced', async () => {
  const { url } = await startMock();
  const { app } = await newWorld(url);
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

test('a forced 103000 carries the first subscriber’s number', async () => {
  const { url } = await startMock();
  const { app } = await newWorld(url);
  const { json } = await send(url, 'POST', LOGIN_PATH, loginRequest(app, magic('103000')));
  expect(json.msisdn).toBe(OWN);
});

test('a forced 103000 is encrypted where RSA is asked', async () => {
  const { url } = await startMock();
  const { app } = await newWorld(url, { generateKeys: true });
  const request = loginRsaRequest(app.appId, app.appSignPrivateKey ?? '', magic('103000'));
  expect((await send(url, 'POST', LOGIN_PATH, request)).json.msisdn).toMatch(/^[0-9A-Fa-f]{256}$/);
});

test('a forced 001 carries an accessToken that can be redeemed, where granted', async () => {
  const { url } = await startMock();
  const granted = await newWorld(url);
  const without = await newWorld(url, { capabilities: ['tokenValidate'] });
  const force = async ({ app }: World) =>
    (await send(url, 'POST', VERIFY_PATH, verifyRequest(app, { token: magic('001'), phoneNumber: OWN }))).json.body;
  const { accessToken } = await force(granted);
  const redeemed = await send(url, 'POST', `/_mock/apps/${granted.app.appId}/access-tokens/${accessToken}/redeem`);
  expect(redeemed.status).toBe(200);
  expect((await force(without)).accessToken ?? '').toBe('');
});
