/**
 * The simulated carrier in a unit test, without a port: msw request handlers for the carrier's real addresses.
 *
 * @module cmpassport-mock/msw
 */
import type { HttpHandler } from 'msw';
import { createMockApp } from '../src/control/create-mock-app.js';
import { type Mock, mockOver } from '../src/control/mock.js';
import type { MockApp } from '../src/control/mock-app.js';
import { createTransport } from '../src/control/transport.js';
import { createAnswer } from './carrier/answer.js';
import { applyConfiguredApps } from './carrier/apps/configured-apps.js';
import type { Carrier } from './carrier/carrier.js';
import { type ControlApi, createControlApi } from './control-api/control-api.js';
// Otherwise loaded with the first call: by then a test may have replaced the timers, and a module that captures them at load
// time would hang.
import './control-api/handlers.js';
import { holdAnswers } from './http/deliver.js';
import {
  basePathOf,
  exchange,
  type InProcessEndpoint,
  inProcessConnection,
  inProcessFetch,
} from './in-process/in-process-fetch.js';
import { handlerAt } from './in-process/msw.js';
import { type CarrierHandlersOptions, planOf } from './in-process/msw-options.js';
import { createCarrier } from './server/assembly.js';
import { errorLog } from './telemetry/log.js';

export { ControlError, type ControlErrorCode, MockAssertionError } from '../src/control/errors.js';
export type { Mock } from '../src/control/mock.js';
export type { MockApp } from '../src/control/mock-app.js';
export type { CarrierHandlersOptions } from './in-process/msw-options.js';

/**
 * A carrier in the test's process, with the methods of its app. It uses the clock of the process: if a test fakes `Date`
 * and timers, tokens expire and delays pass when the test advances them.
 *
 * @example
 * import { createCarrierHandlers, type InProcessCarrier } from 'cmpassport-mock/msw';
 *
 * const carrier: InProcessCarrier = createCarrierHandlers();
 * await carrier.script('loginTokenValidate', '103211*2, pass');
 * const other = await carrier.mock.createApp({ dailyQuota: 0 });
 * await other.mint();
 */
export interface InProcessCarrier extends MockApp {
  /** For `setupServer(...carrier.handlers)`. They handle all paths of the carrier's addresses, and the control API under `/_mock`. */
  readonly handlers: readonly HttpHandler[];
  /**
   * The carrier without msw: a fetch for the same addresses, whose requests never leave the process. Pass it to a client
   * that accepts a fetch function. Rejects as fetch does if a script breaks the connection, and with a TypeError for an
   * address that is not the carrier's.
   *
   * @example
   * import { createCarrierHandlers } from 'cmpassport-mock/msw';
   *
   * const carrier = createCarrierHandlers();
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
   * Ends event streams, and responses that a script delays for more than five seconds (hang, delay, drip). The handlers
   * continue to work; a response with such a delay is a network error from then on.
   */
  dispose(): Promise<void>;
}

/**
 * Creates a carrier for unit tests without a port: msw handlers for the real addresses, with the same engine, apps,
 * clocks, scripts, journal and explanations as the server. Each call creates a separate carrier. Throws an Error of one
 * sentence if an option is invalid.
 *
 * Limits of msw apply. A header that is sent twice arrives as one joined header. For fetch, a redirect of a script is a
 * network error. A module that imports `request` by name from `node:http` bypasses msw, unless
 * `syncBuiltinESMExports()` of `node:module` is called after msw listens.
 *
 * @example
 * import { setupServer } from 'msw/node';
 * import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
 * import { createCarrierHandlers } from 'cmpassport-mock/msw';
 *
 * declare function signIn(token: string): Promise<string>; // your code, which calls https://www.cmpassport.com
 *
 * const carrier = createCarrierHandlers();
 * const network = setupServer(...carrier.handlers);
 * beforeAll(() => network.listen({ onUnhandledRequest: 'error' }));
 * afterEach(() => carrier.reset());
 * afterAll(() => network.close());
 *
 * test('a token is exchanged for its number', async () => {
 *   const { token } = await carrier.mint({ phoneNumber: '13800138000' });
 *   expect(await signIn(token)).toBe('13800138000');
 *   await carrier.assertCalledOnce({ operation: 'loginTokenValidate', resultCode: '103000' });
 * });
 */
export function createCarrierHandlers(options: CarrierHandlersOptions = {}): InProcessCarrier {
  const { app, bases, clientIp, configuration, seed } = planOf(options);
  const carrier = createCarrier({ configuration, seed, log: errorLog() });
  const closing = new AbortController();
  const { control, ready } = startedCarrier(carrier, closing.signal);
  const endpoints = endpointsAt(bases, {
    answerCarrier: createAnswer(carrier),
    answerControl: control.answer,
    held: holdAnswers(closing.signal),
    clientIp,
  });
  const connection = inProcessConnection(control.call, { url: bases[0].href });
  const transport = createTransport(connection);
  transport.setAppToken(app.controlToken);
  const dispose = async () => closing.abort();
  return Object.assign(createMockApp(transport, app, { removable: false }), {
    fetch: inProcessFetch(async (request) => {
      await ready;
      return exchange(endpointFor(request.url, endpoints), request);
    }),
    handlers: endpoints.map(({ base, endpoint }) =>
      handlerAt(base, async () => {
        await ready;
        return endpoint;
      }),
    ),
    mock: mockOver(connection),
    dispose,
    [Symbol.asyncDispose]: dispose,
  });
}

/** `ready` resolves when the carrier has its apps. The control API waits for it. */
function startedCarrier(carrier: Carrier, closing: AbortSignal) {
  const { answer, call } = createControlApi(carrier, {
    controlToken: undefined,
    caPem: undefined,
    console: false,
    closing,
  });
  const ready = applyConfiguredApps(carrier);
  // Each request reports this failure. Without a request, the rejection must not end the process.
  ready.catch(() => undefined);
  const control: Pick<ControlApi, 'answer' | 'call'> = {
    answer: async (request) => {
      await ready;
      return answer(request);
    },
    call: async (named) => {
      await ready;
      return call(named);
    },
  };
  return { control, ready };
}

interface CarrierEndpoint {
  readonly base: URL;
  readonly endpoint: InProcessEndpoint;
}

/** If two bases are prefixes of a request's address, the longer one is used. */
function endpointsAt(
  bases: readonly URL[],
  shared: Omit<InProcessEndpoint, 'basePath'>,
): readonly CarrierEndpoint[] {
  return bases
    .toSorted((a, b) => b.href.length - a.href.length)
    .map((base) => ({ base, endpoint: { ...shared, basePath: basePathOf(base) } }));
}

/** The first endpoint whose address is a prefix of the request's. */
function endpointFor(
  { origin, pathname, href }: URL,
  endpoints: readonly CarrierEndpoint[],
): InProcessEndpoint {
  const found = endpoints.find(
    ({ base, endpoint: { basePath } }) =>
      base.origin === origin && (pathname === basePath || pathname.startsWith(`${basePath}/`)),
  );
  if (found !== undefined) return found.endpoint;
  const known = endpoints.map(({ base }) => base.href).join(', ');
  throw new TypeError(
    `carrier.fetch serves addresses below ${known}, found ${href}: add the address to the option bases`,
  );
}
