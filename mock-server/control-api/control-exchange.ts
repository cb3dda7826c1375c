/** A call of the control API and its answer, over HTTP or in process. */
import type { IncomingHttpHeaders } from 'node:http';
import type { ReadableStream } from 'node:stream/web';
import type { MaybePromise } from '../carrier/store/maybe-promise.js';

export interface ControlRequest {
  readonly method: string;
  /** Path and query: `/_mock/requests?limit=1`. */
  readonly url: string;
  /** What stands before the path in the address that the caller used: `http://127.0.0.1:10086`. */
  readonly base: string;
  /** By lower-case name. */
  readonly headers: IncomingHttpHeaders;
  /** Reads the body, which is empty if none was sent. Rejects with a Problem if it is too large. */
  readonly body: () => MaybePromise<Uint8Array>;
  /** Aborted when the caller leaves. */
  readonly signal: AbortSignal;
}

export interface ControlAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A stream goes on until it is closed, or cancelled by its reader. */
  readonly body?: string | Uint8Array | ReadableStream<Uint8Array>;
}

/** Headers that keep an answer to its caller: no page embeds it, no cache keeps the credentials in it. */
export const PROTECTION = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const;
