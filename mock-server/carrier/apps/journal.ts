/** Searches the journal: the requests of one app or of all, newest first. */
import { OPERATIONS, type Operation } from '../../../src/protocol/operations.js';
import { isUndocumented, resultRow } from '../../../src/protocol/result-codes.js';
import type { Carrier } from '../carrier.js';
import type { App, AppSettings } from '../engine/app-settings.js';
import { type JournalRecord, type LogView, type PartitionId, SERVER_PARTITION } from '../store/state-store.js';
import { listAppIds, listAppsIn, type Scope, UNATTRIBUTED_SHORT_ID } from './apps.js';

// The size of a record without the texts that a client can make long.
const RECORD_BYTES = 1024;

/** The size of a record on the heap, in bytes, which counts against the journal's limit. */
export function weightOf({ exchange, responseBody, token = '', appId = '' }: JournalRecord): number {
  const { path, headers, body, clientIp } = exchange;
  const sent = sizeOf(path) + sizeOf(headers) + sizeOf(body) + sizeOf(clientIp);
  return RECORD_BYTES + sent + sizeOf(responseBody) + sizeOf(token) + sizeOf(appId);
}

// Measured: compiled settings take 1.4 KB; a whitelist of short IPv6 addresses takes 13 bytes per character.
const SETTINGS_BYTES = 2048;
const WHITELIST_CHARACTER_BYTES = 14;

const countedSettings = new WeakSet<AppSettings>();

/**
 * The size of an app's settings, counted for the first record that has them. A record keeps the settings that decided it,
 * so a client that changes the app between requests would otherwise fill the journal without limit.
 */
export function settingsWeight(app: App | undefined): number {
  if (app === undefined || countedSettings.has(app.settings)) return 0;
  countedSettings.add(app.settings);
  const { ipWhitelist, appVerifyKey, appEncryptKey } = app.settings;
  const whitelists = Object.values(ipWhitelist).reduce((length, list) => length + (list?.length ?? 0), 0);
  return SETTINGS_BYTES + WHITELIST_CHARACTER_BYTES * whitelists + sizeOf(`${appVerifyKey}${appEncryptKey}`);
}

/** V8 stores a text with one byte per character, or with two if any character needs it. */
function sizeOf(text: string): number {
  return Buffer.byteLength(text) === text.length ? text.length : 2 * text.length;
}

export interface JournalFilter {
  readonly appId?: string | undefined;
  readonly operation?: Operation | undefined;
  readonly resultCode?: string | undefined;
  readonly token?: string | undefined;
}

export interface JournalSearchResult {
  readonly records: readonly JournalRecord[];
  /** How many dropped records may have matched. */
  readonly evicted: number;
}

/**
 * All matching records. `newest` limits the records per journal, and is only for a filter by app or without a filter. The
 * scope applies to a search over all apps; access to a single app is checked by the caller.
 */
export function searchJournal(
  carrier: Carrier,
  filter: JournalFilter,
  { scope, newest }: { readonly scope: Scope; readonly newest?: number },
): Promise<JournalSearchResult> {
  const found = () => search(carrier, filter, { scope, ...(newest !== undefined && { newest }) });
  // A search in memory copies nothing; a search in a shared store copies all records that it reads.
  return carrier.store.shared && newest === undefined ? oneAtATime(carrier.store, found) : found();
}

const searches = new WeakMap<object, Promise<unknown>>();

function oneAtATime<T>(of: object, run: () => Promise<T>): Promise<T> {
  const before = searches.get(of) ?? Promise.resolve();
  const mine = before.then(run, run);
  searches.set(of, mine);
  return mine;
}

async function search(
  carrier: Carrier,
  filter: JournalFilter,
  { scope, newest }: { readonly scope: Scope; readonly newest?: number },
): Promise<JournalSearchResult> {
  const partitions = filter.appId === undefined ? await appIdsIn(carrier, scope) : [filter.appId];
  // The requests with an unknown app are not limited, because those that named this app may be anywhere among them.
  const inServerPartition = filter.appId === undefined ? newest : undefined;
  const views = await Promise.all([
    ...partitions
      .filter((partition) => partition !== SERVER_PARTITION)
      .map((partition) => journalOf(carrier, partition, newest)),
    journalOf(carrier, SERVER_PARTITION, inServerPartition),
  ]);
  const records = views.flatMap((view) => view.records.filter((record) => matches(record, filter)));
  const evicted = views.reduce((sum, view) => sum + evictedMatching(view, filter), 0);
  return { records: newestFirst(records), evicted };
}

/** Stable: the records of one journal keep the order in which they were written. */
function newestFirst(records: readonly JournalRecord[]): readonly JournalRecord[] {
  return records.toSorted((a, b) => b.receivedAtMs - a.receivedAtMs);
}

async function appIdsIn(carrier: Carrier, scope: Scope): Promise<readonly string[]> {
  if (scope === 'all') return listAppIds(carrier);
  return (await listAppsIn(carrier, scope)).map(({ settings }) => settings.appId);
}

export async function findRequest(carrier: Carrier, id: string): Promise<JournalRecord | undefined> {
  const [record] = await findRequests(carrier, [id]);
  return record;
}

