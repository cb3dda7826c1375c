/**
 * The limits of every store: what is dropped first, what stays, and that each dropped record is counted. A suite for
 * stores that support counting, with the store as its parameter.
 */
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_LIMITS,
  SERVER_PARTITION,
  type StateStore,
  type StoredToken,
  type StoreLimits,
} from '../../../mock-server/carrier/store/state-store.js';
import { eventually } from '../poll.js';
import { journal, ledger, type NewStore, put, putToken, TOKEN } from './writes.js';

const PARTITION = '300000000001';
const OTHER = '300000000002';

export function boundCases(name: string, newStore: NewStore): void {
  const storeOf = async (limits: Partial<StoreLimits>) =>
    newStore({ ...DEFAULT_LIMITS, ...limits });
  const tokensOf = async (store: StateStore) =>
    [...(await store.list(PARTITION, 'token')).keys()].sort();

  const journalOf = async (store: StateStore) => {
    const { records, appended, evicted } = await store.log(PARTITION, 'journal');
    return { ids: records.map(({ id }) => id), appended, evicted };
  };

  test(`${name}: a removed journal record is as if it had never been written`, async () => {
    const store = await storeOf({ journalRecordsMax: 3 });
    for (const id of ['a', 'b', 'c', 'd']) await store.commit(PARTITION, [journal(id)]);
    await store.forget(PARTITION, new Set(['b', 'd', 'unknown']));
    await store.forget(OTHER, new Set(['c']));
    for (const id of ['e', 'f']) await store.commit(PARTITION, [journal(id)]);
    expect(await journalOf(store)).toEqual({ ids: ['f', 'e', 'c'], appended: 4, evicted: 1 });
  });

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

    test('a used token is dropped before those that are unused', async () => {
      const store = await storeOf({ tokensMax: 2 });
      await store.commit(PARTITION, [putToken('a'), putToken('b')]);
      const { revision } = (await store.get(PARTITION, 'token', 'b')) ?? { revision: 0 };
      await store.commit(PARTITION, [put('token', 'b', { ...TOKEN, usedBy: 'x' }, revision)]);
      await store.commit(PARTITION, [putToken('c')]);
      expect(await tokensOf(store)).toEqual(['a', 'c']);
      await store.commit(PARTITION, [putToken('d')]);
      expect(await tokensOf(store)).toEqual(['c', 'd']);
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
      expect(await journalOf(store)).toEqual({ ids: ['c', 'b', 'a'], appended: 3, evicted: 0 });
      for (const [newest, ids] of [
        [2, ['c', 'b']],
        [0, []],
      ] as const) {
        const { records, appended } = await store.log(PARTITION, 'journal', newest);
        expect([records.map(({ id }) => id), appended]).toEqual([ids, 3]);
      }
    });

    test('above the limit in records the oldest are dropped and counted', async () => {
      const store = await storeOf({ journalRecordsMax: 2 });
      for (const id of ['r0', 'r1', 'r2', 'r3', 'r4']) await store.commit(PARTITION, [journal(id)]);
      expect(await journalOf(store)).toEqual({ ids: ['r4', 'r3'], appended: 5, evicted: 3 });
    });

    test('the number of appended records stays exact, whatever was dropped', async () => {
      const store = await storeOf({ ledgerRecordsMax: 10 });
      await Promise.all(
        Array.from({ length: 500 }, async (_, index) =>
          store.commit(PARTITION, [ledger(`t${index}`)]),
        ),
      );
      const { records, appended, evicted } = await store.log(PARTITION, 'ledger');
      expect([records.length, appended, evicted]).toEqual([10, 500, 490]);
    });

    test('a journal is read completely, in the order of its commits', async () => {
      const store = await storeOf({});
      const ids = Array.from({ length: 450 }, (_, at) => `r${at}`);
      for (const [at, id] of ids.entries())
        await store.commit(PARTITION, [journal(id, { receivedAtMs: 1000 - at })]);
      const read: string[] = [];
      for await (const records of store.journal(PARTITION))
        read.push(...records.map(({ id }) => id));
      expect(read).toEqual(ids.toReversed());
      for await (const records of store.journal(OTHER)) expect(records).toEqual([]);
    });
  });

  describe(`${name}: the journals of all apps`, () => {
    const write = async (store: StateStore, appId: string, count: number) => {
      for (let at = 0; at < count; at += 1)
        await store.commit(appId, [journal(`${appId}-${at}`, { appId })]);
    };
    const storeWith = async (journalRecordsTotalMax: number, appIds: readonly string[]) => {
      const store = await storeOf({ journalRecordsTotalMax });
      for (const [at, appId] of appIds.entries())
        await store.commit(SERVER_PARTITION, [put('shortId', `abc${100 + at}`, appId)]);
      return store;
    };
    const countOf = async (store: StateStore, appId: string) =>
      (await store.log(appId, 'journal')).records.length;

    test('above their limit, the largest loses its oldest records, which are counted', async () => {
      const store = await storeWith(32, ['quiet', 'wild']);
      await write(store, 'quiet', 4);
      await write(store, 'wild', 40);
      await eventually('the limit', async () => (await countOf(store, 'wild')) <= 28 || undefined);
      const { records, appended, evicted } = await store.log('wild', 'journal');
      expect(records[0]?.id).toBe('wild-39');
      expect([appended, records.length + evicted]).toEqual([40, 40]);
      expect(await store.census.journalEvictions()).toBe(evicted);
      expect(await countOf(store, 'quiet')).toBe(4);
    });

    test('each keeps its newest record, even if there are more journals than records', async () => {
      const appIds = ['a', 'b', 'c', 'd'];
      const store = await storeWith(2, appIds);
      const journals = [SERVER_PARTITION, ...appIds];
      for (const id of journals) await write(store, id, 3);
      await eventually('the limit', async () => {
        const counts = await Promise.all(journals.map((id) => countOf(store, id)));
        return counts.reduce((sum, count) => sum + count, 0) === journals.length || undefined;
      });
      for (const id of journals)
        expect((await store.log(id, 'journal')).records[0]?.id).toBe(`${id}-2`);
    });

    test('have room again when an app is removed or cleared', async () => {
      const store = await storeWith(20, ['gone', 'next', 'last']);
      await write(store, 'gone', 20);
      await store.drop('gone');
      await write(store, 'next', 20);
      expect(await countOf(store, 'next')).toBe(20);
      await store.commit('next', [{ kind: 'clear', parts: ['journal'] }]);
      await write(store, 'last', 20);
      expect(await countOf(store, 'last')).toBe(20);
    });
  });
}

