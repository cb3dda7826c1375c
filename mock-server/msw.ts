/**
 * The carrier inside a unit test, without a port: msw request handlers for its real addresses, over the same engine.
 *
 * @module cmpassport-mock/msw
 */
import type { HttpHandler } from 'msw';
import { createMockApp } from '../src/control/create-mock-app.js';
import { connectMock, type Mock } from '../src/control/mock.js';
import type { MockApp } from '../src/control/mock-app.js';
import { createTransport } from '../src/control/transport.js';
import { createAnswer } from './carrier/answer.js';
import { applyConfiguredApps } from './carrier/apps/configured-apps.js';
import { type ControlApi, createControlApi } from './control-api/control-api.js';
import { holdAnswers } from './http/held-answers.js';
import { basePathOf, createCarrier, inProcessConnection } from './in-process/in-process.js';
import { exchange, type InProcessPlace, inProcessFetch } from './in-process/in-process-fetch.js';
import { handlerAt } from './in-process/msw.js';
import { type CarrierHandlersOptions, planOf } from './in-process/msw-options.js';
import { errorLog } from './telemetry/log.js';

export { ControlError, type ControlErrorCode, MockAssertionError } from '../src/control/errors.js';
export type { Mock } from '../src/control/mock.js';
export type { MockApp } from '../src/control/mock-app.js';
export type { CarrierHandlersOptions } from './in-process/msw-options.js';

/**
 * A carrier in the test's own process: its app in a test's hands, and the handlers that answer for it. Its time is the
 * process's: where a test fakes `Date` and timers, tokens grow old and delays pass as the test moves them.
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
  /** For `setupServer(...carrier.handlers)`: everything at the carrier's addresses, the control API under `/_mock` too. */
  readonly handlers: readonly HttpHandler[];
  /**
   * The carrier without msw: a fetch for the same addresses, whose requests never leave the process. Give it to a client
   * that accepts a fetch. Rejects as fetch does if a script breaks the connection, and with a TypeError for an address
   * that is not the carrier's.
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
  /** The carrier as a whole: further apps, the requests of all of them, every result code. */
  readonly mock: Mock;
  /**
   * Ends the streams of events and what a script holds back for more than five seconds (hang, delay, drip). The handlers
   * go on answering; what they would hold back for so long is a network error then.
   */
  dispose(): Promise<void>;
}

/**
 * A carrier for unit tests that need no port: msw handlers for the real addresses, over the same engine, worlds, clocks,
 * scripts, journal and explanations as the server's. Each call makes another carrier, which shares nothing with the
 * others. Throws an Error with one sentence where an option is wrong.
 *
 * What msw does with requests and answers holds here too: a header that is sent twice comes as one, joined; a script's
 * redirect is a network error to fetch, for it leads nowhere; and a module that imports `request` by its name from
 * `node:http` goes past msw, unless `syncBuiltinESMExports()` of `node:module` is called once msw listens.
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
  const { signal } = closing;
  // Not loaded by the first call: by then a test may have replaced the timers, and a module that keeps those that it
  // finds would never call back.
  const answerControl = createControlApi(carrier, {
    controlToken: undefined,
    caPem: undefined,
    console: false,
    closing: signal,
  });
  const ready = applyConfiguredApps(carrier);
  // Each request reports a failure; one that was never made must not end the process.
  ready.catch(() => undefined);
  const control: ControlApi = async (request) => {
    await ready;
    return answerControl(request);
  };
  const inside = { answerCarrier: createAnswer(carrier), answerControl: control, held: holdAnswers(signal), clientIp };
  const places = longestFirst(bases).map((base) => ({ base, place: { ...inside, basePath: basePathOf(base.href) } }));
  const connection = inProcessConnection({ url: bases[0].href, controlToken: undefined, control });
  const transport = createTransport(connection);
  transport.setAppToken(app.controlToken);
  const dispose = async () => closing.abort();
  return Object.assign(createMockApp(transport, app, { removable: false }), {
    fetch: inProcessFetch(async (request) => {
      await ready;
      return exchange(placeOf(request.url, places), request);
    }),
    handlers: places.map(({ base, place }) =>
      handlerAt(base, async () => {
        await ready;
        return place;
      }),
    ),
    mock: connectMock(connection),
    dispose,
    [Symbol.asyncDispose]: dispose,
  });
}

interface Addressed {
  readonly base: URL;
  readonly place: InProcessPlace;
}

/** The first whose address is that of a request, or above it. */
function placeOf({ origin, pathname, href }: URL, places: readonly Addressed[]): InProcessPlace {
  const found = places.find(
    ({ base, place: { basePath } }) =>
      base.origin === origin && (pathname === basePath || pathname.startsWith(`${basePath}/`)),
  );
  if (found !== undefined) return found.place;
  const known = places.map(({ base }) => base.href).join(', ');
  throw new TypeError(`carrier.fetch answers below ${known}, found ${href}: name further addresses as bases`);
}

/** Of two addresses that both hold a request, the longer one is meant. */
function longestFirst(bases: readonly URL[]): readonly URL[] {
  return bases.toSorted((a, b) => b.href.length - a.href.length);
}
