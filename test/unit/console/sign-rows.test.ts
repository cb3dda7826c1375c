/** Comparison of two strings to sign by field. */
import { expect, test } from 'vitest';
import { type SignRow, signRows } from '../../../mock-server/console/requests/sign-rows.js';

type Pairs = readonly (readonly [field: string | null, value: string])[];

const EXPECTED: Pairs = [
  ['appid', '3000'],
  ['version', '2.0'],
  ['token', 'T'],
  ['appSecret', 'S'],
];

const segments = (pairs: Pairs) => pairs.map(([field, value]) => ({ field, value }));
const shown = ({ kind, expected, received, movedTo }: SignRow) =>
  [kind, expected?.field ?? '-', received?.field ?? '-', ...(movedTo === undefined ? [] : [movedTo])].join(' ');

test.each([
  {
    description: 'the same fields with the same values',
    received: EXPECTED,
    rows: ['same appid appid', 'same version version', 'same token token', 'same appSecret appSecret'],
  },
  {
    description: 'another value',
    received: [
      ['appid', '3000'],
      ['version', '1.0'],
      ['token', 'T'],
      ['appSecret', 'S'],
    ] as Pairs,
    rows: ['same appid appid', 'value version version', 'same token token', 'same appSecret appSecret'],
  },
  {
    description: 'another secret',
    received: [
      ['appid', '3000'],
      ['version', '2.0'],
      ['token', 'T'],
      ['appKey', 'K'],
    ] as Pairs,
    rows: ['same appid appid', 'same version version', 'same token token', 'replaced appSecret appKey'],
  },
  {
    description: 'a missing field',
    received: [
      ['appid', '3000'],
      ['token', 'T'],
      ['appSecret', 'S'],
    ] as Pairs,
    rows: ['same appid appid', 'missing version -', 'same token token', 'same appSecret appSecret'],
  },
  {
    description: 'an extra field',
    received: [...EXPECTED, ['msgid', 'M']] as Pairs,
    rows: ['same appid appid', 'same version version', 'same token token', 'same appSecret appSecret', 'extra - msgid'],
  },
  {
    description: 'a moved field, on both sides',
    received: [
      ['version', '2.0'],
      ['appid', '3000'],
      ['token', 'T'],
      ['appSecret', 'S'],
    ] as Pairs,
    rows: [
      'moved appid - 2',
      'same version version',
      'moved - appid 1',
      'same token token',
      'same appSecret appSecret',
    ],
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
