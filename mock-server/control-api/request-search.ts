/** The search of the journal, and the causes of its requests. Findings that are not known yet are computed, for a limited time per call. */
import type { Kind } from '../../src/control/calls/query.js';
import { resultRow } from '../../src/protocol/result-codes.js';
import type { Bilingual } from '../../src/text/bilingual.js';
import { nearName } from '../../src/text/edit-distance.js';
import { quote } from '../../src/text/shown-json.js';
import { searchJournal } from '../carrier/apps/journal.js';
import type { Carrier } from '../carrier/carrier.js';
import type { JournalRecord } from '../carrier/store/state-store.js';
import { FINDINGS } from '../explain/findings.js';
import {
  contextFor,
  knownFindingsOf,
  type NamedFinding,
  namedFindingsOf,
} from '../explain/records/explanations.js';
import { invalid, problem } from './problem.js';
import type { Call, CallContext } from './route.js';

/** The filter of a call. A code or finding that ends with `*` means all that begin so. */
export type Wanted = Call<'listCauses'>['query'];

export function wantedIn(query: Wanted): Wanted {
  checkFinding('cause', query.cause);
  checkFinding('finding', query.finding);
  return query;
}

/** Throws a Problem for an id that no finding has, because a search for it would find nothing. */
function checkFinding(name: 'cause' | 'finding', id: string | undefined): void {
  const isFinding = namedBy(id);
  if (id === undefined || IDS.some(isFinding)) return;
  const near = nearName(id, IDS);
  const hint =
    near === undefined
      ? ''
      : { en: `; did you mean ${quote(near)}?`, zh: `；是不是 ${quote(near)}？` };
  throw invalid(`/${name}`, 'query.finding', { found: id, hint });
}

const IDS = FINDINGS.map(({ id }) => id);

/** Findings that are computed when they are needed, for a limited time per call. */
export interface Findings {
  of(record: JournalRecord): Promise<readonly NamedFinding[]>;
  isKnown(record: JournalRecord): boolean;
  /** Whether computing took longer than the limit. Reading the journal does not count. */
  isTimeOver(): boolean;
}

// The search for a signature takes up to a tenth of a second.
const COMPUTING_MS = 1000;

export function computedFindings(carrier: Carrier, computingMs = COMPUTING_MS): Findings {
  let leftMs = computingMs;
  // Of all requests, because they are computed once for all readers.
  const context = contextFor(carrier, 'all');
  return {
    of: async (record) => {
      const known = knownFindingsOf(carrier, record);
      if (known !== undefined) return known;
      const startMs = carrier.clock.elapsedMs();
      const findings = await namedFindingsOf(context, record);
      leftMs -= carrier.clock.elapsedMs() - startMs;
      // Lets the server handle requests between two computations.
      await new Promise((resolve) => setImmediate(resolve));
      return findings;
    },
    isKnown: (record) => knownFindingsOf(carrier, record) !== undefined,
    isTimeOver: () => leftMs < 0,
  };
}

interface Limits {
  /** The id of a record: only older ones. */
  readonly after?: string | undefined;
  readonly limit: number;
  readonly findings?: Findings;
}

const EXPECTED_MIN = 200;

interface FoundRequests {
  readonly records: readonly JournalRecord[];
  /** The last examined record, if there are older ones; else null. */
  readonly after: string | null;
  /** false if the time was over before `limit` requests were found. At least one record was examined. */
  readonly complete: boolean;
}

export async function searchRequests(
  call: CallContext,
  wanted: Wanted,
  limits: Limits,
): Promise<FoundRequests> {
  const { limit, findings = computedFindings(call.carrier) } = limits;
  const records: JournalRecord[] = [];
  let after: string | null = null;
  for await (const record of await candidatesIn(call, wanted, limits)) {
    const isFull = records.length === limit;
    if (isFull || findings.isTimeOver()) return { records, after, complete: isFull };
    if (await isFound(record, wanted, findings)) records.push(record);
    after = record.id;
  }
  return { records, after: null, complete: true };
}

/** The records that match as far as this is known without findings, newest first. */
async function candidatesIn(
  { carrier, scope }: CallContext,
  { appId, operation, resultCode, kind }: Wanted,
  { after, limit }: Limits,
): Promise<AsyncIterable<JournalRecord>> {
  const isOfCode = namedBy(resultCode);
  const records = await searchJournal(carrier, {
    filter: { appId, operation },
    includes: (record) =>
      isOfCode(record.resultCode ?? '') && (kind === undefined || isOfKind(record, kind)),
    scope,
    after,
    // One more than a page has decides whether there are older ones.
    expected: Math.max(EXPECTED_MIN, limit + 1),
  });
  if (records === undefined) throw problem('request.not-found', { id: after });
  return records;
}

