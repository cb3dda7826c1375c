/**
 * One limit for all journals in a Redis. A script can only access one partition, and a server does not see the writes of
 * others. So each server checks the size of all journals whenever it has written a fraction of the limit itself.
 */

import { bytesOf, halveHeaviest, TARGET_SHARE, type WeighedLog } from '../shared-bound.js';
import { type PartitionId, SERVER_PARTITION } from '../state-store.js';
import type { RedisCalls } from './calls.js';
import { readEntry } from './entry-text.js';

export interface JournalBoundInputs {
  readonly calls: Pick<RedisCalls, 'hget' | 'hgetall' | 'trimJournal'>;
  readonly prefixOf: (partition: PartitionId) => string;
  /** The node of a cluster that has a key; without a cluster, the same for all keys. */
  readonly nodeOf: (key: string) => string;
  /** The smallest `maxmemory` of the nodes; infinite if none is set. Rejects if it cannot be read. */
  readonly memoryMax: () => Promise<number>;
  readonly journalBytesTotalMax: number;
}

/** The effect of a commit on a journal: the number of dropped records and the bytes of new records. */
export type JournalChange = readonly [dropped: number, bytes: number];

export interface JournalBound {
  /** Called after each commit. Checks in the background, one check at a time. */
  committed(change: JournalChange): void;
  /** Drops the oldest records of the node that has the key, even a journal's newest; false if there are none. */
  makeRoom(key: string): Promise<boolean>;
  /** How many records this server has dropped, for any limit. */
  dropped(): number;
}

// With eight servers, the journals exceed the limit by at most a quarter.
const CHECK_AFTER = 1 / 32;
// The other half is for apps, tokens, ledgers and the overhead of the allocator.
const MEMORY_SHARE = 1 / 2;
// The share of its journals that a node without memory keeps. The waiting commits then write at once, more than a tenth.
const KEPT_SHARE_WITHOUT_MEMORY = 1 / 2;
// Thousands of commands at once would block other requests.
const PARTITIONS_AT_ONCE = 500;

/** A journal and its target size. */
interface Plan extends WeighedLog {
  readonly partition: PartitionId;
  readonly keptBytes: number;
}

export function createJournalBound(inputs: JournalBoundInputs): JournalBound {
  const { prefixOf, nodeOf, memoryMax, journalBytesTotalMax } = inputs;
  let memory = Number.POSITIVE_INFINITY;
  // The first record checks at once: the Redis may be full of records from before this server started.
  let uncheckedBytes = Number.POSITIVE_INFINITY;
  let isChecking = false;
  let hasNoRecords = false;
  let makingRoom: Promise<boolean> | undefined;
  let droppedTotal = 0;

  const bytesMax = () => Math.min(journalBytesTotalMax, memory * MEMORY_SHARE);

  async function dropFrom(plans: readonly Plan[], target: Target): Promise<void> {
    const dropped = await drop(inputs, plans, target);
    // Added after the await, because others change the count meanwhile.
    droppedTotal += dropped;
  }

  async function check(): Promise<void> {
    memory = await memoryMax().catch(() => memory);
    const plans = await plansOf(inputs);
    if (bytesOf(plans) <= bytesMax()) return;
    await dropFrom(plans, { bytes: bytesMax() * TARGET_SHARE, newest: 1 });
  }

  async function freeMemory(key: string): Promise<boolean> {
    const plans = (await plansOf(inputs)).filter(({ partition }) => nodeOf(prefixOf(partition)) === nodeOf(key));
    const bytes = bytesOf(plans);
    hasNoRecords = bytes === 0;
    await dropFrom(plans, { bytes: bytes * KEPT_SHARE_WITHOUT_MEMORY, newest: 0 });
    // True also if another server was faster.
    return !hasNoRecords;
  }

  return {
    committed: ([dropped, bytes]) => {
      hasNoRecords = false;
      droppedTotal += dropped;
      if (bytes === 0) return;
      uncheckedBytes += bytes;
      if (isChecking || uncheckedBytes <= bytesMax() * CHECK_AFTER) return;
      uncheckedBytes = 0;
      isChecking = true;
      // A commit with the same failure reports it.
      void check()
        .catch(() => undefined)
        .finally(() => {
          isChecking = false;
        });
    },
    makeRoom: async (key) => {
      // Until a commit succeeds, no journal has a new record.
      if (hasNoRecords) return false;
      makingRoom ??= freeMemory(key)
        .catch(() => false)
        .finally(() => {
          makingRoom = undefined;
        });
      return makingRoom;
    },
    dropped: () => droppedTotal,
  };
}

async function plansOf({ calls, prefixOf }: JournalBoundInputs): Promise<readonly Plan[]> {
  const named = await calls.hgetall(`${prefixOf(SERVER_PARTITION)}shortId`);
  const apps = Object.values(named).map((text) => readEntry<PartitionId>(text).value);
  const partitions = [...new Set([SERVER_PARTITION, ...apps])];
  const plans: Plan[] = [];
  for (let at = 0; at < partitions.length; at += PARTITIONS_AT_ONCE) {
    const page = partitions.slice(at, at + PARTITIONS_AT_ONCE);
    const texts = await Promise.all(
      page.map((partition) => calls.hget(`${prefixOf(partition)}journal:tally`, 'bytes')),
    );
    plans.push(...page.map((partition, index) => planFor(partition, Number(texts[index] ?? 0))));
  }
  return plans;
}

function planFor(partition: PartitionId, keptBytes: number): Plan {
  const plan = {
    partition,
    keptBytes,
    bytes: keptBytes,
    halve: () => {
      plan.bytes = Math.floor(plan.bytes / 2);
    },
  };
  return plan;
}

/** What must remain. */
interface Target {
  /** The target size of all journals together. */
  readonly bytes: number;
  /** The number of each journal's newest records that always stay, even if they are large. */
  readonly newest: number;
}

/** Returns the number of dropped records. The targets are planned first, so that another server with the same plan drops nothing more. */
async function drop(inputs: JournalBoundInputs, plans: readonly Plan[], { bytes, newest }: Target): Promise<number> {
  halveHeaviest(plans, bytes);
  let dropped = 0;
  for (const plan of plans) {
    if (plan.bytes < plan.keptBytes) dropped += await trim(inputs, plan.partition, { bytes: plan.bytes, newest });
  }
  return dropped;
}

async function trim(
  { calls, prefixOf }: JournalBoundInputs,
  partition: PartitionId,
  { bytes, newest }: Target,
): Promise<number> {
  let sum = 0;
  for (;;) {
    const [dropped, left] = (await calls.trimJournal(prefixOf(partition), [bytes, newest])) as readonly [
      number,
      number,
    ];
    sum += dropped;
    if (dropped === 0 || left <= bytes) return sum;
  }
}
