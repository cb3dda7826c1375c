/** Snapshots, for every store that supports them: independent copies that can be restored any number of times. */
import { describe, expect, type TestContext, test } from 'vitest';
import {
  DEFAULT_LIMITS,
  ONLY,
  type PartitionPart,
  type Snapshots,
  type StateStore,
} from '../../../mock-server/carrier/store/state-store.js';
import {
  APP,
  CLOCK,
  count,
  journal,
  ledger,
  type NewStore,
  put,
  putToken,
  TOKEN,
} from './writes.js';

const PARTITION = '300000000001';
const OTHER = '300000000002';
const PARTS: readonly PartitionPart[] = ['token', 'accessToken', 'msgId', 'counters', 'ledger'];
const SNAPSHOTS_MAX = 10;

const FULL = [
  put('app', ONLY, APP),
  put('clock', ONLY, CLOCK),
  putToken('t'),
  put('msgId', 'm', true),
  count('script', null),
  ledger('a'),
  journal('r1'),
];

export function snapshotCases(name: string, newStore: NewStore): void {
  const withSnapshots = async (
    { skip }: TestContext,
    limits = DEFAULT_LIMITS,
  ): Promise<{ readonly store: StateStore; readonly snapshots: Snapshots }> => {
    const store = await newStore(limits);
    const { snapshots } = store;
    if (snapshots === undefined) return skip(`${name} keeps no snapshots`);
    return { store, snapshots };
  };

  const contentOf = async (store: StateStore, partition = PARTITION) => {
    const view = await store.readPartition(partition, { token: 't', msgId: 'm' });
    const log = await store.log(partition, 'ledger');
    return {
      token: view.token?.value,
      tokens: [...(await store.list(partition, 'token')).keys()],
      msgIdSeen: view.msgIdSeen,
      counters: Object.fromEntries(view.counters),
      ledger: [log.records.map(({ taskId }) => taskId), log.appended, log.evicted],
    };
  };

  /** Everything that a test can change in a partition. */
  const change = async (store: StateStore, partition = PARTITION) => {
    const { revision } = (await store.get(partition, 'token', 't')) ?? { revision: 0 };
    await store.commit(partition, [
      put('token', 't', { ...TOKEN, usedBy: 'x' }, revision),
      putToken('u'),
      put('msgId', 'n', true),
      { kind: 'remove', collection: 'msgId', id: 'm' },
      count('script', null),
      count('calls', null),
      ledger('b'),
    ]);
    await store.take(partition, 'script', 9);
  };

  describe(`${name}: snapshots`, () => {
    test('restore all of their parts, any number of times', async (context) => {
      const { store, snapshots } = await withSnapshots(context);
      await store.commit(PARTITION, FULL);
      const before = structuredClone(await contentOf(store));
      snapshots.save(PARTITION, 's', PARTS);
      for (let round = 0; round < 3; round += 1) {
        await change(store);
        expect(await contentOf(store)).not.toEqual(before);
        expect(snapshots.restore(PARTITION, 's')).toBe(true);
        expect(await contentOf(store)).toEqual(before);
      }
    });

    test('restore no other part', async (context) => {
      const { store, snapshots } = await withSnapshots(context);
      await store.commit(PARTITION, FULL);
      snapshots.save(PARTITION, 's', ['ledger']);
      await change(store);
      await store.commit(PARTITION, [journal('r2')]);
      const { revision } = (await store.get(PARTITION, 'clock', ONLY)) ?? { revision: 0 };
      await store.commit(PARTITION, [put('clock', ONLY, { offsetMs: 9, frozenAtMs: 1 }, revision)]);
      const { ledger: _, ...others } = structuredClone(await contentOf(store));
      snapshots.restore(PARTITION, 's');
      expect(await contentOf(store)).toEqual({ ...others, ledger: [['a'], 1, 0] });
      expect((await store.get(PARTITION, 'clock', ONLY))?.value).toEqual({
        offsetMs: 9,
        frozenAtMs: 1,
      });
      expect((await store.log(PARTITION, 'journal')).appended).toBe(2);
    });

    test('after a restore, a write at a revision from after the snapshot is stale', async (context) => {
      const { store, snapshots } = await withSnapshots(context);
      await store.commit(PARTITION, FULL);
      snapshots.save(PARTITION, 's', PARTS);
      await change(store);
      const { revision } = (await store.get(PARTITION, 'token', 't')) ?? { revision: 0 };
      snapshots.restore(PARTITION, 's');
      expect(await store.commit(PARTITION, [putToken('t', revision)])).toBe('stale');
      const restored = (await store.get(PARTITION, 'token', 't'))?.revision ?? 0;
      expect(await store.commit(PARTITION, [putToken('t', restored)])).toBe('committed');
    });

    test('keep the limits and the age of the tokens', async (context) => {
      const { store, snapshots } = await withSnapshots(context, {
        ...DEFAULT_LIMITS,
        tokensMax: 2,
        ledgerRecordsMax: 2,
      });
      await store.commit(PARTITION, [
        putToken('a'),
        putToken('b'),
        ledger('1'),
        ledger('2'),
        ledger('3'),
      ]);
      snapshots.save(PARTITION, 's', PARTS);
      for (let round = 0; round < 2; round += 1) {
        await store.commit(PARTITION, [putToken('c'), ledger('4'), ledger('5')]);
        const { tokens, ledger: after } = await contentOf(store);
        expect({ tokens, after }).toEqual({ tokens: ['b', 'c'], after: [['5', '4'], 5, 3] });
        snapshots.restore(PARTITION, 's');
        const { tokens: back, ledger: log } = await contentOf(store);
        expect({ back, log }).toEqual({ back: ['a', 'b'], log: [['3', '2'], 3, 1] });
      }
    });

    test('restoring one that does not exist changes nothing', async (context) => {
      const { store, snapshots } = await withSnapshots(context);
      await store.commit(PARTITION, FULL);
      snapshots.save(OTHER, 's', PARTS);
      const before = structuredClone(await contentOf(store));
      expect([snapshots.restore(PARTITION, 's'), snapshots.restore('nowhere', 's')]).toEqual([
        false,
        false,
      ]);
      expect(await contentOf(store)).toEqual(before);
    });

    test('above ten of a partition the oldest is dropped', async (context) => {
      const { store, snapshots } = await withSnapshots(context);
      snapshots.save(OTHER, '0', PARTS);
      const ids = Array.from({ length: SNAPSHOTS_MAX + 1 }, (_, at) => `${at}`);
      for (const id of ids) {
        await store.commit(PARTITION, [ledger(id)]);
        snapshots.save(PARTITION, id, PARTS);
      }
      expect(snapshots.restore(OTHER, '0')).toBe(true);
      expect(ids.map((id) => snapshots.restore(PARTITION, id))).toEqual([
        false,
        ...ids.slice(1).map(() => true),
      ]);
      expect((await store.log(PARTITION, 'ledger')).appended).toBe(SNAPSHOTS_MAX + 1);
    });
  });
}
