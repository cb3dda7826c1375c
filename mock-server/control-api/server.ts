/** The server as a whole: health, metrics, the local CA's certificate, and the OpenAPI document. */

import { setTimeout as wait } from 'node:timers/promises';
import { SERVER_PARTITION, type StateStore, type Write } from '../carrier/store/state-store.js';
import { problem } from './problem.js';
import { PASSWORD_DEFAULT, textQuery } from './query.js';
import { type Call, json, routes } from './route.js';
import { trustStore } from './trust-store.js';

export const SERVER_ROUTES = routes('Server', [
  {
    call: 'GET /_mock/health',
    who: 'anyone',
    id: 'getHealth',
    summary: 'Whether the carrier can respond',
    output: json('Health'),
    problems: [503],
    handle: async ({ carrier, options: { closing } }) => {
      if (closing?.aborted === true) throw problem('server.stopping');
      if (!(await isWritable(carrier.store))) throw problem('store.not-writable');
      return { status: 'ok' };
    },
  },
  {
    call: 'GET /_mock/health/live',
    who: 'anyone',
    id: 'getLiveness',
    summary: 'Whether the process responds; does not depend on the store',
    output: json('Health'),
    // Does not check the store: restarting this process does not repair it.
    handle: () => ({ status: 'ok' }),
  },
  {
    call: 'GET /_mock/metrics',
    who: 'server',
    id: 'getMetrics',
    summary: 'Metrics for Prometheus: requests, latencies, tokens, the process',
    // The version of the Prometheus text format that prom-client writes.
    output: { status: 200, contentType: 'text/plain; version=0.0.4; charset=utf-8' },
    // Loaded with the first call: most servers never need it.
    handle: async ({ carrier }) => (await import('../telemetry/metrics.js')).exposition(carrier),
  },
  {
    call: 'GET /_mock/ca.pem',
    who: 'anyone',
    id: 'getCa',
    summary: "The local CA's certificate (PEM)",
    output: { status: 200, contentType: 'application/x-pem-file; charset=utf-8' },
    problems: [404],
    handle: caOf,
  },
  {
    call: 'GET /_mock/truststore.p12',
    who: 'anyone',
    id: 'getTrustStore',
    summary: "A trust store for Java with the local CA's certificate (PKCS#12)",
    query: ['password'],
    output: { status: 200, contentType: 'application/x-pkcs12' },
    problems: [400, 404],
    handle: (call) => trustStore(caOf(call), textQuery(call.query, 'password') ?? PASSWORD_DEFAULT),
  },
  {
    call: 'GET /_mock/openapi.json',
    who: 'server',
    id: 'getOpenapi',
    summary: 'This document',
    output: json('OpenapiDocument'),
    handle: async (call) => (await import('./openapi/document.js')).openapiDocument(call.routes),
  },
]);

/** @throws Problem without a local CA */
function caOf({ options: { caPem } }: Call): string {
  if (caPem !== undefined) return caPem;
  throw problem('ca.not-found');
}

// A Kubernetes probe times out after a second by default, and must receive the reason before that.
const STORE_WAIT_MS = 500;

/** A store that is full or read-only still serves reads. A count is the smallest write that it rejects. */
const COUNT_CHECKS: Write = { kind: 'count', counter: 'health', limit: null };

async function isWritable(store: StateStore): Promise<boolean> {
  const commit = async () => (await store.commit(SERVER_PARTITION, [COUNT_CHECKS])) === 'committed';
  return Promise.race([commit().catch(() => false), wait(STORE_WAIT_MS, false, { ref: false })]);
}
