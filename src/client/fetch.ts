/** The part of fetch that the client uses. */

import type { FetchedResponse } from './received.js';

/** The options that the client passes to fetch. */
export interface FetchInit {
  readonly method: 'POST';
  readonly headers: Record<string, string>;
  readonly body: string;
  /** The client refuses redirects, because they would send the token to another host. */
  readonly redirect: 'manual';
  readonly signal: AbortSignal;
}

/**
 * The part of fetch that the client uses. The global fetch, undici's, node-fetch's and a test's own function fit. A fetch
 * makes one attempt, ends when `signal` aborts, follows no redirect, and rejects with an error whose code or cause has the
 * reason.
 *
 * @example
 * import { createCmpassportClient, type Fetch } from 'cmpassport-mock';
 *
 * declare const appSecret: string;
 *
 * const measured: Fetch = async (url, init) => {
 *   console.time(url);
 *   const response = await fetch(url, init);
 *   console.timeEnd(url);
 *   return response;
 * };
 * export const client = createCmpassportClient({ appId: '300011223344', appSecret, fetch: measured });
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchedResponse>;
