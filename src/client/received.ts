/** What came back, before it is judged: read within a bound, and whatever HTTP client brought it. */
import { type ExchangeIdentity, HttpStatusError, NetworkError, ResponseTooLargeError } from './errors.js';
import { scrubbedCause, secretsOf } from './redact.js';

/** An answer's headers: a `Headers`, or the object of node:http. */
export type ReceivedHeaders =
  | { get(name: string): string | null | undefined }
  | { readonly [name: string]: string | readonly string[] | undefined };

/** An answer that has been read. */
export interface ReceivedResponse {
  readonly status: number;
  readonly headers: ReceivedHeaders;
  /** The body, decoded as UTF-8. */
  readonly text: string;
}

/** As much of a fetch `Response` as is used; those of undici and of node-fetch fit as well. */
export interface FetchedResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null | undefined };
  /** A stream of bytes that can be iterated over; where there is none, `text` is called. */
  readonly body?: unknown;
  text(): Promise<string>;
}

// A genuine answer has some 250 bytes, and echoes a message and parameters of our own at most.
const RESPONSE_BYTES_MAX = 64 * 1024;
/** The carrier answers 200 to everything: observed, several clients rely on it. */
const OK = 200;

/**
 * Reads a fetch `Response`, 64 KiB at most, to be given to a `process…Response` function.
 *
 * Throws an HttpStatusError for another status than 200 (without reading), a ResponseTooLargeError, or a NetworkError
 * where the connection breaks or there is no response. Its time has to be limited by the signal that fetch was called with.
 *
 * @example
 * import { type LoginTokenValidateRequest, processLoginTokenValidateResponse, readResponse } from 'cmpassport-mock';
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
  if (!isResponse(response)) throw noResponse(request);
  const { status, headers } = response;
  if (status !== OK) {
    await discard(response.body);
    return { status, headers, text: '' };
  }
  const text = await readWhole(request, response);
  if (text === undefined) throw tooLarge(request);
  return { status, headers, text };
}

/** Closes what is not going to be read. A body that cannot be closed is no reason to fail. */
async function discard(body: unknown): Promise<void> {
  try {
    if (!isObject(body)) return;
    if ('cancel' in body && typeof body.cancel === 'function') await body.cancel();
    // The stream of Node that node-fetch gives.
    else if ('destroy' in body && typeof body.destroy === 'function') body.destroy();
  } catch {
    // It is broken already.
  }
}

async function readWhole(
  { operation, msgId, body }: ExchangeIdentity & { readonly body: string },
  response: FetchedResponse,
): Promise<string | undefined> {
  try {
    if (isIterable(response.body)) return await readBounded(response.body);
    const text = await response.text();
    return new TextEncoder().encode(text).length > RESPONSE_BYTES_MAX ? undefined : text;
  } catch (error) {
    const cause = scrubbedCause(error, secretsOf({ body, msgId }));
    throw new NetworkError({ operation, msgId, maybeSent: true, detail: 'the answer broke off', cause });
  }
}

/** Undefined where it is too large: leaving the loop closes the stream. */
async function readBounded(body: AsyncIterable<unknown>): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of body) {
    const part = chunk instanceof Uint8Array ? chunk : new TextEncoder().encode(String(chunk));
    bytes += part.length;
    if (bytes > RESPONSE_BYTES_MAX) return undefined;
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}

/** What a fetch of somebody's own resolves to may be anything. */
function isResponse(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { status, headers } = value as Partial<FetchedResponse>;
  return typeof status === 'number' && isObject(headers);
}

function noResponse({ operation, msgId }: ExchangeIdentity): NetworkError {
  return new NetworkError({ operation, msgId, maybeSent: true, detail: 'fetch gave no response' });
}

function tooLarge({ operation, msgId }: ExchangeIdentity): ResponseTooLargeError {
  const detail = `the answer has more than ${RESPONSE_BYTES_MAX} bytes`;
  return new ResponseTooLargeError({ operation, msgId, maybeSent: true, detail });
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return isObject(value) && Symbol.asyncIterator in value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** @throws HttpStatusError */
export function checkStatus({ operation, msgId }: ExchangeIdentity, { status }: ReceivedResponse): void {
  if (status === OK) return;
  const redirected =
    status >= 300 && status < 400 ? ', a redirect, which is not followed: it would carry the token' : '';
  const detail = `HTTP ${status}${redirected}, where the carrier answers ${OK} always`;
  throw new HttpStatusError({ operation, msgId, maybeSent: true, detail, status });
}

/** A header by its name in lower case. */
export function headerOf(headers: ReceivedHeaders, name: string): string | undefined {
  if ('get' in headers && typeof headers.get === 'function') return headers.get(name) ?? undefined;
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return found === undefined ? undefined : String(found);
}
