/** State in this process's memory. Each call runs to its end before another starts, so a commit is atomic. */

import { BoundedLog, BoundedMap, journalShare } from './bounded.js';
import { countTokens } from './count-tokens.js';
import { journalLabel, ledgerLabel } from './log-labels.js';
import {
  ACCESS_TOKENS_MAX,
  type At,
  COUNTERS_MAX,
  type Collection,
  type Collections,
  DEFAULT_LIMITS,
  EMPTY_VIEW,
  type Entry,
  type ForeignView,
  type JournalListener,
  type LogName,
  type Logs,
  type LogView,
  MSG_IDS_MAX,
  ONLY,
  type Part,
  type PartitionId,
  type PartitionView,
  SERVER_PARTITION,
  SNAPSHOTS_MAX,
  type StateStore,
  type StoreLimits,
  type Write,
} from './state-store.js';

/** A value that is overwritten in place, so that using up a token creates no garbage. Callers only receive copies. */
interface Slot<T> {
  revision: number;
  value: T;
}

type CollectionMaps = { readonly [C in Collection]: BoundedMap<Slot<Collections[C]>> };

interface Partition {
  collections: CollectionMaps;
  counters: BoundedMap<number>;
  logs: { readonly [L in LogName]: BoundedLog<Logs[L]> };
}

/** A copy of some parts. */
interface Snapshot extends Partition {
  readonly parts: readonly Part[];
}

/** The limits of one partition, and a callback for each record that its journal drops. */
interface PartitionLimits extends StoreLimits {
  readonly onJournalDrop: () => void;
}

export function createMemoryStore(storeLimits: StoreLimits = DEFAULT_LIMITS): StateStore {
  const partitions = new Map<PartitionId, Partition>();
  const snapshots = new Map<PartitionId, BoundedMap<Snapshot>>();
  const listeners = new Set<JournalListener>();
  // Not the sum of the journals' counts: those are deleted when an app is reset.
  let journalEvictions = 0;
  const limits: PartitionLimits = {
    ...storeLimits,
    onJournalDrop: () => {
      journalEvictions += 1;
    },
  };
  // The records of all journals.
  let journalRecords = 0;
  // One sequence for all partitions, so that a partition that was dropped and created again repeats no revision.
  let revision = 0;
  const nextRevision = () => {
    revision += 1;
    return revision;
  };

  function partitionAt(id: PartitionId): Partition {
    const known = partitions.get(id);
    if (known !== undefined) return known;
    const created = createPartition(limits);
    partitions.set(id, created);
    return created;
  }

  return {
    readPartition: (id, at) => {
      const own = viewOf(partitions.get(id), at);
      const { token, tokenShortId } = at;
      if (own.token !== undefined || token === undefined || tokenShortId === undefined) return own;
      const foreign = foreignView(partitions, token, tokenShortId);
      return foreign === undefined ? own : { ...own, foreign };
    },
    get: (id, collection, key) => entryOf(partitions.get(id)?.collections[collection].get(key)),
    list: (id, collection) => valuesOf(partitions.get(id)?.collections[collection].entries ?? new Map()),
    size: (id, collection) => partitions.get(id)?.collections[collection].entries.size ?? 0,
    log: (id, name, newest) => partitions.get(id)?.logs[name].view(newest) ?? EMPTY_LOG,
    journal: async function* (id) {
      yield partitions.get(id)?.logs.journal.view().records ?? [];
    },
    commit: (id, writes) => {
      const partition = partitions.get(id) ?? createPartition(limits);
      for (const write of writes) if (!isCurrent(partition, write)) return 'stale';
      partitions.set(id, partition);
      const before = partition.logs.journal.count;
      for (const write of writes) apply(partition, write, { limits, nextRevision });
      journalRecords += partition.logs.journal.count - before;
      if (journalRecords > limits.journalRecordsTotalMax) journalRecords = boundJournals(partitions, limits);
      if (listeners.size > 0) notify(listeners, writes);
      return 'committed';
    },
    take: (id, counter, limit) => take(partitionAt(id), counter, limit),
    drop: (id) => {
      journalRecords -= partitions.get(id)?.logs.journal.count ?? 0;
      partitions.delete(id);
      snapshots.delete(id);
    },
    watchJournal: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshots: {
      save: (id, snapshotId, parts) => {
        const saved = snapshots.get(id) ?? new BoundedMap<Snapshot>(SNAPSHOTS_MAX);
        saved.set(snapshotId, { ...copyOf(partitionAt(id), parts, limits), parts });
        snapshots.set(id, saved);
      },
      restore: (id, snapshotId) => {
        const saved = snapshots.get(id)?.get(snapshotId);
        if (saved === undefined) return false;
        replaceParts(partitionAt(id), saved.parts, copyOf(saved, saved.parts, limits));
        journalRecords = boundJournals(partitions, limits);
        return true;
      },
    },
    census: {
      journalEvictions: () => journalEvictions,
      tokens: (id, nowMs) => countTokens(partitions.get(id)?.collections.token.entries ?? new Map(), nowMs),
    },
    shared: false,
    close: () => undefined,
  };
}

