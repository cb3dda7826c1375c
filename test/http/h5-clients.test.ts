/** Clients of h5TokenValidate with the habits of the public ones get the number from the mock. */
import { createDecipheriv, createSign } from 'node:crypto';
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { privateKeyOf, TEST_KEYS } from '../support/keys.js';
import { newApp, send, sharedMock, type TestApp } from '../support/mock.js';

const PATH = '/h5/onekeylogin/tokenValidate';
const KEYS = { appVerifyKey: TEST_KEYS.demoAppSign.publicKey };

interface Minted {
  readonly token: string;
  readonly userInformation: string;
}

interface Habits {
  readonly version?: string;
  readonly traceId?: string;
  readonly nameOf?: (name: string) => string;
  readonly signOf?: (hex: string) => string;
  readonly body?: object;
  readonly contentType?: string;
}

/** The signature of client A: the concatenation of five values, SHA256withRSA, in hex. */
function signature(text: string): string {
  return createSign('RSA-SHA256')
    .update(text)
    .sign(privateKeyOf(TEST_KEYS.demoAppSign.privateKey))
    .toString('hex');
}

function requestOf({ appId }: TestApp, { token, userInformation }: Minted, habits: Habits) {
  const { version = '2.0', traceId = '202611291200001', nameOf = (name) => name } = habits;
  const { signOf = (hex) => hex.toUpperCase(), body = {} } = habits;
  const timestamp = '20221231235959999';
  const fields = { interfaceVersion: version, appId, traceId, timestamp, businessType: '8' };
  const sign = signOf(signature(appId + traceId + timestamp + token + version));
  return {
    headers: {
      'Content-Type': habits.contentType ?? 'application/json;charset=utf-8',
      ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [nameOf(name), value])),
    },
    body: JSON.stringify({ token, sign, userInformation, ...body }),
  };
}

interface Received {
  readonly status: number;
  readonly rawHeaders: readonly string[];
  readonly text: string;
}

function post(url: string, { headers, body }: ReturnType<typeof requestOf>): Promise<Received> {
  return new Promise((resolve, reject) => {
    const sent = request(url + PATH, { method: 'POST', headers }, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      res.on('end', () =>
        resolve({ status: res.statusCode ?? 0, rawHeaders: res.rawHeaders, text }),
      );
    });
    sent.on('error', reject).end(body);
  });
}

/** As client A reads: the text behind `"name":` up to the next comma or brace. */
function read(text: string, name: string): string {
  const from = text.indexOf(`"${name}":`) + name.length + 3;
  const ends = [text.indexOf(',', from), text.indexOf('}', from)].filter((at) => at !== -1);
  return text.slice(from, Math.min(...ends)).replaceAll('"', '');
}

function decrypted(msisdn: string, appKey: string): string {
  const decipher = createDecipheriv('aes-128-ecb', appKey.slice(0, 16), null);
  return decipher.update(msisdn, 'base64', 'utf8') + decipher.final('utf8');
}

const HABITS: readonly ({ readonly description: string } & Habits)[] = [
  {
    description: 'client A: version 2.0, 15 digits, empty expandParams',
    body: { expandParams: '' },
  },
  {
    description: 'client B: version 1.0, a constant traceId',
    version: '1.0',
    traceId: 'a'.repeat(32),
  },
  { description: 'client B again', version: '1.0', traceId: 'a'.repeat(32) },
  { description: 'header names in lower case', nameOf: (name) => name.toLowerCase() },
  { description: 'header names in upper case', nameOf: (name) => name.toUpperCase() },
  { description: 'a signature in lower-case hex', signOf: (hex) => hex },
  { description: 'no charset', contentType: 'application/json' },
];

const MINT = { capability: 'h5TokenValidate' } as const;

async function placeOfMock() {
  const { url } = await sharedMock();
  const app = await newApp(url, KEYS);
  return {
    url,
    app,
    mint: async (): Promise<Minted> =>
      (await send(url, 'POST', `/_mock/apps/${app.appId}/tokens`, MINT)).json,
  };
}

test.each(HABITS)('a client gets the number: $description', async (habits) => {
  const { url, app, mint } = await placeOfMock();
  const { status, text, rawHeaders } = await post(url, requestOf(app, await mint(), habits));
  expect(status).toBe(200);
  expect(read(text, 'resultCode')).toBe('103000');
  expect(decrypted(read(text, 'msisdn'), app.appKey)).toBe('13800138000');
  expect(read(text, 'securityPhone')).toBe('138****8000');
  expect(read(text, 'expandParams')).toBe('null');
  expect(rawHeaders).toEqual(expect.arrayContaining(['appId', app.appId, 'traceId', 'timestamp']));
});

test('a refusal is HTTP 200, and has the traceId', async () => {
  const { url, app, mint } = await placeOfMock();
  const { token } = await mint();
  const sent = requestOf(app, { token, userInformation: 'x' }, { traceId: 'trace-1' });
  const { status, text, rawHeaders } = await post(url, sent);
  expect([status, read(text, 'resultCode'), read(text, 'desc')]).toEqual([
    200,
    '104008',
    'token校验失败',
  ]);
  expect(rawHeaders).toEqual(expect.arrayContaining(['traceId', 'trace-1']));
});

test('a forced code without a known cause has its published text', async () => {
  const { url, app, mint } = await placeOfMock();
  const sent = requestOf(app, await mint(), {});
  const headers = { ...sent.headers, 'X-Mock-Result-Code': '104014' };
  expect((await post(url, { ...sent, headers })).text).toContain('"desc":"busineseType校验失败"');
});
