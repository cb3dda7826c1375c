/** The control API answers what its OpenAPI document says: every operation, asked and held against its schema. */

import type { Response as Answer } from 'supertest';
import { expect, test } from 'vitest';
import { controlBench } from '../../support/control.js';
import { LOGIN_PATH, send, startMock } from '../../support/mock.js';
import { faultsOf, OPERATIONS_DESCRIBED } from '../../support/openapi.js';
import { type CallRow, newPlace } from './openapi-place.js';
import { REFERENCE_CALLS } from './openapi-reference-calls.js';

const CALLS: readonly CallRow[] = [
  { operationId: 'getHealth', description: 'up', status: 200, ask: ({ api }) => api.get('/_mock/health') },
  { operationId: 'getLiveness', description: 'up', status: 200, ask: ({ api }) => api.get('/_mock/health/live') },
  { operationId: 'getMetrics', description: 'asked', status: 200, ask: ({ api }) => api.get('/_mock/metrics') },
  { operationId: 'getOpenapi', description: 'asked', status: 200, ask: ({ api }) => api.get('/_mock/openapi.json') },
  { operationId: 'getCa', description: 'there', status: 200, ask: ({ api }) => api.get('/_mock/ca.pem') },
  {
    operationId: 'getTrustStore',
    description: 'there',
    status: 200,
    ask: ({ api }) => api.get('/_mock/truststore.p12?password=secret'),
  },
  {
    operationId: 'getTrustStore',
    description: 'without a password',
    status: 400,
    ask: ({ api }) => api.get('/_mock/truststore.p12?password='),
  },
  { operationId: 'listResultCodes', description: 'all', status: 200, ask: ({ api }) => api.get('/_mock/result-codes') },
  {
    operationId: 'getSnippets',
    description: 'a code',
    status: 200,
    ask: ({ api }) => api.get('/_mock/result-codes/tokenValidate/606/snippets?way=header&signing=rsa'),
  },
  {
    operationId: 'getSnippets',
    description: 'an unknown way',
    status: 400,
    ask: ({ api }) => api.get('/_mock/result-codes/tokenValidate/606/snippets?way=luck'),
  },
  {
    operationId: 'getSnippets',
    description: 'an unknown code',
    status: 404,
    ask: ({ api }) => api.get('/_mock/result-codes/tokenValidate/607/snippets'),
  },
  { operationId: 'resetAll', description: 'done', status: 204, ask: ({ api }) => api.post('/_mock/reset') },
  {
    operationId: 'createApp',
    description: 'with keys',
    status: 201,
    ask: ({ api }) => api.post('/_mock/apps').send({ generateKeys: true }),
  },
  {
    operationId: 'createApp',
    description: 'with every setting',
    status: 201,
    ask: ({ api }) =>
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
    ask: ({ api, app: { appId } }) => api.post('/_mock/apps').send({ appId }),
  },
  {
    operationId: 'createApp',
    description: 'an unknown field',
    status: 400,
    ask: ({ api }) => api.post('/_mock/apps').send({ appkey: 'x' }),
  },
  {
    operationId: 'createApp',
    description: 'from another origin',
    status: 403,
    ask: ({ api }) => api.post('/_mock/apps').set('origin', 'http://elsewhere.example'),
  },
  {
    operationId: 'createApp',
    description: 'an unknown encoding',
    status: 415,
    ask: ({ api }) => api.post('/_mock/apps').set('content-encoding', 'rot13').send('{}'),
  },
  {
    operationId: 'createApp',
    description: 'more than 1 MB',
    status: 413,
    ask: ({ api }) => api.post('/_mock/apps').send({ appKey: 'k'.repeat(1024 * 1024) }),
  },
  { operationId: 'listApps', description: 'all', status: 200, ask: ({ api }) => api.get('/_mock/apps') },
  {
    operationId: 'listApps',
    description: 'an unknown encoding, though no body is asked for',
    status: 415,
    ask: ({ api }) => api.get('/_mock/apps').set('content-encoding', 'rot13').send('{}'),
  },
  {
    operationId: 'listApps',
    description: 'more than 1 MB, though no body is asked for',
    status: 413,
    ask: ({ api }) => api.get('/_mock/apps').send({ appKey: 'k'.repeat(1024 * 1024) }),
  },
  { operationId: 'getApp', description: 'one', status: 200, ask: ({ api, path }) => api.get(path) },
  { operationId: 'getApp', description: 'unknown', status: 404, ask: ({ api }) => api.get('/_mock/apps/nobody') },
  {
    operationId: 'patchApp',
    description: 'changed',
    status: 200,
    ask: ({ api, path }) => api.patch(path).send({ dailyQuota: 1, readings: null }),
  },
  { operationId: 'deleteApp', description: 'gone', status: 204, ask: ({ api, path }) => api.delete(path) },
  { operationId: 'resetApp', description: 'done', status: 204, ask: ({ api, path }) => api.post(`${path}/reset`) },
  { operationId: 'mintTokens', description: 'one', status: 201, ask: ({ api, path }) => api.post(`${path}/tokens`) },
  {
    operationId: 'mintTokens',
    description: 'a list',
    status: 201,
    ask: ({ api, path }) => api.post(`${path}/tokens`).send({ count: 2, operator: 'telecom' }),
  },
  {
    operationId: 'mintTokens',
    description: 'there already',
    status: 409,
    ask: ({ api, path, token }) => api.post(`${path}/tokens`).send({ token }),
  },
  {
    operationId: 'getToken',
    description: 'live',
    status: 200,
    ask: ({ api, path, token }) => api.get(`${path}/tokens/${token}`),
  },
  {
    operationId: 'getAccessToken',
    description: 'live',
    status: 200,
    ask: ({ api, path, accessToken }) => api.get(`${path}/access-tokens/${accessToken}`),
  },
  {
    operationId: 'redeemAccessToken',
    description: 'once',
    status: 200,
    ask: ({ api, path, accessToken }) => api.post(`${path}/access-tokens/${accessToken}/redeem`),
  },
  { operationId: 'getClock', description: 'running', status: 200, ask: ({ api, path }) => api.get(`${path}/clock`) },
  {
    operationId: 'setClock',
    description: 'frozen',
    status: 200,
    ask: ({ api, path }) => api.put(`${path}/clock`).send({ atMs: 0, frozen: true }),
  },
  {
    operationId: 'advanceClock',
    description: 'moved',
    status: 200,
    ask: ({ api, path }) => api.post(`${path}/clock/advance`).send({ by: '2m' }),
  },
  {
    operationId: 'advanceClock',
    description: 'not moved',
    status: 400,
    ask: ({ api, path }) => api.post(`${path}/clock/advance`),
  },
  {
    operationId: 'getOutcomes',
    description: 'none',
    status: 200,
    ask: ({ api, path }) => api.get(`${path}/outcomes/tokenValidate`),
  },
  {
    operationId: 'setOutcomes',
    description: 'scripted',
    status: 200,
    ask: ({ api, path }) => api.put(`${path}/outcomes/tokenValidate`).send({ script: '999*2, reset' }),
  },
  {
    operationId: 'deleteOutcomes',
    description: 'forgotten',
    status: 204,
    ask: ({ api, path }) => api.delete(`${path}/outcomes/loginTokenValidate`),
  },
  {
    operationId: 'setSubscriber',
    description: 'scripted',
    status: 200,
    ask: ({ api, path }) => api.put(`${path}/subscribers/13800138000`).send({ outcomes: { tokenValidate: '999*2' } }),
  },
  {
    operationId: 'listAppSubscribers',
    description: 'one with a script',
    status: 200,
    ask: async ({ api, path }) => {
      await api.put(`${path}/subscribers/13800138000`).send({ outcomes: { tokenValidate: '999*2' } });
      return api.get(`${path}/subscribers`);
    },
  },
  {
    operationId: 'getSubscriber',
    description: 'scripted',
    status: 200,
    ask: ({ api, path }) => api.get(`${path}/subscribers/13800138000`),
  },
  {
    operationId: 'deleteSubscriber',
    description: 'forgotten',
    status: 204,
    ask: ({ api, path }) => api.delete(`${path}/subscribers/13800138000`),
  },
  {
    operationId: 'createSnapshot',
    description: 'saved',
    status: 201,
    ask: ({ api, path }) => api.post(`${path}/snapshots`),
  },
  {
    operationId: 'restoreSnapshot',
    description: 'put back',
    status: 204,
    ask: async ({ api, path }) => {
      const { body } = await api.post(`${path}/snapshots`);
      return api.post(`${path}/snapshots/${body.id}/restore`);
    },
  },
  {
    operationId: 'restoreSnapshot',
    description: 'unknown',
    status: 404,
    ask: ({ api, path }) => api.post(`${path}/snapshots/nobody/restore`),
  },
  { operationId: 'listRequests', description: 'all', status: 200, ask: ({ api }) => api.get('/_mock/requests') },
  {
    operationId: 'listRequests',
    description: 'a wrong limit',
    status: 400,
    ask: ({ api }) => api.get('/_mock/requests?limit=0'),
  },
  {
    operationId: 'getRequest',
    description: 'one',
    status: 200,
    ask: ({ api, requestId }) => api.get(`/_mock/requests/${requestId}`),
  },
  {
    operationId: 'getRequest',
    description: 'one with an undocumented code',
    status: 200,
    ask: async ({ api }) => {
      const { headers } = await api.post(LOGIN_PATH).set('x-mock-result-code', '103911');
      return api.get(`/_mock/requests/${headers['x-mock-request-id']}`);
    },
  },
  {
    operationId: 'explainRequest',
    description: 'one with an undocumented code',
    status: 200,
    ask: async ({ api }) => {
      const { headers } = await api.post(LOGIN_PATH).set('x-mock-result-code', '103911');
      return api.get(`/_mock/requests/${headers['x-mock-request-id']}/explanation`);
    },
  },
  {
    operationId: 'explainRequest',
    description: 'one',
    status: 200,
    ask: ({ api, requestId }) => api.get(`/_mock/requests/${requestId}/explanation?lang=zh`),
  },
  {
    operationId: 'countRequests',
    description: 'all',
    status: 200,
    ask: ({ api }) => api.post('/_mock/requests/count'),
  },
  {
    operationId: 'forgetRequests',
    description: 'forgotten',
    status: 204,
    ask: ({ api }) => api.delete('/_mock/requests'),
  },
  {
    operationId: 'getLedger',
    description: 'charged',
    status: 200,
    ask: ({ api, path }) => api.get(`${path}/ledger?limit=10`),
  },
];