/** Findings are computed last, and only if they can change the answer: that of a signature takes a tenth of a second. */
async function isFound(
  record: JournalRecord,
  { cause, finding, text = '' }: Wanted,
  findings: Findings,
): Promise<boolean> {
  const search = text.toLowerCase();
  const isInRecord = search === '' || textOf(record).includes(search);
  const inWords = isInRecord ? IDS : findingsWith(search);
  if (inWords.length === 0) return false;
  if (cause !== undefined && (await causeOf(record, findings))?.id !== cause) return false;
  if (finding === undefined && isInRecord) return true;
  const ids = (await findings.of(record)).map(({ id }) => id);
  return ids.some(namedBy(finding)) && ids.some((id) => inWords.includes(id));
}

function namedBy(wanted: string | undefined): (name: string) => boolean {
  if (wanted === undefined) return () => true;
  return wanted.endsWith('*')
    ? (name) => name.startsWith(wanted.slice(0, -1))
    : (name) => name === wanted;
}

function isOfKind({ operation, resultCode = '', decidedBy }: JournalRecord, kind: Kind): boolean {
  if (kind === 'forced') return decidedBy === 'forced';
  return (resultRow(operation, resultCode)?.charged === true) === (kind === 'answered');
}

const WORDS: ReadonlyMap<string, string> = new Map(
  FINDINGS.map(({ id, title }) => [id, `${id}\n${title.en}\n${title.zh}`.toLowerCase()]),
);

/** The ids of the findings whose id or title contains a text: none for digits, which are numbers, codes and times. */
function findingsWith(search: string): readonly string[] {
  if (/^\d+$/.test(search)) return [];
  return IDS.filter((id) => WORDS.get(id)?.includes(search) === true);
}

function textOf(record: JournalRecord): string {
  const { id, appId, operation, exchange, resultCode = '', taskId, responseBody, state } = record;
  const row = resultRow(operation, resultCode);
  const words = [row?.name, row?.desc, row?.descEn, state.app?.settings.name];
  const { path, clientIp, body } = exchange;
  // A response has the number only if the request was accepted.
  const number = state.token?.phoneNumber;
  return [id, appId, path, clientIp, taskId, body, resultCode, responseBody, number, ...words]
    .join('\n')
    .toLowerCase();
}

/** The first cause of a refusal, or the first remark on an accepted request; undefined for a forced outcome. */
async function causeOf(
  record: JournalRecord,
  findings: Findings,
): Promise<NamedFinding | undefined> {
  if (record.decidedBy === 'forced') return undefined;
  const [first] = await findings.of(record);
  return (first?.role === 'remark') === (record.decidedBy === 'allMet') ? first : undefined;
}

/** As many as the console loads. */
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

/** The causes of the newest requests. `complete` is false if the time did not suffice. */
export async function causesIn(call: CallContext, wanted: Wanted) {
  const findings = computedFindings(call.carrier, CAUSES_COMPUTING_MS);
  const { records, complete } = await searchRequests(call, wanted, {
    limit: CAUSES_REQUESTS_MAX,
    findings,
  });
  const causes = new Map<string, Cause>();
  let skipped = 0;
  for (const record of records) {
    if (isTooLate(record, findings)) {
      skipped += 1;
      continue;
    }
    const first = await causeOf(record, findings);
    if (first !== undefined) addRequest(causes, first, record.id);
  }
  const most = [...causes.values()].toSorted(
    (one, other) => other.requests.length - one.requests.length,
  );
  return {
    causes: most.map((cause) => ({ ...cause, count: cause.requests.length })),
    complete: complete && skipped === 0,
  };
}

/** Whether the cause is unknown, and there is no time left to compute it. */
function isTooLate(record: JournalRecord, findings: Findings): boolean {
  return record.decidedBy !== 'forced' && findings.isTimeOver() && !findings.isKnown(record);
}

function addRequest(causes: Map<string, Cause>, { id, role }: NamedFinding, request: string): void {
  const title = FINDINGS.find((row) => row.id === id)?.title ?? { en: id, zh: id };
  const cause = causes.get(id) ?? { finding: id, role, title, requests: [] };
  cause.requests.push(request);
  causes.set(id, cause);
}
