/** Waiting for something that happens soon, without saying when. */
import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL_MS = 25;
// Generous: a busy machine is no failure.
const ATTEMPTS_MAX = 800;

/** The first value that is not undefined. */
export async function eventually<T>(what: string, read: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const value = await read();
    if (value !== undefined) return value;
    await sleep(INTERVAL_MS);
  }
  throw new Error(`waited in vain for ${what}`);
}
