/** The search of the journal by finding and by text, and the causes of its requests. Findings that are not known yet are computed, for a limited time per call. */
import { resultRow } from '../../src/protocol/result-codes.js';
import type { Bilingual } from '../../src/text/bilingual.js';
import { type JournalFilter, searchJournal } from '../carrier/apps/journal.js';
import type { Carrier } from '../carrier/carrier.js';
import type { JournalRecord } from '../carrier/store/state-store.js';
import { FINDINGS } from '../explain/findings.js';
import { knownFindingsOf, type NamedFinding, namedFindingsOf } from '../explain/records/explanations.js';
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
    const ids = (await namedFindingsOf(carrier, record)).map(({ id }) => id);
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

/** The causes of refusals and the remarks on accepted requests are those of the newest requests, as many as the console loads. */
export const CAUSES_REQUESTS_MAX = 1000;
// The console calls again after two seconds, so clients keep nine tenths of the server's time.
const CAUSES_COMPUTING_MS = 200;

interface Cause {
  readonly finding: string;
  readonly role: NamedFinding['role'];
  readonly title: Bilingual;
  /** The ids of the requests, newest first. */
  readonly requests: string[];
}

/** Each request counts for the first cause of its refusal or, if it was accepted, its first remark. `complete` is false if the time did not suffice. */
export async function causesIn({ carrier, scope }: Call, appId: string | undefined) {
  const found = await searchJournal(carrier, { filter: { appId }, scope, limit: CAUSES_REQUESTS_MAX });
  const endMs = carrier.clock.elapsedMs() + CAUSES_COMPUTING_MS;
  const causes = new Map<string, Cause>();
  let complete = true;
  for (const record of (found?.records ?? []).filter(({ decidedBy }) => decidedBy !== 'forced')) {
    const isInTime = carrier.clock.elapsedMs() <= endMs;
    const first = (knownFindingsOf(carrier, record) ?? (isInTime ? await computed(carrier, record) : undefined))?.[0];
    complete &&= isInTime || knownFindingsOf(carrier, record) !== undefined;
    if (first === undefined || (first.role === 'remark') !== (record.decidedBy === 'allMet')) continue;
    const cause = causes.get(first.id) ?? {
      finding: first.id,
      role: first.role,
      title: titleOf(first.id),
      requests: [],
    };
    cause.requests.push(record.id);
    causes.set(first.id, cause);
  }
  const most = [...causes.values()].toSorted((one, other) => other.requests.length - one.requests.length);
  return { causes: most.map((cause) => ({ ...cause, count: cause.requests.length })), complete };
}

async function computed(carrier: Carrier, record: JournalRecord): Promise<readonly NamedFinding[]> {
  const findings = await namedFindingsOf(carrier, record);
  // Lets the server handle requests between two computations.
  await new Promise((resolve) => setImmediate(resolve));
  return findings;
}

function titleOf(finding: string): Bilingual {
  return FINDINGS.find(({ id }) => id === finding)?.title ?? { en: finding, zh: finding };
}
