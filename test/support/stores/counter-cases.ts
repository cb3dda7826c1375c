/** The steps of a script as every store counts them: taken one by one, never twice, and forgotten. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS, type StateStore } from '../../../mock-server/carrier/store/state-store.js';
import type { NewStore } from './new-store.js';
import { count, ledger, put, putToken } from './writes.js';

const WORLD = '300000000001';
const OTHER = '300000000002';
const RACERS = 50;

export function counterCases(name: string, newStore: NewStore): void {
  const countOf = async (store: StateStore, counter: string) =>
    (await store.readWorld(WORLD, { token: undefined, msgId: undefined })).counters.get(counter);
  const takeAll = (store: StateStore, limit: number) =>
    Promise.all(Array.from({ length: RACERS }, async () => store.take(WORLD, 'script', limit)));

  describe(`${name}: take`, () => {
    test('says how many were taken before, until there are no more', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      const taken = [];
      for (let at = 0; at < 4; at += 1) taken.push(await store.take(WORLD, 'script', 3));
      expect(taken).toEqual([0, 1, 2, undefined]);
      expect(await countOf(store, 'script')).toBe(3);
    });

    test('of nothing there is none, and nothing is counted', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      expect(await store.take(WORLD, 'script', 0)).toBeUndefined();
      expect((await countOf(store, 'script')) ?? 0).toBe(0);
    });

    test.each([1, 20, RACERS, RACERS + 1])(
      `${RACERS} at once, of %i: each number is given once, and none is left out`,
      async (limit) => {
        const store = await newStore(DEFAULT_LIMITS);
        const taken = await takeAll(store, limit);
        const numbers = taken.filter((number) => number !== undefined);
        const given = Math.min(limit, RACERS);
        expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: given }, (_, at) => at));
        expect(await countOf(store, 'script')).toBe(given);
      },
    );

    test('each counter and each world counts by itself', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      await store.take(WORLD, 'script', 9);
      expect(await store.take(WORLD, 'other', 9)).toBe(0);
      expect(await store.take(OTHER, 'script', 9)).toBe(0);
      expect(await store.take(WORLD, 'script', 9)).toBe(1);
    });

    test('goes by the same count as the writes do', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      await store.commit(WORLD, [count('script', null), count('script', null)]);
      expect(await store.take(WORLD, 'script', 3)).toBe(2);
      expect(await store.commit(WORLD, [count('script', 3)])).toBe('stale');
      expect(await store.take(WORLD, 'script', 4)).toBe(3);
    });
  });

  describe(`${name}: uncount`, () => {
    test('forgets one count, and the rest stays', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      await store.commit(WORLD, [count('script', null), count('calls', null)]);
      await store.commit(WORLD, [{ kind: 'uncount', counter: 'script' }]);
      expect([(await countOf(store, 'script')) ?? 0, await countOf(store, 'calls')]).toEqual([0, 1]);
      expect(await store.take(WORLD, 'script', 1)).toBe(0);
    });

    test('of a count that is not there is committed', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      expect(await store.commit(WORLD, [{ kind: 'uncount', counter: 'never' }])).toBe('committed');
    });

    test('beside a write that is stale forgets nothing', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      await store.commit(WORLD, [putToken('t'), count('script', null)]);
      const writes = [{ kind: 'uncount', counter: 'script' } as const, putToken('t'), ledger('a')];
      expect(await store.commit(WORLD, writes)).toBe('stale');
      expect(await countOf(store, 'script')).toBe(1);
    });
  });

  describe(`${name}: scripts`, () => {
    const script = { text: '000', steps: [], cursor: 'script' };

    test('are read with the world, by the operation that is asked for', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      await store.commit(WORLD, [put('script', 'tokenValidate', script)]);
      const at = { token: undefined, msgId: undefined };
      const read = async (operation?: 'loginTokenValidate' | 'tokenValidate') =>
        (await store.readWorld(WORLD, { ...at, ...(operation !== undefined && { operation }) })).script;
      expect([await read('tokenValidate'), await read('loginTokenValidate'), await read()]).toEqual([
        script,
        undefined,
        undefined,
      ]);
    });
  });
}
