/**
 * Computations of the list of requests: its pages, merged pages and events, and the rows that the page contains. Comparison of two
 * strings to sign by field. Requests as a HAR file: `explain` reads what the console saves.
 */
import { describe, expect, test } from 'vitest';
import { readCapture } from '../../../mock-server/cli/explain/capture/read-capture.js';
import {
  type SignRow,
  signRows,
  splitAtDifference,
} from '../../../mock-server/console/requests/sign-rows.js';
import { harOf } from '../../../mock-server/console/state/carrier.js';
import {
  createArrivals,
  isNamed,
  mergeRecords,
  pagesOf,
  recordsBefore,
  rowWindow,
  withDelivered,
} from '../../../mock-server/console/state/record-list.js';
import type { JournalRecord } from '../../../src/control/api.js';
import { charge, controlBench, createApp } from '../../support/control.js';

const records = (ids: string) => ids.split(' ').map((id) => ({ id }));

describe('merged records', () => {
  test.each([
    { description: 'new records come first', incoming: 'd c', max: 10, expected: 'd c b a' },
    { description: 'duplicates are dropped', incoming: 'c b', max: 10, expected: 'c b a' },
    {
      description: 'the oldest records beyond the maximum are dropped',
      incoming: 'd c',
      max: 3,
      expected: 'd c b',
    },
    {
      description: 'more new records than the maximum',
      incoming: 'e d c',
      max: 2,
      expected: 'e d',
    },
  ])('$description', ({ incoming, max, expected }) => {
    expect(mergeRecords(records('b a'), records(incoming), max)).toEqual(records(expected));
  });

  test('without new records, the list is the same object, so that the page does not render again', () => {
    const known = records('a');
    expect(mergeRecords(known, records('a'), 10)).toBe(known);
  });
});

test('a delivered record replaces the pending one at its place', () => {
  const list = [
    { id: 'b', state: 'pending' },
    { id: 'a', state: 'delivered' },
  ];
  const ended = { id: 'b', state: 'delivered' };
  expect(withDelivered(new Map([['b', ended]]))(list)).toEqual([ended, list[1]]);
  expect(withDelivered(new Map())(list)).toBe(list);
});

test.each([
  { id: 'shop01-1', name: 'shop01-1', expected: true },
  { id: 'shop01-12', name: 'shop01-1', expected: false },
  { id: 'shop01-12', name: 'shop01-*', expected: true },
  { id: 'shop02-12', name: 'shop01-*', expected: false },
])('$name names $id: $expected', ({ id, name, expected }) => {
  expect(isNamed(id, name)).toBe(expected);
});

describe('a search', () => {
  const PAGES = [
    { requests: records('d c'), after: 'c' },
    { requests: [], after: 'b' },
    { requests: records('a'), after: null },
  ];

  test('reads all pages, each after the one before, also if one has no request', async () => {
    const asked: (string | undefined)[] = [];
    const read = async (after: string | undefined) => {
      const page = PAGES[asked.push(after) - 1];
      if (page === undefined) throw new Error('there is no further page');
      return page;
    };
    const found = [];
    for await (const requests of pagesOf(read)) found.push(...requests);
    expect(found).toEqual(records('d c a'));
    expect(asked).toEqual([undefined, 'c', 'b']);
  });
});

