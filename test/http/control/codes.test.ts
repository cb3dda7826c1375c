/** Every documented code over HTTP: by a magic token, and by its genuine cause. */
import { expect, test } from 'vitest';
import { OPERATIONS, type Operation } from '../../../src/protocol/operations.js';
import { RESULTS } from '../../../src/protocol/result-codes.js';
import { LOGIN_PATH, mintToken, newApp, send, sharedMock, type TestApp, VERIFY_PATH } from '../../support/mock.js';
import {
  type EnvelopeChanges,
  type Fields,
  loginRequest,
  loginRsaRequest,
  verifyRequest,
} from '../../support/requests.js';

const OWN = '13800138000';
const WHOLE = { capabilities: ['loginTokenValidate', 'tokenValidate', 'smsFallback'] };

interface World {
  readonly url: string;
  readonly app: TestApp;
}

async function newWorld(url: string, settings: object = {}): Promise<World> {
  return { url, app: await newApp(url, { ...WHOLE, ...settings }) };
}

async function login({ url, app }: World, mint: object = {}, changes: Fields = {}): Promise<string> {
  const token = await mintToken(url, app.appId, mint);
  return (await send(url, 'POST', LOGIN_PATH, loginRequest(app, token, changes))).json.resultCode;
}

async function verify({ url, app }: World, mint: object = {}, changes: EnvelopeChanges = {}): Promise<string> {
  const token = await mintToken(url, app.appId, { capability: 'tokenValidate', ...mint });
  const request = verifyRequest(app, { token, phoneNumber: OWN }, changes);
  return (await send(url, 'POST', VERIFY_PATH, request)).json.header.resultCode;
}

const CAUSES: Readonly<
  Record<Operation, readonly { code: string; cause: string; make: (url: string) => Promise<string> }[]>
> = {
  loginTokenValidate: [
    { code: '103000', cause: 'all is well', make: async (url) => login(await newWorld(url)) },
    {
      code: '103101',
      cause: 'another sign',
      make: async (url) => login(await newWorld(url), {}, { sign: 'F'.repeat(32) }),
    },
    { code: '103113', cause: 'an ill-formed token', make: async (url) => login(await newWorld(url), { token: 'x' }) },
    {
      code: '103119',
      cause: 'an unknown app',
      make: async (url) => login(await newWorld(url), {}, { appid: 'nobody' }),
    },
    {
      code: '103133',
      cause: 'another app’s token',
      make: async (url) => {
        const [mine, theirs] = [await newWorld(url), await newWorld(url)];
        return login(mine, {}, { token: await mintToken(url, theirs.app.appId) });
      },
    },
    {
      code: '103211',
      cause: 'a value that is no String',
      make: async (url) => login(await newWorld(url), {}, { msgid: 7 }),
    },
    {
      code: '103211',
      cause: 'a persona: service down',
      make: async (url) => login(await newWorld(url), { phoneNumber: '13800138999' }),
    },
    {
      code: '103412',
      cause: 'no JSON',
      make: async (url) => (await send(url, 'POST', LOGIN_PATH, '{')).json.resultCode,
    },
    {
      code: '103412',
      cause: 'RSA without registered keys',
      make: async (url) => {
        const keys = await newWorld(url, { generateKeys: true });
        const { app } = await newWorld(url);
        const token = await mintToken(url, app.appId);
        const request = loginRsaRequest(app.appId, keys.app.appSignPrivateKey ?? '', token);
        return (await send(url, 'POST', LOGIN_PATH, request)).json.resultCode;
      },
    },
    {
      code: '103414',
      cause: 'another version',
      make: async (url) => login(await newWorld(url), {}, { version: '1.0' }),
    },
    {
      code: '103511',
      cause: 'an address that is not listed, strictly checked',
      make: async (url) =>
        login(await newWorld(url, { ipWhitelist: { loginTokenValidate: '10.0.0.1' } }), {}, { strictcheck: '1' }),
    },
    { code: '103811', cause: 'an empty token', make: async (url) => login(await newWorld(url), {}, { token: '' }) },
    {
      code: '104201',
      cause: 'a token of two minutes',
      make: async (url) => login(await newWorld(url), { ageMs: 120_000 }),
    },
    {
      code: '105018',
      cause: 'a token for verify',
      make: async (url) => login(await newWorld(url), { capability: 'tokenValidate' }),
    },
    {
      code: '105019',
      cause: 'an app without login',
      make: async (url) => login(await newWorld(url, { capabilities: ['tokenValidate'] })),
    },
    { code: '105312', cause: 'no calls left', make: async (url) => login(await newWorld(url, { dailyQuota: 0 })) },
    { code: '105313', cause: 'GET', make: async (url) => (await send(url, 'GET', LOGIN_PATH)).json.resultCode },
  ],
  tokenValidate: [
    { code: '000', cause: 'the own number', make: async (url) => verify(await newWorld(url)) },
    {
      code: '001',
      cause: 'another number',
      make: async (url) => verify(await newWorld(url), { phoneNumber: '13800138001' }),
    },
    {
      code: '002',
      cause: 'a persona: number not obtained',
      make: async (url) => verify(await newWorld(url), { phoneNumber: '13800138002' }),
    },
    {
      code: '003',
      cause: 'a persona: token service down',
      make: async (url) => verify(await newWorld(url), { phoneNumber: '13800138003' }),
    },
    {
      code: '004',
      cause: 'a phoneNum that is no hash',
      make: async (url) => verify(await newWorld(url), {}, { body: { phoneNum: OWN } }),
    },
    {
      code: '102',
      cause: 'no openType',
      make: async (url) => verify(await newWorld(url), {}, { body: { openType: '' } }),
    },
    {
      code: '124',
      cause: 'an address that is not listed',
      make: async (url) => verify(await newWorld(url, { ipWhitelist: { tokenValidate: '' } })),
    },
    {
      code: '302',
      cause: 'another sign',
      make: async (url) => verify(await newWorld(url), {}, { body: { sign: 'F'.repeat(64) } }),
    },
    {
      code: '303',
      cause: 'no JSON',
      make: async (url) => (await send(url, 'POST', VERIFY_PATH, '{')).json.header.resultCode,
    },
    {
      code: '606',
      cause: 'a token of two minutes',
      make: async (url) => verify(await newWorld(url), { ageMs: 120_000 }),
    },
    {
      code: '999',
      cause: 'a persona: service down',
      make: async (url) => verify(await newWorld(url), { phoneNumber: '13800138999' }),
    },
    {
      code: '103420',
      cause: 'an app without verify',
      make: async (url) => verify(await newWorld(url, { capabilities: ['loginTokenValidate'] })),
    },
    { code: '103420', cause: 'no calls left', make: async (url) => verify(await newWorld(url, { dailyQuota: 0 })) },
  ],
};

