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
import { recordedAnswers } from '../../support/recorded-calls.js';
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

/** The operation of a recorded call, if there is one. */
function operationOf(call: string) {
  const [method, target = ''] = call.toLowerCase().split(' ');
  const [path = ''] = target.split('?');
  return OPERATIONS_DESCRIBED.find(
    (row) =>
      row.method === method &&
      new RegExp(`^${row.path.toLowerCase().replace(/\{\w+\}/g, '[^/]+')}/?$`).test(path),
  );
}

const RECORDED = [...recordedAnswers().open, ...recordedAnswers().locked].flatMap((answer) => {
  const { operationId } = operationOf(answer.call) ?? {};
  // An answer without its text is called below.
  const hasText = answer.text !== '' || answer.status === 204;
  return operationId === undefined || !hasText ? [] : [{ operationId, ...answer }];
});

test.each(RECORDED)(
  '$call, recorded: $status matches its schema',
  ({ operationId, status, headers, text }) => {
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    expect(faultsOf(operationId, { status, contentType: headers['content-type'], body })).toEqual(
      [],
    );
  },
);

const LARGE = { appKey: 'k'.repeat(1024 * 1024) };

interface Input {
  readonly body?: object;
  readonly query?: string;
}

type Call = readonly [operationId: string, description: string, status: number, input?: Input];

/** What recorded-calls.ts does not have. */
const CALLS: readonly Call[] = [
  ['getMetrics', 'served', 200],
  ['getOpenapi', 'served', 200],
  ['getCarrierOpenapi', 'served', 200],
  ['getCa', 'with HTTPS', 200],
  ['getTrustStore', 'with a password', 200, { query: 'password=secret' }],
  ['listResultCodes', 'all', 200],
  ['listOperations', 'both', 200],
  ['listReadings', 'all', 200],
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
  ['createApp', 'more than 1 MB', 413, { body: LARGE }],
  ['listApps', 'more than 1 MB in a GET', 413, { body: LARGE }],
  ['getAccessToken', 'live', 200],
  ['redeemAccessToken', 'once', 200],
  ['restoreSnapshot', 'restored', 204],
  ['makeKeyPair', 'created', 201],
  ['checkIpWhitelist', 'without an address', 200, { body: { ipWhitelist: '' } }],
  ['explainRequest', 'one', 200, { query: 'lang=zh' }],
  ['listCauses', 'all', 200],
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
  const token = await mint(bench, app);
  await bench.api.post(LOGIN_PATH).send(loginRequest(app, token)).expect(503);
  const { answer } = await verifyNumber(bench, app, '13911112222');
  const snapshot = await bench.api.post(`${path}/snapshots`).expect(201);
  const parts: Readonly<Record<string, string>> = {
    apps: app.appId,
    'access-tokens': answer.accessToken,
    requests: requestId,
    snapshots: snapshot.body.id,
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
      (_, list: string) => `${list}/${parts[list]}`,
    );
    const call = api[method](input.query === undefined ? filled : `${filled}?${input.query}`);
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

test('every operation has such a call that succeeds, except the endless stream', () => {
  const tested = [...RECORDED, ...ROWS].filter(({ status }) => status < 300);
  const ids = new Set([...tested.map(({ operationId }) => operationId), 'watchRequests']);
  expect(OPERATIONS_DESCRIBED.map(({ operationId }) => operationId).toSorted()).toEqual(
    [...ids].toSorted(),
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
