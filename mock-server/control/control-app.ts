/** The control API as an Express app, and the answer to every path that is nobody's. */
import express, { type Express, type Request } from 'express';
import { OPERATIONS } from '../../src/protocol/operations.js';
import type { Carrier } from '../carrier.js';
import { accessTokensRoutes } from './access-tokens.js';
import { appsRoutes } from './apps.js';
import { caRoutes } from './ca.js';
import { clockRoutes } from './clock.js';
import { eventsRoutes } from './events.js';
import { explanationRoutes } from './explanation.js';
import { refuseOtherOrigins, requireToken } from './guard.js';
import { healthRoutes } from './health.js';
import { ledgerRoutes } from './ledger.js';
import { openapiRoutes } from './openapi.js';
import { outcomesRoutes } from './outcomes.js';
import { Problem, problemHandler } from './problem.js';
import { requestsRoutes } from './requests.js';
import { resultCodesRoutes } from './result-codes.js';
import { snapshotsRoutes } from './snapshots.js';
import { tokensRoutes } from './tokens.js';

export interface ControlOptions {
  /** What callers have to present; undefined asks for nothing. */
  readonly controlToken: string | undefined;
  /** The local CA's certificate, where there is one. */
  readonly caPem: string | undefined;
  /** Aborted when the server stops. */
  readonly closing?: AbortSignal;
}

// The largest body is an app with its keys and lists, some ten kilobytes.
const BODY_LIMIT = '1mb';

export function createControlApp(carrier: Carrier, { controlToken, caPem, closing }: ControlOptions): Express {
  const app = express().disable('x-powered-by').disable('etag').set('query parser', 'simple');
  // Health and the CA's certificate are for those who cannot know the token: probes, and machines that are set up.
  app.use('/_mock', healthRoutes(carrier), caRoutes(caPem));
  app.use('/_mock', refuseOtherOrigins, requireToken(controlToken));
  // JSON whatever the Content-Type says: `curl -d` alone does not say it.
  app.use('/_mock', express.json({ type: () => true, limit: BODY_LIMIT, strict: false }));
  app.use(
    '/_mock',
    appsRoutes(carrier),
    tokensRoutes(carrier),
    accessTokensRoutes(carrier),
    clockRoutes(carrier),
    outcomesRoutes(carrier),
    snapshotsRoutes(carrier),
    eventsRoutes(carrier, closing),
    requestsRoutes(carrier),
    explanationRoutes(carrier),
    ledgerRoutes(carrier),
    resultCodesRoutes(carrier, controlToken),
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
  const right = OPERATIONS.map((row) => `POST ${row.path}`).join(' and ');
  return new Problem(404, `nothing is at ${path}: the carrier answers ${right}, the control API is under /_mock`);
}
