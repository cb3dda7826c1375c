/** A call of the control API and its response, over HTTP or in process. */
import type { IncomingHttpHeaders } from 'node:http';
import type { ReadableStream } from 'node:stream/web';
import type { MaybePromise } from '../carrier/store/maybe-promise.js';

export interface ControlRequest {
  readonly method: string;
  /** Path and query: `/_mock/requests?limit=1`. */
  readonly url: string;
  /** The part before the path of the address that the caller used: `http://127.0.0.1:10086`. */
  readonly base: string;
  /** By lower-case name. */
  readonly headers: IncomingHttpHeaders;
  /** undefined for a call of the control API in the same process. */
  readonly clientIp?: string;
  /** Reads the body; empty if none was sent. Rejects with a Problem if it is too large. */
  readonly body: () => MaybePromise<Uint8Array>;
  /** Aborted when the caller disconnects. */
  readonly signal: AbortSignal;
}

/** A call of a client in this process: by its name, with the parameters of its path as they are. */
export interface InProcessCall
  extends Pick<ControlRequest, 'base' | 'headers' | 'body' | 'signal'> {
  /** `GET /apps/:appId` */
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

export interface ControlAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A stream lasts until it is closed, or until its reader cancels it. */
  readonly body?: string | Uint8Array | ReadableStream<Uint8Array>;
}

export function acceptsGzip(headers: IncomingHttpHeaders): boolean {
  return /\bgzip\b(?!\s*;\s*q=0)/i.test(String(headers['accept-encoding'] ?? ''));
}

/** A response can contain credentials: no other page may embed it, and no cache may store it. */
export const PROTECTION = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const;
