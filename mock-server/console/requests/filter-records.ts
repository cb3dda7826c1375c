/** Which requests of the list are shown. */
import type { JournalRecord } from '../api/schemas.js';

export interface Filter {
  readonly appId: string;
  readonly operation: string;
  /** A code, or its beginning. */
  readonly code: string;
  /** `refused`, `answered`, or empty for all. */
  readonly kind: string;
  /** Anything that stands in the request or the answer. */
  readonly text: string;
}

const SUCCESSES: readonly (string | null)[] = ['103000', '000', '001'];

/** `wordsOf` says a result in words, which can be searched for as well. */
export function filterRecords(
  records: readonly JournalRecord[],
  filter: Filter,
  wordsOf: (record: JournalRecord) => string,
): readonly JournalRecord[] {
  const { appId, operation, code, kind, text } = filter;
  if (Object.values(filter).every((value) => value === '')) return records;
  const wanted = text.toLowerCase();
  return records.filter(
    (record) =>
      (appId === '' || record.appId === appId) &&
      (operation === '' || record.operation === operation) &&
      (code === '' || record.resultCode?.startsWith(code) === true) &&
      (kind === '' || (kind === 'answered') === SUCCESSES.includes(record.resultCode)) &&
      (wanted === '' || textOf(record).includes(wanted) || wordsOf(record).toLowerCase().includes(wanted)),
  );
}

function textOf({ id, path, clientIp, taskId, request, response }: JournalRecord): string {
  return `${id}\n${path}\n${clientIp}\n${taskId ?? ''}\n${request.body}\n${response.body}`.toLowerCase();
}
