/** The one place where the client takes the time and an identifier from the machine; both can be given instead. */
import type { Fetch } from './fetch.js';

/** Epoch milliseconds. */
export function systemNowMs(): number {
  return Date.now();
}

/** A UUID, as the document asks for at verify (2.3 msgId); its 36 characters are as many as login allows (1.2 msgid). */
export function randomMsgId(): string {
  return globalThis.crypto.randomUUID();
}

/** Resolves after a while, or at once when the signal aborts; it never rejects. */
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

/** The global fetch as it is when it is called: a test may put another in its place. */
export const ambientFetch: Fetch = (url, init) => globalThis.fetch(url, init);
