/** The control API's OpenAPI document is linted, compared with the routes and the schemas, and served. */
import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { BODIES } from '../../../src/control/calls/bodies.js';
import {
  charge,
  controlBench,
  createApp,
  exchange,
  mint,
  verifyNumber,
} from '../../support/control.js';
import { LOGIN_PATH } from '../../support/mock.js';
import { DOCUMENT, faultsOf, OPERATIONS_DESCRIBED } from '../../support/openapi.js';
import { loginRequest } from '../../support/requests.js';
import { issueIn, tlsFolder } from '../../support/tls.js';

test('the linter reports no error and no warning', async () => {
  // As text, because the compiler needs seconds for the type of the object.
  const config = await createConfig(
    JSON.stringify({
      extends: ['recommended'],
      // Health has no 4xx: it has no input and needs no token.
      rules: { 'operation-4xx-response': 'off' },
    }),
  );
  const problems = await lintFromString({
    source: JSON.stringify(DOCUMENT),
    absoluteRef: 'openapi.json',
    config,
  });
  const found = problems.map(
    ({ ruleId, message, location }) => `${ruleId} at ${location[0]?.pointer}: ${message}`,
  );
  expect(found.join('\n')).toBe('');
});

test('every operation describes a 4xx', () => {
  const without = OPERATIONS_DESCRIBED.filter(
    ({ responses }) => !Object.keys(responses).some((at) => at.startsWith('4')),
  );
  expect(without.map(({ operationId }) => operationId)).toEqual([]);
});

test('the schemas of the bodies are those that validate them', () => {
  const schemas: Readonly<Record<string, object>> = DOCUMENT.components.schemas;
  for (const [name, schema] of Object.entries(BODIES)) {
    expect(schemas[name]).toEqual(JSON.parse(JSON.stringify(schema)));
  }
});

test('the document is OpenAPI 3.1, has the package version, and is served as JSON', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const { api } = await controlBench();
  const { body } = await api
    .get('/_mock/openapi.json')
    .expect(200)
    .expect('content-type', /^application\/json/);
  expect(body).toEqual(DOCUMENT);
  expect(body).toMatchObject({ openapi: expect.stringMatching(/^3\.1\./), info: { version } });
});

const PHONE_NUMBER = '13800138000';
const ENCODED = { 'content-encoding': 'rot13' };
const LARGE = { appKey: 'k'.repeat(1024 * 1024) };

interface Input {
  readonly body?: object;
  readonly query?: string;
  readonly headers?: object;
  /** Ids of lists in the path, if other than those of the scene. */
  readonly path?: Readonly<Record<string, string>>;
}

type Call = readonly [operationId: string, description: string, status: number, input?: Input];

