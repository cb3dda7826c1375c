/** Computations of the list of requests: merging records, filters, and the rows that the page contains. */
import type { JournalRecord } from '../../../src/control/api.js';
import { toneOf } from './operations.js';

interface Identified {
  readonly id: string;
}

/** `incoming` is newest first too. Drops duplicates, and the oldest records beyond `max`. */
export function mergeRecords<R extends Identified>(
  known: readonly R[],
  incoming: readonly R[],
  max: number,
): readonly R[] {
  const ids = new Set(known.map(({ id }) => id));
  const added = incoming.filter(({ id }) => !ids.has(id));
  return added.length === 0 ? known : [...added, ...known].slice(0, max);
}

/** The known records before those of the newest page; undefined if the page does not reach them, or the server was restarted or cleared. */
export function recordsBefore<R extends Identified>(page: readonly R[], known: readonly R[]): readonly R[] | undefined {
  const at = known.findIndex(({ id }) => id === page.at(-1)?.id);
  return at === -1 ? undefined : known.slice(at + 1);
}

/** The loaded records that are in one of the lists, then those that are not loaded, which are older. */
export function union<R extends Identified>(
  loaded: readonly R[],
  some: readonly R[],
  found: readonly R[],
): readonly R[] {
  const ids = new Set([...some, ...found].map(({ id }) => id));
  const loadedIds = new Set(loaded.map(({ id }) => id));
  return [...loaded.filter(({ id }) => ids.has(id)), ...found.filter(({ id }) => !loadedIds.has(id))];
}

export const KINDS = ['refused', 'answered', 'forced'] as const;

export interface RecordFilter {
  readonly appId: string;
  readonly operation: string;
  /** A result code or its beginning. */
  readonly code: string;
  /** One of the kinds, or empty for all. */
  readonly kind: string;
  /** A text in the request, the response, or the description of the result. */
  readonly text: string;
}

export interface Filter extends RecordFilter {
  /** The first cause, or the first remark on an accepted request. */
  readonly finding: string;
}

/** `wordsOf` returns the searchable texts that are not in the record: the result, the cause and the app. */
export function filterRecords(
  records: readonly JournalRecord[],
  filter: RecordFilter,
  wordsOf: (record: JournalRecord) => string = () => '',
): readonly JournalRecord[] {
  const { appId, operation, code, kind, text } = filter;
  if ([appId, operation, code, kind, text].every((value) => value === '')) return records;
  const search = text.toLowerCase();
  const isOfKind = (record: JournalRecord) => {
    if (kind === 'forced') return record.forced;
    return (
      kind === '' || (kind === 'answered') === ['good', 'info'].includes(toneOf(record.operation, record.resultCode))
    );
  };
  return records.filter(
    (record) =>
      (appId === '' || record.appId === appId) &&
      (operation === '' || record.operation === operation) &&
      (code === '' || record.resultCode?.startsWith(code) === true) &&
      isOfKind(record) &&
      (search === '' || textOf(record).includes(search) || wordsOf(record).toLowerCase().includes(search)),
  );
}

function textOf({ id, path, clientIp, taskId, request, response }: JournalRecord): string {
  return `${id}\n${path}\n${clientIp}\n${taskId ?? ''}\n${request.body}\n${response.body}`.toLowerCase();
}

interface Scrolled {
  readonly count: number;
  readonly rowPx: number;
  readonly scrollTop: number;
  readonly heightPx: number;
  /** The number of further rows on either side, so that scrolling shows no gaps. */
  readonly around: number;
}

/** The rows near the visible part; `end` is exclusive. */
export function rowWindow({ count, rowPx, scrollTop, heightPx, around }: Scrolled) {
  const first = Math.floor(scrollTop / rowPx) - around;
  const end = Math.ceil((scrollTop + heightPx) / rowPx) + around;
  return { first: clamp(first, count), end: clamp(end, count) };
}

function clamp(at: number, count: number): number {
  return Math.min(Math.max(at, 0), count);
}
