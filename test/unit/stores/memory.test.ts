/**
 * The memory store passes the suite of all stores. The bounded map and the bounded log, compared with simple models. The
 * measured store: each call is counted with its outcome and its duration.
 */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BoundedLog,
  BoundedMap,
  journalShare,
} from '../../../mock-server/carrier/store/bounded.js';
import { measured } from '../../../mock-server/carrier/store/measured.js';
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import type { StateStore } from '../../../mock-server/carrier/store/state-store.js';
import { StoreTallies } from '../../../mock-server/carrier/tallies.js';
import { boundCases, censusCases } from '../../support/stores/bound-cases.js';
import { storeCases } from '../../support/stores/store-cases.js';
import { putToken } from '../../support/stores/writes.js';

storeCases('memory', createMemoryStore);
boundCases('memory', createMemoryStore);
censusCases('memory', createMemoryStore);

const SEED = 20261125;

describe('bounded map', () => {
  const steps = fc.array(
    fc.record({
      kind: fc.constantFrom('set', 'set', 'set', 'delete'),
      id: fc.constantFrom(...'abcdefgh'),
    }),
    { maxLength: 60 },
  );

  test('behaves like a list that drops its first entries', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), steps, (entriesMax, history) => {
        const map = new BoundedMap<number>(entriesMax);
        let model: Model = [];
        for (const [value, { kind, id }] of history.entries()) {
          if (kind === 'set') map.set(id, value);
          else map.delete(id);
          const without = model.filter(([known]) => known !== id);
          model = kind === 'delete' ? without : afterSet(model, [id, value]).slice(-entriesMax);
          expect([...map.entries]).toEqual(model);
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test('drops spent entries first', () => {
    const map = new BoundedMap<number>(4, (value) => value % 2 === 1);
    for (const value of [0, 2, 3, 5]) map.set(`t${value}`, value);
    for (const value of [4, 6, 8]) map.set(`t${value}`, value);
    expect([...map.entries.values()]).toEqual([2, 4, 6, 8]);
  });
});

describe('bounded log', () => {
  const labels = fc.array(fc.constantFrom('x', 'y', '__proto__'), { maxLength: 60 });
  const bounds = fc.integer({ min: 1, max: 6 });
  const newLog = (recordsMax: number) => new BoundedLog<string>(recordsMax);

  test('behaves like a list that drops its first entries', () => {
    fc.assert(
      fc.property(bounds, labels, (recordsMax, appended) => {
        const log = newLog(recordsMax);
        for (const [at, label] of appended.entries()) {
          log.append(label);
          const kept = appended.slice(Math.max(0, at + 1 - recordsMax), at + 1);
          expect(log.view()).toEqual({
            records: kept.toReversed(),
            appended: at + 1,
            evicted: at + 1 - kept.length,
          });
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test('and its copy are independent, and each behaves like one that was never copied', () => {
    fc.assert(
      fc.property(bounds, labels, labels, (recordsMax, before, after) => {
        const [log, twin] = [newLog(recordsMax), newLog(recordsMax)];
        for (const each of [log, twin]) for (const label of before) each.append(label);
        const copy = log.copy();
        for (const label of after) {
          copy.append(label);
          twin.append(label);
          log.append('z');
        }
        expect(copy.view()).toEqual(twin.view());
        expect(log.view().appended).toBe(before.length + after.length);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

test.each([
  { description: 'all fit', counts: [4, 5], totalMax: 9, expected: Number.POSITIVE_INFINITY },
  {
    description: 'one loses what is above nine tenths and more',
    counts: [17],
    totalMax: 16,
    expected: 15,
  },
  {
    description: 'small ones stay, large ones share the rest',
    counts: [2, 40, 30],
    totalMax: 32,
    expected: 14,
  },
  {
    description: 'there are more journals than records',
    counts: [1, 1, 2],
    totalMax: 2,
    expected: 1,
  },
])('the share of a journal if $description is $expected', ({ counts, totalMax, expected }) => {
  expect(journalShare(counts, totalMax)).toBe(expected);
});

/** Oldest first. */
type Model = readonly (readonly [string, number])[];

/** An entry that is written again keeps its position. */
function afterSet(model: Model, entry: Model[number]): Model {
  const known = model.some(([id]) => id === entry[0]);
  return known ? model.map((each) => (each[0] === entry[0] ? entry : each)) : [...model, entry];
}

const PARTITION = '300000000001';

function meter(elapsedMs = () => 0) {
  const tallies = new StoreTallies();
  const counts = () =>
    tallies.calls.map(({ call, outcome, durations }) => [call, outcome, durations.count]);
  return { meter: { tallies, elapsedMs }, tallies, counts };
}

describe('a measured store', () => {
  test('each call is counted by its outcome', async () => {
    const { meter: own, counts } = meter();
    const store = measured(createMemoryStore(), own);
    await store.readPartition(PARTITION, { token: undefined, msgId: undefined });
    await store.commit(PARTITION, [putToken('t', 0)]);
    await store.commit(PARTITION, [putToken('t', 0)]);
    await store.get(PARTITION, 'token', 't');
    await store.get(PARTITION, 'token', 'u');
    await store.list(PARTITION, 'token');
    await store.size(PARTITION, 'token');
    await store.log(PARTITION, 'journal');
    await store.take(PARTITION, 'c', 1);
    await store.take(PARTITION, 'c', 1);
    await store.drop(PARTITION);
    expect(counts()).toEqual([
      ['readWorld', 'done', 1],
      ['commit', 'committed', 1],
      ['commit', 'stale', 1],
      ['get', 'done', 2],
      ['list', 'done', 1],
      ['size', 'done', 1],
      ['log', 'done', 1],
      ['take', 'done', 2],
      ['drop', 'done', 1],
    ]);
  });

  test('a call is measured until its promise settles', async () => {
    let nowMs = 0;
    const { meter: own, tallies } = meter(() => nowMs);
    const store = createMemoryStore();
    const late: StateStore = {
      ...store,
      commit: (partition, writes) => {
        nowMs += 40;
        return store.commit(partition, writes);
      },
    };
    await measured(late, own).commit(PARTITION, [putToken('t', 0)]);
    expect(tallies.calls.map(({ durations }) => durations.sumSeconds)).toEqual([0.04]);
  });
});

test('a call that fails is counted as failed, and fails as before', async () => {
  const { meter: own, counts } = meter();
  const store = measured(
    { ...createMemoryStore(), commit: () => Promise.reject(new Error('refused')) },
    own,
  );
  await expect(async () => store.commit(PARTITION, [])).rejects.toThrow('refused');
  expect(counts()).toEqual([['commit', 'failed', 1]]);
});
