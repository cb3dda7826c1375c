/** The measured store: each call is counted with its outcome and its duration. */
import { describe, expect, test } from 'vitest';
import { measured } from '../../../mock-server/carrier/store/measured.js';
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import type { StateStore } from '../../../mock-server/carrier/store/state-store.js';
import { StoreTallies } from '../../../mock-server/carrier/tallies.js';
import { putToken } from '../../support/stores/writes.js';

const PARTITION = '300000000001';

function meter(elapsedMs = () => 0) {
  const tallies = new StoreTallies();
  const counts = () => tallies.calls.map(({ call, outcome, durations }) => [call, outcome, durations.count]);
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
  const store = measured({ ...createMemoryStore(), commit: () => Promise.reject(new Error('refused')) }, own);
  await expect(async () => store.commit(PARTITION, [])).rejects.toThrow('refused');
  expect(counts()).toEqual([['commit', 'failed', 1]]);
});
