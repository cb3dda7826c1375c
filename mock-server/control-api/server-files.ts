/** Texts about the server as a whole: metrics, the local CA's certificate, and the OpenAPI document. */
import { Problem } from './problem.js';
import { passwordQuery } from './query.js';
import { type Call, json, routes } from './route.js';
import { trustStore } from './trust-store.js';

export const SERVER_FILE_ROUTES = routes('Server', [
  {
    call: 'GET /_mock/metrics',
    who: 'server',
    id: 'getMetrics',
    summary: 'Metrics for Prometheus: requests, latencies, tokens, the process',
    // The version of the Prometheus text format that prom-client writes.
    output: { status: 200, contentType: 'text/plain; version=0.0.4; charset=utf-8' },
    handle: ({ metrics }) => metrics(),
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
    handle: (call) => trustStore(caOf(call), passwordQuery(call.query)),
  },
  {
    call: 'GET /_mock/openapi.json',
    who: 'server',
    id: 'getOpenapi',
    summary: 'This document',
    output: json('OpenapiDocument'),
    // Loaded with the first call: most servers never need it.
    handle: async (call) => (await import('./openapi/document.js')).openapiDocument(call.routes),
  },
]);

/** @throws Problem without a local CA */
function caOf({ options: { caPem } }: Call): string {
  if (caPem !== undefined) return caPem;
  throw new Problem(404, {
    en: 'this server has no local CA: HTTPS is off (--https-port), or it uses your own certificate (--tls-cert)',
    zh: '没有本地 CA：没有开启 HTTPS（--https-port），或用了自己的证书（--tls-cert）',
  });
}