/** Requests by id, newest first. The short id at the start of an id identifies its journal. Unknown ids are left out. */
export async function findRequests(carrier: Carrier, ids: readonly string[]): Promise<readonly JournalRecord[]> {
  const shortIds = [...new Set(ids.map(shortIdIn))];
  const found = await Promise.all(
    shortIds.map((shortId) =>
      findInPartition(
        carrier,
        shortId,
        ids.filter((id) => shortIdIn(id) === shortId),
      ),
    ),
  );
  return newestFirst(found.flat());
}

function shortIdIn(id: string): string {
  const [shortId = ''] = id.split('-');
  return shortId;
}

async function findInPartition(
  carrier: Carrier,
  shortId: string,
  ids: readonly string[],
): Promise<readonly JournalRecord[]> {
  const partition = shortId === UNATTRIBUTED_SHORT_ID ? SERVER_PARTITION : await partitionNamed(carrier, shortId);
  if (partition === undefined) return [];
  const records = await newestWith(carrier, partition, (read) => ids.every((id) => indexOf(read, id) !== -1));
  return records.filter(({ id }) => ids.includes(id));
}

/** The requests with these ids that match the filter and that a caller with the scope may see. */
export async function selectRequests(
  carrier: Carrier,
  ids: readonly string[],
  { filter, scope }: { readonly filter: JournalFilter; readonly scope: Scope },
): Promise<JournalSearchResult> {
  const visible = filter.appId === undefined ? new Set(await appIdsIn(carrier, scope)) : undefined;
  const isVisible = ({ state: { app } }: JournalRecord) =>
    visible === undefined || app === undefined || visible.has(app.settings.appId);
  const records = (await findRequests(carrier, ids)).filter((record) => matches(record, filter) && isVisible(record));
  return { records, evicted: 0 };
}

/** The app of a request id; undefined if the request has no known app. */
export async function appOfRequest(carrier: Carrier, id: string): Promise<string | undefined> {
  return partitionNamed(carrier, shortIdIn(id));
}

/** The requests of the same journal before a record, newest first. */
export async function journalBefore(
  carrier: Carrier,
  record: JournalRecord,
  limit: number,
): Promise<readonly JournalRecord[]> {
  const partition = record.state.app?.settings.appId ?? SERVER_PARTITION;
  const isEnough = (read: readonly JournalRecord[]) => {
    const at = indexOf(read, record.id);
    return at !== -1 && at + limit < read.length;
  };
  const records = await newestWith(carrier, partition, isEnough);
  const at = indexOf(records, record.id);
  return records.slice(at + 1, at + 1 + limit);
}

// A requested record is usually among the newest. Reading a full journal takes a store some hundred milliseconds.
const NEWEST_COUNT = 2_000;

/** The newest records of a journal if they are enough, else all. */
async function newestWith(
  carrier: Carrier,
  partition: PartitionId,
  isEnough: (records: readonly JournalRecord[]) => boolean,
): Promise<readonly JournalRecord[]> {
  const { records } = await journalOf(carrier, partition, NEWEST_COUNT);
  if (records.length < NEWEST_COUNT || isEnough(records)) return records;
  return (await journalOf(carrier, partition)).records;
}

function indexOf(records: readonly JournalRecord[], id: string): number {
  return records.findIndex((record) => record.id === id);
}

async function partitionNamed({ store }: Carrier, shortId: string): Promise<PartitionId | undefined> {
  return (await store.get(SERVER_PARTITION, 'shortId', shortId))?.value;
}

async function journalOf({ store }: Carrier, partition: PartitionId, newest?: number): Promise<LogView<JournalRecord>> {
  return store.log(partition, 'journal', newest);
}

function matches(record: JournalRecord, { appId, operation, resultCode, token }: JournalFilter): boolean {
  return (
    (appId === undefined || record.appId === appId) &&
    (operation === undefined || record.operation === operation) &&
    (resultCode === undefined || record.resultCode === resultCode) &&
    (token === undefined || record.token === token)
  );
}

/**
 * The label under which dropped records are counted: the code, which implies the operation, or the operation if nothing
 * was decided. All undocumented codes share one label per operation, because a client can choose a million of them.
 */
export function labelOf({ resultCode, operation }: Pick<JournalRecord, 'resultCode' | 'operation'>): string {
  return isUndocumented(resultCode) ? `${operation} ${UNDOCUMENTED}` : (resultCode ?? operation);
}

const UNDOCUMENTED = 'undocumented';

function evictedMatching({ evicted }: LogView<JournalRecord>, { operation, resultCode }: JournalFilter): number {
  const operations = OPERATIONS.map((row) => row.operation).filter(
    (one) => operation === undefined || one === operation,
  );
  const isOfThese = (label: string) =>
    operations.some((one) => label.startsWith(one) || resultRow(one, label) !== undefined);
  const isOfCode = (label: string) =>
    resultCode === undefined || operations.some((one) => label === labelOf({ operation: one, resultCode }));
  return [...evicted]
    .filter(([label]) => isOfThese(label) && isOfCode(label))
    .reduce((sum, [, count]) => sum + count, 0);
}
