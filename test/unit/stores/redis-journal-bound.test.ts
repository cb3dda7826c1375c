/** The limit for all journals in a Redis: when a server checks it and what it drops. No commit waits or fails because of a check. */
import { describe, expect, test } from 'vitest';
import { createJournalBound, type JournalBoundInputs } from '../../../mock-server/carrier/store/redis/journal-bound.js';
import { SERVER_PARTITION } from '../../../mock-server/carrier/store/state-store.js';

const MIB = 1024 * 1024;
/** The size of each record. */
const BYTES = MIB;

interface Scene {
  /** The number of records in each partition. */
  readonly kept: Readonly<Record<string, number>>;
  readonly total?: number;
  readonly memoryMax?: JournalBoundInputs['memoryMax'];
  readonly nodeOf?: JournalBoundInputs['nodeOf'];
  /** Called before each read of the partitions. */
  readonly onLook?: () => Promise<void>;
  /** Called before each drop of records. */
  readonly onTrim?: () => void;
}

/** Journals with records of the same size, and a limit of 32 MiB for all. */
function scene({ kept, total = 32 * MIB, memoryMax, nodeOf = () => '', onLook, onTrim }: Scene) {
  const journals = new Map(Object.entries(kept));
  const seen = { looks: 0, trims: 0 };
  const partitionOf = (key: string) => key.replace(/:.*$/, '');
  const inputs: JournalBoundInputs = {
    prefixOf: (partition) => `${partition}:`,
    nodeOf,
    memoryMax: memoryMax ?? (async () => Number.POSITIVE_INFINITY),
    journalBytesTotalMax: total,
    calls: {
      hgetall: async () => {
        seen.looks += 1;
        await onLook?.();
        return Object.fromEntries(
          Object.keys(kept).map((partition) => [`short-${partition}`, `1 ${JSON.stringify(partition)}`]),
        );
      },
      hget: async (key) => {
        const records = journals.get(partitionOf(key));
        return records === undefined ? null : String(records * BYTES);
      },
      // At most two at a time.
      trimJournal: async (key, [bytes, newest]) => {
        seen.trims += 1;
        onTrim?.();
        const records = journals.get(partitionOf(key)) ?? 0;
        const estimated = Math.max(Math.floor(Number(bytes) / BYTES), Number(newest));
        const left = Math.max(Math.min(records, estimated), records - 2);
        journals.set(partitionOf(key), left);
        return [records - left, left * BYTES];
      },
    },
  };
  const bound = createJournalBound(inputs);
  const rest = () => Object.fromEntries(journals);
  return { bound, rest, seen };
}

