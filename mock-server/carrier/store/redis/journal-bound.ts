/**
 * One bound for the journals of all worlds in a Redis. A script reaches one world, and servers do not see each other's
 * writes: each server looks at what all journals weigh when it has written a part of the bound itself.
 */

import { bytesOf, FILLED_AFTER, halveHeaviest, type WeighedLog } from '../shared-bound.js';
import { SERVER_WORLD, type WorldId } from '../state-store.js';
import type { RedisCalls } from './calls.js';
import { readEntry } from './entry-text.js';

export interface JournalBoundInputs {
  readonly calls: Pick<RedisCalls, 'hget' | 'hgetall' | 'trimJournal'>;
  readonly prefixOf: (world: WorldId) => string;
  /** Where a key is kept; the same for all keys of a Redis that is no cluster. */
  readonly nodeOf: (key: string) => string;
  /** What a node may keep in its memory; infinite without a bound. Rejects where that cannot be read. */
  readonly memoryMax: () => Promise<number>;
  readonly journalBytesTotalMax: number;
}

/** What a commit did to a journal: how many old records it dropped, and the bytes of the new ones. */
export type JournalChange = readonly [dropped: number, bytes: number];

export interface JournalBound {
  /** Called after each commit. Looks in the background, one look at a time. */
  committed(change: JournalChange): void;
  /** Drops the oldest records of the node that has a key, even the newest of a journal; false if it has none. */
  makeRoom(key: string): Promise<boolean>;
  /** How many records this server has dropped, for whichever bound. */
  dropped(): number;
}

// With eight servers the journals pass the bound by a quarter at the most.
const LOOK_AFTER = 1 / 32;
// The other half is for apps, tokens and ledgers, and for what an allocator adds to each text.
const MEMORY_SHARE = 1 / 2;
// What a node without memory keeps of its journals. Those who wait for room write at once, and more than a tenth.
const LEFT_WITHOUT_MEMORY = 1 / 2;
// Thousands of commands in one go keep everybody else waiting.
const WORLDS_AT_ONCE = 500;

/** A journal, and what is to be left of it. */
interface Plan extends WeighedLog {
  readonly world: WorldId;
  readonly keptBytes: number;
}

export function createJournalBound(inputs: JournalBoundInputs): JournalBound {
  const { prefixOf, nodeOf, memoryMax, journalBytesTotalMax } = inputs;
  let memory = Number.POSITIVE_INFINITY;
  // The first record looks at once: the Redis may be full of those from before this server's start.
  let unseenBytes = Number.POSITIVE_INFINITY;
  let isLooking = false;
  let isBare = false;
  let makingRoom: Promise<boolean> | undefined;
  let droppedEver = 0;

  const bytesMax = () => Math.min(journalBytesTotalMax, memory * MEMORY_SHARE);

  async function dropFrom(plans: readonly Plan[], rest: Rest): Promise<void> {
    const dropped = await drop(inputs, plans, rest);
    // Not before: others count meanwhile.
    droppedEver += dropped;
  }

  async function look(): Promise<void> {
    memory = await memoryMax().catch(() => memory);
    const plans = await plansOf(inputs);
    if (bytesOf(plans) <= bytesMax()) return;
    await dropFrom(plans, { bytes: bytesMax() * FILLED_AFTER, newest: 1 });
  }

  async function relieve(key: string): Promise<boolean> {
    const plans = (await plansOf(inputs)).filter(({ world }) => nodeOf(prefixOf(world)) === nodeOf(key));
    const bytes = bytesOf(plans);
    isBare = bytes === 0;
    await dropFrom(plans, { bytes: bytes * LEFT_WITHOUT_MEMORY, newest: 0 });
    // Also where another server was faster.
    return !isBare;
  }

  return {
    committed: ([dropped, bytes]) => {
      isBare = false;
      droppedEver += dropped;
      if (bytes === 0) return;
      unseenBytes += bytes;
      if (isLooking || unseenBytes <= bytesMax() * LOOK_AFTER) return;
      unseenBytes = 0;
      isLooking = true;
      // A commit that meets the same failure reports it.
      void look()
        .catch(() => undefined)
        .finally(() => {
          isLooking = false;
        });
    },
    makeRoom: async (key) => {
      // Until a commit succeeds no journal has anything new.
      if (isBare) return false;
      makingRoom ??= relieve(key)
        .catch(() => false)
        .finally(() => {
          makingRoom = undefined;
        });
      return makingRoom;
    },
    dropped: () => droppedEver,
  };
}

async function plansOf({ calls, prefixOf }: JournalBoundInputs): Promise<readonly Plan[]> {
  const named = await calls.hgetall(`${prefixOf(SERVER_WORLD)}shortId`);
  const apps = Object.values(named).map((text) => readEntry<WorldId>(text).value);
  const worlds = [...new Set([SERVER_WORLD, ...apps])];
  const plans: Plan[] = [];
  for (let at = 0; at < worlds.length; at += WORLDS_AT_ONCE) {
    const page = worlds.slice(at, at + WORLDS_AT_ONCE);
    const texts = await Promise.all(page.map((world) => calls.hget(`${prefixOf(world)}journal:tally`, 'bytes')));
    plans.push(...page.map((world, index) => planFor(world, Number(texts[index] ?? 0))));
  }
  return plans;
}

function planFor(world: WorldId, keptBytes: number): Plan {
  const plan = {
    world,
    keptBytes,
    bytes: keptBytes,
    halve: () => {
      plan.bytes = Math.floor(plan.bytes / 2);
    },
  };
  return plan;
}

/** What is to be left. */
interface Rest {
  /** What all journals may weigh together. */
  readonly bytes: number;
  /** How many of each journal's newest stay whatever they weigh. */
  readonly newest: number;
}

/** Returns how many records were dropped. Planned first: another server with the same plan drops nothing more. */
async function drop(inputs: JournalBoundInputs, plans: readonly Plan[], { bytes, newest }: Rest): Promise<number> {
  halveHeaviest(plans, bytes);
  let dropped = 0;
  for (const plan of plans) {
    if (plan.bytes < plan.keptBytes) dropped += await trim(inputs, plan.world, { bytes: plan.bytes, newest });
  }
  return dropped;
}

async function trim({ calls, prefixOf }: JournalBoundInputs, world: WorldId, { bytes, newest }: Rest): Promise<number> {
  let sum = 0;
  for (;;) {
    const [dropped, left] = (await calls.trimJournal(prefixOf(world), [bytes, newest])) as readonly [number, number];
    sum += dropped;
    if (dropped === 0 || left <= bytes) return sum;
  }
}
