/** The search of the journal, and the causes of its requests. Findings that are not known yet are computed, for a limited time per call. */
import { resultRow } from '../../src/protocol/result-codes.js';
import type { Bilingual } from '../../src/text/bilingual.js';
import { nearName } from '../../src/text/edit-distance.js';
import { quote } from '../../src/text/shown-json.js';
import { type JournalFilter, searchJournal } from '../carrier/apps/journal.js';
import type { Carrier } from '../carrier/carrier.js';
import type { JournalRecord } from '../carrier/store/state-store.js';
import { FINDINGS } from '../explain/findings.js';
import { knownFindingsOf, type NamedFinding, namedFindingsOf } from '../explain/records/explanations.js';
import { invalid, unknownRequest } from './problem.js';
import { oneOf, operationQuery, textQuery } from './query.js';
import type { Call } from './route.js';

export const KINDS = ['refused', 'answered', 'forced'] as const;

/** As the query of a call names it. A code or finding that ends with `*` means all that begin so. */
export interface Wanted extends Pick<JournalFilter, 'appId' | 'operation'> {
  readonly resultCode: string | undefined;
  readonly kind: (typeof KINDS)[number] | undefined;
  /** The first cause of a refusal, or the first remark on an accepted request. */
  readonly cause: string | undefined;
  readonly finding: string | undefined;
  /** In the request, the response, or the words of its code and findings. */
  readonly text: string | undefined;
}

export function wantedIn({ query }: Pick<Call, 'query'>): Wanted {
  return {
    appId: textQuery(query, 'appId'),
    operation: operationQuery(query),
    resultCode: textQuery(query, 'resultCode'),
    kind: oneOf(query, { name: 'kind', choices: KINDS }),
    cause: findingQuery(query, 'cause'),
    finding: findingQuery(query, 'finding'),
    text: textQuery(query, 'text'),
  };
}

/** Throws a Problem for an id that no finding has, because a search for it would find nothing. */
function findingQuery(query: URLSearchParams, name: 'cause' | 'finding'): string | undefined {
  const id = textQuery(query, name);
  const isFinding = namedBy(id);
  if (id === undefined || IDS.some(isFinding)) return id;
  const near = nearName(id, IDS);
  const [en, zh] = near === undefined ? ['', ''] : [`; did you mean ${quote(near)}?`, `；是不是 ${quote(near)}？`];
  throw invalid(`/${name}`, {
    en: `must be the id of a finding, found ${quote(id)}${en}`,
    zh: `应为已知错误的 id，实际为 ${quote(id)}${zh}`,
  });
}

const IDS = FINDINGS.map(({ id }) => id);

interface Limits {
  /** The id of a record: only older ones. */
  readonly after?: string | undefined;
  readonly limit: number;
  readonly computingMs: number;
}

const BATCH_MIN = 200;

/** `after` is the last record that was examined, if there may be older ones. `isInTime` is false if the time did not suffice. */
export async function searchRequests(call: Call, wanted: Wanted, limits: Limits) {
  const { clock } = call.carrier;
  const isWanted = matcherOf(call.carrier, wanted);
  const endMs = clock.elapsedMs() + limits.computingMs;
  const records: JournalRecord[] = [];
  let { after = null } = limits;
  for await (const record of recordsAfter(call, wanted, limits)) {
    const isInTime = clock.elapsedMs() <= endMs;
    if (!isInTime || records.length === limits.limit) return { records, after, isInTime };
    if (await isWanted(record)) records.push(record);
    after = record.id;
  }
  return { records, after: null, isInTime: true };
}

/** Newest first. */
async function* recordsAfter(
  { carrier, scope }: Call,
  { appId, operation }: Wanted,
  limits: Limits,
): AsyncGenerator<JournalRecord> {
  // One more than a page has decides whether there are older ones.
  const limit = Math.max(BATCH_MIN, limits.limit + 1);
  let { after } = limits;
  let isFull = true;
  while (isFull) {
    const records = await searchJournal(carrier, { filter: { appId, operation }, scope, after, limit });
    if (records === undefined) throw unknownRequest(after ?? '');
    yield* records;
    after = records.at(-1)?.id;
    isFull = records.length === limit;
  }
}

