/** Searches of the journals: their order, their pages, and how much they read. */
import { describe, expect, test } from 'vitest';
import {
  countRequests,
  earlierRequests,
  findRequest,
  searchJournal,
} from '../../mock-server/carrier/apps/journal.js';
import type { Carrier } from '../../mock-server/carrier/carrier.js';
import { createMemoryStore } from '../../mock-server/carrier/store/memory.js';
import {
  type JournalRecord,
  SERVER_PARTITION,
  type StateStore,
} from '../../mock-server/carrier/store/state-store.js';
import { newCarrier } from '../support/carrier.js';
import { APP, journal, put } from '../support/stores/writes.js';

/** By journal, the received times of its records in the order of their commits. */
type Times = Readonly<Record<string, readonly number[]>>;

const IN_ORDER: Times = { a: [1, 3, 5, 7], b: [2, 4, 6, 8] };
// Over a shared store, a request may be written after one that was received later.
const OUT_OF_ORDER: Times = { a: [1, 9, 3, 5, 4], b: [2, 8, 7, 6], c: [9, 1] };

async function carrierWith(times: Times, change: Partial<StateStore> = {}): Promise<Carrier> {
  const store = createMemoryStore();
  for (const [appId, received] of Object.entries(times)) {
    await store.commit(SERVER_PARTITION, [put('shortId', appId, appId)]);
    await store.commit(appId, [put('app', '', { ...APP, settings: { ...APP.settings, appId } })]);
    for (const [at, receivedAtMs] of received.entries())
      await store.commit(appId, [journal(`${appId}-${at}`, { appId, receivedAtMs })]);
  }
  return newCarrier({ nowMs: 0, store: { ...store, ...change } }).carrier;
}

interface Search {
  readonly limit: number;
  readonly after?: string | undefined;
  readonly appId?: string | undefined;
  /** By default the limit. */
  readonly expected?: number;
}

/** The first page of a search; undefined if `after` is not in the journals. */
async function pageOf(carrier: Carrier, { limit, after, appId, expected = limit }: Search) {
  const found = await searchJournal(carrier, { filter: { appId }, scope: 'all', after, expected });
  if (found === undefined) return undefined;
  const ids: string[] = [];
  for await (const { id } of found) if (ids.push(id) === limit) break;
  return ids;
}

async function pagesOf(
  carrier: Carrier,
  limit: number,
  appId?: string,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let after: string | undefined; ; after = ids.at(-1)) {
    const page = (await pageOf(carrier, { limit, after, appId })) ?? [];
    if (page.length === 0) return ids;
    ids.push(...page);
  }
}

describe('pages', () => {
  test('of requests that were written in the order of their times have the newest first', async () => {
    const ids = await pagesOf(await carrierWith(IN_ORDER), 3);
    expect(ids).toEqual(['b-3', 'a-3', 'b-2', 'a-2', 'b-1', 'a-1', 'b-0', 'a-0']);
  });

  test.each([1, 2, 3, 4, 100])(
    'of %i list each request once, and each journal in the order of its commits',
    async (limit) => {
      const ids = await pagesOf(await carrierWith(OUT_OF_ORDER), limit);
      expect(ids).toHaveLength(11);
      for (const [appId, received] of Object.entries(OUT_OF_ORDER)) {
        const own = received.map((_, at) => `${appId}-${at}`).toReversed();
        expect(ids.filter((id) => id.startsWith(appId))).toEqual(own);
        expect(await pagesOf(await carrierWith(OUT_OF_ORDER), limit, appId)).toEqual(own);
      }
    },
  );

  test('a page after a request of another journal or of none does not exist', async () => {
    const carrier = await carrierWith(IN_ORDER);
    const pageAfter = (after: string, appId?: string) =>
      pageOf(carrier, { limit: 9, after, appId });
    expect(await pageAfter('b-1', 'a')).toBe(undefined);
    expect(await pageAfter('a-9')).toBe(undefined);
    expect(await pageAfter('b-0')).toEqual(['a-0']);
  });
});

