/**
 * One limit for all journals in a Redis. A script can only access one partition, and a server does not see the writes of
 * others. So each server counts all journals whenever it has written a part of the limit itself.
 */
import { journalShare } from '../bounded.js';
import { type PartitionId, SERVER_PARTITION } from '../state-store.js';
import type { RedisCalls } from './calls.js';
import { readEntry } from './partition-reply.js';

export interface JournalTotalInputs {
  readonly calls: Pick<RedisCalls, 'hgetall' | 'llen' | 'trimJournal'>;
  readonly prefixOf: (partition: PartitionId) => string;
  readonly journalRecordsTotalMax: number;
}

// With eight servers, the journals exceed the limit by at most a quarter.
const CHECK_AFTER = 1 / 32;
// Thousands of commands at once would block other requests.
const PARTITIONS_AT_ONCE = 500;

interface JournalLength {
  readonly partition: PartitionId;
  readonly count: number;
}

export class JournalTotal {
  readonly #inputs: JournalTotalInputs;
  // The first record checks at once: the Redis may be full of records from before this server started.
  #unchecked = Number.POSITIVE_INFINITY;
  #isChecking = false;
  #dropped = 0;

  constructor(inputs: JournalTotalInputs) {
    this.#inputs = inputs;
  }

  /** How many records this server has dropped. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Called after each commit with the number of records that it wrote and dropped. Counts in the background. */
  committed({ written, dropped }: { readonly written: number; readonly dropped: number }): void {
    this.#dropped += dropped;
    this.#unchecked += written;
    if (written > 0 && !this.#isChecking) void this.#checkAll();
  }

  /** Checks until no more records than the allowance were written meanwhile. */
  async #checkAll(): Promise<void> {
    const allowance = this.#inputs.journalRecordsTotalMax * CHECK_AFTER;
    this.#isChecking = true;
    while (this.#unchecked > allowance) {
      this.#unchecked = 0;
      // A commit with the same failure reports it.
      await this.#check().catch(() => undefined);
    }
    this.#isChecking = false;
  }

  async #check(): Promise<void> {
    const { calls, prefixOf, journalRecordsTotalMax } = this.#inputs;
    const journals = await this.#journals();
    const counts = journals.map(({ count }) => count);
    const share = journalShare(counts, journalRecordsTotalMax);
    for (const { partition, count } of journals) {
      if (count <= share) continue;
      const dropped = await calls.trimJournal(prefixOf(partition), [share]);
      this.#dropped += Number(dropped);
    }
  }

  async #journals(): Promise<readonly JournalLength[]> {
    const partitions = await this.#partitions();
    const journals: JournalLength[] = [];
    for (let at = 0; at < partitions.length; at += PARTITIONS_AT_ONCE) {
      const some = partitions.slice(at, at + PARTITIONS_AT_ONCE);
      journals.push(...(await Promise.all(some.map((partition) => this.#lengthOf(partition)))));
    }
    return journals;
  }

  async #partitions(): Promise<readonly PartitionId[]> {
    const { calls, prefixOf } = this.#inputs;
    const named = await calls.hgetall(`${prefixOf(SERVER_PARTITION)}shortId`);
    const apps = Object.values(named).map((text) => readEntry<PartitionId>(text).value);
    return [...new Set([SERVER_PARTITION, ...apps])];
  }

  async #lengthOf(partition: PartitionId): Promise<JournalLength> {
    const { calls, prefixOf } = this.#inputs;
    return { partition, count: await calls.llen(`${prefixOf(partition)}journal`) };
  }
}
