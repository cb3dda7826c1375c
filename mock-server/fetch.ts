/**
 * The simulated carrier in a unit test, without a port and without a library that intercepts requests: a `fetch` for the
 * carrier's real addresses.
 *
 * @module cmpassport-mock/fetch
 */
import { type CarrierFetch, carrierInProcess } from './in-process/carrier-in-process.js';
import type { CarrierFetchOptions } from './in-process/in-process-options.js';

export { ControlError, type ControlErrorCode, MockAssertionError } from '../src/control/errors.js';
export type { Mock } from '../src/control/mock.js';
export type { MockApp } from '../src/control/mock-app.js';
export type { CarrierFetch } from './in-process/carrier-in-process.js';
export type { CarrierFetchOptions } from './in-process/in-process-options.js';

/**
 * Creates a carrier for unit tests without a port, with the same engine, apps, clocks, scripts, journal and explanations as
 * the server. Each call creates a separate carrier. Throws an Error of one sentence if an option is invalid.
 *
 * @example
 * import { createCmpassportClient } from 'cmpassport-client';
 * import { createCarrierFetch } from 'cmpassport-mock/fetch';
 *
 * const carrier = createCarrierFetch();
 * const { appId, appKey, appSecret, fetch } = carrier;
 * const client = createCmpassportClient({ appId, appKey, appSecret, fetch, production: false });
 * const { token } = await carrier.mint({ phoneNumber: '13800138000' });
 * await client.getPhoneNumber(token);
 */
export function createCarrierFetch(options: CarrierFetchOptions = {}): CarrierFetch {
  return carrierInProcess(options).carrier;
}
