/** Sends a signed request once. It tries again only if the failure proves that nothing was sent. */
import { elapsedMs, pause } from './ambient.js';
import { ExchangeAbortedError, ExchangeTimeoutError, NetworkError } from './errors.js';
import { type Exchange, type Hooks, notify } from './hooks.js';
import {
  type Fetch,
  type FetchedResponse,
  type ReceivedResponse,
  readResponse,
} from './received.js';
import { scrubbedCause, secretsOf } from './redact.js';
import type { SignedRequest } from './signed-request.js';

export interface SendOptions {
  readonly fetch: Fetch;
  readonly connectAttempts: number;
  readonly exchange: Exchange;
  readonly signal: AbortSignal;
  readonly onRequest: Hooks['onRequest'];
}

/** Short, because a user waits. A restarting server is often back after the second pause. */
const FIRST_PAUSE_MS = 100;
const PAUSE_MS = 300;

/** @throws an ExchangeError */
export async function send(
  request: SignedRequest,
  options: SendOptions,
): Promise<ReceivedResponse> {
  const { exchange, signal, onRequest } = options;
  for (let attempt = 1; ; attempt += 1) {
    // Signing and pausing take time, and a fetch that ignores the signal would still send an aborted call.
    signal.throwIfAborted();
    exchange.attempt = attempt;
    exchange.startedMs ??= elapsedMs();
    void notify(onRequest, { operation: exchange.operation, msgId: exchange.msgId, attempt });
    const fetched = await attemptOnce(request, options, attempt);
    if (fetched !== undefined) return readResponse(request, fetched.response);
    await pause(attempt === 1 ? FIRST_PAUSE_MS : PAUSE_MS, signal);
  }
}

/**
 * Undefined if nothing was sent and another attempt follows. The response is in an object, because a fetch may resolve to
 * anything, and then the request was sent.
 */
async function attemptOnce(
  request: SignedRequest,
  { fetch, connectAttempts, exchange, signal }: SendOptions,
  attempt: number,
): Promise<{ readonly response: FetchedResponse } | undefined> {
  exchange.maybeSent = true;
  try {
    const { url, body } = request;
    const headers = { ...request.headers };
    return {
      response: await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal }),
    };
  } catch (error) {
    const { maybeSent, retry } = sendStatusOf(error);
    exchange.maybeSent = maybeSent;
    if (retry && attempt < connectAttempts && !signal.aborted) return undefined;
    const cause = scrubbedCause(error, secretsOf(request));
    const times = attempt === 1 ? '' : `, tried ${attempt} times`;
    throw new NetworkError({
      ...request,
      maybeSent,
      detail: `no response (${reasonOf(cause)})${times}`,
      cause,
    });
  }
}

/** The message of fetch has no reason. The reason is the code, or else the message, of the cause. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'fetch failed';
  const { cause: inner } = cause;
  const { code, message }: NodeJS.ErrnoException = inner instanceof Error ? inner : cause;
  return code ?? message;
}

export interface SendStatus {
  /** The request may have been sent. */
  readonly maybeSent: boolean;
  /** Nothing was sent, and another attempt may succeed. */
  readonly retry: boolean;
}

const MAYBE_SENT: SendStatus = { maybeSent: true, retry: false };
const NOT_SENT: SendStatus = { maybeSent: false, retry: true };
const NOT_SENT_NO_RETRY: SendStatus = { maybeSent: false, retry: false };

/** The system calls that establish a connection. They fail before the first byte is sent. */
const CONNECTION_CALLS: readonly string[] = ['connect', 'getaddrinfo'];

/** The codes of a connection that was never established, where no system call is named: undici's, Bun's of two releases. */
const CONNECTION_CODES: readonly string[] = [
  'UND_ERR_CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ConnectionRefused',
];

/** Deno's error has no code. Its message ends with the system's reason, `Connection refused (os error 111)` on Linux. */
const CONNECTION_REFUSED = 'Connection refused (os error ';

/**
 * Node's codes for a connection without trust: it fails before the request, and another attempt fails in the same way. After
 * a rarer code, the request may have been sent.
 */
const CERTIFICATE_CODES: readonly string[] = [
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  // The server speaks no TLS.
  'ERR_SSL_WRONG_VERSION_NUMBER',
];

/** fetch refuses some ports before it connects (https://fetch.spec.whatwg.org/#port-blocking). The error has no code. */
const BLOCKED_PORT = 'bad port';

// fetch's error, happy eyeballs, one error per address. An error may be its own cause.
const CAUSE_DEPTH_MAX = 5;

interface FetchFailure {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
  readonly message?: unknown;
}

/** Judges the error of a fetch. After an unknown error, the request may have been sent. */
export function sendStatusOf(error: unknown, depth = CAUSE_DEPTH_MAX): SendStatus {
  if (typeof error !== 'object' || error === null || depth === 0) return MAYBE_SENT;
  const failure: FetchFailure = error;
  const { code, cause, errors } = failure;
  // One error per address, if a name has several.
  if (Array.isArray(errors) && errors.length > 0) {
    return together(errors.map((each) => sendStatusOf(each, depth - 1)));
  }
  if (isRefusedBeforeSending(failure)) return NOT_SENT_NO_RETRY;
  if (isWithoutConnection(failure)) return NOT_SENT;
  // fetch wraps the connection's error in one without a code. An error with a code is judged by its code alone.
  return code === undefined && cause !== undefined ? sendStatusOf(cause, depth - 1) : MAYBE_SENT;
}

function isRefusedBeforeSending({ code, message }: FetchFailure): boolean {
  return code === undefined ? message === BLOCKED_PORT : isOneOf(CERTIFICATE_CODES, code);
}

function isWithoutConnection({ code, syscall, message }: FetchFailure): boolean {
  if (code === undefined && typeof message === 'string' && message.includes(CONNECTION_REFUSED))
    return true;
  return isOneOf(CONNECTION_CODES, code) || isOneOf(CONNECTION_CALLS, syscall);
}

function together(statuses: readonly SendStatus[]): SendStatus {
  return {
    maybeSent: statuses.some(({ maybeSent }) => maybeSent),
    retry: statuses.every(({ retry }) => retry),
  };
}

function isOneOf(names: readonly string[], value: unknown): boolean {
  return typeof value === 'string' && names.includes(value);
}

export interface Limits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Returns the result of `run`, or rejects when a limit is reached first. `run` receives a signal to pass on; the call ends
 * even if a step ignores the signal. Listeners and timers are always removed, because the caller's signal may outlive the
 * call.
 */
export async function withinLimits<T>(
  { timeoutMs, signal }: Limits,
  exchange: Exchange,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let stop: (error: Error) => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = reject;
  });
  // Without a handler, a rejection before the race would be an unhandled rejection.
  stopped.catch(() => undefined);
  const onAbort = () => {
    stop(
      new ExchangeAbortedError({
        ...exchange,
        detail: 'the call was aborted',
        cause: signal?.reason,
      }),
    );
    controller.abort();
  };
  const onTimeout = () => {
    stop(
      new ExchangeTimeoutError({
        ...exchange,
        detail: `no complete response within ${timeoutMs} ms`,
      }),
    );
    controller.abort();
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    timer = setTimeout(onTimeout, timeoutMs);
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted) onAbort();
    return await Promise.race([
      stopped,
      controller.signal.aborted ? stopped : run(controller.signal),
    ]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
