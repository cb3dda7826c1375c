/** A log read page by page: whoever wants all of a full one must not keep everybody else waiting. */
import type { LogView } from '../state-store.js';

/** The newest first. */
export interface KeptLog {
  /** Its entries from one place to another, both among them. */
  range(from: number, to: number): Promise<readonly string[]>;
  length(): Promise<number>;
  tally(): Promise<Readonly<Record<string, string>>>;
}

const PAGE = 500;
const EVICTED = 'evicted:';
const FORGOTTEN = 'forgotten';
// Label, bytes and appId, on a line each.
const HEAD_LINES = 3;

/** What was dropped is read last: a record that goes while the others are read is counted, and never missed. */
export async function readLog<T>(
  { range, length, tally }: KeptLog,
  { newest, read }: { readonly newest: number; readonly read: (text: string) => T | Promise<T> },
): Promise<LogView<T>> {
  const entries = await newestOf(range, newest);
  const records: T[] = [];
  for (const entry of entries) records.push(await read(recordIn(entry)));
  const [kept, counts] = await Promise.all([length(), tally().then(Object.entries<string>)]);
  const evicted = counts.filter(([name]) => name.startsWith(EVICTED));
  const gone = counts.filter(([name]) => name.startsWith(EVICTED) || name === FORGOTTEN);
  const lost = gone.reduce((sum, [, count]) => sum + Number(count), 0);
  return {
    records,
    appended: kept + lost,
    evicted: new Map(evicted.map(([name, count]) => [name.slice(EVICTED.length), Number(count)])),
  };
}

async function newestOf(range: KeptLog['range'], newest: number): Promise<readonly string[]> {
  const entries: string[] = [];
  while (entries.length < newest) {
    const wanted = Math.min(PAGE, newest - entries.length);
    const page = await range(entries.length, entries.length + wanted - 1);
    // What came meanwhile has moved the others on, so that a page may begin with some that were read before.
    const last = entries.at(-1);
    entries.push(...page.slice(last === undefined ? 0 : page.lastIndexOf(last) + 1));
    if (page.length < wanted) break;
  }
  return entries;
}

/** What stands behind an entry's head. */
export function recordIn(entry: string): string {
  let at = 0;
  for (let line = 0; line < HEAD_LINES; line += 1) at = entry.indexOf('\n', at) + 1;
  return entry.slice(at);
}
