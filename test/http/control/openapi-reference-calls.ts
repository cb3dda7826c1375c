/** Calls of what is looked up, made or checked, and of the list of snapshots. */
import type { CallRow } from './openapi-place.js';

export const REFERENCE_CALLS: readonly CallRow[] = [
  {
    operationId: 'listSnapshots',
    description: 'none',
    status: 200,
    ask: ({ api, path }) => api.get(`${path}/snapshots`),
  },
  {
    operationId: 'listSnapshots',
    description: 'one',
    status: 200,
    ask: async ({ api, path }) => {
      await api.post(`${path}/snapshots`).expect(201);
      return api.get(`${path}/snapshots`);
    },
  },
  { operationId: 'listOperations', description: 'both', status: 200, ask: ({ api }) => api.get('/_mock/operations') },
  { operationId: 'listReadings', description: 'all', status: 200, ask: ({ api }) => api.get('/_mock/readings') },
  { operationId: 'listSubscribers', description: 'all', status: 200, ask: ({ api }) => api.get('/_mock/subscribers') },
  {
    operationId: 'signRequest',
    description: 'made',
    status: 200,
    ask: ({ api, path, token }) =>
      api
        .post(`${path}/signed-requests`)
        .send({ operation: 'loginTokenValidate', token, fields: { strictcheck: '1' } }),
  },
  {
    operationId: 'signRequest',
    description: 'of a number that is not known',
    status: 400,
    ask: ({ api, path }) => api.post(`${path}/signed-requests`).send({ operation: 'tokenValidate', token: 'unknown' }),
  },
  { operationId: 'makeKeyPair', description: 'made', status: 201, ask: ({ api }) => api.post('/_mock/key-pairs') },
  {
    operationId: 'makeKeyPair',
    description: 'of no size',
    status: 400,
    ask: ({ api }) => api.post('/_mock/key-pairs').send({ bits: 0 }),
  },
  {
    operationId: 'checkIpWhitelist',
    description: 'right and wrong',
    status: 200,
    ask: ({ api }) =>
      api.post('/_mock/ip-whitelist/check').send({ ipWhitelist: '10.0.0.1，10.0.0.0/8,a', clientIp: '::1' }),
  },
  {
    operationId: 'checkIpWhitelist',
    description: 'without an address',
    status: 200,
    ask: ({ api }) => api.post('/_mock/ip-whitelist/check').send({ ipWhitelist: '' }),
  },
];
