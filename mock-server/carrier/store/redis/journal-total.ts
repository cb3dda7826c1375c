/**
 * One limit for all journals in a Redis. A script can only access one partition, and a server does not see the writes of
 * others. So each server counts all journals whenever it has written a part of the limit itself.
 */
import { journalShare } from '../bounded.js';
import { type PartitionId, SERVER_PARTITION, type StoreLimits } from '../state-store.js';
import type { RedisAccess } from './calls.js';
import { readEntry } from './partition-reply.js';

export interface JournalTotal {
  /** Called after each commit with the number of records that it wrote and dropped. Counts in the background. */
  committed(change: { readonly written: number; readonly dropped: number }): void;
  /** How many records this server has dropped. */
  dropped(): number;
}

// With eight servers, the journals exceed the limit by at most a quarter.
const CHECK_AFTER = 1 / 32;
// Thousands of commands at once would block other requests.
const PARTITIONS_AT_ONCE = 500;

export function createJournalTotal(
  access: RedisAccess,
  { journalRecordsTotalMax }: Pick<StoreLimits, 'journalRecordsTotalMax'>,
): JournalTotal {
  const allowance = journalRecordsTotalMax * CHECK_AFTER;
  // The first record checks at once: the Redis may be full of records from before this server started.
  let unchecked = Number.POSITIVE_INFINITY;
  let isChecking = false;
  let droppedTotal = 0;

  async function check(): Promise<void> {
    const journals = await journalLengths(access);
    const counts = journals.map(({ count }) => count);
    const share = journalShare(counts, journalRecordsTotalMax);
    for (const { partition, count } of journals) {
      if (count <= share) continue;
      const dropped = await access.calls.trimJournal(access.prefixOf(partition), [share]);
      droppedTotal += dropped;
    }
  }

  /** Checks until no more records than the allowance were written meanwhile. */
  async function checkAll(): Promise<void> {
    isChecking = true;
    while (unchecked > allowance) {
      unchecked = 0;
      // A commit with the same failure reports it.
      await check().catch(() => undefined);
    }
    isChecking = false;
  }

  return {
    committed: ({ written, dropped }) => {
      droppedTotal += dropped;
      unchecked += written;
      if (written > 0 && !isChecking) void checkAll();
    },
    dropped: () => droppedTotal,
  };
}

interface JournalLength {
  readonly partition: PartitionId;
  readonly count: number;
}

async function journalLengths({ calls, prefixOf }: RedisAccess): Promise<readonly JournalLength[]> {
  const named = await calls.hgetall(`${prefixOf(SERVER_PARTITION)}shortId`);
  const apps = Object.values(named).map((text) => readEntry<PartitionId>(text).value);
  const partitions = [...new Set([SERVER_PARTITION, ...apps])];
  const lengthOf = async (partition: PartitionId): Promise<JournalLength> => {
    return { partition, count: await calls.llen(`${prefixOf(partition)}journal`) };
  };
  const lengths: JournalLength[] = [];
  for (let at = 0; at < partitions.length; at += PARTITIONS_AT_ONCE) {
    const some = partitions.slice(at, at + PARTITIONS_AT_ONCE);
    lengths.push(...(await Promise.all(some.map(lengthOf))));
  }
  return lengths;
}
