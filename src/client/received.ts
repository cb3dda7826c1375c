/** Reads a response of any HTTP client, up to a maximum size, before it is checked. */
import { isObject } from '../protocol/json.js';
import { closeInBackground, readText } from '../text/response-body.js';
import {
  type ExchangeIdentity,
  HttpStatusError,
  NetworkError,
  ResponseTooLargeError,
} from './errors.js';
import { scrubbedCause, secretsOf } from './redact.js';

/** The headers of a response: a `Headers`, or the headers object of node:http. */
export type ReceivedHeaders =
  | { get(name: string): string | null | undefined }
  | { readonly [name: string]: string | readonly string[] | undefined };

/** A response that has been read. */
export interface ReceivedResponse {
  readonly status: number;
  readonly headers: ReceivedHeaders;
  /** The body, decoded as UTF-8. */
  readonly text: string;
}

/** The part of a fetch `Response` that the client uses. Those of undici and node-fetch fit too. */
export interface FetchedResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null | undefined };
  /** An async iterable of bytes. If it is not iterable, `text` is called. */
  readonly body?: unknown;
  text(): Promise<string>;
}

// A real response has about 250 bytes, plus the message and the parameters that it returns from the request.
const RESPONSE_BYTES_MAX = 64 * 1024;
/** The carrier always answers 200. Observed: several clients rely on it. */
const OK = 200;

/**
 * Reads a fetch `Response` of up to 64 KiB, as input for a `process…Response` function. It has no timeout: limit the time
 * with the `signal` of the fetch.
 *
 * If the status is not 200, the body is not read: `text` is empty, and `process…Response` throws an HttpStatusError. Throws
 * a ResponseTooLargeError, or a NetworkError if the connection breaks.
 *
 * @example
 * import { type LoginTokenValidateRequest, processLoginTokenValidateResponse, readResponse } from 'cmpassport-client';
 *
 * declare const request: LoginTokenValidateRequest;
 *
 * const { url, method, headers, body } = request;
 * const response = await fetch(url, { method, headers, body, redirect: 'manual', signal: AbortSignal.timeout(5000) });
 * const answer = processLoginTokenValidateResponse({ request, response: await readResponse(request, response) });
 * console.log(answer.kind);
 */
export async function readResponse(
  request: ExchangeIdentity & { readonly body: string },
  response: FetchedResponse,
): Promise<ReceivedResponse> {
  const { status, headers } = response;
  if (status !== OK) {
    discard(response.body);
    return { status, headers, text: '' };
  }
  const text = await readWhole(request, response);
  if (text !== undefined) return { status, headers, text };
  const detail = `the response must have at most ${RESPONSE_BYTES_MAX} bytes, and has more`;
  throw new ResponseTooLargeError({ ...request, maybeSent: true, detail });
}

/** Closes a body that is not read. */
function discard(body: unknown): void {
  if (!isObject(body)) return;
  const { cancel } = body;
  if (typeof cancel === 'function') closeInBackground(() => cancel.call(body));
}

async function readWhole(
  request: ExchangeIdentity & { readonly body: string },
  response: FetchedResponse,
): Promise<string | undefined> {
  try {
    return await readText(response, { bytesMax: RESPONSE_BYTES_MAX });
  } catch (error) {
    const cause = scrubbedCause(error, secretsOf(request));
    const detail = 'the connection broke while the response was read';
    throw new NetworkError({ ...request, maybeSent: true, detail, cause });
  }
}

/** @throws HttpStatusError */
export function checkStatus(exchange: ExchangeIdentity, { status }: ReceivedResponse): void {
  if (status === OK) return;
  const redirected =
    status >= 300 && status < 400
      ? ', a redirect, which is not followed because it would resend the token'
      : '';
  const detail = `the HTTP status must be ${OK}, found ${status}${redirected}`;
  throw new HttpStatusError({ ...exchange, maybeSent: true, detail, status });
}

/** `name` is in lower case. */
export function headerOf(headers: ReceivedHeaders, name: string): string | undefined {
  if ('get' in headers && typeof headers.get === 'function') return headers.get(name) ?? undefined;
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return found === undefined ? undefined : String(found);
}

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
 * import { createCmpassportClient, type Fetch } from 'cmpassport-client';
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
