/** The limits of every store: what is dropped first, what stays, and that each dropped record is counted. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS, type StateStore, type StoreLimits } from '../../../mock-server/carrier/store/state-store.js';
import type { NewStore } from './new-store.js';
import { journal, ledger, put, putToken, TOKEN } from './writes.js';

const PARTITION = '300000000001';
const OTHER = '300000000002';

/** `weightOf` is what a store counts for the record of journal(id, { bytes }), with an id of one character. */
export function boundCases(name: string, newStore: NewStore, weightOf = (bytes: number) => bytes): void {
  const storeOf = async (limits: Partial<StoreLimits>) => newStore({ ...DEFAULT_LIMITS, ...limits });
  const tokensOf = async (store: StateStore) => [...(await store.list(PARTITION, 'token')).keys()].sort();

  const journalOf = async (store: StateStore) => {
    const { records, appended, evicted } = await store.log(PARTITION, 'journal');
    return { ids: records.map(({ id }) => id), appended, evicted: Object.fromEntries(evicted) };
  };

  describe(`${name}: tokens above the limit`, () => {
    test('the oldest are dropped first', async () => {
      const store = await storeOf({ tokensMax: 3 });
      for (const id of ['d', 'c', 'b', 'a', 'e']) await store.commit(PARTITION, [putToken(id)]);
      expect(await tokensOf(store)).toEqual(['a', 'b', 'e']);
    });

    test('of many minted together the last stay', async () => {
      const store = await storeOf({ tokensMax: 2 });
      await store.commit(
        PARTITION,
        ['a', 'b', 'c', 'd'].map((id) => putToken(id)),
      );
      expect(await tokensOf(store)).toEqual(['c', 'd']);
    });

    test('a used-up token keeps its age', async () => {
      const store = await storeOf({ tokensMax: 2 });
      await store.commit(PARTITION, [putToken('a'), putToken('b')]);
      const { revision } = (await store.get(PARTITION, 'token', 'a')) ?? { revision: 0 };
      await store.commit(PARTITION, [put('token', 'a', { ...TOKEN, usedBy: 'x' }, revision)]);
      await store.commit(PARTITION, [putToken('c')]);
      expect(await tokensOf(store)).toEqual(['b', 'c']);
    });

    test('each partition has its own limit', async () => {
      const store = await storeOf({ tokensMax: 1 });
      await store.commit(PARTITION, [putToken('a')]);
      await store.commit('300000000002', [putToken('b')]);
      expect(await tokensOf(store)).toEqual(['a']);
    });

    test('a dropped token is new if it is put again', async () => {
      const store = await storeOf({ tokensMax: 1 });
      await store.commit(PARTITION, [putToken('a')]);
      await store.commit(PARTITION, [putToken('b')]);
      expect(await store.commit(PARTITION, [putToken('a')])).toBe('committed');
      expect(await tokensOf(store)).toEqual(['a']);
    });
  });

  describe(`${name}: logs`, () => {
    test('the newest records come first', async () => {
      const store = await storeOf({});
      await store.commit(PARTITION, [journal('a'), journal('b')]);
      await store.commit(PARTITION, [journal('c')]);
      expect(await journalOf(store)).toEqual({ ids: ['c', 'b', 'a'], appended: 3, evicted: {} });
    });

    test('above the limit in records the oldest are dropped and counted by label', async () => {
      const store = await storeOf({ journalRecordsMax: 2 });
      const labels = ['103000', '103101', '103000', '104201', '103101'];
      for (const [index, label] of labels.entries()) await store.commit(PARTITION, [journal(`r${index}`, { label })]);
      expect(await journalOf(store)).toEqual({ ids: ['r4', 'r3'], appended: 5, evicted: { 103000: 2, 103101: 1 } });
    });

    test('above the limit in bytes as many of the oldest as necessary are dropped', async () => {
      const store = await storeOf({ journalBytesMax: 4 * weightOf(250) });
      for (const id of ['a', 'b', 'c', 'd']) await store.commit(PARTITION, [journal(id, { bytes: 250 })]);
      expect((await journalOf(store)).ids).toEqual(['d', 'c', 'b', 'a']);
      await store.commit(PARTITION, [journal('e', { bytes: 251 })]);
      expect((await journalOf(store)).ids).toEqual(['e', 'd', 'c']);
    });

    test('the newest record stays, however large it is', async () => {
      const store = await storeOf({ journalBytesMax: 1000 });
      await store.commit(PARTITION, [journal('a', { bytes: 1 })]);
      await store.commit(PARTITION, [journal('b', { bytes: 5000 })]);
      expect((await journalOf(store)).ids).toEqual(['b']);
      await store.commit(PARTITION, [journal('c', { bytes: 1000 })]);
      expect(await journalOf(store)).toEqual({ ids: ['c'], appended: 3, evicted: { label: 2 } });
    });

    test('a limit of one record keeps the newest', async () => {
      const store = await storeOf({ journalRecordsMax: 1 });
      for (const id of ['a', 'b', 'c']) await store.commit(PARTITION, [journal(id)]);
      expect(await journalOf(store)).toEqual({ ids: ['c'], appended: 3, evicted: { label: 2 } });
    });

    test('the number of appended records stays exact, whatever was dropped', async () => {
      const store = await storeOf({ ledgerRecordsMax: 10 });
      await Promise.all(
        Array.from({ length: 500 }, async (_, index) => store.commit(PARTITION, [ledger(`t${index}`)])),
      );
      const { records, appended, evicted } = await store.log(PARTITION, 'ledger');
      expect([records.length, appended, evicted.get('label')]).toEqual([10, 500, 490]);
    });

    test('a cleared log counts from zero', async () => {
      const store = await storeOf({ journalRecordsMax: 1 });
      await store.commit(PARTITION, [journal('a'), journal('b')]);
      await store.commit(PARTITION, [{ kind: 'clear', parts: ['journal'] }]);
      expect(await journalOf(store)).toEqual({ ids: [], appended: 0, evicted: {} });
      await store.commit(PARTITION, [journal('c')]);
      expect(await journalOf(store)).toEqual({ ids: ['c'], appended: 1, evicted: {} });
    });

    test('records of one app are forgotten, and those of others keep their order', async () => {
      const store = await storeOf({});
      const forget = { kind: 'forget', appId: 'a' } as const;
      for (const [id, appId] of ['a', 'b', 'a', 'c'].entries())
        await store.commit(PARTITION, [journal(`r${id}`, { appId })]);
      await store.commit(PARTITION, [forget]);
      expect(await journalOf(store)).toEqual({ ids: ['r3', 'r1'], appended: 4, evicted: {} });
      expect(await store.commit(OTHER, [forget])).toBe('committed');
    });

    test('forgotten records make room, in records and in bytes', async () => {
      const store = await storeOf({ journalRecordsMax: 3, journalBytesMax: 3 * weightOf(300) + 100 });
      const write = (id: string, appId: string) => store.commit(PARTITION, [journal(id, { appId, bytes: 300 })]);
      // Filled once around, so that the ring begins in the middle.
      for (const id of ['r0', 'r1', 'r2', 'r3']) await write(id, id === 'r2' ? 'a' : 'b');
      await store.commit(PARTITION, [{ kind: 'forget', appId: 'a' }]);
      await write('r4', 'b');
      expect((await journalOf(store)).ids).toEqual(['r4', 'r3', 'r1']);
      await store.commit(PARTITION, [journal('r5', { bytes: 101 })]);
      expect(await journalOf(store)).toEqual({ ids: ['r5', 'r4', 'r3'], appended: 6, evicted: { label: 2 } });
    });

    test('a view does not change afterwards', async () => {
      const store = await storeOf({ journalRecordsMax: 1 });
      await store.commit(PARTITION, [journal('a')]);
      const view = await store.log(PARTITION, 'journal');
      await store.commit(PARTITION, [journal('b')]);
      expect([view.records.map(({ id }) => id), view.appended, view.evicted.size]).toEqual([['a'], 1, 0]);
    });
  });
}
