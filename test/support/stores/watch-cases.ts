/** The journal as every store lets it be watched: each record once, in order, when it has been written. */
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_LIMITS,
  type JournalRecord,
  SERVER_WORLD,
  type StateStore,
} from '../../../mock-server/carrier/store/state-store.js';
import type { NewStore } from './new-store.js';
import { count, journal, ledger, putToken } from './writes.js';

const WORLD = '300000000001';
const OTHER = '300000000002';

export function watchCases(name: string, newStore: NewStore): void {
  const watch = (store: StateStore) => {
    const heard: string[] = [];
    const unwatch = store.watchJournal(({ id }) => void heard.push(id));
    return { heard, unwatch };
  };

  describe(`${name}: watchJournal`, () => {
    test('hears of each record of every world, once and in order', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      const { heard } = watch(store);
      await store.commit(WORLD, [journal('a'), ledger('x'), journal('b')]);
      await store.commit(OTHER, [journal('c')]);
      await store.commit(SERVER_WORLD, [journal('d')]);
      expect(heard).toEqual(['a', 'b', 'c', 'd']);
    });

    test('hears of the record that was written, when it can be read', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      const heard: JournalRecord[] = [];
      const lengths: Promise<number>[] = [];
      store.watchJournal((record) => {
        heard.push(record);
        lengths.push(Promise.resolve(store.log(WORLD, 'journal')).then(({ records }) => records.length));
      });
      await store.commit(WORLD, [journal('a')]);
      const { records } = await store.log(WORLD, 'journal');
      expect(heard.map(valuesOf)).toEqual(records.map(valuesOf));
      expect(await Promise.all(lengths)).toEqual([1]);
    });

    test('hears of nothing else, and of nothing that was not committed', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      await store.commit(WORLD, [putToken('t'), journal('before')]);
      const { heard } = watch(store);
      await store.commit(WORLD, [ledger('x'), putToken('u'), count('calls', null)]);
      expect(await store.commit(WORLD, [journal('never'), putToken('t')])).toBe('stale');
      await store.commit(WORLD, [{ kind: 'clear', parts: ['journal'] }]);
      expect(heard).toEqual([]);
    });

    test('is over for whoever has enough, and for nobody else', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      const [first, second] = [watch(store), watch(store)];
      await store.commit(WORLD, [journal('a')]);
      first.unwatch();
      first.unwatch();
      await store.commit(WORLD, [journal('b')]);
      second.unwatch();
      await store.commit(WORLD, [journal('c')]);
      expect([first.heard, second.heard]).toEqual([['a'], ['a', 'b']]);
    });

    test('may be given up by a listener that hears of a record', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      const heard: string[] = [];
      const unwatch = store.watchJournal(({ id }) => {
        heard.push(id);
        unwatch();
      });
      const other = watch(store);
      await store.commit(WORLD, [journal('a'), journal('b')]);
      expect([heard, other.heard]).toEqual([['a'], ['a', 'b']]);
    });

    test('goes on through a drop of the world', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      const { heard } = watch(store);
      await store.commit(WORLD, [journal('a')]);
      await store.drop(WORLD);
      await store.commit(WORLD, [journal('b')]);
      expect(heard).toEqual(['a', 'b']);
    });
  });
}

/** What is compiled of the app's settings is made anew by whoever reads it. */
function valuesOf({ state: { app, ...state }, ...record }: JournalRecord): object {
  return { ...record, state: { ...state, settings: app?.settings } };
}
