/** Filters the list of requests. */
import type { JournalRecord } from '../api/schemas.js';

export const KINDS = ['refused', 'answered', 'forced'] as const;

export interface Filter {
  readonly appId: string;
  readonly operation: string;
  /** A result code or its beginning. */
  readonly code: string;
  /** One of the kinds, or empty for all. */
  readonly kind: string;
  /** A text in the request, the response, or the description of the result. */
  readonly text: string;
}

const SUCCESSES: readonly (string | null)[] = ['103000', '000', '001'];

/** `wordsOf` returns the searchable texts that are not in the record: the result, the cause and the app. */
export function filterRecords(
  records: readonly JournalRecord[],
  filter: Filter,
  wordsOf: (record: JournalRecord) => string,
): readonly JournalRecord[] {
  const { appId, operation, code, kind, text } = filter;
  if (Object.values(filter).every((value) => value === '')) return records;
  const search = text.toLowerCase();
  const isOfKind = (record: JournalRecord) => {
    if (kind === 'forced') return record.forced;
    return kind === '' || (kind === 'answered') === SUCCESSES.includes(record.resultCode);
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
