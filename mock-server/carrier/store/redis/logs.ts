/** Reads the logs of a partition. A journal is read in steps, so that a full one blocks no other request. */
import type { JournalRecord, LogName, Logs, PartitionId, StateStore } from '../state-store.js';
import type { RedisAccess, RedisCalls } from './calls.js';
import { idIn } from './journal-text.js';

// A hundred of the largest records take a few megabytes.
const STEP = 100;

/** The entries, newest first and each once, even if others are written meanwhile. */
export async function* stepsOf(
  range: (from: number, to: number) => Promise<readonly string[]>,
  keyOf: (entry: string) => string = (entry) => entry,
): AsyncGenerator<readonly string[]> {
  let last: string | undefined;
  // Each step begins with the last entry of the one before. New entries shift it to a later place.
  for (let from = 0; ; from += STEP) {
    const entries = await range(from, from + STEP);
    const at = last === undefined ? -1 : entries.map(keyOf).lastIndexOf(last);
    if (last === undefined || at !== -1) {
      yield entries.slice(at + 1);
      const end = entries.at(-1);
      last = end && keyOf(end);
    }
    if (entries.length <= STEP) return;
  }
}

export function logReads(
  { calls, prefixOf }: RedisAccess,
  readRecord: (text: string) => JournalRecord,
): Pick<StateStore, 'log' | 'journal' | 'forget'> {
  const readers: { readonly [L in LogName]: (text: string) => Logs[L] } = {
    journal: readRecord,
    ledger: (text) => JSON.parse(text),
  };
  const journalOf = (partition: PartitionId) => `${prefixOf(partition)}journal`;
  return {
    log: async (partition, name, newest = Number.MAX_SAFE_INTEGER) => {
      const read = readers[name];
      const key = prefixOf(partition) + name;
      const texts = newest === 0 ? [] : await calls.lrange(key, 0, newest - 1);
      const [kept, evicted] = await Promise.all([
        calls.llen(key),
        calls.get(`${key}:evicted`).then(Number),
      ]);
      return { records: texts.map((text) => read(text)), appended: kept + evicted, evicted };
    },
    journal: async function* (partition) {
      for await (const entries of journalSteps(calls, journalOf(partition)))
        yield entries.map(readRecord);
    },
    forget: async (partition, ids) => {
      const key = journalOf(partition);
      const removed: string[] = [];
      for await (const entries of journalSteps(calls, key))
        removed.push(...entries.filter((entry) => ids.has(readRecord(entry).id)));
      for (const entry of removed) await calls.lrem(key, entry);
    },
  };
}

function journalSteps({ lrange }: RedisCalls, key: string): AsyncGenerator<readonly string[]> {
  // The end of a delivery changes an entry.
  return stepsOf((from, to) => lrange(key, from, to), idIn);
}
