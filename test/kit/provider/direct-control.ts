/** The control API without HTTP: the kit's calls go to the server's own routes, past connection, body parser and access check. */
import { type Request, type Response, Router } from 'express';
import { ControlRefusal } from '../../../contracts/provider/control.js';
import { type ControlCall, ExchangeError } from '../../../contracts/provider/subject.js';
import type { Carrier } from '../../../mock-server/carrier/carrier.js';
import { accessTokensRoutes } from '../../../mock-server/control/access-tokens.js';
import { appsRoutes } from '../../../mock-server/control/apps.js';
import { clockRoutes } from '../../../mock-server/control/clock.js';
import { explanationRoutes } from '../../../mock-server/control/explanation.js';
import { ledgerRoutes } from '../../../mock-server/control/ledger.js';
import { outcomesRoutes } from '../../../mock-server/control/outcomes.js';
import { Problem } from '../../../mock-server/control/problem.js';
import { tokensRoutes } from '../../../mock-server/control/tokens.js';

/** HTTP takes most of the time of a case; with the routes alone, a case takes a millisecond. */
export function directControl(carrier: Carrier): ControlCall {
  const routes = Router().use(
    appsRoutes(carrier, 'unlocked'),
    tokensRoutes(carrier),
    clockRoutes(carrier),
    ledgerRoutes(carrier),
    accessTokensRoutes(carrier),
    outcomesRoutes(carrier),
    explanationRoutes(carrier),
  );
  return (method, url, body) =>
    new Promise((resolve, reject) => {
      const query = Object.fromEntries(new URLSearchParams(url.split('?')[1]));
      const fail = (error: unknown) => reject(refusalOf(error, `${method} ${url}`));
      routes({ method, url, query, body } as unknown as Request, responseTo(resolve), fail);
    });
}

function responseTo(resolve: (value: unknown) => void): Response {
  const response = {
    status: () => response,
    json: (value: unknown) => resolve(value),
    end: () => resolve(undefined),
  };
  return response as unknown as Response;
}

/** A router reports no error if none of its routes matches. */
function refusalOf(error: unknown, call: string): ExchangeError {
  if (error instanceof Problem) return new ControlRefusal(error.status, `${call}: ${error.message}`);
  return new ExchangeError(`${call}: ${error ?? 'no such route'}`);
}
