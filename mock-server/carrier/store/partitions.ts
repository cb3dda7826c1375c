/** All partitions of the memory store, and the common limit of their journals. */
import { journalShare } from './bounded.js';
import {
  apply,
  type CollectionParts,
  copyOfSaved,
  createPartition,
  isCurrent,
  type LogParts,
  type Partition,
  type PartitionLimits,
  type SavedParts,
} from './partition.js';
import type {
  Collection,
  Collections,
  CommitOutcome,
  Entry,
  LogName,
  Logs,
  LogView,
  PartitionId,
  StoreLimits,
  Write,
} from './state-store.js';

const NO_ENTRIES: ReadonlyMap<string, never> = new Map<string, never>();
const EMPTY_LOG: LogView<never> = { records: [], appended: 0, evicted: 0 };

export class Partitions {
  readonly #partitions = new Map<PartitionId, Partition>();
  readonly #limits: PartitionLimits;
  /** The records of all journals. */
  #journalRecords = 0;
  /** Not the sum of the journals' counts: those are deleted when an app is reset. */
  #journalEvictions = 0;
  /** One sequence for all partitions: one that was dropped and created again repeats no revision. */
  #revision = 0;

  constructor(limits: StoreLimits) {
    const onJournalDrop = () => {
      this.#journalEvictions += 1;
    };
    this.#limits = { ...limits, onJournalDrop };
  }

  get journalEvictions(): number {
    return this.#journalEvictions;
  }

  find(id: PartitionId): Partition | undefined {
    return this.#partitions.get(id);
  }

  /** Creates it if it does not exist. */
  at(id: PartitionId): Partition {
    const partition = this.#partitions.get(id) ?? createPartition(this.#limits);
    this.#partitions.set(id, partition);
    return partition;
  }

  entries<C extends Collection>(
    id: PartitionId,
    collection: C,
  ): ReadonlyMap<string, Entry<Collections[C]>> {
    const parts: CollectionParts | undefined = this.#partitions.get(id);
    return parts?.[collection].entries ?? NO_ENTRIES;
  }

  log<L extends LogName>(id: PartitionId, name: L, newest?: number): LogView<Logs[L]> {
    const parts: LogParts | undefined = this.#partitions.get(id);
    return parts?.[name].view(newest) ?? EMPTY_LOG;
  }

  commit(id: PartitionId, writes: readonly Write[]): CommitOutcome {
    const partition = this.#partitions.get(id) ?? createPartition(this.#limits);
    for (const write of writes) if (!isCurrent(partition, write)) return 'stale';
    this.#partitions.set(id, partition);
    const before = partition.journal.count;
    this.#revision += 1;
    apply(partition, writes, { limits: this.#limits, revision: this.#revision });
    this.#journalRecords += partition.journal.count - before;
    if (this.#journalRecords > this.#limits.journalRecordsTotalMax) this.#boundJournals();
    return 'committed';
  }

  /** Its own copy of the saved parts, because a snapshot can be restored again. */
  restore(id: PartitionId, saved: SavedParts): void {
    Object.assign(this.at(id), copyOfSaved(saved));
    this.#boundJournals();
  }

  forget(id: PartitionId, ids: ReadonlySet<string>): void {
    const removed = this.#partitions.get(id)?.journal.remove((record) => ids.has(record.id)) ?? 0;
    this.#journalRecords -= removed;
  }

  drop(id: PartitionId): void {
    this.#journalRecords -= this.#partitions.get(id)?.journal.count ?? 0;
    this.#partitions.delete(id);
  }

  /** Drops the oldest records of the largest journals above their common limit. */
  #boundJournals(): void {
    const journals = Array.from(this.#partitions.values(), ({ journal }) => journal);
    const counts = journals.map(({ count }) => count);
    const share = journalShare(counts, this.#limits.journalRecordsTotalMax);
    for (const journal of journals) journal.keepNewest(share);
    this.#journalRecords = journals.reduce((sum, { count }) => sum + count, 0);
  }
}
