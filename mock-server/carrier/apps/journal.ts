/** Reads the journals of apps, and the journal of the requests without a known app. */
import type { Operation } from '../../../src/protocol/operations.js';
import type { Carrier } from '../carrier.js';
import { isPathUnknown } from '../engine/decision.js';
import { BoundedMap } from '../store/bounded.js';
import { type JournalRecord, type PartitionId, SERVER_PARTITION } from '../store/state-store.js';
import {
  findApp,
  isTeam,
  listAppIds,
  listAppsIn,
  removedFrom,
  type Scope,
  UNATTRIBUTED_SHORT_ID,
} from './apps.js';

export interface JournalFilter {
  readonly appId?: string | undefined;
  readonly operation?: Operation | undefined;
  readonly resultCode?: string | undefined;
  readonly token?: string | undefined;
}

interface PlacedRecord {
  readonly record: JournalRecord;
  readonly partition: PartitionId;
  /** When this or a newer record of its journal was received first. So each journal keeps the order of its commits. */
  readonly orderMs: number;
}

/** Negative if the first is newer. The order of records of one journal is that of their list. */
function byAge(one: PlacedRecord, other: PlacedRecord): number {
  if (one.orderMs !== other.orderMs) return other.orderMs - one.orderMs;
  if (one.partition === other.partition) return 0;
  return one.partition < other.partition ? -1 : 1;
}

/** The records of a journal, newest first. */
async function* recordsOf(
  { store }: Carrier,
  partition: PartitionId,
): AsyncGenerator<PlacedRecord> {
  let orderMs = Number.POSITIVE_INFINITY;
  for await (const records of store.journal(partition)) {
    for (const record of records) {
      orderMs = Math.min(orderMs, record.receivedAtMs);
      yield { record, partition, orderMs };
    }
  }
}

/**
 * The journals that a search reads. The requests of an app are in its own journal; those that named an app which did not
 * exist are in the server's. The scope applies to a search over all apps; access to a single app is checked by the caller.
 */
async function journalsFor(
  carrier: Carrier,
  appId: string | undefined,
  scope: Scope,
): Promise<readonly PartitionId[]> {
  if (appId !== undefined) {
    if ((await findApp(carrier, appId)) !== undefined) return [appId];
    return isTeam(scope) ? [] : [SERVER_PARTITION];
  }
  if (scope === 'all') return [SERVER_PARTITION, ...(await listAppIds(carrier))];
  const appIds = (await listAppsIn(carrier, scope)).map(({ settings }) => settings.appId);
  return isTeam(scope) ? appIds : [SERVER_PARTITION, ...appIds];
}

interface SearchInputs {
  readonly filter: JournalFilter;
  readonly scope: Scope;
  /** The id of a record: only older ones. */
  readonly after?: string | undefined;
  /** How many records are probably needed. */
  readonly expected: number;
  /** In addition to the filter. */
  readonly includes?: (record: JournalRecord) => boolean;
}

/** The matching records, newest first; undefined if `after` is not in the journals. */
export async function searchJournal(
  carrier: Carrier,
  { filter, scope, after, expected, includes = () => true }: SearchInputs,
): Promise<AsyncIterable<JournalRecord> | undefined> {
  const partitions = await journalsFor(carrier, filter.appId, scope);
  const cursor = after === undefined ? undefined : await placeOf(carrier, after);
  if (after !== undefined && (cursor === undefined || !partitions.includes(cursor.partition)))
    return undefined;
  const isWanted = (record: JournalRecord) => matches(record, filter) && includes(record);
  return recordsAfter(carrier, partitions, { isWanted, cursor, limit: expected });
}

/** Each step reads the journals from their newest record, so it returns twice as many records as the step before. */
async function* recordsAfter(
  carrier: Carrier,
  partitions: readonly PartitionId[],
  first: PageInputs,
): AsyncGenerator<JournalRecord> {
  let { cursor, limit } = first;
  let isFull = true;
  while (isFull) {
    const found = await newestOf(carrier, partitions, { ...first, cursor, limit });
    for (const { record } of found) yield record;
    isFull = found.length === limit;
    cursor = found.at(-1);
    limit *= 2;
  }
}

interface PageInputs {
  readonly isWanted: (record: JournalRecord) => boolean;
  /** Only older records. */
  readonly cursor: PlacedRecord | undefined;
  readonly limit: number;
}

async function newestOf(
  carrier: Carrier,
  partitions: readonly PartitionId[],
  page: PageInputs,
): Promise<readonly PlacedRecord[]> {
  const { limit } = page;
  let found: readonly PlacedRecord[] = [];
  for (const partition of partitions) {
    const own = await newestIn(recordsOf(carrier, partition), page, found[limit - 1]);
    if (own.length > 0) found = [...found, ...own].toSorted(byAge).slice(0, limit);
  }
  return found;
}

/** Stops as early as possible. Older records than `oldest` are not needed. */
async function newestIn(
  records: AsyncIterable<PlacedRecord>,
  { isWanted, cursor, limit }: PageInputs,
  oldest: PlacedRecord | undefined,
): Promise<readonly PlacedRecord[]> {
  const isPast = pastCursor(cursor);
  const found: PlacedRecord[] = [];
  for await (const placed of records) {
    if (oldest !== undefined && byAge(placed, oldest) > 0) break;
    if (isPast(placed) && isWanted(placed.record)) found.push(placed);
    if (found.length === limit) break;
  }
  return found;
}

