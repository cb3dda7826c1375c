/** A suite that every store must pass, with the store as its parameter. */
import { describe, expect, test } from 'vitest';
import {
  type CommitOutcome,
  DEFAULT_LIMITS,
  ONLY,
  type PartitionPart,
  SERVER_PARTITION,
  type StateStore,
  type StoreLimits,
} from '../../../mock-server/carrier/store/state-store.js';
import { counterCases, watchCases } from './counter-cases.js';
import { snapshotCases } from './snapshot-cases.js';
import { APP, CLOCK, count, ledger, type NewStore, put, putToken, TOKEN } from './writes.js';

const RACERS = 50;
const PARTITION = '300000000001';
const OTHER = '300000000002';
const AT_NOTHING = { token: undefined, msgId: undefined } as const;

async function race(
  racers: number,
  commit: () => ReturnType<StateStore['commit']>,
): Promise<readonly CommitOutcome[]> {
  return Promise.all(Array.from({ length: racers }, async () => commit()));
}

function committed(outcomes: readonly CommitOutcome[]): number {
  return outcomes.filter((outcome) => outcome === 'committed').length;
}

export function storeCases(name: string, newStore: NewStore): void {
  counterCases(name, newStore);
  snapshotCases(name, newStore);
  watchCases(name, newStore);
  const storeOf = async (limits: Partial<StoreLimits> = {}) =>
    newStore({ ...DEFAULT_LIMITS, ...limits });

  /** The whole content of a partition, as a value to compare. */
  const contentOf = async (store: StateStore, partition = PARTITION) => {
    const { records, appended } = await store.log(partition, 'ledger');
    return {
      view: await store.readPartition(partition, { token: 't', msgId: 'm' }),
      tokens: await store.list(partition, 'token'),
      ledger: { records, appended },
    };
  };

  describe(`${name}: a partition that does not exist`, () => {
    test('has an empty view', async () => {
      const store = await storeOf();
      const nothing = {
        app: undefined,
        clock: undefined,
        token: undefined,
        msgIdSeen: false,
        counters: new Map(),
      };
      expect(await store.readPartition(PARTITION, { token: 't', msgId: 'm' })).toEqual(nothing);
      expect(await store.get(PARTITION, 'token', 't')).toBe(undefined);
      expect(await store.list(PARTITION, 'token')).toEqual(new Map());
      expect(await store.size(PARTITION, 'token')).toBe(0);
      expect(await store.log(PARTITION, 'ledger')).toEqual({
        records: [],
        appended: 0,
        evicted: 0,
      });
    });
  });

  describe(`${name}: revisions`, () => {
    test('a put value is returned by every kind of read', async () => {
      const store = await storeOf();
      await store.commit(PARTITION, [
        put('app', ONLY, APP),
        put('clock', ONLY, CLOCK),
        putToken('t'),
        put('msgId', 'm', true),
      ]);
      const view = await store.readPartition(PARTITION, { token: 't', msgId: 'm' });
      expect([view.app?.value, view.clock?.value, view.token?.value, view.msgIdSeen]).toEqual([
        APP,
        CLOCK,
        TOKEN,
        true,
      ]);
      expect(await store.get(PARTITION, 'token', 't')).toEqual(view.token);
      expect(await store.list(PARTITION, 'token')).toEqual(new Map([['t', TOKEN]]));
      expect(await store.list(PARTITION, 'app')).toEqual(new Map([[ONLY, APP]]));
      const other = await store.readPartition(PARTITION, { token: 'x', msgId: 'x' });
      expect([other.token, other.msgIdSeen]).toEqual([undefined, false]);
      const unasked = await store.readPartition(PARTITION, AT_NOTHING);
      expect([unasked.token, unasked.msgIdSeen]).toEqual([undefined, false]);
    });

    test('0 means that the id is new', async () => {
      const store = await storeOf();
      expect(await store.commit(PARTITION, [putToken('t')])).toBe('committed');
      expect(await store.commit(PARTITION, [putToken('t')])).toBe('stale');
      expect(await store.commit(PARTITION, [putToken('u', 1)])).toBe('stale');
    });

    test('a value is only replaced at its own revision', async () => {
      const store = await storeOf();
      await store.commit(PARTITION, [putToken('t')]);
      const first = (await store.get(PARTITION, 'token', 't'))?.revision ?? 0;
      expect(first).toBeGreaterThan(0);
      expect(await store.commit(PARTITION, [putToken('t', first + 1)])).toBe('stale');
      expect(await store.commit(PARTITION, [putToken('t', first)])).toBe('committed');
      expect(await store.commit(PARTITION, [putToken('t', first)])).toBe('stale');
      expect((await store.get(PARTITION, 'token', 't'))?.revision).not.toBe(first);
    });

    test.each<{
      readonly description: string;
      readonly forget: (store: StateStore) => Promise<void>;
    }>([
      {
        description: 'removed',
        forget: async (store) =>
          void (await store.commit(PARTITION, [{ kind: 'remove', collection: 'token', id: 't' }])),
      },
      {
        description: 'cleared',
        forget: async (store) =>
          void (await store.commit(PARTITION, [{ kind: 'clear', parts: ['token'] }])),
      },
      { description: 'dropped with its partition', forget: async (store) => store.drop(PARTITION) },
    ])('a value $description and put again has another revision', async ({ forget }) => {
      const store = await storeOf();
      await store.commit(PARTITION, [putToken('t')]);
      const first = await store.get(PARTITION, 'token', 't');
      await forget(store);
      expect(await store.commit(PARTITION, [putToken('t')])).toBe('committed');
      expect((await store.get(PARTITION, 'token', 't'))?.revision).not.toBe(first?.revision);
    });

    test(`of ${RACERS} racing writers of a new value exactly one commits`, async () => {
      const store = await storeOf();
      expect(committed(await race(RACERS, () => store.commit(PARTITION, [putToken('t')])))).toBe(1);
    });

    test(`of ${RACERS} racing writers at one revision exactly one commits`, async () => {
      const store = await storeOf();
      await store.commit(PARTITION, [putToken('t')]);
      const { revision } = (await store.get(PARTITION, 'token', 't')) ?? { revision: 0 };
      const write = [putToken('t', revision), ledger('a')];
      expect(committed(await race(RACERS, () => store.commit(PARTITION, write)))).toBe(1);
      expect((await store.log(PARTITION, 'ledger')).appended).toBe(1);
    });
  });

  describe(`${name}: all or nothing`, () => {
    const others = [
      putToken('u'),
      put('msgId', 'n', true),
      count('calls', null),
      ledger('b'),
      { kind: 'remove', collection: 'token', id: 't' },
      { kind: 'clear', parts: ['ledger', 'counters', 'msgId'] },
    ] as const;

    test.each([
      { description: 'a revision that has moved on, first', writes: [putToken('t'), ...others] },
      { description: 'a revision that has moved on, last', writes: [...others, putToken('t')] },
      { description: 'a count that is full, first', writes: [count('full', 1), ...others] },
      { description: 'a count that is full, last', writes: [...others, count('full', 1)] },
    ])('$description leaves everything as it was', async ({ writes }) => {
      const store = await storeOf();
      await store.commit(PARTITION, [
        putToken('t'),
        put('msgId', 'm', true),
        count('full', 1),
        ledger('a'),
      ]);
      const before = structuredClone(await contentOf(store));
      expect(await store.commit(PARTITION, writes)).toBe('stale');
      expect(await contentOf(store)).toEqual(before);
    });

    test('a commit that requires the app is stale without it, before it exists and after it was dropped', async () => {
      const store = await storeOf();
      const nothing = structuredClone(await contentOf(store));
      const writes = [{ kind: 'requireApp' }, ledger('a'), count('calls', null)] as const;
      expect(await store.commit(PARTITION, writes)).toBe('stale');
      await store.commit(PARTITION, [put('app', ONLY, APP)]);
      expect(await store.commit(PARTITION, writes)).toBe('committed');
      await store.drop(PARTITION);
      expect(await store.commit(PARTITION, writes)).toBe('stale');
      expect(await contentOf(store)).toEqual(nothing);
    });
  });

  describe(`${name}: counts`, () => {
    const countOf = async (store: StateStore, counter: string) =>
      (await store.readPartition(PARTITION, AT_NOTHING)).counters.get(counter);

    test.each([
      { limit: 40, expected: 40 },
      { limit: 1, expected: 1 },
      { limit: 0, expected: 0 },
      { limit: RACERS, expected: RACERS },
      { limit: RACERS + 1, expected: RACERS },
      { limit: null, expected: RACERS },
    ])(`of ${RACERS} racing counts below $limit $expected commit`, async ({ limit, expected }) => {
      const store = await storeOf();
      const outcomes = await race(RACERS, () =>
        store.commit(PARTITION, [count('calls', limit), ledger('a')]),
      );
      expect(committed(outcomes)).toBe(expected);
      expect((await countOf(store, 'calls')) ?? 0).toBe(expected);
      expect((await store.log(PARTITION, 'ledger')).appended).toBe(expected);
    });

    test('a limit can change: a higher one has room, a lower one has none', async () => {
      const store = await storeOf();
      await race(3, () => store.commit(PARTITION, [count('calls', 3)]));
      expect(await store.commit(PARTITION, [count('calls', 3)])).toBe('stale');
      expect(await store.commit(PARTITION, [count('calls', 4)])).toBe('committed');
      expect(await store.commit(PARTITION, [count('calls', 1)])).toBe('stale');
      expect(await countOf(store, 'calls')).toBe(4);
    });
  });

  describe(`${name}: removal`, () => {
    test('a removed value does not exist, and the others stay', async () => {
      const store = await storeOf();
      await store.commit(PARTITION, [putToken('t'), putToken('u')]);
      expect(await store.size(PARTITION, 'token')).toBe(2);
      await store.commit(PARTITION, [{ kind: 'remove', collection: 'token', id: 't' }]);
      await store.commit(PARTITION, [{ kind: 'remove', collection: 'token', id: 'never there' }]);
      expect([...(await store.list(PARTITION, 'token')).keys()]).toEqual(['u']);
      expect(await store.size(PARTITION, 'token')).toBe(1);
    });

    test.each<PartitionPart>(['app', 'clock', 'token', 'msgId', 'counters', 'ledger'])(
      'clear %s clears that alone',
      async (part) => {
        const store = await storeOf();
        const full = [
          put('app', ONLY, APP),
          put('clock', ONLY, CLOCK),
          putToken('t'),
          put('msgId', 'm', true),
          count('calls', null),
          ledger('a'),
        ];
        await store.commit(PARTITION, full);
        await store.commit(PARTITION, [{ kind: 'clear', parts: [part] }]);
        const { view, ledger: log } = await contentOf(store);
        const present = {
          app: view.app !== undefined,
          clock: view.clock !== undefined,
          token: view.token !== undefined,
          msgId: view.msgIdSeen,
          counters: view.counters.size > 0,
          ledger: log.appended > 0,
        };
        const whole = {
          app: true,
          clock: true,
          token: true,
          msgId: true,
          counters: true,
          ledger: true,
        };
        expect(present).toEqual({ ...whole, [part]: false });
      },
    );

    test('a dropped partition does not exist', async () => {
      const store = await storeOf();
      const nothing = structuredClone(await contentOf(store));
      await store.commit(PARTITION, [
        putToken('t'),
        put('msgId', 'm', true),
        count('calls', null),
        ledger('a'),
      ]);
      await store.drop(PARTITION);
      expect(await contentOf(store)).toEqual(nothing);
    });
  });

  describe(`${name}: partitions`, () => {
    test.each([
      { partition: OTHER },
      { partition: SERVER_PARTITION },
      { partition: '__proto__' },
      { partition: 'constructor' },
      { partition: `${PARTITION}:token` },
      { partition: PARTITION.slice(0, -1) },
    ])(`${PARTITION} and "$partition" are independent`, async ({ partition }) => {
      const store = await storeOf();
      const nothing = structuredClone(await contentOf(store, partition));
      const writes = [putToken('t'), put('msgId', 'm', true), count('calls', 1), ledger('a')];
      await store.commit(PARTITION, writes);
      expect(await contentOf(store, partition)).toEqual(nothing);
      expect(await store.commit(partition, writes)).toBe('committed');
      const kept = structuredClone(await contentOf(store, partition));
      await store.drop(PARTITION);
      expect(await contentOf(store, partition)).toEqual(kept);
    });
  });
}