const CALLS: readonly Call[] = [
  ['getHealth', 'healthy', 200],
  ['getLiveness', 'alive', 200],
  ['getMetrics', 'served', 200],
  ['getOpenapi', 'served', 200],
  ['getCarrierOpenapi', 'served', 200],
  ['getCa', 'with HTTPS', 200],
  ['getTrustStore', 'with a password', 200, { query: 'password=secret' }],
  ['listResultCodes', 'all', 200],
  ['listOperations', 'both', 200],
  ['listReadings', 'all', 200],
  ['listSubscribers', 'all', 200],
  ['resetAll', 'done', 204],
  ['createApp', 'with keys', 201, { body: { generateKeys: true } }],
  [
    'createApp',
    'with every setting',
    201,
    {
      body: {
        contracted: true,
        callPackage: 7,
        ipWhitelist: { loginTokenValidate: null },
        readings: { 'system-time': 'window:5m' },
      },
    },
  ],
  ['createApp', 'taken', 409, { body: { appId: '300000000001' } }],
  ['createApp', 'an unknown field', 400, { body: { appkey: 'x' } }],
  ['createApp', 'from another origin', 403, { headers: { origin: 'http://elsewhere.example' } }],
  ['createApp', 'an unknown encoding', 415, { headers: ENCODED, body: {} }],
  ['createApp', 'more than 1 MB', 413, { body: LARGE }],
  ['listApps', 'all', 200],
  ['listApps', 'an unknown encoding of a GET', 415, { headers: ENCODED, body: {} }],
  ['listApps', 'more than 1 MB in a GET', 413, { body: LARGE }],
  ['getApp', 'one', 200],
  ['getApp', 'unknown', 404, { path: { apps: 'nobody' } }],
  ['patchApp', 'changed', 200, { body: { dailyQuota: 1, readings: null } }],
  ['deleteApp', 'deleted', 204],
  ['resetApp', 'done', 204],
  ['mintTokens', 'one', 201],
  ['mintTokens', 'a list', 201, { body: { count: 2, operator: 'telecom' } }],
  ['mintTokens', 'an existing token', 409, { body: { token: 'taken' } }],
  ['getToken', 'live', 200],
  ['getAccessToken', 'live', 200],
  ['redeemAccessToken', 'once', 200],
  ['getClock', 'running', 200],
  ['setClock', 'frozen', 200, { body: { atMs: 0, frozen: true } }],
  ['advanceClock', 'moved', 200, { body: { by: '2m' } }],
  ['advanceClock', 'not moved', 400],
  ['getOutcomes', 'none', 200],
  ['setOutcomes', 'scripted', 200, { body: { script: '999*2, reset' } }],
  ['deleteOutcomes', 'deleted', 204],
  ['setSubscriber', 'scripted', 200, { body: { outcomes: { tokenValidate: '999*2' } } }],
  ['listAppSubscribers', 'one with a script', 200],
  ['getSubscriber', 'scripted', 200],
  ['deleteSubscriber', 'deleted', 204],
  ['createSnapshot', 'saved', 201],
  ['listSnapshots', 'one', 200],
  ['restoreSnapshot', 'restored', 204],
  ['restoreSnapshot', 'unknown', 404, { path: { snapshots: 'nobody' } }],
  [
    'signRequest',
    'created',
    200,
    { body: { operation: 'loginTokenValidate', token: 't', fields: { strictcheck: '1' } } },
  ],
  [
    'signRequest',
    'without a known number',
    400,
    { body: { operation: 'tokenValidate', token: 'unknown' } },
  ],
  ['makeKeyPair', 'created', 201],
  ['makeKeyPair', 'with size 0', 400, { body: { bits: 0 } }],
  [
    'checkIpWhitelist',
    'valid and invalid entries',
    200,
    { body: { ipWhitelist: '10.0.0.1，10.0.0.0/8,a', clientIp: '::1' } },
  ],
  ['checkIpWhitelist', 'without an address', 200, { body: { ipWhitelist: '' } }],
  ['listRequests', 'all', 200],
  ['listRequests', 'a wrong limit', 400, { query: 'limit=0' }],
  ['getRequest', 'one', 200],
  ['explainRequest', 'one', 200, { query: 'lang=zh' }],
  ['expectRequest', 'one', 200],
  ['listCauses', 'all', 200],
  ['countRequests', 'all', 200],
  ['forgetRequests', 'deleted', 204],
  ['getLedger', 'charged', 200, { query: 'limit=10' }],
];

/** An app that received several kinds of requests, and the id of one entry of each list. */
async function newScene() {
  const bench = await controlBench({ caPem: (await issueIn(await tlsFolder())).caPem });
  const app = await createApp(bench, {
    capabilities: ['loginTokenValidate', 'tokenValidate', 'smsFallback'],
  });
  const path = `/_mock/apps/${app.appId}`;
  const { requestId } = await charge(bench, app);
  await exchange(bench, app, 'no token', { sign: 'wrong' });
  await bench.api.post(LOGIN_PATH).send('no JSON');
  await bench.api.post(LOGIN_PATH).set('x-mock-result-code', '103911');
  await bench.api
    .put(`${path}/outcomes/loginTokenValidate`)
    .send({ script: 'status(503), pass*' })
    .expect(200);
  const outcomes = { tokenValidate: '999*2' };
  const token = await mint(bench, app, { token: 'taken' });
  await bench.api.post(LOGIN_PATH).send(loginRequest(app, token)).expect(503);
  const { answer } = await verifyNumber(bench, app, '13911112222');
  await bench.api.put(`${path}/subscribers/${PHONE_NUMBER}`).send({ outcomes }).expect(200);
  const snapshot = await bench.api.post(`${path}/snapshots`).expect(201);
  const parts: Readonly<Record<string, string>> = {
    apps: app.appId,
    tokens: token,
    'access-tokens': answer.accessToken,
    requests: requestId,
    snapshots: snapshot.body.id,
    outcomes: 'tokenValidate',
    subscribers: PHONE_NUMBER,
  };
  return { api: bench.api, parts };
}

