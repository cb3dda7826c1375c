/** Records from pages and events put together. */
import { expect, test } from 'vitest';
import { mergeRecords } from '../../../mock-server/console/state/merge-records.js';

const records = (...ids: readonly string[]) => ids.map((id) => ({ id }));

test.each([
  {
    description: 'new ones come first',
    known: ['b', 'a'],
    incoming: ['d', 'c'],
    max: 10,
    expected: ['d', 'c', 'b', 'a'],
  },
  {
    description: 'what is there already is taken once',
    known: ['b', 'a'],
    incoming: ['c', 'b'],
    max: 10,
    expected: ['c', 'b', 'a'],
  },
  {
    description: 'beyond the bound the oldest go',
    known: ['b', 'a'],
    incoming: ['d', 'c'],
    max: 3,
    expected: ['d', 'c', 'b'],
  },
  { description: 'more than the bound at once', known: [], incoming: ['c', 'b', 'a'], max: 2, expected: ['c', 'b'] },
])('$description', ({ known, incoming, max, expected }) => {
  expect(mergeRecords(records(...known), records(...incoming), max).map(({ id }) => id)).toEqual(expected);
});

test('nothing new is the same list, so that nothing is drawn again', () => {
  const known = records('a');
  expect(mergeRecords(known, records('a'), 10)).toBe(known);
});
