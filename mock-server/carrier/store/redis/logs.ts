/** Reads a log in pages, so that reading a full log does not block other requests. */
import type { LogView } from '../state-store.js';

/** Newest first. */
export interface KeptLog {
  /** The entries from one index to another, inclusive. */
  range(from: number, to: number): Promise<readonly string[]>;
  length(): Promise<number>;
  tally(): Promise<Readonly<Record<string, string>>>;
}

const PAGE = 500;
const EVICTED = 'evicted:';
const FORGOTTEN = 'forgotten';
// Label, bytes and appId, each on its own line.
const HEAD_LINES = 3;

/** The counts of dropped records are read last, so that a record dropped meanwhile is counted. */
export async function readLog<T>(
  { range, length, tally }: KeptLog,
  { newest, read }: { readonly newest: number; readonly read: (text: string) => T | Promise<T> },
): Promise<LogView<T>> {
  const entries = await newestOf(range, newest);
  const records: T[] = [];
  for (const entry of entries) records.push(await read(recordIn(entry)));
  const [kept, counts] = await Promise.all([length(), tally().then(Object.entries<string>)]);
  const evicted = counts.filter(([name]) => name.startsWith(EVICTED));
  const dropped = counts.filter(([name]) => name.startsWith(EVICTED) || name === FORGOTTEN);
  const lost = dropped.reduce((sum, [, count]) => sum + Number(count), 0);
  return {
    records,
    appended: kept + lost,
    evicted: new Map(evicted.map(([name, count]) => [name.slice(EVICTED.length), Number(count)])),
  };
}

async function newestOf(range: KeptLog['range'], newest: number): Promise<readonly string[]> {
  const entries: string[] = [];
  while (entries.length < newest) {
    const count = Math.min(PAGE, newest - entries.length);
    const page = await range(entries.length, entries.length + count - 1);
    // New entries shift the others, so a page may begin with entries that were already read.
    const last = entries.at(-1);
    entries.push(...page.slice(last === undefined ? 0 : page.lastIndexOf(last) + 1));
    if (page.length < count) break;
  }
  return entries;
}

/** The record after the head of an entry. */
export function recordIn(entry: string): string {
  let at = 0;
  for (let line = 0; line < HEAD_LINES; line += 1) at = entry.indexOf('\n', at) + 1;
  return entry.slice(at);
}
