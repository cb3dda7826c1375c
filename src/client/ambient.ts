/** The only module of the client that reads the clock or generates random identifiers. Options replace both. */
import type { Fetch } from './received.js';

/** Epoch milliseconds. */
export function systemNowMs(): number {
  return Date.now();
}

/** Milliseconds for durations, which a change of the machine's clock does not affect. */
export function elapsedMs(): number {
  return performance.now();
}

/** A UUID: the document requires one at verify (2.3 msgId), and login allows its 36 characters (1.2 msgid). */
export function randomMsgId(): string {
  return globalThis.crypto.randomUUID();
}

/** Resolves after `ms`, or as soon as the signal aborts. It never rejects. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}

/** Looks the global fetch up at each call, because a test may replace it. */
export const ambientFetch: Fetch = (url, init) => globalThis.fetch(url, init);