test.each([...CALLS, ...REFERENCE_CALLS])(
  '$operationId, $description: $status is as described',
  async ({ operationId, status, ask }) => {
    const answer = await ask(await newPlace());
    expect(answer.status).toBe(status);
    const body = bodyOf(answer);
    expect(faultsOf(operationId, { status, contentType: answer.headers['content-type'], body })).toEqual([]);
  },
);

function bodyOf({ type, text, body }: Answer): unknown {
  if (type === 'application/x-pem-file' || type === 'application/x-pkcs12') return body.toString();
  if (type === 'text/plain' || text === '') return text || undefined;
  return JSON.parse(text);
}

test('every operation has such a call, but for the one that goes on for ever', () => {
  const asked = [...new Set([...CALLS, ...REFERENCE_CALLS].map(({ operationId }) => operationId)), 'watchRequests'];
  expect(OPERATIONS_DESCRIBED.map(({ operationId }) => operationId).toSorted()).toEqual(asked.toSorted());
});

test('watchRequests: the stream and each record in it are as described', async () => {
  const { url } = await startMock();
  const abort = new AbortController();
  const { status, headers, body } = await fetch(`${url}/_mock/events`, { signal: abort.signal });
  await send(url, 'POST', LOGIN_PATH, 'no JSON');
  let text = '';
  for await (const chunk of body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.includes('data:')) break;
  }
  abort.abort();
  const contentType = headers.get('content-type') ?? undefined;
  expect(faultsOf('watchRequests', { status, contentType, body: text })).toEqual([]);
  const record = JSON.parse(/^data: ?(.*)$/m.exec(text)?.[1] ?? '');
  expect(faultsOf('getRequest', { status, contentType: 'application/json', body: record })).toEqual([]);
});

