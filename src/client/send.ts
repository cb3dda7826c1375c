/** A signed request sent, once: tried again only where the failure proves that nothing went out. */
import { pause } from './ambient.js';
import type { SignedRequest } from './built-request.js';
import { proofOf } from './connection-errors.js';
import type { Exchange } from './deadline.js';
import { NetworkError } from './errors.js';
import type { Fetch, FetchInit } from './fetch.js';
import { type FetchedResponse, type ReceivedResponse, readResponse } from './received.js';
import { scrubbedCause, secretsOf } from './redact.js';

export interface Sending {
  readonly fetch: Fetch;
  readonly connectAttempts: number;
  readonly exchange: Exchange;
  readonly signal: AbortSignal;
}

/** Short, since a user waits; a server that is being restarted is often back by the second one. */
const PAUSES_MS = [100, 300] as const;
const LAST_PAUSE_MS = 300;

/** @throws an ExchangeError */
export async function send(request: SignedRequest, sending: Sending): Promise<ReceivedResponse> {
  for (let attempt = 1; ; attempt += 1) {
    const attempted = await attemptOnce(request, sending, attempt);
    if (attempted.kind === 'fetched') return readResponse(request, attempted.response);
    await pause(PAUSES_MS[attempt - 1] ?? LAST_PAUSE_MS, sending.signal);
    // Where fetch does not heed the signal, nobody else would keep a call from going out that was given up.
    sending.signal.throwIfAborted();
  }
}

/** Tagged, since a fetch may resolve to anything: what it resolved to went out. */
type Attempt =
  | { readonly kind: 'fetched'; readonly response: FetchedResponse }
  /** Nothing went out, and another attempt is due. */
  | { readonly kind: 'again' };

async function attemptOnce(
  request: SignedRequest,
  { fetch, connectAttempts, exchange, signal }: Sending,
  attempt: number,
): Promise<Attempt> {
  exchange.maybeSent = true;
  try {
    return { kind: 'fetched', response: await fetch(request.url, initOf(request, signal)) };
  } catch (error) {
    const { maybeSent, retry } = proofOf(error);
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
  return new NetworkError({ operation, msgId, maybeSent, detail: `no answer (${reasonOf(cause)})${times}`, cause });
}

/** fetch says only that it failed; why stands in the cause, and in its code where there is one. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'fetch failed';
  const { cause: inner } = cause;
  const { code, message } = (inner instanceof Error ? inner : cause) as { code?: string; message: string };
  return code ?? message;
}
