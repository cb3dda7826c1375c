/**
 * Counters, for every store: each number is taken once; counters can be deleted. Watching the journal, for every store:
 * each record is reported once, in order, after it was written.
 */
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_LIMITS,
  type JournalChange,
  type JournalRecord,
  SERVER_PARTITION,
  type StateStore,
} from '../../../mock-server/carrier/store/state-store.js';
import { count, journal, journalRecord, ledger, type NewStore, putToken } from './writes.js';

const PARTITION = '300000000001';
const OTHER = '300000000002';
const RACERS = 50;

export function counterCases(name: string, newStore: NewStore): void {
  const countOf = async (store: StateStore, counter: string) =>
    (await store.readPartition(PARTITION, { token: undefined, msgId: undefined })).counters.get(
      counter,
    );
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
      expect([(await countOf(store, 'script')) ?? 0, await countOf(store, 'calls')]).toEqual([
        0, 1,
      ]);
      expect(await store.take(PARTITION, 'script', 1)).toBe(0);
    });

    test('of a counter that does not exist is committed', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      expect(await store.commit(PARTITION, [{ kind: 'uncount', counter: 'never' }])).toBe(
        'committed',
      );
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
        lengths.push(
          Promise.resolve(store.log(PARTITION, 'journal')).then(({ records }) => records.length),
        );
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

    test('an ended delivery changes its record, and is reported as a change', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      const { received } = watch(store);
      const changes: JournalChange[] = [];
      const unwatch = store.watchChanges((change) => void changes.push(change));
      const records = Array.from({ length: 150 }, (_, at) => pending(`r${at}`));
      for (const record of records)
        await store.commit(PARTITION, [{ kind: 'append', log: 'journal', record }]);
      const [first] = records;
      if (first === undefined) throw new Error('there is a record');
      const delivery = { state: 'notDelivered', atMs: 5, reason: 'reset' } as const;
      await store.endDelivery(PARTITION, { record: first, delivery });
      const { records: kept } = await store.log(PARTITION, 'journal');
      expect(kept.map(({ id }) => id)).toEqual(records.map(({ id }) => id).toReversed());
      expect(kept.at(-1)?.delivery).toEqual(delivery);
      expect(kept.at(-2)?.delivery).toEqual({ state: 'pending' });
      expect(received, 'new records').toHaveLength(150);
      expect(changes).toMatchObject([{ kind: 'delivered', record: { id: 'r0', delivery } }]);
      unwatch();
      await store.announceRemoval({ ids: ['r0'] });
      expect(changes).toHaveLength(1);
    });

    test('a removal is reported when it is announced', async () => {
      const store = await newStore(DEFAULT_LIMITS);
      const changes: JournalChange[] = [];
      store.watchChanges((change) => void changes.push(change));
      await store.announceRemoval({ ids: ['a-*'] });
      expect(changes).toEqual([{ kind: 'removed', ids: ['a-*'] }]);
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

function pending(id: string): JournalRecord {
  return { ...journalRecord(id), delivery: { state: 'pending' } };
}
