/** Comparison of two strings to sign by field. */
import { expect, test } from 'vitest';
import { folded, type SignRow, signRows, splitAtDifference } from '../../../mock-server/console/requests/sign-rows.js';

type Pairs = readonly (readonly [field: string | null, value: string])[];

const pairs = (text: string): Pairs => text.split(' ').map((pair) => pair.split('=') as [string, string]);
const segments = (rows: Pairs) => rows.map(([field, value]) => ({ field, value }));
const shown = ({ kind, expected, received, movedTo }: SignRow) =>
  [kind, expected?.field ?? '-', received?.field ?? '-', ...(movedTo === undefined ? [] : [movedTo])].join(' ');

const EXPECTED = pairs('appid=3000 version=2.0 token=T appSecret=S');
const [APPID, VERSION, TOKEN, SECRET] = [
  'same appid appid',
  'same version version',
  'same token token',
  'same appSecret appSecret',
] as const;

test.each([
  { description: 'the same fields with the same values', received: EXPECTED, rows: [APPID, VERSION, TOKEN, SECRET] },
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

test('consecutive equal rows are folded', () => {
  const rows = (['same', 'same', 'value', 'same'] as const).map((kind) => ({ kind }));
  expect(folded(rows).map(({ length }) => length)).toEqual([2, 1, 1]);
});