export interface CensusSupport {
  /** Whether the store also counts live tokens. */
  readonly live: boolean;
}

export function censusCases(
  name: string,
  newStore: NewStore,
  supports: CensusSupport = { live: true },
): void {
  const counted = ({ kept, live }: { readonly kept: number; readonly live: number }) => ({
    kept,
    live: supports.live ? live : undefined,
  });
  const storeOf = async (limits: Partial<StoreLimits> = {}) => {
    const store = await newStore({ ...DEFAULT_LIMITS, ...limits });
    return { store, census: store.census };
  };
  const keep = async (store: StateStore, id: string, changes: Partial<StoredToken> = {}) =>
    store.commit(PARTITION, [put('token', id, { ...TOKEN, ...changes })]);

  describe(`${name}: of tokens`, () => {
    test('a partition that does not exist has none', async () => {
      const { census } = await storeOf();
      expect(await census.tokens(PARTITION, TOKEN.record.issuedAtMs)).toEqual(
        counted({ kept: 0, live: 0 }),
      );
    });

    test.each([
      { description: 'fresh is live', changes: {}, afterMs: 0, live: 1 },
      { description: 'in its last millisecond is live', changes: {}, afterMs: 119_999, live: 1 },
      { description: 'at its end is kept', changes: {}, afterMs: 120_000, live: 0 },
      { description: 'before its time is kept', changes: {}, afterMs: -1, live: 0 },
      { description: 'used up is kept', changes: { usedBy: 'a request' }, afterMs: 0, live: 0 },
    ])('one that is $description', async ({ changes, afterMs, live }) => {
      const { store, census } = await storeOf();
      await keep(store, 't', changes);
      expect(await census.tokens(PARTITION, TOKEN.record.issuedAtMs + afterMs)).toEqual(
        counted({ kept: 1, live }),
      );
    });

    test('those of one partition are counted, up to its limit', async () => {
      const { store, census } = await storeOf({ tokensMax: 2 });
      for (const id of ['a', 'b', 'c']) await keep(store, id);
      await store.commit(OTHER, [put('token', 'd', TOKEN)]);
      expect(await census.tokens(PARTITION, TOKEN.record.issuedAtMs)).toEqual(
        counted({ kept: 2, live: 2 }),
      );
    });
  });

  describe(`${name}: of records that a journal dropped`, () => {
    test('all are counted for all partitions, even if a partition is cleared or dropped', async () => {
      const { store, census } = await storeOf({ journalRecordsMax: 2 });
      for (const id of ['a', 'b', 'c']) await store.commit(PARTITION, [journal(id)]);
      for (const id of ['d', 'e', 'f', 'g']) await store.commit(OTHER, [journal(id)]);
      await store.commit(PARTITION, [{ kind: 'clear', parts: ['journal'] }]);
      await store.drop(OTHER);
      expect(await census.journalEvictions()).toBe(3);
    });
  });
}
