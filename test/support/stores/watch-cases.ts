/** Watching the journal, for every store: each record is reported once, in order, after it was written. */
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_LIMITS,
  type JournalRecord,
  SERVER_PARTITION,
  type StateStore,
} from '../../../mock-server/carrier/store/state-store.js';
import type { NewStore } from './new-store.js';
import { count, journal, ledger, putToken } from './writes.js';

const PARTITION = '300000000001';
const OTHER = '300000000002';

export function watchCases(name: string, newStore: NewStore): void {
  const watch = (store: StateStore) => {
    const received: string[] = [];
    const unwatch = store.watchJournal(({ id }) => void received.push(id));
    return { received, unwatch };
  };

  describe(`${name}: watchJournal`, () => {
    test('reports each record of every partition, once and in order', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      const { received } = watch(store);
      await store.commit(PARTITION, [journal('a'), ledger('x'), journal('b')]);
      await store.commit(OTHER, [journal('c')]);
      await store.commit(SERVER_PARTITION, [journal('d')]);
      expect(received).toEqual(['a', 'b', 'c', 'd']);
    });

    test('reports the written record when it can be read', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      const received: JournalRecord[] = [];
      const lengths: Promise<number>[] = [];
      store.watchJournal((record) => {
        received.push(record);
        lengths.push(Promise.resolve(store.log(PARTITION, 'journal')).then(({ records }) => records.length));
      });
      await store.commit(PARTITION, [journal('a')]);
      const { records } = await store.log(PARTITION, 'journal');
      expect(received.map(valuesOf)).toEqual(records.map(valuesOf));
      expect(await Promise.all(lengths)).toEqual([1]);
    });

    test('reports nothing else, and nothing that was not committed', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      await store.commit(PARTITION, [putToken('t'), journal('before')]);
      const { received } = watch(store);
      await store.commit(PARTITION, [ledger('x'), putToken('u'), count('calls', null)]);
      expect(await store.commit(PARTITION, [journal('never'), putToken('t')])).toBe('stale');
      await store.commit(PARTITION, [{ kind: 'clear', parts: ['journal'] }]);
      expect(received).toEqual([]);
    });

    test('ends for the listener that stops it and for no other', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      const [first, second] = [watch(store), watch(store)];
      await store.commit(PARTITION, [journal('a')]);
      first.unwatch();
      first.unwatch();
      await store.commit(PARTITION, [journal('b')]);
      second.unwatch();
      await store.commit(PARTITION, [journal('c')]);
      expect([first.received, second.received]).toEqual([['a'], ['a', 'b']]);
    });

    test('can be stopped by a listener while it receives a record', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      const received: string[] = [];
      const unwatch = store.watchJournal(({ id }) => {
        received.push(id);
        unwatch();
      });
      const other = watch(store);
      await store.commit(PARTITION, [journal('a'), journal('b')]);
      expect([received, other.received]).toEqual([['a'], ['a', 'b']]);
    });

    test('continues after the partition is dropped', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      const { received } = watch(store);
      await store.commit(PARTITION, [journal('a')]);
      await store.drop(PARTITION);
      await store.commit(PARTITION, [journal('b')]);
      expect(received).toEqual(['a', 'b']);
    });
  });
}

/** Ignores the compiled settings, which each reader compiles again. */
function valuesOf({ state: { app, ...state }, ...record }: JournalRecord): object {
  return { ...record, state: { ...state, settings: app?.settings } };
}
