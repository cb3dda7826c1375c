/** State in this process's memory. Each call runs to its end before another starts, so a commit is atomic. */
import { copyOf, countTokens, take, viewOf } from './partition.js';
import { Partitions } from './partitions.js';
import {
  type At,
  DEFAULT_LIMITS,
  type ForeignView,
  type JournalChange,
  type JournalChangeListener,
  type JournalListener,
  ONLY,
  type PartitionId,
  type PartitionView,
  SERVER_PARTITION,
  type Snapshots,
  type StateStore,
  type StoreLimits,
  type Write,
} from './state-store.js';

export function createMemoryStore(limits: StoreLimits = DEFAULT_LIMITS): StateStore {
  const partitions = new Partitions(limits);
  const listeners = new Set<JournalListener>();
  const changeListeners = new Set<JournalChangeListener>();
  const notifyChange = (change: JournalChange) => {
    for (const listener of changeListeners) listener(change);
  };
  return {
    readPartition: (id, at) => readPartition(partitions, id, at),
    get: (id, collection, key) => partitions.entries(id, collection).get(key),
    list: (id, collection) =>
      new Map(Array.from(partitions.entries(id, collection), ([key, { value }]) => [key, value])),
    size: (id, collection) => partitions.entries(id, collection).size,
    log: (id, name, newest) => partitions.log(id, name, newest),
    journal: async function* (id) {
      yield partitions.log(id, 'journal').records;
    },
    forget: (id, ids) => partitions.forget(id, ids),
    commit: (id, writes) => {
      const outcome = partitions.commit(id, writes);
      if (outcome === 'committed' && listeners.size > 0) notify(listeners, writes);
      return outcome;
    },
    take: (id, counter, limit) => take(partitions.at(id), counter, limit),
    endDelivery: (_, { record, delivery }) => {
      record.delivery = delivery;
      notifyChange({ kind: 'delivered', record });
    },
    announceRemoval: (removal) => notifyChange({ kind: 'removed', ...removal }),
    drop: (id) => partitions.drop(id),
    watchJournal: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watchChanges: (listener) => {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    },
    snapshots: snapshotsOf(partitions),
    census: {
      journalEvictions: () => partitions.journalEvictions,
      tokens: (id, nowMs) => countTokens(partitions.entries(id, 'token'), nowMs),
    },
    shared: false,
    close: () => undefined,
  };
}

function readPartition(partitions: Partitions, id: PartitionId, at: At): PartitionView {
  const own = viewOf(partitions.find(id), at);
  const { token, shortIdOf } = at;
  if (own.token !== undefined || token === undefined) return own;
  const shortId = shortIdOf?.(token);
  if (shortId === undefined) return own;
  return { ...own, foreign: foreignView(partitions, token, shortId) };
}

function foreignView(
  partitions: Partitions,
  token: string,
  shortId: string,
): ForeignView | undefined {
  const appId = partitions.entries(SERVER_PARTITION, 'shortId').get(shortId)?.value;
  const partition = appId === undefined ? undefined : partitions.find(appId);
  const stored = partition?.token.get(token)?.value;
  if (appId === undefined || stored === undefined) return undefined;
  return { appId, token: stored, clock: partition?.clock.get(ONLY)?.value };
}

function snapshotsOf(partitions: Partitions): Snapshots {
  return {
    save: (id, snapshotId, parts) => {
      const partition = partitions.at(id);
      partition.saved.set(snapshotId, copyOf(partition, parts));
    },
    restore: (id, snapshotId) => {
      const saved = partitions.find(id)?.saved.get(snapshotId);
      if (saved === undefined) return false;
      partitions.restore(id, saved);
      return true;
    },
  };
}

function notify(listeners: ReadonlySet<JournalListener>, writes: readonly Write[]): void {
  for (const write of writes) {
    if (write.kind !== 'append' || write.log !== 'journal') continue;
    for (const listener of listeners) listener(write.record);
  }
}
