/** A partition of the memory store: its values, counters and logs, and the writes to them. */

import { isTokenLive, type TokenRecord } from '../engine/state.js';
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
  type Part,
  type PartitionView,
  SNAPSHOTS_MAX,
  type StoreLimits,
  type TokenCount,
  type Write,
} from './state-store.js';

/** A value that is overwritten in place, so that using up a token creates no garbage. Callers only receive copies. */
interface Slot<T> {
  revision: number;
  value: T;
}

type CollectionMaps = { readonly [C in Collection]: BoundedMap<Slot<Collections[C]>> };

export interface Partition {
  collections: CollectionMaps;
  counters: BoundedMap<number>;
  logs: { readonly [L in LogName]: BoundedLog<Logs[L]> };
}

/** A copy of some parts. */
export interface Snapshot extends Partition {
  readonly parts: readonly Part[];
}

/** The limits of one partition, and a callback for each record that its journal drops. */
export interface PartitionLimits extends StoreLimits {
  readonly onJournalDrop: () => void;
}

export function viewOf(partition: Partition | undefined, { token, msgId }: At): PartitionView {
  if (partition === undefined) return EMPTY_VIEW;
  const { collections, counters } = partition;
  return {
    app: entryOf(collections.app.get(ONLY)),
    clock: entryOf(collections.clock.get(ONLY)),
    token: token === undefined ? undefined : entryOf(collections.token.get(token)),
    foreign: undefined,
    msgIdSeen: msgId !== undefined && collections.msgId.get(msgId) !== undefined,
    counters: counters.entries,
  };
}

export function entryOf<T>(slot: Slot<T> | undefined): Entry<T> | undefined {
  return slot === undefined ? undefined : { revision: slot.revision, value: slot.value };
}

export function valuesOf<T>(entries: ReadonlyMap<string, Slot<T>>): ReadonlyMap<string, T> {
  return new Map(Array.from(entries, ([id, { value }]) => [id, value]));
}

export function createPartition(limits: PartitionLimits): Partition {
  return {
    collections: {
      app: new BoundedMap(1),
      clock: new BoundedMap(1),
      token: new BoundedMap(limits.tokensMax),
      accessToken: new BoundedMap(ACCESS_TOKENS_MAX),
      msgId: new BoundedMap(MSG_IDS_MAX),
      snapshot: new BoundedMap(SNAPSHOTS_MAX),
      shortId: new BoundedMap(Number.POSITIVE_INFINITY),
    },
    counters: new BoundedMap(COUNTERS_MAX),
    logs: {
      journal: new BoundedLog(limits.journalRecordsMax, limits.onJournalDrop),
      ledger: new BoundedLog(limits.ledgerRecordsMax),
    },
  };
}

interface CommitContext {
  readonly limits: PartitionLimits;
  readonly nextRevision: () => number;
}

export function isCurrent({ collections, counters }: Partition, write: Write): boolean {
  switch (write.kind) {
    case 'put':
      return (collections[write.collection].get(write.id)?.revision ?? 0) === write.expectedRevision;
    case 'count':
      return write.limit === null || (counters.get(write.counter) ?? 0) < write.limit;
    case 'requireApp':
      return collections.app.get(ONLY) !== undefined;
    case 'append':
    case 'remove':
    case 'clear':
    case 'uncount':
      return true;
    default:
      return write satisfies never;
  }
}

export function apply(partition: Partition, write: Write, { limits, nextRevision }: CommitContext): void {
  switch (write.kind) {
    case 'put':
      put(partition.collections[write.collection] as BoundedMap<Slot<unknown>>, write.id, {
        revision: nextRevision(),
        value: write.value,
      });
      return;
    case 'count':
      partition.counters.set(write.counter, (partition.counters.get(write.counter) ?? 0) + 1);
      return;
    case 'uncount':
      partition.counters.delete(write.counter);
      return;
    case 'append':
      (partition.logs[write.log] as BoundedLog<unknown>).append(write.record);
      return;
    case 'remove':
      partition.collections[write.collection].delete(write.id);
      return;
    case 'clear':
      replaceParts(partition, write.parts, createPartition(limits));
      return;
    case 'requireApp':
      return;
    default:
      write satisfies never;
  }
}

function put(slots: BoundedMap<Slot<unknown>>, id: string, { revision, value }: Entry<unknown>): void {
  const slot = slots.get(id);
  if (slot === undefined) {
    slots.set(id, { revision, value });
    return;
  }
  slot.revision = revision;
  slot.value = value;
}

export function take({ counters }: Partition, counter: string, limit: number): number | undefined {
  const before = counters.get(counter) ?? 0;
  if (before >= limit) return undefined;
  counters.set(counter, before + 1);
  return before;
}

export function replaceParts(partition: Partition, parts: readonly string[], from: Partition): void {
  partition.collections = pick(parts, { from: from.collections, rest: partition.collections });
  partition.logs = pick(parts, { from: from.logs, rest: partition.logs });
  if (parts.includes('counters')) partition.counters = from.counters;
}

/** An independent copy of some parts. Slots and logs are copied, because they change in place; the values in them do not. */
export function copyOf(
  { collections, counters, logs }: Partition,
  parts: readonly Part[],
  limits: PartitionLimits,
): Partition {
  const copy = createPartition(limits);
  for (const collection of Object.keys(collections) as Collection[]) {
    if (!parts.includes(collection)) continue;
    const slots = copy.collections[collection] as BoundedMap<Slot<unknown>>;
    for (const [id, slot] of collections[collection].entries) slots.set(id, { ...slot });
  }
  for (const [counter, count] of counters.entries) copy.counters.set(counter, count);
  const copied = (name: LogName) => (parts.includes(name) ? logs[name].copy() : copy.logs[name]);
  return { ...copy, logs: { journal: copied('journal'), ledger: copied('ledger') } as Partition['logs'] };
}

/** The named members from one object, the rest from the other. */
function pick<T extends object>(names: readonly string[], { from, rest }: { readonly from: T; readonly rest: T }): T {
  return Object.fromEntries(
    Object.keys(rest).map((name) => [name, (names.includes(name) ? from : rest)[name as keyof T]]),
  ) as T;
}

// Takes about a millisecond: a million tokens are fifty slices.
const SLICE = 20_000;

type Tokens = ReadonlyMap<string, { readonly value: TokenRecord }>;

/** Tokens that are minted, used up or dropped meanwhile may or may not be counted. */
export async function countTokens(tokens: Tokens, nowMs: number): Promise<TokenCount> {
  let live = 0;
  let seen = 0;
  for (const { value } of tokens.values()) {
    if (value.usedBy === undefined && isTokenLive(value, nowMs)) live += 1;
    seen += 1;
    if (seen % SLICE === 0) await nextTurn();
  }
  return { kept: tokens.size, live };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
