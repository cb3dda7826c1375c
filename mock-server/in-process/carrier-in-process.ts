/** A carrier in the caller's process, reached by a fetch for its addresses, with the methods of its app. */
import { createMockApp } from '../../src/control/create-mock-app.js';
import { type Mock, mockOver } from '../../src/control/mock.js';
import type { MockApp } from '../../src/control/mock-app.js';
import { createTransport } from '../../src/control/transport.js';
import { createAnswer } from '../carrier/answer.js';
import { applyConfiguredApps } from '../carrier/apps/configured-apps.js';
import { createControlApi } from '../control-api/control-api.js';
// Otherwise loaded with the first call: by then a test may have replaced the timers, and a module that captures them at load
// time would hang.
import '../control-api/handlers.js';
import { holdAnswers } from '../http/deliver.js';
import { createCarrier } from '../server/assembly.js';
import { errorLog } from '../telemetry/log.js';
import {
  basePathOf,
  exchange,
  type InProcessRequest,
  inProcessConnection,
  inProcessFetch,
} from './in-process-fetch.js';
import { type CarrierFetchOptions, planOf } from './in-process-options.js';

/**
 * A carrier in the test's process, with the methods of its app. It uses the clock of the process: if a test fakes `Date`
 * and timers, tokens expire and delays pass when the test advances them.
 *
 * @example
 * import { type CarrierFetch, createCarrierFetch } from 'cmpassport-mock/fetch';
 *
 * const carrier: CarrierFetch = createCarrierFetch();
 * await carrier.script('loginTokenValidate', '103211*2, pass');
 * const other = await carrier.mock.createApp({ dailyQuota: 0 });
 * await other.mint();
 */
export interface CarrierFetch extends MockApp {
  /**
   * A fetch for the carrier's addresses, whose requests never leave the process. Pass it to a client that accepts a fetch
   * function. Rejects as fetch does if a script breaks the connection, and with a TypeError for an address that is not the
   * carrier's.
   *
   * @example
   * import { createCarrierFetch } from 'cmpassport-mock/fetch';
   *
   * const carrier = createCarrierFetch();
   * const response = await carrier.fetch('https://www.cmpassport.com/unisdk/rsapi/loginTokenValidate', {
   *   method: 'POST',
   *   body: '{}',
   * });
   * await response.json();
   */
  readonly fetch: typeof globalThis.fetch;
  /** The client of the whole control API: other apps, the requests of all apps, every result code. */
  readonly mock: Mock;
  /**
   * Ends event streams, and responses that a script delays for more than five seconds (hang, delay, drip). The carrier
   * continues to work; a response with such a delay is a network error from then on.
   */
  dispose(): Promise<void>;
}

/** `bases`: the carrier's addresses, the longest first. `exchange` serves a request below one of them. */
export interface CarrierInProcess {
  readonly carrier: CarrierFetch;
  readonly bases: readonly URL[];
  readonly exchange: (request: InProcessRequest) => Promise<Response>;
}

/** Throws a UsageError. */
export function carrierInProcess(options: CarrierFetchOptions): CarrierInProcess {
  const { app, bases: givenBases, clientIp, configuration, seed } = planOf(options);
  const bases = givenBases.toSorted((a, b) => b.href.length - a.href.length);
  const carrier = createCarrier({ configuration, seed, log: errorLog() });
  const closing = new AbortController();
  const control = createControlApi(carrier, {
    controlToken: undefined,
    caPem: undefined,
    console: false,
    closing: closing.signal,
  });
  const ready = applyConfiguredApps(carrier);
  // Each request reports this failure. Without a request, the rejection must not end the process.
  ready.catch(() => undefined);

  const endpoint = {
    answerCarrier: createAnswer(carrier),
    answerControl: control.answer,
    held: holdAnswers(closing.signal),
    clientIp,
  };
  const serve = async (request: InProcessRequest) => {
    await ready;
    return exchange({ ...endpoint, basePath: basePathOf(baseFor(request.url, bases)) }, request);
  };
  const connection = inProcessConnection(
    async (call) => {
      await ready;
      return control.call(call);
    },
    { url: givenBases[0].href },
  );
  const transport = createTransport(connection);
  transport.setAppToken(app.controlToken);
  const dispose = async () => closing.abort();
  const carrierOfApp = Object.assign(createMockApp(transport, app, { removable: false }), {
    fetch: inProcessFetch(serve),
    mock: mockOver(connection),
    dispose,
    [Symbol.asyncDispose]: dispose,
  });
  return { carrier: carrierOfApp, bases, exchange: serve };
}

/** The first base that is a prefix of the address. Throws a TypeError. */
function baseFor({ origin, pathname, href }: URL, bases: readonly URL[]): URL {
  const found = bases.find((base) => {
    const path = basePathOf(base);
    return base.origin === origin && (pathname === path || pathname.startsWith(`${path}/`));
  });
  if (found !== undefined) return found;
  const known = bases.map((base) => base.href).join(', ');
  throw new TypeError(
    `carrier.fetch serves addresses below ${known}, found ${href}: add the address to the option bases`,
  );
}