describe('a search', () => {
  /** A store whose journals never end, and that counts the records it returns. */
  const endless = async () => {
    const [record] = (await (await carrierWith({ a: [1] })).store.log('a', 'journal')).records;
    const read = { records: 0 };
    const carrier = await carrierWith(IN_ORDER, {
      journal: async function* (partition) {
        for (let number = 1_000_000; ; number -= 1) {
          read.records += 1;
          if (record !== undefined)
            yield [{ ...record, id: `${partition}-${number}`, receivedAtMs: number }];
        }
      },
    });
    return { carrier, read };
  };

  test('reads no more records than it returns, and one of each other journal', async () => {
    const { carrier, read } = await endless();
    expect(await pageOf(carrier, { limit: 10 })).toHaveLength(10);
    expect(read.records).toBeLessThanOrEqual(3 * 10);
  });

  /** A carrier whose reads of journals are counted, or change what it reads. */
  const readingCarrier = async (
    times: Times,
    onRead: (record: JournalRecord, store: StateStore) => void,
  ) => {
    const { store } = await carrierWith(times);
    const journal: StateStore['journal'] = async function* (partition) {
      for await (const records of store.journal(partition)) {
        for (const record of records) {
          onRead(record, store);
          yield [record];
        }
      }
    };
    return newCarrier({ nowMs: 0, store: { ...store, journal } }).carrier;
  };

  test('of all records reads each at most three times, however few it expects', async () => {
    let read = 0;
    const carrier = await readingCarrier({ a: Array.from({ length: 1000 }, (_, at) => at) }, () => {
      read += 1;
    });
    expect(await pageOf(carrier, { limit: 2000, expected: 1 })).toHaveLength(1000);
    expect(read).toBeLessThanOrEqual(3000);
  });

  test('goes on in the other journals if the record at which it stopped is dropped meanwhile', async () => {
    const carrier = await readingCarrier(IN_ORDER, ({ id }, { forget }) => {
      if (id === 'a-3') void forget('a', new Set(['a-3', 'a-2', 'a-1', 'a-0']));
    });
    const ids = await pageOf(carrier, { limit: 9, expected: 2 });
    expect(ids).toEqual(['b-3', 'a-3', 'b-2', 'b-1', 'b-0']);
  });

  /** As a request of the app in its id is stored, whose state names its journal. */
  function placed(record: JournalRecord): JournalRecord {
    const { app } = record.state;
    const [appId = ''] = record.id.split('-');
    return {
      ...record,
      state: { ...record.state, app: app && { ...app, settings: { ...app.settings, appId } } },
    };
  }

  test('for the requests before each request reads a journal once, if the newest come first', async () => {
    let read = 0;
    const carrier = await readingCarrier({ a: Array.from({ length: 300 }, (_, at) => at) }, () => {
      read += 1;
    });
    const records: JournalRecord[] = [];
    const found = await searchJournal(carrier, { filter: {}, scope: 'all', expected: 300 });
    for await (const record of found ?? []) records.push(record);
    const ids = records.map(({ id }) => id);
    const earlier = earlierRequests(carrier);
    read = 0;
    for (const [at, record] of records.entries())
      expect((await earlier(placed(record), 100)).map(({ id }) => id)).toEqual(
        ids.slice(at + 1, at + 101),
      );
    expect(read).toBe(300);
  });

  test('for the requests before a request finds them in any order, and none before one that is gone', async () => {
    const carrier = await carrierWith(IN_ORDER);
    const earlier = earlierRequests(carrier);
    const earlierIds = async (id: string, limit: number) => {
      const record = await findRequest(carrier, id);
      return record && (await earlier(placed(record), limit)).map((each) => each.id);
    };
    expect(await earlierIds('a-1', 9)).toEqual(['a-0']);
    expect(await earlierIds('a-3', 2)).toEqual(['a-2', 'a-1']);
    expect(await earlierIds('b-3', 9)).toEqual(['b-2', 'b-1', 'b-0']);
    expect(await earlierIds('a-2', 9)).toEqual(['a-1', 'a-0']);
    const gone = await findRequest(carrier, 'a-1');
    await carrier.store.forget('a', new Set(['a-1']));
    expect(gone && (await earlierRequests(carrier)(placed(gone), 9))).toEqual([]);
  });

  test('for one request ends with it', async () => {
    const { carrier, read } = await endless();
    expect((await findRequest(carrier, 'a-999900'))?.id).toBe('a-999900');
    expect(read.records).toBe(101);
  });

  test('counts the requests of one app, and of all', async () => {
    const carrier = await carrierWith(OUT_OF_ORDER);
    expect(await countRequests(carrier, {}, 'all')).toBe(11);
    expect(await countRequests(carrier, { appId: 'c' }, 'all')).toBe(2);
    expect(await countRequests(carrier, { appId: 'nobody' }, 'all')).toBe(0);
  });
});