type Partitions = ReadonlyMap<PartitionId, Partition>;

function foreignView(partitions: Partitions, token: string, shortId: string): ForeignView | undefined {
  const appId = partitions.get(SERVER_PARTITION)?.collections.shortId.get(shortId)?.value;
  const collections = appId === undefined ? undefined : partitions.get(appId)?.collections;
  const record = collections?.token.get(token)?.value;
  if (appId === undefined || record === undefined) return undefined;
  return { appId, token: record, clock: collections?.clock.get(ONLY)?.value };
}

/** Drops the oldest records of the largest journals above their common limit. Returns the number of all records. */
function boundJournals(partitions: Partitions, { journalRecordsTotalMax }: StoreLimits): number {
  const journals = Array.from(partitions.values(), ({ logs }) => logs.journal);
  const counts = journals.map(({ count }) => count);
  const share = journalShare(counts, journalRecordsTotalMax);
  for (const journal of journals) journal.keepNewest(share);
  return journals.reduce((sum, { count }) => sum + count, 0);
}

function viewOf(partition: Partition | undefined, { token, msgId }: At): PartitionView {
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

const EMPTY_LOG: LogView<never> = { records: [], appended: 0, evicted: new Map() };

function entryOf<T>(slot: Slot<T> | undefined): Entry<T> | undefined {
  return slot === undefined ? undefined : { revision: slot.revision, value: slot.value };
}

function valuesOf<T>(entries: ReadonlyMap<string, Slot<T>>): ReadonlyMap<string, T> {
  return new Map(Array.from(entries, ([id, { value }]) => [id, value]));
}

function createPartition(limits: PartitionLimits): Partition {
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
    logs: createLogs(limits),
  };
}

function createLogs(limits: PartitionLimits): Partition['logs'] {
  const { journalRecordsMax, ledgerRecordsMax, onJournalDrop } = limits;
  return {
    journal: new BoundedLog({ recordsMax: journalRecordsMax, labelOf: journalLabel, onDrop: onJournalDrop }),
    ledger: new BoundedLog({ recordsMax: ledgerRecordsMax, labelOf: ledgerLabel }),
  };
}

interface CommitContext {
  readonly limits: PartitionLimits;
  readonly nextRevision: () => number;
}

function isCurrent({ collections, counters }: Partition, write: Write): boolean {
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

function apply(partition: Partition, write: Write, { limits, nextRevision }: CommitContext): void {
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
      clear(partition, write.parts, limits);
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

function take({ counters }: Partition, counter: string, limit: number): number | undefined {
  const before = counters.get(counter) ?? 0;
  if (before >= limit) return undefined;
  counters.set(counter, before + 1);
  return before;
}

function notify(listeners: ReadonlySet<JournalListener>, writes: readonly Write[]): void {
  for (const write of writes) {
    if (write.kind !== 'append' || write.log !== 'journal') continue;
    for (const listener of listeners) listener(write.record);
  }
}

function clear(partition: Partition, parts: readonly string[], limits: PartitionLimits): void {
  replaceParts(partition, parts, createPartition(limits));
}

function replaceParts(partition: Partition, parts: readonly string[], from: Partition): void {
  partition.collections = pick(parts, { from: from.collections, rest: partition.collections });
  partition.logs = pick(parts, { from: from.logs, rest: partition.logs });
  if (parts.includes('counters')) partition.counters = from.counters;
}

/** An independent copy of some parts. Slots and logs are copied, because they change in place; the values in them do not. */
function copyOf(
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
