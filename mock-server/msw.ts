/**
 * The simulated carrier in a unit test, without a port: msw request handlers for the carrier's real addresses.
 *
 * @module cmpassport-mock/msw
 */
import type { HttpHandler } from 'msw';
import { type CarrierFetch, carrierInProcess } from './in-process/carrier-in-process.js';
import type { CarrierFetchOptions } from './in-process/in-process-options.js';
import { handlerAt } from './in-process/msw.js';

export { ControlError, type ControlErrorCode, MockAssertionError } from '../src/control/errors.js';
export type { Mock } from '../src/control/mock.js';
export type { MockApp } from '../src/control/mock-app.js';
export { createCarrierFetch } from './fetch.js';
export type { CarrierFetch } from './in-process/carrier-in-process.js';
export type {
  CarrierFetchOptions,
  CarrierFetchOptions as CarrierHandlersOptions,
} from './in-process/in-process-options.js';

/**
 * A carrier in the test's process with handlers for msw.
 *
 * @example
 * import { createCarrierHandlers, type InProcessCarrier } from 'cmpassport-mock/msw';
 * import { setupServer } from 'msw/node';
 *
 * const carrier: InProcessCarrier = createCarrierHandlers();
 * setupServer(...carrier.handlers).listen();
 * await carrier.script('loginTokenValidate', '103211*2, pass');
 */
export interface InProcessCarrier extends CarrierFetch {
  /** For `setupServer(...carrier.handlers)`. They handle all paths of the carrier's addresses, and the control API under `/_mock`. */
  readonly handlers: readonly HttpHandler[];
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
export function createCarrierHandlers(options: CarrierFetchOptions = {}): InProcessCarrier {
  const { carrier, bases, exchange } = carrierInProcess(options);
  return Object.assign(carrier, { handlers: bases.map((base) => handlerAt(base, exchange)) });
}
