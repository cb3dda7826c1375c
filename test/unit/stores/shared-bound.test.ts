/** One limit for the journals of all partitions, in memory. */
import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import { sharedBound } from '../../../mock-server/carrier/store/shared-bound.js';
import { DEFAULT_LIMITS, type StateStore } from '../../../mock-server/carrier/store/state-store.js';
import { journal } from '../../support/stores/writes.js';

const RECORD_BYTES = 10;

function storeFor(records: number): StateStore {
  return createMemoryStore({ ...DEFAULT_LIMITS, journalBytesTotalMax: records * RECORD_BYTES });
}

async function write(store: StateStore, partition: string, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1)
    await store.commit(partition, [journal(`${partition}-${at}`, { bytes: RECORD_BYTES, appId: partition })]);
}

async function kept(store: StateStore, partition: string) {
  const { records, appended, evicted } = await store.log(partition, 'journal');
  return { newest: records[0]?.id, count: records.length, appended, evicted: evicted.get('label') ?? 0 };
}

describe('the journals of all partitions', () => {
  test('are kept complete up to the limit', async () => {
    const store = storeFor(20);
    await write(store, 'a', 10);
    await write(store, 'b', 10);
    expect(await kept(store, 'a')).toMatchObject({ count: 10, evicted: 0 });
    expect(await kept(store, 'b')).toMatchObject({ count: 10, evicted: 0 });
  });

  test('above the limit, drop the older half of the largest, which is counted', async () => {
    const store = storeFor(20);
    await write(store, 'quiet', 4);
    await write(store, 'wild', 17);
    expect(await kept(store, 'wild')).toEqual({ newest: 'wild-16', count: 8, appended: 17, evicted: 9 });
    expect(await kept(store, 'quiet')).toMatchObject({ count: 4, evicted: 0 });
  });

  test('stay within the limit, however many partitions there are', async () => {
    const store = storeFor(50);
    const partitions = Array.from({ length: 40 }, (_, at) => `w${at}`);
    for (const partition of partitions) await write(store, partition, 5);
    const counts = await Promise.all(partitions.map((partition) => kept(store, partition)));
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(50);
    expect(counts.every(({ count, evicted, appended }) => count >= 1 && count + evicted === appended)).toBe(true);
  });

  test('have room again when a partition is dropped', async () => {
    const store = storeFor(20);
    await write(store, 'gone', 19);
    await store.drop('gone');
    await write(store, 'next', 19);
    expect(await kept(store, 'next')).toMatchObject({ count: 19, evicted: 0 });
  });

  test('keep the newest record of each, even above the limit', async () => {
    const store = storeFor(2);
    for (const partition of ['a', 'b', 'c', 'd']) await write(store, partition, 3);
    for (const partition of ['a', 'b', 'c', 'd'])
      expect(await kept(store, partition)).toMatchObject({ newest: `${partition}-2` });
  });
});

test('a new record only reads the other partitions if the limit may be exceeded', () => {
  let looks = 0;
  const add = sharedBound(1000, () => {
    looks += 1;
    return [];
  });
  for (let at = 0; at < 1000; at += 1) add(1);
  expect(looks).toBe(0);
  add(1);
  expect(looks).toBe(1);
});
