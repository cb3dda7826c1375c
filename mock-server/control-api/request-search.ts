/** The search of the journal by finding and by text. It is complete: it computes the findings that are not known yet, for a second per call. */
import { resultRow } from '../../src/protocol/result-codes.js';
import { type JournalFilter, searchJournal } from '../carrier/apps/journal.js';
import type { Carrier } from '../carrier/carrier.js';
import type { JournalRecord } from '../carrier/store/state-store.js';
import { FINDINGS } from '../explain/findings.js';
import { findingIdsOf } from '../explain/records/explanations.js';
import { unknownRequest } from './problem.js';
import type { Call } from './route.js';

export interface Wanted {
  readonly filter: JournalFilter;
  readonly after: string | undefined;
  readonly limit: number;
  /** The id of a finding, or its beginning and `*`. */
  readonly finding: string | undefined;
  /** In the request, the response, or the words of its code and findings. */
  readonly text: string | undefined;
}

export interface Page {
  readonly records: readonly JournalRecord[];
  readonly more: boolean;
  /** The last record that was examined. */
  readonly after: string | undefined;
}

// The search for a signature takes up to a tenth of a second.
const COMPUTING_MS = 1000;
const BATCH = 200;

export async function searchRequests(call: Call, wanted: Wanted): Promise<Page> {
  const { clock } = call.carrier;
  const isWanted = matcherOf(call.carrier, wanted);
  const endMs = clock.elapsedMs() + COMPUTING_MS;
  const records: JournalRecord[] = [];
  let { after } = wanted;
  for await (const record of recordsAfter(call, wanted)) {
    if (records.length === wanted.limit || clock.elapsedMs() > endMs) return { records, more: true, after };
    if (await isWanted(record)) records.push(record);
    after = record.id;
  }
  return { records, more: false, after };
}

/** Newest first. */
async function* recordsAfter({ carrier, scope }: Call, wanted: Wanted): AsyncGenerator<JournalRecord> {
  let { after } = wanted;
  let isFull = true;
  while (isFull) {
    const found = await searchJournal(carrier, { filter: wanted.filter, scope, after, limit: BATCH });
    if (found === undefined) throw unknownRequest(after ?? '');
    yield* found.records;
    after = found.records.at(-1)?.id;
    isFull = found.records.length === BATCH;
  }
}

function matcherOf(carrier: Carrier, { finding, text }: Wanted) {
  const isNamed = finding === undefined ? () => true : namedBy(finding);
  const search = text?.toLowerCase() ?? '';
  return async (record: JournalRecord): Promise<boolean> => {
    if (finding === undefined && textOf(record).includes(search)) return true;
    const ids = await findingIdsOf(carrier, record);
    if (!ids.some(isNamed)) return false;
    return search === '' || textOf(record).includes(search) || ids.some((id) => WORDS.get(id)?.includes(search));
  };
}

function namedBy(finding: string): (id: string) => boolean {
  if (!finding.endsWith('*')) return (id) => id === finding;
  return (id) => id.startsWith(finding.slice(0, -1));
}

const WORDS: ReadonlyMap<string, string> = new Map(
  FINDINGS.map(({ id, title }) => [id, `${id}\n${title.en}\n${title.zh}`.toLowerCase()]),
);

function textOf({ id, appId, operation, exchange, resultCode = '', taskId, responseBody }: JournalRecord): string {
  const row = resultRow(operation, resultCode);
  const words = [row?.name, row?.desc, row?.descEn];
  const { path, clientIp, body } = exchange;
  return [id, appId, path, clientIp, taskId, body, resultCode, responseBody, ...words].join('\n').toLowerCase();
}
