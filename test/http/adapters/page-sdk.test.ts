/** The script for pages, and the tokens that it gets: for pages of this machine, and only with what the page's server signs. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { createMockServer } from '../../../mock-server/server.js';
import { send, sharedMock, startMock } from '../../support/mock.js';

const SCRIPT = '/h5/js/jssdk_auth/jssdk-1.0.0.min.js';
const TOKEN = '/h5/js/jssdk_auth/cmpassport-mock-token';
const PAGE = { origin: 'http://localhost:3000' };
const APP = { appId: 'shop', appKey: 'B50BBEF6C4CD4FA8' };
const TRACE_ID = '0123456789abcdef0123456789abcdef';
const TIMESTAMP = '20261125120000000';

/** The document for pages: MD5 of appId + businessType + msgId + timestamp + traceId + version + appkey. */
function signed(changes: object = {}) {
  const text = `${APP.appId}8${TRACE_ID}${TIMESTAMP}${TRACE_ID}2.0${APP.appKey}`;
  const sign = createHash('md5').update(text).digest('hex');
  const { appId } = APP;
  return { appId, sign, traceId: TRACE_ID, timestamp: TIMESTAMP, version: '2.0', ...changes };
}

const OPTIONS = { pageSdk: true, configuration: { apps: [APP] } };

let url = '';

beforeAll(async () => {
  const server = await createMockServer(OPTIONS);
  url = server.url;
  return () => server.close();
});

const login = (body: unknown, headers = PAGE) => send(url, 'POST', TOKEN, body, headers);

test('without the option, the script is a call of the phone that is not simulated', async () => {
  const { url } = await sharedMock();
  expect((await send(url, 'GET', SCRIPT)).status).toBe(404);
  expect((await send(url, 'POST', TOKEN, signed(), PAGE)).status).toBe(404);
});

test('the script is served to every page, without data', async () => {
  const { status, headers, text } = await send(url, 'GET', SCRIPT);
  expect([status, headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
  expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect(text).toContain('YDRZAuthLogin');
});

test.each([
  { description: 'upper case', sign: signed().sign.toUpperCase() },
  { description: 'lower case', sign: signed().sign },
])('a page with its sign in $description gets a token of the chosen number', async ({ sign }) => {
  const { headers, json } = await login(signed({ sign, phoneNumber: '13900139000' }));
  expect(headers.get('access-control-allow-origin')).toBe(PAGE.origin);
  expect(json).toMatchObject({ code: '103000', message: 'success', msgId: TRACE_ID });
  const token = await send(url, 'GET', `/_mock/apps/shop/tokens/${json.token}`);
  expect(token.json).toMatchObject({
    capability: 'h5TokenValidate',
    phoneNumber: '13900139000',
    userInformation: json.userInformation,
    status: 'live',
  });
});

const REFUSED = [
  { body: signed({ sign: '0'.repeat(32) }), code: '103101', detail: '{appKey}' },
  { body: signed({ version: '1.0' }), code: '103101', detail: 'sign is not the MD5' },
  { body: signed({ appId: 'unknown' }), code: '104000', detail: 'no app unknown' },
  { body: signed({ timestamp: '1700000000000' }), code: '105112', detail: '17 digits' },
  { body: signed({ sign: undefined, traceId: '' }), code: '103002', detail: 'sign, traceId' },
  { body: 'not JSON', code: '103002', detail: 'data lacks appId' },
  { body: signed({ phoneNumber: '+86139' }), code: '500', detail: 'found +86139' },
];

test.each(REFUSED)('$detail: $code', async ({ body, code, detail }) => {
  const { json, text } = await login(body);
  expect(json).toMatchObject({ code, detail: expect.stringContaining(detail) });
  expect(text).not.toContain(APP.appKey);
});

test('an app without the capability gets no token', async () => {
  const { url } = await startMock(OPTIONS);
  await send(url, 'PATCH', '/_mock/apps/shop', { capabilities: ['loginTokenValidate'] });
  const { json } = await send(url, 'POST', TOKEN, signed(), PAGE);
  expect(json).toMatchObject({ code: '104003' });
});

describe('only pages of this machine get a token', () => {
  test.each(['http://127.0.0.1:8080', 'https://app.localhost', 'http://[::1]:3000'])(
    '%s',
    async (origin) => {
      expect((await login(signed(), { origin })).json).toMatchObject({ code: '103000' });
    },
  );

  test.each([
    'https://evil.example',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'null',
    '',
  ])('not "%s"', async (origin) => {
    const { status, headers } = await login(signed(), { origin });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([403, null]);
  });
});
