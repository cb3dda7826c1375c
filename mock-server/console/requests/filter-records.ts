/** Which requests of the list are shown. */
import type { JournalRecord } from '../api/schemas.js';

export const KINDS = ['refused', 'answered', 'remarks', 'forced'] as const;

export interface Filter {
  readonly appId: string;
  readonly operation: string;
  /** A code, or its beginning. */
  readonly code: string;
  /** One of the kinds, or empty for all. */
  readonly kind: string;
  /** Anything in the request or the answer, or in the words about it. */
  readonly text: string;
}

/** What is known of a record and is not in it. */
export interface Known {
  /** Its result, its cause and its app in words, which can be searched for. */
  readonly wordsOf: (record: JournalRecord) => string;
  readonly hasRemarks: (record: JournalRecord) => boolean;
}

const SUCCESSES: readonly (string | null)[] = ['103000', '000', '001'];

export function filterRecords(
  records: readonly JournalRecord[],
  filter: Filter,
  { wordsOf, hasRemarks }: Known,
): readonly JournalRecord[] {
  const { appId, operation, code, kind, text } = filter;
  if (Object.values(filter).every((value) => value === '')) return records;
  const wanted = text.toLowerCase();
  const isOfKind = (record: JournalRecord) => {
    if (kind === 'remarks') return hasRemarks(record);
    if (kind === 'forced') return record.forced;
    return kind === '' || (kind === 'answered') === SUCCESSES.includes(record.resultCode);
  };
  return records.filter(
    (record) =>
      (appId === '' || record.appId === appId) &&
      (operation === '' || record.operation === operation) &&
      (code === '' || record.resultCode?.startsWith(code) === true) &&
      isOfKind(record) &&
      (wanted === '' || textOf(record).includes(wanted) || wordsOf(record).toLowerCase().includes(wanted)),
  );
}

function textOf({ id, path, clientIp, taskId, request, response }: JournalRecord): string {
  return `${id}\n${path}\n${clientIp}\n${taskId ?? ''}\n${request.body}\n${response.body}`.toLowerCase();
}