describe('a record that arrives', () => {
  test('while a page is read waits until the page is shown, and is not lost', async () => {
    const arrivals = createArrivals<{ readonly id: string }>();
    let shown = records('b a');
    const show = () => {
      shown = [...mergeRecords(shown, arrivals.take(), 10)];
    };
    await arrivals.during(async () => {
      arrivals.add({ id: 'd' });
      show();
      expect(shown, 'while the page is read').toEqual(records('b a'));
      shown = records('c b a');
    });
    show();
    expect(shown).toEqual(records('d c b a'));
  });

  test('is not held back by a read that failed', async () => {
    const arrivals = createArrivals<string>();
    await expect(arrivals.during(() => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    arrivals.add('a');
    expect(arrivals.take()).toEqual(['a']);
  });

  test('is taken once, with the newest first, and only the first one starts the wait', () => {
    const arrivals = createArrivals<string>();
    expect(['a', 'b'].map((id) => arrivals.add(id))).toEqual([true, false]);
    expect([arrivals.take(), arrivals.take()]).toEqual([['b', 'a'], []]);
    expect(arrivals.add('c')).toBe(true);
  });
});

describe('the known records before the newest page', () => {
  test.each([
    { description: 'a page that reaches a known record', page: 'd c', expected: records('b a') },
    { description: 'a page with nothing new', page: 'c b a', expected: [] },
    { description: 'more new records than a page', page: 'g f', expected: undefined },
    { description: 'a server that was restarted', page: 'z', expected: undefined },
  ])('$description', ({ page, expected }) => {
    expect(recordsBefore(records(page), records('c b a'))).toEqual(expected);
  });

  test('a server without records', () => {
    expect(recordsBefore([], records('c b a'))).toBeUndefined();
  });
});

describe('the rows that the page contains', () => {
  const LIST = { rowPx: 50, heightPx: 500 };

  test.each([
    { description: 'at the top', count: 10_000, scrollTop: 0, first: 0, end: 18 },
    { description: 'in the middle', count: 10_000, scrollTop: 5000, first: 92, end: 118 },
    { description: 'between two rows', count: 10_000, scrollTop: 5025, first: 92, end: 119 },
    { description: 'at the end', count: 100, scrollTop: 4500, first: 82, end: 100 },
    { description: 'a list shorter than the window', count: 3, scrollTop: 0, first: 0, end: 3 },
    {
      description: 'a scroll position beyond a list that became shorter',
      count: 3,
      scrollTop: 5000,
      first: 3,
      end: 3,
    },
    { description: 'an empty list', count: 0, scrollTop: 0, first: 0, end: 0 },
    {
      description: 'overscrolled at the top, as on phones',
      count: 100,
      scrollTop: -80,
      first: 0,
      end: 17,
    },
  ])('$description', ({ count, scrollTop, first, end }) => {
    expect(rowWindow({ ...LIST, count, scrollTop })).toEqual({ first, end });
  });
});

type Pairs = readonly (readonly [field: string | null, value: string])[];

const pairs = (text: string): Pairs =>
  text.split(' ').map((pair) => pair.split('=') as [string, string]);
const segments = (rows: Pairs) => rows.map(([field, value]) => ({ field, value }));
const shown = ({ kind, expected, received, movedTo }: SignRow) =>
  [
    kind,
    expected?.field ?? '-',
    received?.field ?? '-',
    ...(movedTo === undefined ? [] : [movedTo]),
  ].join(' ');

const EXPECTED = pairs('appid=3000 version=2.0 token=T appSecret=S');
const [APPID, VERSION, TOKEN, SECRET] = [
  'same appid appid',
  'same version version',
  'same token token',
  'same appSecret appSecret',
] as const;

test.each([
  {
    description: 'the same fields with the same values',
    received: EXPECTED,
    rows: [APPID, VERSION, TOKEN, SECRET],
  },
  {
    description: 'another value',
    received: pairs('appid=3000 version=1.0 token=T appSecret=S'),
    rows: [APPID, 'value version version', TOKEN, SECRET],
  },
  {
    description: 'another secret',
    received: pairs('appid=3000 version=2.0 token=T appKey=K'),
    rows: [APPID, VERSION, TOKEN, 'replaced appSecret appKey'],
  },
  {
    description: 'a missing field',
    received: pairs('appid=3000 token=T appSecret=S'),
    rows: [APPID, 'missing version -', TOKEN, SECRET],
  },
  {
    description: 'an extra field',
    received: [...EXPECTED, ['msgid', 'M']] as Pairs,
    rows: [APPID, VERSION, TOKEN, SECRET, 'extra - msgid'],
  },
  {
    description: 'a moved field, on both sides',
    received: pairs('version=2.0 appid=3000 token=T appSecret=S'),
    rows: ['moved appid - 2', VERSION, 'moved - appid 1', TOKEN, SECRET],
  },
  { description: 'no fields', received: [], rows: EXPECTED.map(([field]) => `missing ${field} -`) },
])('$description', ({ received, rows }) => {
  expect(signRows(segments(EXPECTED), segments(received)).rows.map(shown)).toEqual(rows);
});

test('separators and names are compared as part of the value after them', () => {
  const received: Pairs = [
    [null, 'appid='],
    ['appid', '3000'],
    [null, '&'],
    [null, 'version='],
    ['version', '2.0'],
    ['token', 'T'],
    ['appSecret', 'S'],
    [null, '\n'],
  ];
  const { rows, after } = signRows(segments(EXPECTED), segments(received));
  expect(rows.map(({ kind, received: field }) => [kind, field?.before])).toEqual([
    ['value', 'appid='],
    ['value', '&version='],
    ['same', ''],
    ['same', ''],
  ]);
  expect(after).toBe('\n');
});

test.each([
  { text: '13800138000', other: '13800139000', expected: ['1380013', '8', '000'] },
  { text: 'ab', other: 'abc', expected: ['ab', '', ''] },
  { text: 'abc', other: 'ab', expected: ['ab', 'c', ''] },
  { text: 'aaa', other: 'aa', expected: ['aa', 'a', ''] },
  { text: 'same', other: 'same', expected: ['same', '', ''] },
  { text: 'x', other: '', expected: ['', 'x', ''] },
])('"$text" differs from "$other" in its middle', ({ text, other, expected }) => {
  expect(splitAtDifference(text, other)).toEqual(expected);
});

test('a saved request is read as it was received', async () => {
  const bench = await controlBench();
  await charge(bench, await createApp(bench));
  const { body } = await bench.api.get('/_mock/requests');
  const [record] = body.requests as JournalRecord[];
  if (record === undefined) throw new Error('no record');
  const har = harOf([record], 'http://127.0.0.1:10086');
  const { method, path, request } = record;
  expect(readCapture(JSON.stringify(har))).toMatchObject({ method, path, body: request.body });
  expect(har.log.entries[0]?.response).toMatchObject({
    status: 200,
    content: { text: record.response.body },
  });
});
