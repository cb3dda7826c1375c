/** State in this process's memory. Each call runs to its end before another starts, so a commit is atomic. */
import { journalShare } from './bounded.js';
import {
  apply,
  type CollectionParts,
  copyOf,
  countTokens,
  createPartition,
  isCurrent,
  type LogParts,
  type Partition,
  type PartitionLimits,
  take,
  viewOf,
} from './partition.js';
import {
  type Collection,
  DEFAULT_LIMITS,
  type ForeignView,
  type JournalListener,
  type LogName,
  type LogView,
  ONLY,
  type Part,
  type PartitionId,
  SERVER_PARTITION,
  type StateStore,
  type StoreLimits,
  type Write,
} from './state-store.js';

export function createMemoryStore(storeLimits: StoreLimits = DEFAULT_LIMITS): StateStore {
  const partitions = new Map<PartitionId, Partition>();
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

  function partitionAt(id: PartitionId): Partition {
    const partition = partitions.get(id) ?? createPartition(limits);
    partitions.set(id, partition);
    return partition;
  }

  function collectionAt<C extends Collection>(id: PartitionId, collection: C) {
    const parts: CollectionParts | undefined = partitions.get(id);
    return parts?.[collection];
  }

  function logAt<L extends LogName>(id: PartitionId, name: L) {
    const parts: LogParts | undefined = partitions.get(id);
    return parts?.[name];
  }

  return {
    readPartition: (id, at) => {
      const own = viewOf(partitions.get(id), at);
      const { token, shortIdOf } = at;
      if (own.token !== undefined || token === undefined) return own;
      return { ...own, foreign: foreignView(partitions, token, shortIdOf?.(token)) };
    },
    get: (id, collection, key) => collectionAt(id, collection)?.get(key),
    list: (id, collection) =>
      new Map(
        Array.from(collectionAt(id, collection)?.entries ?? [], ([key, { value }]) => [key, value]),
      ),
    size: (id, collection) => collectionAt(id, collection)?.entries.size ?? 0,
    log: (id, name, newest) => logAt(id, name)?.view(newest) ?? EMPTY_LOG,
    journal: async function* (id) {
      yield partitions.get(id)?.journal.view().records ?? [];
    },
    forget: (id, ids) => {
      journalRecords -= partitions.get(id)?.journal.remove((record) => ids.has(record.id)) ?? 0;
    },
    commit: (id, writes) => {
      const partition = partitions.get(id) ?? createPartition(limits);
      for (const write of writes) if (!isCurrent(partition, write)) return 'stale';
      partitions.set(id, partition);
      const before = partition.journal.count;
      revision += 1;
      apply(partition, writes, { limits, revision });
      journalRecords += partition.journal.count - before;
      if (journalRecords > limits.journalRecordsTotalMax)
        journalRecords = boundJournals(partitions, limits);
      if (listeners.size > 0) notify(listeners, writes);
      return 'committed';
    },
    take: (id, counter, limit) => take(partitionAt(id), counter, limit),
    drop: (id) => {
      journalRecords -= partitions.get(id)?.journal.count ?? 0;
      partitions.delete(id);
    },
    watchJournal: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshots: {
      save: (id, snapshotId, parts) => {
        const partition = partitionAt(id);
        partition.saved.set(snapshotId, copyOf(partition, parts));
      },
      restore: (id, snapshotId) => {
        const saved = partitions.get(id)?.saved.get(snapshotId);
        if (saved === undefined) return false;
        // Its own copy, because a snapshot can be restored again.
        Object.assign(partitionAt(id), copyOf(saved as Partition, Object.keys(saved) as Part[]));
        journalRecords = boundJournals(partitions, limits);
        return true;
      },
    },
    census: {
      journalEvictions: () => journalEvictions,
      tokens: (id, nowMs) =>
        countTokens((partitions.get(id) ?? createPartition(limits)).token, nowMs),
    },
    shared: false,
    close: () => undefined,
  };
}

type Partitions = ReadonlyMap<PartitionId, Partition>;

function foreignView(partitions: Partitions, token: string, shortId = ''): ForeignView | undefined {
  const appId = partitions.get(SERVER_PARTITION)?.shortId.get(shortId)?.value;
  const partition = appId === undefined ? undefined : partitions.get(appId);
  const stored = partition?.token.get(token)?.value;
  if (appId === undefined || stored === undefined) return undefined;
  return { appId, token: stored, clock: partition?.clock.get(ONLY)?.value };
}

/** Drops the oldest records of the largest journals above their common limit. Returns the number of all records. */
function boundJournals(partitions: Partitions, { journalRecordsTotalMax }: StoreLimits): number {
  const journals = Array.from(partitions.values(), ({ journal }) => journal);
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
