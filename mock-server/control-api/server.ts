/** The server as a whole: health, metrics, the local CA's certificate, and the OpenAPI documents. */

import { setTimeout as wait } from 'node:timers/promises';
import manifest from '../../package.json' with { type: 'json' };
import { checkStore } from '../carrier/apps/configured-apps.js';
import type { Carrier } from '../carrier/carrier.js';
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
    if (!(await isWritable(carrier))) throw problem('store.not-writable');
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

/** A store that is full or read-only still serves reads. */
async function isWritable(carrier: Carrier): Promise<boolean> {
  const checked = checkStore(carrier).then(
    () => true,
    () => false,
  );
  return Promise.race([checked, wait(STORE_WAIT_MS, false, { ref: false })]);
}
