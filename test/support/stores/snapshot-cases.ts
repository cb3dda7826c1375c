/** Copies of a world as every store that can keeps them: apart from the world, put back as often as wanted. */
import { describe, expect, type TestContext, test } from 'vitest';
import {
  DEFAULT_LIMITS,
  ONLY,
  type Part,
  type Snapshots,
  type StateStore,
} from '../../../mock-server/carrier/store/state-store.js';
import type { NewStore } from './new-store.js';
import { APP, CLOCK, count, journal, ledger, put, putToken, TOKEN } from './writes.js';

const WORLD = '300000000001';
const OTHER = '300000000002';
const PARTS: readonly Part[] = ['token', 'accessToken', 'msgId', 'script', 'counters', 'ledger'];
const SNAPSHOTS_MAX = 10;

const FULL = [
  put('app', ONLY, APP),
  put('clock', ONLY, CLOCK),
  putToken('t'),
  put('msgId', 'm', true),
  put('script', 'tokenValidate', { text: '000', steps: [], cursor: 'script' }),
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

  const contentOf = async (store: StateStore, world = WORLD) => {
    const view = await store.readWorld(world, { token: 't', msgId: 'm', operation: 'tokenValidate' });
    const log = await store.log(world, 'ledger');
    return {
      token: view.token?.value,
      tokens: [...(await store.list(world, 'token')).keys()],
      msgIdSeen: view.msgIdSeen,
      script: view.script,
      counters: Object.fromEntries(view.counters),
      ledger: [log.records.map(({ taskId }) => taskId), log.appended, Object.fromEntries(log.evicted)],
    };
  };

  /** All that a test could do to a world. */
  const change = async (store: StateStore, world = WORLD) => {
    const { revision } = (await store.get(world, 'token', 't')) ?? { revision: 0 };
    await store.commit(world, [
      put('token', 't', { ...TOKEN, usedBy: 'x' }, revision),
      putToken('u'),
      put('msgId', 'n', true),
      { kind: 'remove', collection: 'msgId', id: 'm' },
      { kind: 'remove', collection: 'script', id: 'tokenValidate' },
      count('script', null),
      count('calls', null),
      ledger('b'),
    ]);
    await store.take(world, 'script', 9);
  };

  describe(`${name}: snapshots`, () => {
    test('put back all of their parts, as often as wanted', async (context) => {
      const { store, snapshots } = await withSnapshots(context);
      await store.commit(WORLD, FULL);
      const before = structuredClone(await contentOf(store));
      snapshots.save(WORLD, 's', PARTS);
      for (let round = 0; round < 3; round += 1) {
        await change(store);
        expect(await contentOf(store)).not.toEqual(before);
        expect(snapshots.restore(WORLD, 's')).toBe(true);
        expect(await contentOf(store)).toEqual(before);
      }
    });

    test('put back no other part', async (context) => {
      const { store, snapshots } = await withSnapshots(context);
      await store.commit(WORLD, FULL);
      snapshots.save(WORLD, 's', ['ledger']);
      await change(store);
      await store.commit(WORLD, [journal('r2')]);
      const { revision } = (await store.get(WORLD, 'clock', ONLY)) ?? { revision: 0 };
      await store.commit(WORLD, [put('clock', ONLY, { offsetMs: 9, frozenAtMs: 1 }, revision)]);
      const { ledger: _, ...others } = structuredClone(await contentOf(store));
      snapshots.restore(WORLD, 's');
      expect(await contentOf(store)).toEqual({ ...others, ledger: [['a'], 1, {}] });
      expect((await store.get(WORLD, 'clock', ONLY))?.value).toEqual({ offsetMs: 9, frozenAtMs: 1 });
      expect((await store.log(WORLD, 'journal')).appended).toBe(2);
    });

    test('put back emptiness', async (context) => {
      const { store, snapshots } = await withSnapshots(context);
      const nothing = structuredClone(await contentOf(store));
      snapshots.save(WORLD, 's', PARTS);
      await store.commit(WORLD, FULL);
      expect(snapshots.restore(WORLD, 's')).toBe(true);
      expect(await contentOf(store)).toEqual(nothing);
    });

    test('what was read before does not change when one is restored', async (context) => {
      const { store, snapshots } = await withSnapshots(context);
      await store.commit(WORLD, FULL);
      snapshots.save(WORLD, 's', PARTS);
      await change(store);
      const read = await store.get(WORLD, 'token', 't');
      snapshots.restore(WORLD, 's');
      expect(read?.value.usedBy).toBe('x');
    });

    test('a write at a revision from after the snapshot is stale behind its restore', async (context) => {
      const { store, snapshots } = await withSnapshots(context);
      await store.commit(WORLD, FULL);
      snapshots.save(WORLD, 's', PARTS);
      await change(store);
      const { revision } = (await store.get(WORLD, 'token', 't')) ?? { revision: 0 };
      snapshots.restore(WORLD, 's');
      expect(await store.commit(WORLD, [putToken('t', revision)])).toBe('stale');
      const restored = (await store.get(WORLD, 'token', 't'))?.revision ?? 0;
      expect(await store.commit(WORLD, [putToken('t', restored)])).toBe('committed');
    });

    test('keep the bounds, and which tokens are the oldest', async (context) => {
      const { store, snapshots } = await withSnapshots(context, {
        ...DEFAULT_LIMITS,
        tokensMax: 2,
        ledgerRecordsMax: 2,
      });
      await store.commit(WORLD, [putToken('a'), putToken('b'), ledger('1'), ledger('2'), ledger('3')]);
      snapshots.save(WORLD, 's', PARTS);
      for (let round = 0; round < 2; round += 1) {
        await store.commit(WORLD, [putToken('c'), ledger('4'), ledger('5')]);
        const { tokens, ledger: after } = await contentOf(store);
        expect({ tokens, after }).toEqual({ tokens: ['b', 'c'], after: [['5', '4'], 5, { label: 3 }] });
        snapshots.restore(WORLD, 's');
        const { tokens: back, ledger: log } = await contentOf(store);
        expect({ back, log }).toEqual({ back: ['a', 'b'], log: [['3', '2'], 3, { label: 1 }] });
      }
    });

    test('one that is not there is not restored, and changes nothing', async (context) => {
      const { store, snapshots } = await withSnapshots(context);
      await store.commit(WORLD, FULL);
      snapshots.save(OTHER, 's', PARTS);
      const before = structuredClone(await contentOf(store));
      expect([snapshots.restore(WORLD, 's'), snapshots.restore('nowhere', 's')]).toEqual([false, false]);
      expect(await contentOf(store)).toEqual(before);
    });

    test('touch no other world', async (context) => {
      const { store, snapshots } = await withSnapshots(context);
      for (const world of [WORLD, OTHER]) await store.commit(world, FULL);
      snapshots.save(WORLD, 's', PARTS);
      await change(store, OTHER);
      const other = structuredClone(await contentOf(store, OTHER));
      snapshots.restore(WORLD, 's');
      expect(await contentOf(store, OTHER)).toEqual(other);
    });

    test('beyond ten of a world its oldest goes', async (context) => {
      const { store, snapshots } = await withSnapshots(context);
      snapshots.save(OTHER, '0', PARTS);
      const ids = Array.from({ length: SNAPSHOTS_MAX + 1 }, (_, at) => `${at}`);
      for (const id of ids) {
        await store.commit(WORLD, [ledger(id)]);
        snapshots.save(WORLD, id, PARTS);
      }
      expect(snapshots.restore(OTHER, '0')).toBe(true);
      expect(ids.map((id) => snapshots.restore(WORLD, id))).toEqual([false, ...ids.slice(1).map(() => true)]);
      expect((await store.log(WORLD, 'ledger')).appended).toBe(SNAPSHOTS_MAX + 1);
    });

    test('go with their world', async (context) => {
      const { store, snapshots } = await withSnapshots(context);
      await store.commit(WORLD, FULL);
      snapshots.save(WORLD, 's', PARTS);
      await store.drop(WORLD);
      expect(snapshots.restore(WORLD, 's')).toBe(false);
    });
  });
}