/** Returns a test for the records of one journal, in their order: whether a record is older than the cursor. */
function pastCursor(cursor: PlacedRecord | undefined): (placed: PlacedRecord) => boolean {
  if (cursor === undefined) return () => true;
  let hasPassed = false;
  return (placed) => {
    if (placed.partition !== cursor.partition) return byAge(cursor, placed) < 0;
    const isOlder = hasPassed;
    hasPassed ||= placed.record.id === cursor.record.id;
    return isOlder;
  };
}

export async function countRequests(
  carrier: Carrier,
  filter: JournalFilter,
  scope: Scope,
): Promise<number> {
  const partitions = await journalsFor(carrier, filter.appId, scope);
  let count = 0;
  for (const partition of partitions) {
    for await (const records of carrier.store.journal(partition))
      count += records.filter((record) => matches(record, filter)).length;
  }
  return count;
}

/** How many records the searched journals have dropped. */
export async function countEvicted(
  carrier: Carrier,
  appId: string | undefined,
  scope: Scope,
): Promise<number> {
  const partitions = await journalsFor(carrier, appId, scope);
  const views = await Promise.all(
    partitions.map(async (partition) => carrier.store.log(partition, 'journal', 0)),
  );
  return views.reduce((sum, { evicted }) => sum + evicted, 0);
}

export async function findRequest(
  carrier: Carrier,
  id: string,
): Promise<JournalRecord | undefined> {
  return (await placeOf(carrier, id))?.record;
}

/** The short id at the start of a request id identifies its journal. */
async function placeOf(carrier: Carrier, id: string): Promise<PlacedRecord | undefined> {
  const partition = await journalNamed(carrier, id);
  if (partition === undefined) return undefined;
  for await (const placed of recordsOf(carrier, partition))
    if (placed.record.id === id) return placed;
  return undefined;
}

/** The requests of the same journal before a record, newest first. */
export type EarlierRequests = (
  before: JournalRecord,
  limit: number,
) => Promise<readonly JournalRecord[]>;

// Each keeps up to two hundred records.
const WALKS_MAX = 10;

/** Reads a journal once for all of its records, if the newest come first. */
export function earlierRequests(carrier: Carrier): EarlierRequests {
  const walks = new BoundedMap<JournalWalk>(WALKS_MAX);
  return async (before, limit) => {
    const partition = journalOf(before);
    const earlier = await walks.get(partition)?.(before, limit);
    if (earlier !== undefined) return earlier;
    const walk = walkOf(recordsOf(carrier, partition));
    walks.set(partition, walk);
    return (await walk(before, limit)) ?? [];
  };
}

/** Resolves to undefined if the record is not at or after the one of the call before. */
type JournalWalk = (
  ...inputs: Parameters<EarlierRequests>
) => Promise<readonly JournalRecord[] | undefined>;

function walkOf(records: AsyncGenerator<PlacedRecord>): JournalWalk {
  /** From the record of the call before on. */
  const read: JournalRecord[] = [];
  const readNext = async (): Promise<boolean> => {
    const { done, value } = await records.next();
    if (done !== true) read.push(value.record);
    return done !== true;
  };
  return async ({ id }, limit) => {
    while (read[0]?.id !== id) {
      read.shift();
      if (read.length === 0 && !(await readNext())) return undefined;
    }
    while (read.length <= limit && (await readNext()));
    return read.slice(1, limit + 1);
  };
}

function journalOf({ state }: JournalRecord): PartitionId {
  return state.app?.settings.appId ?? SERVER_PARTITION;
}

export async function removeRecords(
  { store }: Carrier,
  records: readonly JournalRecord[],
): Promise<void> {
  for (const partition of new Set(records.map(journalOf))) {
    const own = records.filter((record) => journalOf(record) === partition);
    const ids = own.map(({ id }) => id);
    await store.forget(partition, new Set(ids));
    const app = own[0]?.state.app;
    await store.announceRemoval({ ids, app: app && removedFrom(app) });
  }
}

/** The app of a request id; undefined if the request has no known app. */
export async function appOfRequest(carrier: Carrier, id: string): Promise<string | undefined> {
  const partition = await journalNamed(carrier, id);
  return partition === SERVER_PARTITION ? undefined : partition;
}

async function journalNamed({ store }: Carrier, id: string): Promise<PartitionId | undefined> {
  const [shortId = ''] = id.split('-');
  if (shortId === UNATTRIBUTED_SHORT_ID) return SERVER_PARTITION;
  return (await store.get(SERVER_PARTITION, 'shortId', shortId))?.value;
}

function matches(
  record: JournalRecord,
  { appId, operation, resultCode, token }: JournalFilter,
): boolean {
  return (
    (appId === undefined || record.appId === appId) &&
    (operation === undefined || (record.operation === operation && !isPathUnknown(record))) &&
    (resultCode === undefined || record.resultCode === resultCode) &&
    (token === undefined || record.token === token)
  );
}
