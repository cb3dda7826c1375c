/** Requests to paths that the carrier does not have: which ones leave a record, and what it contains. */
import { describe, expect, test } from 'vitest';
import { carrierOnlyControl } from '../../../mock-server/control-api/unknown-path.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { configuredCarrier } from '../../support/carrier.js';
import { type Bench, controlBench, createApp, exchange, mint } from '../../support/control.js';
import { VERIFY_PATH } from '../../support/mock.js';
import { loginRequest, verifyRequest } from '../../support/requests.js';

const APP = { appId: '300000000001', appKey: 'k', appSecret: 's' };
const LOGIN_BODY = loginRequest(APP, 'x');
const VERIFY_BODY = verifyRequest(APP, { token: 'x', phoneNumber: '13800138000' });

async function journal({ api }: Bench, query = '') {
  const { body } = await api.get(`/_mock/requests${query}`);
  return body.requests;
}

async function traceOf(path: string, body: object | string) {
  const bench = await controlBench();
  const { status, headers } = await bench.api.post(path).send(body);
  const id = headers['x-mock-request-id'];
  const { body: explanation } = await bench.api.get(`/_mock/requests/${id}/explanation?lang=en`);
  const { body: record } = await bench.api.get(`/_mock/requests/${id}`);
  return { bench, status, id, explanation, record };
}

test('the record has the request and the response, without an app and a result', async () => {
  const { bench, status, id, record } = await traceOf('/rs/loginTokenValidate?a=1', LOGIN_BODY);
  expect(status).toBe(404);
  expect(record).toMatchObject({
    id,
    appId: null,
    operation: 'loginTokenValidate',
    method: 'POST',
    path: '/rs/loginTokenValidate',
    resultCode: null,
    decidedBy: 'urlRight',
    forced: false,
    charged: false,
    taskId: null,
    request: { headers: { 'content-type': 'application/json' }, body: JSON.stringify(LOGIN_BODY) },
    response: {
      status: 404,
      body: expect.stringContaining('nothing is at /rs/loginTokenValidate'),
    },
  });
  expect(await journal(bench)).toEqual([record]);
});

test.each([
  {
    description: 'a body of login',
    path: '/login',
    body: LOGIN_BODY,
    finding: 'url.wrong-path',
    evidence: { received: '/login', expected: '/unisdk/rsapi/loginTokenValidate' },
  },
  {
    description: 'a body of verify at a test address',
    path: '/umcopenapi/rs/tokenValidate',
    body: VERIFY_BODY,
    finding: 'url.wrong-path',
    evidence: { expected: '/openapi/rs/tokenValidate' },
  },
  {
    description: 'another body',
    path: '/pay',
    body: { amount: 1 },
    finding: 'url.wrong-path',
    evidence: { received: '/pay', paths: OPERATIONS.map((row) => row.path) },
  },
  {
    description: 'no JSON',
    path: '/pay',
    body: 'x=1',
    finding: 'url.wrong-path',
    evidence: { paths: OPERATIONS.map((row) => row.path) },
  },
  {
    description: 'a request for another interface',
    path: '/api/tokenValidate',
    body: { header: { id: '1', idtype: '1' }, body: { token: 'x' } },
    finding: 'interface.not-simulated',
    evidence: { recognisedBy: ['header/id', 'header/idtype'] },
  },
  {
    description: 'a call of the JSSDK',
    path: '/h5/onekeylogin/authGetToken',
    body: { accessToken: 'x' },
    finding: 'interface.not-simulated',
    evidence: {
      recognisedBy: ['/h5/onekeylogin/authGetToken'],
      advice: expect.stringContaining('the phone sends it'),
    },
  },
  {
    description: 'a double slash and an empty body',
    path: '//h5/onekeylogin/tokenValidate',
    body: {},
    finding: 'url.wrong-path',
    evidence: {
      received: '//h5/onekeylogin/tokenValidate',
      expected: '/h5/onekeylogin/tokenValidate',
    },
  },
  {
    description: 'a double slash and a body for another operation',
    path: '//openapi/rs/tokenValidate',
    body: LOGIN_BODY,
    finding: 'url.wrong-path',
    evidence: { expected: '/unisdk/rsapi/loginTokenValidate', doubleSlash: 'yes' },
  },
])(
  'of $description, the explanation has only the path',
  async ({ path, body, finding, evidence }) => {
    const { explanation } = await traceOf(path, body);
    expect(explanation).toMatchObject({ resultCode: null, decidedBy: 'urlRight', next: null });
    expect(explanation.findings).toMatchObject([{ id: finding, role: 'cause', evidence }]);
  },
);