const CODES = OPERATIONS.flatMap(({ operation }) => RESULTS[operation].map(({ code }) => ({ operation, code })));

test('27 codes', async () => {
  const { url } = await sharedMock();
  const caused = [];
  for (const { operation } of OPERATIONS) {
    for (const { code, cause, make } of CAUSES[operation]) {
      expect(await make(url), `${operation}: ${cause}`).toBe(code);
      caused.push(`${operation} ${code}`);
    }
  }
  expect([...new Set(caused)].sort()).toEqual(CODES.map(({ operation, code }) => `${operation} ${code}`).sort());
  expect(CODES).toHaveLength(27);
});

const magic = (code: string) => `STsid000000${'0'.repeat(13)}MOCKRESULTCODE${code.padStart(18, '0')}`;

/** Nothing but the token is right. */
async function sendMagic(url: string, operation: Operation, code: string) {
  const token = magic(code);
  const body = operation === 'loginTokenValidate' ? { token } : { header: {}, body: { token } };
  const { headers, json } = await send(
    url,
    'POST',
    operation === 'loginTokenValidate' ? LOGIN_PATH : VERIFY_PATH,
    body,
  );
  return { resultCode: json.resultCode ?? json.header.resultCode, decidedBy: headers.get('x-mock-decided-by') };
}

test.each(CODES)('$operation: the magic token of $code, as often as it is sent', async ({ operation, code }) => {
  const { url } = await sharedMock();
  for (let at = 0; at < 2; at += 1) {
    expect(await sendMagic(url, operation, code)).toEqual({ resultCode: code, decidedBy: 'forced' });
  }
});

test('the magic token of a code that the operation does not have is an ordinary token', async () => {
  const { url } = await sharedMock();
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
  const { url } = await sharedMock();
  const { app } = await newWorld(url);
  const { headers } = await send(url, 'POST', LOGIN_PATH, loginRequest(app, magic('103000')));
  const record = await send(url, 'GET', `/_mock/requests/${headers.get('x-mock-request-id')}`);
  expect(record.json).toMatchObject({ resultCode: '103000', decidedBy: 'forced', forced: true, charged: false });
  const ledger = await send(url, 'GET', `/_mock/apps/${app.appId}/ledger`);
  expect(ledger.json).toEqual({ charged: 0, remaining: 1000, records: [] });
});

test('a forced 103000 carries the first subscriber’s number', async () => {
  const { url } = await sharedMock();
  const { app } = await newWorld(url);
  const { json } = await send(url, 'POST', LOGIN_PATH, loginRequest(app, magic('103000')));
  expect(json.msisdn).toBe(OWN);
});

test('a forced 103000 is encrypted where RSA is asked', async () => {
  const { url } = await sharedMock();
  const { app } = await newWorld(url, { generateKeys: true });
  const request = loginRsaRequest(app.appId, app.appSignPrivateKey ?? '', magic('103000'));
  expect((await send(url, 'POST', LOGIN_PATH, request)).json.msisdn).toMatch(/^[0-9A-Fa-f]{256}$/);
});

test('a forced 001 carries an accessToken that can be redeemed, where granted', async () => {
  const { url } = await sharedMock();
  const granted = await newWorld(url);
  const without = await newWorld(url, { capabilities: ['tokenValidate'] });
  const force = async ({ app }: World) =>
    (await send(url, 'POST', VERIFY_PATH, verifyRequest(app, { token: magic('001'), phoneNumber: OWN }))).json.body;
  const { accessToken } = await force(granted);
  const redeemed = await send(url, 'POST', `/_mock/apps/${granted.app.appId}/access-tokens/${accessToken}/redeem`);
  expect(redeemed.status).toBe(200);
  expect((await force(without)).accessToken ?? '').toBe('');
});
