/** Waits for an event that has no fixed time, with Node's own timers: a test can fake the global ones. */
import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL_MS = 25;
// Enough for a busy machine.
const ATTEMPTS_MAX = 800;

/** Returns the first value that is not undefined. Throws after 20 seconds. */
export async function eventually<T>(
  what: string,
  read: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const value = await read();
    if (value !== undefined) return value;
    await sleep(INTERVAL_MS);
  }
  throw missing(what);
}

/** The result of a promise. Throws after 20 seconds, because a test's own time limit has no words. */
export async function inTime<T>(what: string, promise: Promise<T>): Promise<T> {
  const settled = new AbortController();
  const late = async () => {
    await sleep(ATTEMPTS_MAX * INTERVAL_MS, undefined, { signal: settled.signal });
    throw missing(what);
  };
  try {
    return await Promise.race([promise, late()]);
  } finally {
    settled.abort();
  }
}

function missing(what: string): Error {
  return new Error(`${what} did not happen in ${(ATTEMPTS_MAX * INTERVAL_MS) / 1000} s`);
}
