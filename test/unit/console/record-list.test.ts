/** Computations of the list of requests: merged pages and events, and the rows that the page contains. */
import { describe, expect, test } from 'vitest';
import { mergeRecords, recordsBefore, rowWindow } from '../../../mock-server/console/state/record-list.js';

const records = (ids: string) => ids.split(' ').map((id) => ({ id }));

describe('merged records', () => {
  test.each([
    { description: 'new records come first', incoming: 'd c', max: 10, expected: 'd c b a' },
    { description: 'duplicates are dropped', incoming: 'c b', max: 10, expected: 'c b a' },
    { description: 'the oldest records beyond the maximum are dropped', incoming: 'd c', max: 3, expected: 'd c b' },
    { description: 'more new records than the maximum', incoming: 'e d c', max: 2, expected: 'e d' },
  ])('$description', ({ incoming, max, expected }) => {
    expect(mergeRecords(records('b a'), records(incoming), max)).toEqual(records(expected));
  });

  test('without new records, the list is the same object, so that the page does not render again', () => {
    const known = records('a');
    expect(mergeRecords(known, records('a'), 10)).toBe(known);
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
    { description: 'a scroll position beyond a list that became shorter', count: 3, scrollTop: 5000, first: 3, end: 3 },
    { description: 'an empty list', count: 0, scrollTop: 0, first: 0, end: 0 },
    { description: 'overscrolled at the top, as on phones', count: 100, scrollTop: -80, first: 0, end: 17 },
  ])('$description', ({ count, scrollTop, first, end }) => {
    expect(rowWindow({ ...LIST, count, scrollTop })).toEqual({ first, end });
  });
});
