/** The journal, searched: the requests of one world or of all, newest first. */
import type { Operation } from '../../src/protocol/operations.js';
import { resultRow } from '../../src/protocol/result-codes.js';
import type { Carrier } from '../carrier.js';
import { type JournalRecord, type LogView, SERVER_WORLD, type WorldId } from '../state-store.js';
import { listAppIds, UNATTRIBUTED_SHORT_ID } from './apps.js';

// What a record weighs beside its texts: fields, and what it refers to.
const RECORD_BYTES = 1024;

/** What a record counts for against a bound in bytes. Headers too: they may be sixteen kilobytes, and are kept whole. */
export function weightOf({ exchange, responseBody }: JournalRecord): number {
  const { path, rawHeaders, body } = exchange;
  let bytes = RECORD_BYTES + path.length + body.length + responseBody.length;
  for (const text of rawHeaders) bytes += text.length;
  return bytes;
}

export interface JournalFilter {
  readonly appId?: string | undefined;
  readonly operation?: Operation | undefined;
  readonly resultCode?: string | undefined;
  readonly token?: string | undefined;
}

export interface Found {
  readonly records: readonly JournalRecord[];
  /** How many dropped records may have been among them. */
  readonly evicted: number;
}

export async function searchJournal(carrier: Carrier, filter: JournalFilter): Promise<Found> {
  const worlds = filter.appId === undefined ? await listAppIds(carrier) : [filter.appId];
  const views = await Promise.all([...new Set([...worlds, SERVER_WORLD])].map((world) => journalOf(carrier, world)));
  const records = views.flatMap((view) => view.records.filter((record) => matches(record, filter)));
  const evicted = views.reduce((sum, view) => sum + evictedLike(view, filter), 0);
  // Stable: the records of one world keep the order that they were written in.
  return { records: records.sort((a, b) => b.receivedAtMs - a.receivedAtMs), evicted };
}

/** One request by its id, whose beginning names the world. */
export async function findRequest(carrier: Carrier, id: string): Promise<JournalRecord | undefined> {
  const [shortId = ''] = id.split('-');
  const world = shortId === UNATTRIBUTED_SHORT_ID ? SERVER_WORLD : await worldNamed(carrier, shortId);
  if (world === undefined) return undefined;
  const { records } = await journalOf(carrier, world);
  return records.find((record) => record.id === id);
}

/** Those of the same world that came before a record, newest first. */
export async function journalBefore(
  carrier: Carrier,
  record: JournalRecord,
  limit: number,
): Promise<readonly JournalRecord[]> {
  const { records } = await journalOf(carrier, record.state.app?.settings.appId ?? SERVER_WORLD);
  const at = records.findIndex(({ id }) => id === record.id);
  return records.slice(at + 1, at + 1 + limit);
}

async function worldNamed({ store }: Carrier, shortId: string): Promise<WorldId | undefined> {
  return (await store.get(SERVER_WORLD, 'shortId', shortId))?.value;
}

async function journalOf({ store }: Carrier, world: WorldId): Promise<LogView<JournalRecord>> {
  return store.log(world, 'journal');
}

function matches(record: JournalRecord, { appId, operation, resultCode, token }: JournalFilter): boolean {
  return (
    (appId === undefined || record.appId === appId) &&
    (operation === undefined || record.operation === operation) &&
    (resultCode === undefined || record.resultCode === resultCode) &&
    (token === undefined || record.token === token)
  );
}

/** A journal record's label is its result code, which tells the operation too; that of an undecided one is its operation. */
function evictedLike({ evicted }: LogView<JournalRecord>, { operation, resultCode }: JournalFilter): number {
  return [...evicted]
    .filter(
      ([label]) =>
        (operation === undefined || operation === label || resultRow(operation, label) !== undefined) &&
        (resultCode === undefined || resultCode === label),
    )
    .reduce((sum, [, count]) => sum + count, 0);
}
