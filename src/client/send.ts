/** Sends a signed request once. It tries again only if the failure proves that nothing was sent. */
import { pause } from './ambient.js';
import type { SignedRequest } from './built-request.js';
import { sendStatusOf } from './connection-errors.js';
import type { Exchange } from './deadline.js';
import { NetworkError } from './errors.js';
import type { Fetch, FetchInit } from './fetch.js';
import { type FetchedResponse, type ReceivedResponse, readResponse } from './received.js';
import { scrubbedCause, secretsOf } from './redact.js';

export interface SendOptions {
  readonly fetch: Fetch;
  readonly connectAttempts: number;
  readonly exchange: Exchange;
  readonly signal: AbortSignal;
}

/** Short, because a user waits. A restarting server is often back after the second pause. */
const PAUSES_MS = [100, 300] as const;
const LAST_PAUSE_MS = 300;

/** @throws an ExchangeError */
export async function send(request: SignedRequest, options: SendOptions): Promise<ReceivedResponse> {
  for (let attempt = 1; ; attempt += 1) {
    const attempted = await attemptOnce(request, options, attempt);
    if (attempted.kind === 'fetched') return readResponse(request, attempted.response);
    await pause(PAUSES_MS[attempt - 1] ?? LAST_PAUSE_MS, options.signal);
    // A fetch that ignores the signal would still send an aborted call.
    options.signal.throwIfAborted();
  }
}

/** Tagged, because a fetch may resolve to anything, and then the request was sent. */
type Attempt =
  | { readonly kind: 'fetched'; readonly response: FetchedResponse }
  /** Nothing was sent, and another attempt follows. */
  | { readonly kind: 'again' };

async function attemptOnce(
  request: SignedRequest,
  { fetch, connectAttempts, exchange, signal }: SendOptions,
  attempt: number,
): Promise<Attempt> {
  exchange.maybeSent = true;
  try {
    return { kind: 'fetched', response: await fetch(request.url, initOf(request, signal)) };
  } catch (error) {
    const { maybeSent, retry } = sendStatusOf(error);
    exchange.maybeSent = maybeSent;
    if (retry && attempt < connectAttempts && !signal.aborted) return { kind: 'again' };
    throw networkError({ request, error, maybeSent, attempt });
  }
}

function initOf({ headers, body }: SignedRequest, signal: AbortSignal): FetchInit {
  return { method: 'POST', headers: { ...headers }, body, redirect: 'manual', signal };
}

interface Failure {
  readonly request: SignedRequest;
  readonly error: unknown;
  readonly maybeSent: boolean;
  readonly attempt: number;
}

function networkError({ request, error, maybeSent, attempt }: Failure): NetworkError {
  const { operation, msgId } = request;
  const cause = scrubbedCause(error, secretsOf(request));
  const times = attempt === 1 ? '' : `, tried ${attempt} times`;
  return new NetworkError({ operation, msgId, maybeSent, detail: `no response (${reasonOf(cause)})${times}`, cause });
}

/** The message of fetch has no reason. The reason is the code, or else the message, of the cause. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'fetch failed';
  const { cause: inner } = cause;
  const { code, message } = (inner instanceof Error ? inner : cause) as { code?: string; message: string };
  return code ?? message;
}