/** Longer than a check takes here. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('a check', () => {
  test('drops the older half of the largest journal until nine tenths of the limit are left', async () => {
    const { bound, rest } = scene({ kept: { [SERVER_PARTITION]: 1, quiet: 8, wild: 40 } });
    bound.committed([0, 1]);
    await settled();
    expect(rest()).toEqual({ [SERVER_PARTITION]: 1, quiet: 8, wild: 10 });
    expect(bound.dropped()).toBe(30);
  });

  test('drops nothing up to the limit', async () => {
    const { bound, rest } = scene({ kept: { quiet: 8, wild: 24 } });
    bound.committed([0, 1]);
    await settled();
    expect(rest()).toEqual({ quiet: 8, wild: 24 });
  });

  test.each([
    { description: 'half of the memory', memoryMax: async () => 16 * MIB, left: 5 },
    { description: 'the limit, if there is more memory', memoryMax: async () => 400 * MIB, left: 20 },
    {
      description: 'the limit, if the memory may not be read',
      memoryMax: () => Promise.reject(new Error('NOPERM')),
      left: 20,
    },
  ])('keeps the journals to $description', async ({ memoryMax, left }) => {
    const { bound, rest } = scene({ kept: { wild: 40 }, memoryMax });
    bound.committed([0, 1]);
    await settled();
    expect(rest()).toEqual({ wild: left });
  });

  test('keeps the newest record of each journal, even above the limit', async () => {
    const { bound, rest } = scene({ kept: { a: 3, b: 3 }, total: MIB / 2 });
    bound.committed([0, 1]);
    await settled();
    expect(rest()).toEqual({ a: 1, b: 1 });
  });

  test('runs after the first record, and then after each fraction of the limit', async () => {
    const { bound, seen } = scene({ kept: { wild: 1 } });
    const looksAfter = async (bytes: number) => {
      bound.committed([0, bytes]);
      await settled();
      return seen.looks;
    };
    expect(await looksAfter(0)).toBe(0);
    expect(await looksAfter(1)).toBe(1);
    expect(await looksAfter(MIB)).toBe(1);
    expect(await looksAfter(1)).toBe(2);
    expect(await looksAfter(1)).toBe(2);
  });

  test('runs only once at a time on a server', async () => {
    let end: () => void = () => undefined;
    const first = new Promise<void>((resolve) => {
      end = resolve;
    });
    const { bound, seen } = scene({ kept: { wild: 1 }, onLook: () => first });
    for (let at = 0; at < 5; at += 1) bound.committed([0, 10 * MIB]);
    await settled();
    expect(seen.looks).toBe(1);
    end();
    await settled();
    bound.committed([0, 1]);
    await settled();
    expect(seen.looks).toBe(2);
  });

  test('that fails is not an error and runs again', async () => {
    const { bound, seen } = scene({ kept: { wild: 1 }, onLook: () => Promise.reject(new Error('gone')) });
    bound.committed([0, 1]);
    await settled();
    bound.committed([0, 2 * MIB]);
    await settled();
    expect(seen.looks).toBe(2);
  });
});

describe('room', () => {
  test('is made by dropping half of the records, from the largest journal first', async () => {
    const { bound, rest } = scene({ kept: { quiet: 2, wild: 16 } });
    expect(await bound.makeRoom('quiet:')).toBe(true);
    expect(rest()).toEqual({ quiet: 2, wild: 4 });
  });

  test('is made by dropping the newest records too; without any records, not until a commit succeeds', async () => {
    const { bound, rest, seen } = scene({ kept: { a: 1, b: 1 } });
    expect(await bound.makeRoom('a:')).toBe(true);
    expect(rest()).toEqual({ a: 0, b: 0 });
    expect(await bound.makeRoom('a:')).toBe(false);
    expect(await bound.makeRoom('a:')).toBe(false);
    expect(seen.looks).toBe(2);
    bound.committed([0, 0]);
    expect(await bound.makeRoom('a:')).toBe(false);
    expect(seen.looks).toBe(3);
  });

  test('is made once for all waiting commits', async () => {
    const { bound, rest, seen } = scene({ kept: { wild: 16 } });
    expect(await Promise.all([bound.makeRoom('a:'), bound.makeRoom('b:')])).toEqual([true, true]);
    expect([rest(), seen.looks]).toEqual([{ wild: 8 }, 1]);
  });

  test('is made on the node that has the key', async () => {
    const { bound, rest } = scene({ kept: { a1: 4, a2: 8, b1: 16 }, nodeOf: (key) => key.charAt(0) });
    expect(await bound.makeRoom('a3:')).toBe(true);
    expect(rest()).toEqual({ a1: 2, a2: 4, b1: 16 });
  });

  test('is not made if the store fails', async () => {
    const { bound } = scene({ kept: { wild: 16 }, onLook: () => Promise.reject(new Error('gone')) });
    expect(await bound.makeRoom('a:')).toBe(false);
  });
});

test('records dropped by commits and by checks are counted together', async () => {
  // Commits while the check drops twenty records, two at a time.
  const { bound, seen } = scene({ kept: { wild: 40 }, onTrim: () => bound.committed([1, 0]) });
  bound.committed([3, 1]);
  await settled();
  expect([seen.trims, bound.dropped()]).toEqual([10, 3 + 20 + 10]);
});
