/** The server as a whole: health, metrics, the local CA's certificate, and the OpenAPI documents. */

import { setTimeout as wait } from 'node:timers/promises';
import manifest from '../../package.json' with { type: 'json' };
import { SERVER_PARTITION, type StateStore, type Write } from '../carrier/store/state-store.js';
import { problem } from './problem.js';
import type { CallContext, Handlers } from './route.js';

function healthOf({ carrier: { tallies } }: CallContext) {
  const configuration = tallies.configuration.isOutdated ? 'outdated' : 'current';
  return { status: 'ok', version: manifest.version, configuration } as const;
}

export const SERVER_HANDLERS = {
  getHealth: async (call) => {
    const { carrier, options } = call;
    if (options.closing?.aborted === true) throw problem('server.stopping');
    if (!(await isWritable(carrier.store))) throw problem('store.not-writable');
    return healthOf(call);
  },
  // Does not check the store: restarting this process does not repair it.
  getLiveness: healthOf,
  // Loaded with the first call: most servers never need it.
  getMetrics: async ({ carrier, scope }) =>
    (await import('../telemetry/metrics.js')).exposition(carrier, scope),
  getCa: caOf,
  getTrustStore: async (call) =>
    (await import('./trust-store.js')).trustStore([caOf(call)], call.query.password),
  getOpenapi: async () => (await import('./openapi/document.js')).openapiDocument(),
  getCarrierOpenapi: async () => {
    const { CARRIER_DOCUMENT } = await import('./openapi/carrier-document.js');
    const mock = { url: '/', description: 'This mock.' };
    return { ...CARRIER_DOCUMENT, servers: [mock, ...CARRIER_DOCUMENT.servers] };
  },
} satisfies Partial<Handlers>;

/** @throws Problem without a local CA */
function caOf({ options: { caPem } }: CallContext): string {
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