let unchanged: ReturnType<typeof newScene> | undefined;

/** One for all calls that change nothing. */
function sharedScene(): ReturnType<typeof newScene> {
  unchanged ??= newScene();
  return unchanged;
}

const ROWS = CALLS.map(([operationId, description, status, input = {}]) => ({
  operationId,
  description,
  status,
  input,
}));

test.each(ROWS)(
  '$operationId, $description: $status matches its schema',
  async ({ operationId, status, input }) => {
    const { method = 'get', path = '' } =
      OPERATIONS_DESCRIBED.find((row) => row.operationId === operationId) ?? {};
    const { api, parts } = await (method === 'get' ? sharedScene() : newScene());
    const filled = path.replace(
      /([\w-]+)\/\{\w+\}/g,
      (_, list: string) => `${list}/${{ ...parts, ...input.path }[list]}`,
    );
    const call = api[method](input.query === undefined ? filled : `${filled}?${input.query}`).set(
      input.headers ?? {},
    );
    const { headers, type, text, ...answer } = await (input.body === undefined
      ? call
      : call.send(input.body));
    expect(answer.status).toBe(status);
    const body: unknown = /json$/.test(type) ? JSON.parse(text) : text || undefined;
    expect(faultsOf(operationId, { status, contentType: headers['content-type'], body })).toEqual(
      [],
    );
  },
);

test('every operation has such a call, except the endless stream', () => {
  const tested = [...new Set(ROWS.map(({ operationId }) => operationId)), 'watchRequests'];
  expect(OPERATIONS_DESCRIBED.map(({ operationId }) => operationId).toSorted()).toEqual(
    tested.toSorted(),
  );
});

test.each([
  { description: 'a request that a script kept undecided', resultCode: null },
  { description: 'a request that cannot be parsed', resultCode: '103412' },
  { description: 'a request with an undocumented code', resultCode: '103911' },
  { description: 'a refusal', resultCode: '103101' },
  { description: 'a success', resultCode: '103000' },
])('the record and the explanation of $description match their schemas', async ({ resultCode }) => {
  const { api } = await sharedScene();
  const journal = await api.get('/_mock/requests');
  const { id } = journal.body.requests.find(
    (record: { readonly resultCode: unknown }) => record.resultCode === resultCode,
  );
  for (const [operationId, path] of [
    ['getRequest', `/_mock/requests/${id}`],
    ['explainRequest', `/_mock/requests/${id}/explanation`],
  ] as const) {
    const { status, headers, body } = await api.get(path);
    expect(faultsOf(operationId, { status, contentType: headers['content-type'], body })).toEqual(
      [],
    );
  }
});

test.each([
  { description: 'too many', change: { more: 1 } },
  { description: 'missing', change: { frozen: undefined } },
  { description: 'of another type', change: { nowMs: '0' } },
])('a response with a field $description does not match its schema', async ({ change }) => {
  const { api, parts } = await sharedScene();
  const { status, headers, body } = await api.get(`/_mock/apps/${parts['apps']}/clock`);
  const changed = JSON.parse(JSON.stringify({ ...body, ...change }));
  expect(
    faultsOf('getClock', { status, contentType: headers['content-type'], body: changed }),
  ).not.toEqual([]);
});

test('without the control token, every operation except health, the CA and the carrier’s document returns 401, which matches its schema', async () => {
  const { api } = await controlBench({ controlToken: 'secret' });
  for (const { operationId, method, path } of OPERATIONS_DESCRIBED) {
    const { status, headers, body } = await api[method](path.replace(/\{(\w+)\}/g, 'x'));
    if (status !== 401)
      expect(['getHealth', 'getLiveness', 'getCa', 'getTrustStore', 'getCarrierOpenapi']).toContain(
        operationId,
      );
    else
      expect(faultsOf(operationId, { status, contentType: headers['content-type'], body })).toEqual(
        [],
      );
  }
});
