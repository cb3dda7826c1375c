/** The responses of every operation match the schemas of the OpenAPI document. */

import { expect, test } from 'vitest';
import { controlBench } from '../../support/control.js';
import type { DirectAnswer } from '../../support/direct-api.js';
import { LOGIN_PATH } from '../../support/mock.js';
import { faultsOf, OPERATIONS_DESCRIBED } from '../../support/openapi.js';
import { REFERENCE_CALLS } from './openapi-reference-calls.js';
import { type CallRow, newScene } from './openapi-scene.js';

const CALLS: readonly CallRow[] = [
  { operationId: 'getHealth', description: 'healthy', status: 200, call: ({ api }) => api.get('/_mock/health') },
  { operationId: 'getLiveness', description: 'alive', status: 200, call: ({ api }) => api.get('/_mock/health/live') },
  { operationId: 'getMetrics', description: 'served', status: 200, call: ({ api }) => api.get('/_mock/metrics') },
  { operationId: 'getOpenapi', description: 'served', status: 200, call: ({ api }) => api.get('/_mock/openapi.json') },
  { operationId: 'getCa', description: 'with HTTPS', status: 200, call: ({ api }) => api.get('/_mock/ca.pem') },
  {
    operationId: 'getTrustStore',
    description: 'with a password',
    status: 200,
    call: ({ api }) => api.get('/_mock/truststore.p12?password=secret'),
  },
  {
    operationId: 'getTrustStore',
    description: 'without a password',
    status: 400,
    call: ({ api }) => api.get('/_mock/truststore.p12?password='),
  },
  {
    operationId: 'listResultCodes',
    description: 'all',
    status: 200,
    call: ({ api }) => api.get('/_mock/result-codes'),
  },
  { operationId: 'resetAll', description: 'done', status: 204, call: ({ api }) => api.post('/_mock/reset') },
  {
    operationId: 'createApp',
    description: 'with keys',
    status: 201,
    call: ({ api }) => api.post('/_mock/apps').send({ generateKeys: true }),
  },
  {
    operationId: 'createApp',
    description: 'with every setting',
    status: 201,
    call: ({ api }) =>
      api.post('/_mock/apps').send({
        contracted: true,
        callPackage: 7,
        ipWhitelist: { loginTokenValidate: null },
        readings: { 'system-time': 'window:5m' },
      }),
  },
  {
    operationId: 'createApp',
    description: 'taken',
    status: 409,
    call: ({ api, app: { appId } }) => api.post('/_mock/apps').send({ appId }),
  },
  {
    operationId: 'createApp',
    description: 'an unknown field',
    status: 400,
    call: ({ api }) => api.post('/_mock/apps').send({ appkey: 'x' }),
  },
  {
    operationId: 'createApp',
    description: 'from another origin',
    status: 403,
    call: ({ api }) => api.post('/_mock/apps').set('origin', 'http://elsewhere.example'),
  },
  {
    operationId: 'createApp',
    description: 'an unknown encoding',
    status: 415,
    call: ({ api }) => api.post('/_mock/apps').set('content-encoding', 'rot13').send('{}'),
  },
  {
    operationId: 'createApp',
    description: 'more than 1 MB',
    status: 413,
    call: ({ api }) => api.post('/_mock/apps').send({ appKey: 'k'.repeat(1024 * 1024) }),
  },
  { operationId: 'listApps', description: 'all', status: 200, call: ({ api }) => api.get('/_mock/apps') },
  {
    operationId: 'listApps',
    description: 'an unknown encoding of a GET',
    status: 415,
    call: ({ api }) => api.get('/_mock/apps').set('content-encoding', 'rot13').send('{}'),
  },
  {
    operationId: 'listApps',
    description: 'more than 1 MB in a GET',
    status: 413,
    call: ({ api }) => api.get('/_mock/apps').send({ appKey: 'k'.repeat(1024 * 1024) }),
  },
  { operationId: 'getApp', description: 'one', status: 200, call: ({ api, path }) => api.get(path) },
  { operationId: 'getApp', description: 'unknown', status: 404, call: ({ api }) => api.get('/_mock/apps/nobody') },
  {
    operationId: 'patchApp',
    description: 'changed',
    status: 200,
    call: ({ api, path }) => api.patch(path).send({ dailyQuota: 1, readings: null }),
  },
  { operationId: 'deleteApp', description: 'deleted', status: 204, call: ({ api, path }) => api.delete(path) },
  { operationId: 'resetApp', description: 'done', status: 204, call: ({ api, path }) => api.post(`${path}/reset`) },
  { operationId: 'mintTokens', description: 'one', status: 201, call: ({ api, path }) => api.post(`${path}/tokens`) },
  {
    operationId: 'mintTokens',
    description: 'a list',
    status: 201,
    call: ({ api, path }) => api.post(`${path}/tokens`).send({ count: 2, operator: 'telecom' }),
  },
  {
    operationId: 'mintTokens',
    description: 'an existing token',
    status: 409,
    call: ({ api, path, token }) => api.post(`${path}/tokens`).send({ token }),
  },
  {
    operationId: 'getToken',
    description: 'live',
    status: 200,
    call: ({ api, path, token }) => api.get(`${path}/tokens/${token}`),
  },
  {
    operationId: 'getAccessToken',
    description: 'live',
    status: 200,
    call: ({ api, path, accessToken }) => api.get(`${path}/access-tokens/${accessToken}`),
  },
  {
    operationId: 'redeemAccessToken',
    description: 'once',
    status: 200,
    call: ({ api, path, accessToken }) => api.post(`${path}/access-tokens/${accessToken}/redeem`),
  },
  { operationId: 'getClock', description: 'running', status: 200, call: ({ api, path }) => api.get(`${path}/clock`) },
  {
    operationId: 'setClock',
    description: 'frozen',
    status: 200,
    call: ({ api, path }) => api.put(`${path}/clock`).send({ atMs: 0, frozen: true }),
  },
  {
    operationId: 'advanceClock',
    description: 'moved',
    status: 200,
    call: ({ api, path }) => api.post(`${path}/clock/advance`).send({ by: '2m' }),
  },
  {
    operationId: 'advanceClock',
    description: 'not moved',
    status: 400,
    call: ({ api, path }) => api.post(`${path}/clock/advance`),
  },
  {
    operationId: 'getOutcomes',
    description: 'none',
    status: 200,
    call: ({ api, path }) => api.get(`${path}/outcomes/tokenValidate`),
  },
  {
    operationId: 'setOutcomes',
    description: 'scripted',
    status: 200,
    call: ({ api, path }) => api.put(`${path}/outcomes/tokenValidate`).send({ script: '999*2, reset' }),
  },
  {
    operationId: 'deleteOutcomes',
    description: 'deleted',
    status: 204,
    call: ({ api, path }) => api.delete(`${path}/outcomes/loginTokenValidate`),
  },
  {
    operationId: 'setSubscriber',
    description: 'scripted',
    status: 200,
    call: ({ api, path }) => api.put(`${path}/subscribers/13800138000`).send({ outcomes: { tokenValidate: '999*2' } }),
  },
  {
    operationId: 'listAppSubscribers',
    description: 'one with a script',
    status: 200,
    call: async ({ api, path }) => {
      await api.put(`${path}/subscribers/13800138000`).send({ outcomes: { tokenValidate: '999*2' } });
      return api.get(`${path}/subscribers`);
    },
  },
  {
    operationId: 'getSubscriber',
    description: 'scripted',
    status: 200,
    call: ({ api, path }) => api.get(`${path}/subscribers/13800138000`),
  },
  {
    operationId: 'deleteSubscriber',
    description: 'deleted',
    status: 204,
    call: ({ api, path }) => api.delete(`${path}/subscribers/13800138000`),
  },
  {
    operationId: 'createSnapshot',
    description: 'saved',
    status: 201,
    call: ({ api, path }) => api.post(`${path}/snapshots`),
  },
  {
    operationId: 'restoreSnapshot',
    description: 'restored',
    status: 204,
    call: async ({ api, path }) => {
      const { body } = await api.post(`${path}/snapshots`);
      return api.post(`${path}/snapshots/${body.id}/restore`);
    },
  },
  {
    operationId: 'restoreSnapshot',
    description: 'unknown',
    status: 404,
    call: ({ api, path }) => api.post(`${path}/snapshots/nobody/restore`),
  },
  { operationId: 'listRequests', description: 'all', status: 200, call: ({ api }) => api.get('/_mock/requests') },
  {
    operationId: 'listRequests',
    description: 'a wrong limit',
    status: 400,
    call: ({ api }) => api.get('/_mock/requests?limit=0'),
  },
  {
    operationId: 'getRequest',
    description: 'one',
    status: 200,
    call: ({ api, requestId }) => api.get(`/_mock/requests/${requestId}`),
  },
  {
    operationId: 'getRequest',
    description: 'one with an undocumented code',
    status: 200,
    call: async ({ api }) => {
      const { headers } = await api.post(LOGIN_PATH).set('x-mock-result-code', '103911');
      return api.get(`/_mock/requests/${headers['x-mock-request-id']}`);
    },
  },
  {
    operationId: 'explainRequest',
    description: 'one with an undocumented code',
    status: 200,
    call: async ({ api }) => {
      const { headers } = await api.post(LOGIN_PATH).set('x-mock-result-code', '103911');
      return api.get(`/_mock/requests/${headers['x-mock-request-id']}/explanation`);
    },
  },
  {
    operationId: 'explainRequest',
    description: 'one',
    status: 200,
    call: ({ api, requestId }) => api.get(`/_mock/requests/${requestId}/explanation?lang=zh`),
  },
  {
    operationId: 'countRequests',
    description: 'all',
    status: 200,
    call: ({ api }) => api.post('/_mock/requests/count'),
  },
  {
    operationId: 'forgetRequests',
    description: 'deleted',
    status: 204,
    call: ({ api }) => api.delete('/_mock/requests'),
  },
  {
    operationId: 'getLedger',
    description: 'charged',
    status: 200,
    call: ({ api, path }) => api.get(`${path}/ledger?limit=10`),
  },
];

