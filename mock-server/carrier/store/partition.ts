/** A partition of the memory store: its values, counters and logs, and the writes to them. */

import { isTokenLive } from '../engine/state.js';
import { BoundedLog, BoundedMap } from './bounded.js';
import {
  ACCESS_TOKENS_MAX,
  type At,
  COUNTERS_MAX,
  type Collection,
  type Collections,
  EMPTY_VIEW,
  type Entry,
  type LogName,
  type Logs,
  MSG_IDS_MAX,
  ONLY,
  type PartitionPart,
  type PartitionView,
  type Put,
  SNAPSHOTS_MAX,
  type StoredToken,
  type StoreLimits,
  type TokenCount,
  type Write,
} from './state-store.js';

export type CollectionParts = { [C in Collection]: BoundedMap<Entry<Collections[C]>> };
export type LogParts = { [L in LogName]: BoundedLog<Logs[L]> };

export interface Partition extends CollectionParts, LogParts {
  counters: BoundedMap<number>;
  readonly saved: BoundedMap<SavedParts>;
}

/** The parts of a snapshot. */
export type SavedParts = Partial<Pick<Partition, PartitionPart>>;

/** The limits of one partition, and a callback for each record that its journal drops. */
export interface PartitionLimits extends StoreLimits {
  readonly onJournalDrop: () => void;
}

export function createPartition(limits: PartitionLimits): Partition {
  return {
    app: new BoundedMap(1),
    clock: new BoundedMap(1),
    token: new BoundedMap(limits.tokensMax, ({ value }) => value.usedBy !== undefined),
    accessToken: new BoundedMap(ACCESS_TOKENS_MAX, ({ value }) => value.redeemed),
    msgId: new BoundedMap(MSG_IDS_MAX),
    snapshot: new BoundedMap(SNAPSHOTS_MAX),
    shortId: new BoundedMap(Number.POSITIVE_INFINITY),
    counters: new BoundedMap(COUNTERS_MAX),
    journal: new BoundedLog(limits.journalRecordsMax, limits.onJournalDrop),
    ledger: new BoundedLog(limits.ledgerRecordsMax),
    saved: new BoundedMap(SNAPSHOTS_MAX),
  };
}

export function viewOf(partition: Partition | undefined, { token, msgId }: At): PartitionView {
  if (partition === undefined) return EMPTY_VIEW;
  return {
    app: partition.app.get(ONLY),
    clock: partition.clock.get(ONLY),
    token: token === undefined ? undefined : partition.token.get(token),
    foreign: undefined,
    msgIdSeen: msgId !== undefined && partition.msgId.get(msgId) !== undefined,
    counters: partition.counters.entries,
  };
}

export function isCurrent(partition: Partition, write: Write): boolean {
  switch (write.kind) {
    case 'put':
      return revisionOf(partition, write) === write.expectedRevision;
    case 'count':
      return write.limit === null || countOf(partition, write.counter) < write.limit;
    case 'requireApp':
      return partition.app.get(ONLY) !== undefined;
    case 'append':
    case 'remove':
    case 'clear':
    case 'uncount':
      return true;
    default:
      return write satisfies never;
  }
}

/** 0 for an id that does not exist. */
function revisionOf(partition: Partition, { collection, id }: Put): number {
  return partition[collection].get(id)?.revision ?? 0;
}

function countOf({ counters }: Partition, counter: string): number {
  return counters.get(counter) ?? 0;
}

interface CommitContext {
  readonly limits: PartitionLimits;
  readonly revision: number;
}

/** The writes of a commit have one revision, and tokens that are minted together share one entry. */
export function apply(
  partition: Partition,
  writes: readonly Write[],
  { limits, revision }: CommitContext,
): void {
  let entry: Entry<unknown> | undefined;
  for (const write of writes) {
    if (write.kind === 'put') {
      if (entry?.value !== write.value) entry = { revision, value: write.value };
      (partition[write.collection] as BoundedMap<Entry<unknown>>).set(write.id, entry);
    } else {
      applyOther(partition, write, limits);
    }
  }
}

function applyOther(
  partition: Partition,
  write: Exclude<Write, Put>,
  limits: PartitionLimits,
): void {
  switch (write.kind) {
    case 'count':
      take(partition, write.counter, Number.POSITIVE_INFINITY);
      break;
    case 'uncount':
      partition.counters.delete(write.counter);
      break;
    case 'append':
      (partition[write.log] as BoundedLog<unknown>).append(write.record);
      break;
    case 'remove':
      partition[write.collection].delete(write.id);
      break;
    case 'clear':
      Object.assign(partition, copyOf(createPartition(limits), write.parts));
      break;
    case 'requireApp':
      break;
    default:
      write satisfies never;
  }
}

export function take(partition: Partition, counter: string, limit: number): number | undefined {
  const before = countOf(partition, counter);
  if (before >= limit) return undefined;
  partition.counters.set(counter, before + 1);
  return before;
}

/** An independent copy of some parts. The values in them never change. */
export function copyOf(partition: Partition, parts: readonly PartitionPart[]): SavedParts {
  return Object.fromEntries(parts.map((part) => [part, partition[part].copy()]));
}

export function copyOfSaved(saved: SavedParts): SavedParts {
  return Object.fromEntries(Object.entries(saved).map(([part, values]) => [part, values.copy()]));
}

// Takes about a millisecond: a million tokens are fifty slices.
const SLICE = 20_000;

/** Tokens that are minted, used up or dropped meanwhile may or may not be counted. */
export async function countTokens(
  entries: ReadonlyMap<string, Entry<StoredToken>>,
  nowMs: number,
): Promise<TokenCount> {
  let live = 0;
  let seen = 0;
  for (const { value } of entries.values()) {
    const { record, usedBy } = value;
    if (usedBy === undefined && isTokenLive(record, nowMs)) live += 1;
    seen += 1;
    if (seen % SLICE === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return { kept: entries.size, live };
}
