/** Reads a log in steps, so that reading a full log blocks no other request and holds few of its entries. */
import type { LogView } from '../state-store.js';

/** Newest first. */
export interface KeptLog {
  /** The entries from one index to another, inclusive. */
  range(from: number, to: number): Promise<readonly string[]>;
  length(): Promise<number>;
  /** The number of dropped entries; null for none. */
  evicted(): Promise<string | null>;
}

// A hundred of the largest records take a few megabytes.
const STEP = 100;

/** The number of dropped records is read last, so that a record dropped meanwhile is counted. */
export async function readLog<T>(
  { range, length, evicted }: KeptLog,
  { newest, read }: { readonly newest: number; readonly read: (text: string) => T | Promise<T> },
): Promise<LogView<T>> {
  const records: T[] = [];
  for await (const entries of stepsOf(range, newest)) for (const entry of entries) records.push(await read(entry));
  const [kept, dropped] = await Promise.all([length(), evicted().then(Number)]);
  return { records, appended: kept + dropped, evicted: dropped };
}

/** The entries, newest first and each once, even if others are written meanwhile. */
export async function* stepsOf(
  range: KeptLog['range'],
  newest = Number.POSITIVE_INFINITY,
): AsyncGenerator<readonly string[]> {
  let last: string | undefined;
  let left = newest;
  // Each step begins with the last entry of the one before. New entries shift it to a later place.
  for (let from = 0; left > 0; from += STEP) {
    const entries = await range(from, from + STEP);
    const at = last === undefined ? -1 : entries.lastIndexOf(last);
    if (last === undefined || at !== -1) {
      const others = entries.slice(at + 1, at + 1 + left);
      yield others;
      left -= others.length;
      last = entries.at(-1);
    }
    if (entries.length <= STEP) return;
  }
}