test.each([...CALLS, ...REFERENCE_CALLS])(
  '$operationId, $description: $status matches its schema',
  async ({ operationId, status, call }) => {
    const answer = await call(await newScene());
    expect(answer.status).toBe(status);
    const body = bodyOf(answer);
    expect(faultsOf(operationId, { status, contentType: answer.headers['content-type'], body })).toEqual([]);
  },
);

function bodyOf({ type, text }: DirectAnswer): unknown {
  return /json$/.test(type) ? JSON.parse(text) : text || undefined;
}

test('every operation has such a call, except the endless stream', () => {
  const tested = [...new Set([...CALLS, ...REFERENCE_CALLS].map(({ operationId }) => operationId)), 'watchRequests'];
  expect(OPERATIONS_DESCRIBED.map(({ operationId }) => operationId).toSorted()).toEqual(tested.toSorted());
});

test.each([
  { description: 'a request that a script kept undecided', resultCode: null },
  { description: 'a request that cannot be parsed', resultCode: '103412' },
  { description: 'a refusal', resultCode: '103101' },
  { description: 'a success', resultCode: '103000' },
])('the explanation of $description matches its schema', async ({ resultCode }) => {
  const { api } = await newScene();
  const journal = await api.get('/_mock/requests');
  const found = journal.body.requests.find(
    (record: { readonly resultCode: unknown }) => record.resultCode === resultCode,
  );
  const { status, headers, body } = await api.get(`/_mock/requests/${found.id}/explanation`);
  expect(faultsOf('explainRequest', { status, contentType: headers['content-type'], body })).toEqual([]);
});

test.each([
  { description: 'too many', change: { more: 1 } },
  { description: 'missing', change: { frozen: undefined } },
  { description: 'of another type', change: { nowMs: '0' } },
])('a response with a field $description does not match its schema', async ({ change }) => {
  const { api, path } = await newScene();
  const { status, headers, body } = await api.get(`${path}/clock`);
  const changed = JSON.parse(JSON.stringify({ ...body, ...change }));
  expect(faultsOf('getClock', { status, contentType: headers['content-type'], body: changed })).not.toEqual([]);
});

test('without the control token, every operation except health and the CA returns 401, which matches its schema', async () => {
  const { api } = await controlBench({ controlToken: 'secret' });
  for (const { operationId, method, path } of OPERATIONS_DESCRIBED) {
    const { status, headers, body } = await api[method](path.replace(/\{(\w+)\}/g, 'x'));
    if (status !== 401) expect(['getHealth', 'getLiveness', 'getCa', 'getTrustStore']).toContain(operationId);
    else expect(faultsOf(operationId, { status, contentType: headers['content-type'], body })).toEqual([]);
  }
});
