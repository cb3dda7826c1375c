/** The limits of one call: its timeout or its caller's signal ends it, in any step. */
import { ExchangeAbortedError, type ExchangeIdentity, ExchangeTimeoutError } from './errors.js';

export interface Limits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** An exchange in progress. */
export interface Exchange extends ExchangeIdentity {
  /** Set when fetch is called. Reset if an error proves that nothing was sent. */
  maybeSent: boolean;
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
  const { promise: stopped, reject: stop } = rejectablePromise();
  const onAbort = () => {
    stop(new ExchangeAbortedError({ ...exchange, detail: 'the call was aborted', cause: signal?.reason }));
    controller.abort();
  };
  const onTimeout = () => {
    stop(new ExchangeTimeoutError({ ...exchange, detail: `no complete response within ${timeoutMs} ms` }));
    controller.abort();
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    timer = setTimeout(onTimeout, timeoutMs);
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted) onAbort();
    return await Promise.race([stopped, controller.signal.aborted ? stopped : run(controller.signal)]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

function rejectablePromise(): { readonly promise: Promise<never>; readonly reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<never>((_, rejected) => {
    reject = rejected;
  });
  // Without a handler, a rejection before the race would be an unhandled rejection.
  promise.catch(() => undefined);
  return { promise, reject };
}
