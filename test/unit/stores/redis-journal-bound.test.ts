/** The bound over all journals of a Redis: when a server looks, what it drops, and that no commit waits for it or fails. */
import { describe, expect, test } from 'vitest';
import { createJournalBound, type JournalBoundInputs } from '../../../mock-server/carrier/store/redis/journal-bound.js';
import { SERVER_WORLD } from '../../../mock-server/carrier/store/state-store.js';

const MIB = 1024 * 1024;
/** Of each record. */
const BYTES = MIB;

interface Scene {
  /** How many records each world has. */
  readonly kept: Readonly<Record<string, number>>;
  readonly total?: number;
  readonly memoryMax?: JournalBoundInputs['memoryMax'];
  readonly nodeOf?: JournalBoundInputs['nodeOf'];
  /** Before each reading of the worlds. */
  readonly onLook?: () => Promise<void>;
  /** Before each dropping of records. */
  readonly onTrim?: () => void;
}

/** Journals of records of the same size, and a bound of 32 MiB over them. */
function scene({ kept, total = 32 * MIB, memoryMax, nodeOf = () => '', onLook, onTrim }: Scene) {
  const journals = new Map(Object.entries(kept));
  const seen = { looks: 0, trims: 0 };
  const worldOf = (key: string) => key.replace(/:.*$/, '');
  const inputs: JournalBoundInputs = {
    prefixOf: (world) => `${world}:`,
    nodeOf,
    memoryMax: memoryMax ?? (async () => Number.POSITIVE_INFINITY),
    journalBytesTotalMax: total,
    calls: {
      hgetall: async () => {
        seen.looks += 1;
        await onLook?.();
        return Object.fromEntries(Object.keys(kept).map((world) => [`short-${world}`, `1 ${JSON.stringify(world)}`]));
      },
      hget: async (key) => {
        const records = journals.get(worldOf(key));
        return records === undefined ? null : String(records * BYTES);
      },
      // At most two at a time.
      trimJournal: async (key, [bytes, newest]) => {
        seen.trims += 1;
        onTrim?.();
        const records = journals.get(worldOf(key)) ?? 0;
        const wanted = Math.max(Math.floor(Number(bytes) / BYTES), Number(newest));
        const left = Math.max(Math.min(records, wanted), records - 2);
        journals.set(worldOf(key), left);
        return [records - left, left * BYTES];
      },
    },
  };
  const bound = createJournalBound(inputs);
  const rest = () => Object.fromEntries(journals);
  return { bound, rest, seen };
}

/** Longer than a look takes here. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('a look', () => {
  test('drops the older half of the heaviest until nine tenths of the bound are left', async () => {
    const { bound, rest } = scene({ kept: { [SERVER_WORLD]: 1, quiet: 8, wild: 40 } });
    bound.committed([0, 1]);
    await settled();
    expect(rest()).toEqual({ [SERVER_WORLD]: 1, quiet: 8, wild: 10 });
    expect(bound.dropped()).toBe(30);
  });

  test('drops nothing up to the bound', async () => {
    const { bound, rest } = scene({ kept: { quiet: 8, wild: 24 } });
    bound.committed([0, 1]);
    await settled();
    expect(rest()).toEqual({ quiet: 8, wild: 24 });
  });

  test.each([
    { description: 'half of the memory', memoryMax: async () => 16 * MIB, left: 5 },
    { description: 'the bound, where there is more memory', memoryMax: async () => 400 * MIB, left: 20 },
    {
      description: 'the bound, where the memory may not be read',
      memoryMax: () => Promise.reject(new Error('NOPERM')),
      left: 20,
    },
  ])('keeps the journals to $description', async ({ memoryMax, left }) => {
    const { bound, rest } = scene({ kept: { wild: 40 }, memoryMax });
    bound.committed([0, 1]);
    await settled();
    expect(rest()).toEqual({ wild: left });
  });

  test('leaves the newest of each, though that is more than the bound', async () => {
    const { bound, rest } = scene({ kept: { a: 3, b: 3 }, total: MIB / 2 });
    bound.committed([0, 1]);
    await settled();
    expect(rest()).toEqual({ a: 1, b: 1 });
  });

  test('is taken at the first record, and then after each part of the bound', async () => {
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

  test('is the only one of its server', async () => {
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

  test('that fails is no error, and is taken again', async () => {
    const { bound, seen } = scene({ kept: { wild: 1 }, onLook: () => Promise.reject(new Error('gone')) });
    bound.committed([0, 1]);
    await settled();
    bound.committed([0, 2 * MIB]);
    await settled();
    expect(seen.looks).toBe(2);
  });
});

describe('room', () => {
  test('is made of half of what is kept, the heaviest first', async () => {
    const { bound, rest } = scene({ kept: { quiet: 2, wild: 16 } });
    expect(await bound.makeRoom('quiet:')).toBe(true);
    expect(rest()).toEqual({ quiet: 2, wild: 4 });
  });

  test('is made of the newest as well, and not where nothing is kept, until a commit succeeds', async () => {
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

  test('is made once for all who wait for it', async () => {
    const { bound, rest, seen } = scene({ kept: { wild: 16 } });
    expect(await Promise.all([bound.makeRoom('a:'), bound.makeRoom('b:')])).toEqual([true, true]);
    expect([rest(), seen.looks]).toEqual([{ wild: 8 }, 1]);
  });

  test('is made on the node that has the key', async () => {
    const { bound, rest } = scene({ kept: { a1: 4, a2: 8, b1: 16 }, nodeOf: (key) => key.charAt(0) });
    expect(await bound.makeRoom('a3:')).toBe(true);
    expect(rest()).toEqual({ a1: 2, a2: 4, b1: 16 });
  });

  test('is not made where the store fails', async () => {
    const { bound } = scene({ kept: { wild: 16 }, onLook: () => Promise.reject(new Error('gone')) });
    expect(await bound.makeRoom('a:')).toBe(false);
  });
});

test('what commits drop is counted with what looks drop', async () => {
  // Commits while the look drops twenty, two at a time.
  const { bound, seen } = scene({ kept: { wild: 40 }, onTrim: () => bound.committed([1, 0]) });
  bound.committed([3, 1]);
  await settled();
  expect([seen.trims, bound.dropped()]).toEqual([10, 3 + 20 + 10]);
});