test.each([
  {
    path: '/h5/js/jssdk_auth/jssdk-1.0.0.min.js',
    operation: 'h5TokenValidate',
    parts: ['the script of the JSSDK', 'which serves a script of its own'],
  },
  {
    path: '/openapi/sendDynaPwd',
    operation: 'tokenValidate',
    parts: ['an old interface for SMS codes'],
  },
  {
    path: '/pay',
    operation: 'loginTokenValidate',
    parts: [OPERATIONS.map((row) => row.path).join(', ')],
  },
])('the explanation of $path says what to do', async ({ path, operation, parts }) => {
  const { status, record, explanation } = await traceOf(path, {});
  expect([status, record.operation]).toEqual([404, operation]);
  for (const part of parts) expect(explanation.findings[0].detail).toContain(part);
});

test('the response to a path with a double slash names the slash', async () => {
  const { body } = await (await controlBench()).api.post('//openapi/rs/tokenValidate');
  expect(body.detail).toContain(
    '//openapi/rs/tokenValidate is /openapi/rs/tokenValidate with a double slash',
  );
});

describe('a request leaves a trace', () => {
  test.each([
    { method: 'post', path: '/x', leaves: true },
    { method: 'put', path: '/x', leaves: true },
    { method: 'get', path: '/favicon.ico', leaves: false },
    { method: 'head', path: '/x', leaves: false },
    { method: 'options', path: '/x', leaves: false },
    { method: 'get', path: '/api/tokenValidate', leaves: true },
    { method: 'get', path: '/h5/js/jssdk_auth/jssdk-1.0.0.min.js', leaves: true },
    { method: 'post', path: '/_mock/x', leaves: false },
    { method: 'get', path: '/', leaves: false },
  ] as const)('$method $path: $leaves', async ({ method, path, leaves }) => {
    const bench = await controlBench();
    const { headers } = await bench.api[method](path);
    expect(headers['x-mock-request-id'] !== undefined).toBe(leaves);
    expect(await journal(bench)).toHaveLength(leaves ? 1 : 0);
  });

  test.each([
    {
      description: 'of a web page of another origin',
      headers: { origin: 'http://evil.test' },
      count: 0,
    },
    { description: 'of a client with an address', headers: {}, count: 1 },
  ])('on the network, $description: $count', async ({ headers, count }) => {
    const bench = await controlBench();
    const { status } = await carrierOnlyControl(bench.carrier)({
      method: 'POST',
      url: '/x',
      base: 'http://127.0.0.1',
      headers: { ...headers, 'x-twice': ['a', 'b'] as unknown as string },
      clientIp: '10.0.0.7',
      body: () => Buffer.from('{}'),
      signal: new AbortController().signal,
    });
    expect(status).toBe(404);
    const records = await journal(bench);
    expect(records).toHaveLength(count);
    if (count === 1)
      expect(records[0]).toMatchObject({
        clientIp: '10.0.0.7',
        request: { headers: { 'x-twice': ['a', 'b'] } },
      });
  });
});

test('it is listed and counted without a filter only', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  await exchange(bench, app, await mint(bench, app));
  await bench.api.post('/login').send(loginRequest(app, 'x'));
  const count = async (filter: object) =>
    (await bench.api.post('/_mock/requests/count').send(filter)).body.count;
  expect(await count({})).toBe(2);
  expect(await count({ appId: app.appId })).toBe(1);
  expect(await count({ operation: 'loginTokenValidate' })).toBe(1);
  expect(await count({ token: 'x' })).toBe(0);
  expect(await journal(bench)).toHaveLength(2);
  expect(await journal(bench, '?operation=loginTokenValidate')).toHaveLength(1);
});

test('the records of the server have the same limit', async () => {
  const bench = await controlBench({ configuration: { limits: { journalRecordsMax: 2 } } });
  for (const at of [1, 2, 3]) await bench.api.post(`/x${at}`);
  expect((await journal(bench)).map(({ path }: { readonly path: string }) => path)).toEqual([
    '/x3',
    '/x2',
  ]);
});

test('without a store the response is the same', async () => {
  const { carrier } = await configuredCarrier();
  const failing = {
    ...carrier,
    store: { ...carrier.store, commit: () => Promise.reject(new Error('down')) },
  };
  const { status, headers } = await carrierOnlyControl(failing)({
    method: 'POST',
    url: VERIFY_PATH.replace('/openapi', '/open'),
    base: 'http://127.0.0.1',
    headers: {},
    body: () => Buffer.from('{}'),
    signal: new AbortController().signal,
  });
  expect({ status, headers }).not.toHaveProperty('headers.X-Mock-Request-Id');
  expect(status).toBe(404);
});
