/** Counters, for every store: each number is taken once; counters can be deleted. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS, type StateStore } from '../../../mock-server/carrier/store/state-store.js';
import { count, ledger, type NewStore, putToken } from './writes.js';

const PARTITION = '300000000001';
const OTHER = '300000000002';
const RACERS = 50;

export function counterCases(name: string, newStore: NewStore): void {
  const countOf = async (store: StateStore, counter: string) =>
    (await store.readPartition(PARTITION, { token: undefined, msgId: undefined })).counters.get(counter);
  const takeAll = (store: StateStore, limit: number) =>
    Promise.all(Array.from({ length: RACERS }, async () => store.take(PARTITION, 'script', limit)));

  describe(`${name}: take`, () => {
    test('returns the count before, until the limit is reached', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      const taken = [];
      for (let at = 0; at < 4; at += 1) taken.push(await store.take(PARTITION, 'script', 3));
      expect(taken).toEqual([0, 1, 2, undefined]);
      expect(await countOf(store, 'script')).toBe(3);
    });

    test('with a limit of zero counts nothing', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      expect(await store.take(PARTITION, 'script', 0)).toBeUndefined();
      expect((await countOf(store, 'script')) ?? 0).toBe(0);
    });

    test.each([1, 20, RACERS, RACERS + 1])(
      `${RACERS} simultaneous calls with a limit of %i: each number is returned once, without a gap`,
      async (limit) => {
        const store = await newStore(DEFAULT_LIMITS);
        const taken = await takeAll(store, limit);
        const numbers = taken.filter((number) => number !== undefined);
        const given = Math.min(limit, RACERS);
        expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: given }, (_, at) => at));
        expect(await countOf(store, 'script')).toBe(given);
      },
    );

    test('each counter and each partition is independent', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      await store.take(PARTITION, 'script', 9);
      expect(await store.take(PARTITION, 'other', 9)).toBe(0);
      expect(await store.take(OTHER, 'script', 9)).toBe(0);
      expect(await store.take(PARTITION, 'script', 9)).toBe(1);
    });

    test('uses the same counters as the writes', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      await store.commit(PARTITION, [count('script', null), count('script', null)]);
      expect(await store.take(PARTITION, 'script', 3)).toBe(2);
      expect(await store.commit(PARTITION, [count('script', 3)])).toBe('stale');
      expect(await store.take(PARTITION, 'script', 4)).toBe(3);
    });
  });

  describe(`${name}: uncount`, () => {
    test('deletes one counter and keeps the others', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      await store.commit(PARTITION, [count('script', null), count('calls', null)]);
      await store.commit(PARTITION, [{ kind: 'uncount', counter: 'script' }]);
      expect([(await countOf(store, 'script')) ?? 0, await countOf(store, 'calls')]).toEqual([0, 1]);
      expect(await store.take(PARTITION, 'script', 1)).toBe(0);
    });

    test('of a counter that does not exist is committed', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      expect(await store.commit(PARTITION, [{ kind: 'uncount', counter: 'never' }])).toBe('committed');
    });

    test('together with a stale write deletes nothing', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      await store.commit(PARTITION, [putToken('t'), count('script', null)]);
      const writes = [{ kind: 'uncount', counter: 'script' } as const, putToken('t'), ledger('a')];
      expect(await store.commit(PARTITION, writes)).toBe('stale');
      expect(await countOf(store, 'script')).toBe(1);
    });
  });
}
