/** Reads the logs of a partition. A journal is read in steps, so that a full one blocks no other request. */
import type { JournalRecord, LogName, Logs, LogView, PartitionId } from '../state-store.js';
import type { RedisCalls } from './calls.js';

// A hundred of the largest records take a few megabytes.
const STEP = 100;

/** The entries, newest first and each once, even if others are written meanwhile. */
export async function* stepsOf(
  range: (from: number, to: number) => Promise<readonly string[]>,
): AsyncGenerator<readonly string[]> {
  let last: string | undefined;
  // Each step begins with the last entry of the one before. New entries shift it to a later place.
  for (let from = 0; ; from += STEP) {
    const entries = await range(from, from + STEP);
    const at = last === undefined ? -1 : entries.lastIndexOf(last);
    if (last === undefined || at !== -1) {
      yield entries.slice(at + 1);
      last = entries.at(-1);
    }
    if (entries.length <= STEP) return;
  }
}

export interface LogsInputs {
  readonly calls: Pick<RedisCalls, 'get' | 'llen' | 'lrange' | 'lrem'>;
  readonly prefixOf: (partition: PartitionId) => string;
  readonly readRecord: (text: string) => JournalRecord;
}

export class RedisLogs {
  readonly #inputs: LogsInputs;
  readonly #read: { readonly [L in LogName]: (text: string) => Logs[L] };

  constructor(inputs: LogsInputs) {
    this.#inputs = inputs;
    this.#read = { journal: inputs.readRecord, ledger: (text) => JSON.parse(text) };
  }

  async view<L extends LogName>(
    partition: PartitionId,
    name: L,
    newest = Number.MAX_SAFE_INTEGER,
  ): Promise<LogView<Logs[L]>> {
    const { calls } = this.#inputs;
    const read = this.#read[name];
    const key = this.#keyOf(partition, name);
    const texts = newest === 0 ? [] : await calls.lrange(key, 0, newest - 1);
    const [kept, evicted] = await Promise.all([
      calls.llen(key),
      calls.get(`${key}:evicted`).then(Number),
    ]);
    return { records: texts.map((text) => read(text)), appended: kept + evicted, evicted };
  }

  async *journal(partition: PartitionId): AsyncGenerator<readonly JournalRecord[]> {
    const { readRecord } = this.#inputs;
    for await (const entries of this.#journalSteps(partition)) yield entries.map(readRecord);
  }

  async forget(partition: PartitionId, ids: ReadonlySet<string>): Promise<void> {
    const { calls, readRecord } = this.#inputs;
    const removed: string[] = [];
    for await (const entries of this.#journalSteps(partition))
      removed.push(...entries.filter((entry) => ids.has(readRecord(entry).id)));
    const key = this.#keyOf(partition, 'journal');
    for (const entry of removed) await calls.lrem(key, entry);
  }

  #journalSteps(partition: PartitionId): AsyncGenerator<readonly string[]> {
    const key = this.#keyOf(partition, 'journal');
    return stepsOf((from, to) => this.#inputs.calls.lrange(key, from, to));
  }

  #keyOf(partition: PartitionId, name: LogName): string {
    return this.#inputs.prefixOf(partition) + name;
  }
}
