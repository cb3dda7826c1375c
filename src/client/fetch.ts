/** What the client asks of a fetch: the part of the global one that it uses. */

import type { FetchedResponse } from './received.js';

/** What fetch is called with. */
export interface FetchInit {
  readonly method: 'POST';
  readonly headers: Record<string, string>;
  readonly body: string;
  /** A redirect would carry the token elsewhere: it comes back as the answer, and is refused. */
  readonly redirect: 'manual';
  readonly signal: AbortSignal;
}

/**
 * As much of fetch as is used: the global one, undici's and node-fetch's fit, and what a test makes up. It makes one
 * attempt, heeds `signal`, follows no redirect, and rejects with an error whose code or cause tells why.
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
