/** Merging records from pages and events. */
import { expect, test } from 'vitest';
import { mergeRecords } from '../../../mock-server/console/state/merge-records.js';

const records = (...ids: readonly string[]) => ids.map((id) => ({ id }));

test.each([
  {
    description: 'new records come first',
    known: ['b', 'a'],
    incoming: ['d', 'c'],
    max: 10,
    expected: ['d', 'c', 'b', 'a'],
  },
  {
    description: 'duplicates are dropped',
    known: ['b', 'a'],
    incoming: ['c', 'b'],
    max: 10,
    expected: ['c', 'b', 'a'],
  },
  {
    description: 'the oldest records beyond the maximum are dropped',
    known: ['b', 'a'],
    incoming: ['d', 'c'],
    max: 3,
    expected: ['d', 'c', 'b'],
  },
  {
    description: 'more new records than the maximum',
    known: [],
    incoming: ['c', 'b', 'a'],
    max: 2,
    expected: ['c', 'b'],
  },
])('$description', ({ known, incoming, max, expected }) => {
  expect(mergeRecords(records(...known), records(...incoming), max).map(({ id }) => id)).toEqual(expected);
});

test('without new records, the list is the same object, so that the page does not render again', () => {
  const known = records('a');
  expect(mergeRecords(known, records('a'), 10)).toBe(known);
});
