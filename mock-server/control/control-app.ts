/** The control API as an Express app, and the answer to every path that is nobody's. */
import express, { type Express, type Request } from 'express';
import type { Carrier } from '../carrier/carrier.js';
import { accessTokensRoutes } from './access-tokens.js';
import { appsRoutes } from './apps.js';
import { caRoutes } from './ca.js';
import { clockRoutes } from './clock.js';
import { serveConsole } from './console.js';
import { CARRIER_CALLS } from './elsewhere.js';
import { eventsRoutes } from './events.js';
import { explanationRoutes } from './explanation.js';
import { askForTokens, protectAnswer, refuseStrangePages } from './guard.js';
import { healthRoutes } from './health.js';
import { ipWhitelistRoutes } from './ip-whitelist.js';
import { keyPairsRoutes } from './key-pairs.js';
import { ledgerRoutes } from './ledger.js';
import { metricsRoutes } from './metrics.js';
import { openapiRoutes } from './openapi.js';
import { operationsRoutes } from './operations.js';
import { outcomesRoutes } from './outcomes.js';
import { Problem, problemHandler } from './problem.js';
import { readingsRoutes } from './readings.js';
import { requestsRoutes } from './requests.js';
import { resultCodesRoutes } from './result-codes.js';
import { signedRequestsRoutes } from './signed-requests.js';
import { snapshotsRoutes } from './snapshots.js';
import { subscribersRoutes } from './subscribers.js';
import { tokensRoutes } from './tokens.js';
import { limitUnread } from './unread-answers.js';

export interface ControlOptions {
  /** What callers have to present; undefined asks for nothing, but where an app has a token of its own. */
  readonly controlToken: string | undefined;
  /** The names that the server is known by, beside addresses and names that are nobody's; unless given, any Host will do. */
  readonly hosts?: readonly string[] | undefined;
  /** Where the carrier is, where it has another port than the control API. */
  readonly carrierUrl?: (() => string) | undefined;
  /** Of the plain listener, where there is one: a port of HTTPS may have been asked. */
  readonly httpPort?: (() => number) | undefined;
  /** The local CA's certificate, where there is one. */
  readonly caPem: string | undefined;
  /** Whether the console is served; it is, unless no browser can come. */
  readonly console?: boolean;
  /** Aborted when the server stops. */
  readonly closing?: AbortSignal;
}

// The largest body is an app with its keys and lists, some ten kilobytes.
export const CONTROL_BODY_BYTES_MAX = 1024 * 1024;

export function createControlApp(carrier: Carrier, options: ControlOptions): Express {
  const { controlToken, caPem, closing, hosts, carrierUrl, httpPort } = options;
  // Whoever has come to a call about all apps has shown the server's token, where it has one.
  const scope = controlToken === undefined ? 'unlocked' : 'all';
  const tokens = askForTokens(carrier, controlToken);
  const app = express().disable('x-powered-by').disable('etag').set('query parser', 'simple');
  if (options.console !== false) serveConsole(app);
  // Health and the CA's certificate are for those who cannot know the token: probes, and machines that are set up.
  app.use('/_mock', protectAnswer, healthRoutes(carrier, closing), caRoutes(caPem));
  app.use('/_mock', refuseStrangePages({ controlToken, hosts }), limitUnread(), tokens.beforeBody);
  // JSON whatever the Content-Type says: `curl -d` alone does not say it.
  app.use('/_mock', express.json({ type: () => true, limit: CONTROL_BODY_BYTES_MAX, strict: false }));
  app.use('/_mock', tokens.afterBody);
  app.use(
    '/_mock',
    appsRoutes(carrier, scope),
    tokensRoutes(carrier),
    accessTokensRoutes(carrier),
    clockRoutes(carrier),
    outcomesRoutes(carrier),
    snapshotsRoutes(carrier),
    eventsRoutes(carrier, { scope, closing }),
    requestsRoutes(carrier, scope),
    explanationRoutes(carrier),
    ledgerRoutes(carrier),
    metricsRoutes(carrier),
    resultCodesRoutes(carrier, { controlToken, carrierUrl, httpPort, scope }),
    operationsRoutes(carrierUrl),
    readingsRoutes(),
    subscribersRoutes(carrier),
    signedRequestsRoutes(carrier),
    keyPairsRoutes(),
    ipWhitelistRoutes(),
    openapiRoutes(),
  );
  app.use((req) => {
    throw nobodys(req);
  });
  app.use(problemHandler(carrier.log));
  return app;
}

function nobodys({ method, path }: Request): Problem {
  if (path.startsWith('/_mock')) return new Problem(404, `the control API has no ${method} ${path}`);
  return new Problem(
    404,
    `nothing is at ${path}: the carrier answers ${CARRIER_CALLS}, the console is at /, the control API under /_mock`,
  );
}