function matcherOf(carrier: Carrier, { resultCode, kind, cause, finding, text }: Wanted) {
  const [isOfCode, isNamed] = [namedBy(resultCode), namedBy(finding)];
  const search = text?.toLowerCase() ?? '';
  const isFound = async (record: JournalRecord) => {
    const isInText = search === '' || textOf(record).includes(search);
    if (finding === undefined && isInText) return true;
    const ids = (await findingsOf(carrier, record)).map(({ id }) => id);
    return ids.some(isNamed) && (isInText || ids.some((id) => WORDS.get(id)?.includes(search)));
  };
  return async (record: JournalRecord): Promise<boolean> => {
    if (!isOfCode(record.resultCode ?? '') || (kind !== undefined && !isOfKind(record, kind))) return false;
    const isOfCause = cause === undefined || (await causeOf(carrier, record))?.id === cause;
    return isOfCause && isFound(record);
  };
}

function namedBy(wanted: string | undefined): (name: string) => boolean {
  if (wanted === undefined) return () => true;
  return wanted.endsWith('*') ? (name) => name.startsWith(wanted.slice(0, -1)) : (name) => name === wanted;
}

function isOfKind({ operation, resultCode = '', decidedBy }: JournalRecord, kind: (typeof KINDS)[number]): boolean {
  if (kind === 'forced') return decidedBy === 'forced';
  return (resultRow(operation, resultCode)?.charged === true) === (kind === 'answered');
}

const WORDS: ReadonlyMap<string, string> = new Map(
  FINDINGS.map(({ id, title }) => [id, `${id}\n${title.en}\n${title.zh}`.toLowerCase()]),
);

function textOf(record: JournalRecord): string {
  const { id, appId, operation, exchange, resultCode = '', taskId, responseBody, state } = record;
  const row = resultRow(operation, resultCode);
  const words = [row?.name, row?.desc, row?.descEn, state.app?.settings.name];
  const { path, clientIp, body } = exchange;
  return [id, appId, path, clientIp, taskId, body, resultCode, responseBody, ...words].join('\n').toLowerCase();
}

async function findingsOf(carrier: Carrier, record: JournalRecord): Promise<readonly NamedFinding[]> {
  const known = knownFindingsOf(carrier, record);
  if (known !== undefined) return known;
  const findings = await namedFindingsOf(carrier, record);
  // Lets the server handle requests between two computations.
  await new Promise((resolve) => setImmediate(resolve));
  return findings;
}

/** The first cause of a refusal, or the first remark on an accepted request; undefined for a forced outcome. */
async function causeOf(carrier: Carrier, record: JournalRecord): Promise<NamedFinding | undefined> {
  if (record.decidedBy === 'forced') return undefined;
  const [first] = await findingsOf(carrier, record);
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
export async function causesIn(call: Call, wanted: Wanted) {
  const { carrier } = call;
  const endMs = carrier.clock.elapsedMs() + CAUSES_COMPUTING_MS;
  const limits = { limit: CAUSES_REQUESTS_MAX, computingMs: CAUSES_COMPUTING_MS };
  const { records, isInTime } = await searchRequests(call, wanted, limits);
  const causes = new Map<string, Cause>();
  let complete = isInTime;
  for (const record of records) {
    const isSkipped = carrier.clock.elapsedMs() > endMs && knownFindingsOf(carrier, record) === undefined;
    if (isSkipped && record.decidedBy !== 'forced') complete = false;
    const first = isSkipped ? undefined : await causeOf(carrier, record);
    if (first === undefined) continue;
    const { id: finding, role } = first;
    const title = FINDINGS.find((row) => row.id === finding)?.title ?? { en: finding, zh: finding };
    const cause = causes.get(finding) ?? { finding, role, title, requests: [] };
    cause.requests.push(record.id);
    causes.set(finding, cause);
  }
  const most = [...causes.values()].toSorted((one, other) => other.requests.length - one.requests.length);
  return { causes: most.map((cause) => ({ ...cause, count: cause.requests.length })), complete };
}
