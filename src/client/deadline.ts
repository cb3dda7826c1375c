/** One call's limits: it ends in time or when its caller aborts it, whatever the parts of it are waiting for. */
import { ExchangeAbortedError, type ExchangeIdentity, ExchangeTimeoutError } from './errors.js';

export interface Limits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** An exchange under way. */
export interface Exchange extends ExchangeIdentity {
  /** Set as soon as fetch is called, and taken back by an error that proves that nothing went out. */
  maybeSent: boolean;
}

/**
 * What `run` gives, unless the limits come first. `run` gets a signal to hand on; where it is not heeded, the call ends
 * all the same. Listeners and timers are gone when it has ended: a signal may live as long as the process.
 */
export async function withinLimits<T>(
  { timeoutMs, signal }: Limits,
  exchange: Exchange,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const { promise: stopped, reject: stop } = withReject();
  const onAbort = () => {
    stop(new ExchangeAbortedError({ ...exchange, detail: 'the call was aborted', cause: signal?.reason }));
    controller.abort();
  };
  const onTimeout = () => {
    stop(new ExchangeTimeoutError({ ...exchange, detail: `no whole answer in ${timeoutMs} ms` }));
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

function withReject(): { readonly promise: Promise<never>; readonly reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<never>((_, rejected) => {
    reject = rejected;
  });
  // Held from the start: whatever fails before the race, no rejection is left to nobody.
  promise.catch(() => undefined);
  return { promise, reject };
}