test.each([
  { description: 'what a script kept from being decided', resultCode: null },
  { description: 'what cannot be read', resultCode: '103412' },
  { description: 'a refusal', resultCode: '103101' },
  { description: 'a success', resultCode: '103000' },
])('the explanation of $description is as described', async ({ resultCode }) => {
  const { api } = await newPlace();
  const journal = await api.get('/_mock/requests');
  const found = journal.body.requests.find(
    (record: { readonly resultCode: unknown }) => record.resultCode === resultCode,
  );
  const { status, headers, body } = await api.get(`/_mock/requests/${found.id}/explanation`);
  expect(faultsOf('explainRequest', { status, contentType: headers['content-type'], body })).toEqual([]);
});

test.each([
  { description: 'one more', change: { more: 1 } },
  { description: 'one less', change: { frozen: undefined } },
  { description: 'one of another type', change: { nowMs: '0' } },
])('an answer with a field $description is not as described', async ({ change }) => {
  const { api, path } = await newPlace();
  const { status, headers, body } = await api.get(`${path}/clock`);
  const changed = JSON.parse(JSON.stringify({ ...body, ...change }));
  expect(faultsOf('getClock', { status, contentType: headers['content-type'], body: changed })).not.toEqual([]);
});

test('without the control token, every operation but health and CA answers 401 as described', async () => {
  const { api } = await controlBench({ controlToken: 'secret' });
  for (const { operationId, method, path } of OPERATIONS_DESCRIBED) {
    const { status, headers, body } = await api[method](path.replace(/\{(\w+)\}/g, 'x'));
    if (status !== 401) expect(['getHealth', 'getLiveness', 'getCa', 'getTrustStore']).toContain(operationId);
    else expect(faultsOf(operationId, { status, contentType: headers['content-type'], body })).toEqual([]);
  }
});
