/** A suite for stores that support counting, with the store as its parameter. */
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_LIMITS,
  type StateStore,
  type StoredToken,
  type StoreLimits,
} from '../../../mock-server/carrier/store/state-store.js';
import { journal, type NewStore, put, TOKEN } from './writes.js';

const PARTITION = '300000000001';
const OTHER = '300000000002';

export interface CensusSupport {
  /** Whether the store also counts live tokens. */
  readonly live: boolean;
}

export function censusCases(name: string, newStore: NewStore, supports: CensusSupport = { live: true }): void {
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
      expect(await census.tokens(PARTITION, TOKEN.record.issuedAtMs)).toEqual(counted({ kept: 0, live: 0 }));
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
      expect(await census.tokens(PARTITION, TOKEN.record.issuedAtMs + afterMs)).toEqual(counted({ kept: 1, live }));
    });

    test('those of one partition are counted, up to its limit', async () => {
      const { store, census } = await storeOf({ tokensMax: 2 });
      for (const id of ['a', 'b', 'c']) await keep(store, id);
      await store.commit(OTHER, [put('token', 'd', TOKEN)]);
      expect(await census.tokens(PARTITION, TOKEN.record.issuedAtMs)).toEqual(counted({ kept: 2, live: 2 }));
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
