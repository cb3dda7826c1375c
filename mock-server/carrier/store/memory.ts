/** State in this process's memory. Each call runs to its end before another starts, so a commit is atomic. */
import { BoundedMap, journalShare } from './bounded.js';
import {
  apply,
  copyOf,
  countTokens,
  createPartition,
  entryOf,
  isCurrent,
  type Partition,
  type PartitionLimits,
  replaceParts,
  type Snapshot,
  take,
  valuesOf,
  viewOf,
} from './partition.js';
import {
  DEFAULT_LIMITS,
  type ForeignView,
  type JournalListener,
  type LogView,
  ONLY,
  type PartitionId,
  SERVER_PARTITION,
  SNAPSHOTS_MAX,
  type StateStore,
  type StoreLimits,
  type Write,
} from './state-store.js';

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
    forget: (id, ids) => {
      const removed = partitions.get(id)?.logs.journal.remove((record) => ids.has(record.id)) ?? 0;
      journalRecords -= removed;
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

const EMPTY_LOG: LogView<never> = { records: [], appended: 0, evicted: 0 };

function notify(listeners: ReadonlySet<JournalListener>, writes: readonly Write[]): void {
  for (const write of writes) {
    if (write.kind !== 'append' || write.log !== 'journal') continue;
    for (const listener of listeners) listener(write.record);
  }
}
