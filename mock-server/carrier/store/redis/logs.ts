/** Reads a log in steps, so that reading a full log blocks no other request and holds few of its entries. */
import type { LogView } from '../state-store.js';

/** Newest first. */
export interface KeptLog {
  /** The entries from one index to another, inclusive. */
  range(from: number, to: number): Promise<readonly string[]>;
  length(): Promise<number>;
  tally(): Promise<Readonly<Record<string, string>>>;
}

// A hundred of the largest records take a few megabytes.
const STEP = 100;
const EVICTED = 'evicted:';

/** The counts of dropped records are read last, so that a record dropped meanwhile is counted. */
export async function readLog<T>(
  { range, length, tally }: KeptLog,
  { newest, read }: { readonly newest: number; readonly read: (text: string) => T | Promise<T> },
): Promise<LogView<T>> {
  const records: T[] = [];
  for await (const entries of stepsOf(range, newest))
    for (const entry of entries) records.push(await read(recordIn(entry)));
  const [kept, counts] = await Promise.all([length(), tally().then(Object.entries<string>)]);
  const evicted = new Map(counts.map(([name, count]) => [name.slice(EVICTED.length), Number(count)]));
  const dropped = [...evicted.values()].reduce((sum, count) => sum + count, 0);
  return { records, appended: kept + dropped, evicted };
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

/** The record after the label. */
export function recordIn(entry: string): string {
  return entry.slice(entry.indexOf('\n') + 1);
}
