/** Merging records from pages and events. */
import { expect, test } from 'vitest';
import { joinRecords, mergeRecords } from '../../../mock-server/console/state/merge-records.js';

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

test.each([
  {
    description:
      'records that arrive during a reconnect are above those that were missed, and the older ones are below',
    current: ['g', 'f', 'b', 'a'],
    fresh: ['e', 'd', 'c'],
    expected: ['g', 'f', 'e', 'd', 'c', 'b', 'a'],
  },
  {
    description: 'a record that arrived and was read too is listed once, at its place',
    current: ['f', 'e', 'b', 'a'],
    fresh: ['e', 'd', 'c'],
    expected: ['f', 'e', 'd', 'c', 'b', 'a'],
  },
  {
    description: 'a server that was restarted has only its own records, and those that arrived since',
    current: ['z', 'b', 'a'],
    fresh: ['y', 'x'],
    isJoined: false,
    expected: ['z', 'y', 'x'],
  },
  {
    description: 'if the last known record was dropped from the list in the meantime, no older one is listed again',
    current: ['g', 'f'],
    fresh: ['e', 'd'],
    expected: ['g', 'f', 'e', 'd'],
  },
  {
    description: 'the oldest records beyond the maximum are dropped',
    current: ['g', 'f', 'b', 'a'],
    fresh: ['e', 'd', 'c'],
    max: 6,
    expected: ['g', 'f', 'e', 'd', 'c', 'b'],
  },
])('$description', ({ current, fresh, isJoined = true, max = 10, expected }) => {
  const joined = joinRecords(records(...current), { fresh: records(...fresh), lastKnownId: 'b', isJoined }, max);
  expect(joined.map(({ id }) => id)).toEqual(expected);
});
