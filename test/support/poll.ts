/** Polls for an event that has no fixed time. */
import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL_MS = 25;
// Enough for a busy machine.
const ATTEMPTS_MAX = 800;

/** Returns the first value that is not undefined. Throws after 20 seconds. */
export async function eventually<T>(what: string, read: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const value = await read();
    if (value !== undefined) return value;
    await sleep(INTERVAL_MS);
  }
  throw new Error(`${what} did not happen in ${(ATTEMPTS_MAX * INTERVAL_MS) / 1000} s`);
}
