/** Calls of reference data, signed requests, key pairs, whitelist checks and the list of snapshots. */
import type { CallRow } from './openapi-scene.js';

export const REFERENCE_CALLS: readonly CallRow[] = [
  {
    operationId: 'listSnapshots',
    description: 'none',
    status: 200,
    call: ({ api, path }) => api.get(`${path}/snapshots`),
  },
  {
    operationId: 'listSnapshots',
    description: 'one',
    status: 200,
    call: async ({ api, path }) => {
      await api.post(`${path}/snapshots`).expect(201);
      return api.get(`${path}/snapshots`);
    },
  },
  { operationId: 'listOperations', description: 'both', status: 200, call: ({ api }) => api.get('/_mock/operations') },
  { operationId: 'listReadings', description: 'all', status: 200, call: ({ api }) => api.get('/_mock/readings') },
  { operationId: 'listSubscribers', description: 'all', status: 200, call: ({ api }) => api.get('/_mock/subscribers') },
  {
    operationId: 'signRequest',
    description: 'created',
    status: 200,
    call: ({ api, path, token }) =>
      api
        .post(`${path}/signed-requests`)
        .send({ operation: 'loginTokenValidate', token, fields: { strictcheck: '1' } }),
  },
  {
    operationId: 'signRequest',
    description: 'without a known number',
    status: 400,
    call: ({ api, path }) => api.post(`${path}/signed-requests`).send({ operation: 'tokenValidate', token: 'unknown' }),
  },
  { operationId: 'makeKeyPair', description: 'created', status: 201, call: ({ api }) => api.post('/_mock/key-pairs') },
  {
    operationId: 'makeKeyPair',
    description: 'with size 0',
    status: 400,
    call: ({ api }) => api.post('/_mock/key-pairs').send({ bits: 0 }),
  },
  {
    operationId: 'checkIpWhitelist',
    description: 'valid and invalid entries',
    status: 200,
    call: ({ api }) =>
      api.post('/_mock/ip-whitelist/check').send({ ipWhitelist: '10.0.0.1，10.0.0.0/8,a', clientIp: '::1' }),
  },
  {
    operationId: 'checkIpWhitelist',
    description: 'without an address',
    status: 200,
    call: ({ api }) => api.post('/_mock/ip-whitelist/check').send({ ipWhitelist: '' }),
  },
];
