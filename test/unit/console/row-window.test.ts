/** The rows of a long list that the page contains. */
import { expect, test } from 'vitest';
import { rowWindow } from '../../../mock-server/console/requests/row-window.js';

const LIST = { rowPx: 50, heightPx: 500, around: 5 };

test.each([
  { description: 'at the top', count: 10_000, scrollTop: 0, first: 0, end: 15 },
  { description: 'in the middle', count: 10_000, scrollTop: 5000, first: 95, end: 115 },
  { description: 'between two rows', count: 10_000, scrollTop: 5025, first: 95, end: 116 },
  { description: 'at the end', count: 100, scrollTop: 4500, first: 85, end: 100 },
  { description: 'a list shorter than the window', count: 3, scrollTop: 0, first: 0, end: 3 },
  { description: 'a scroll position beyond a list that became shorter', count: 3, scrollTop: 5000, first: 3, end: 3 },
  { description: 'an empty list', count: 0, scrollTop: 0, first: 0, end: 0 },
  { description: 'overscrolled at the top, as on phones', count: 100, scrollTop: -80, first: 0, end: 14 },
])('$description', ({ count, scrollTop, first, end }) => {
  expect(rowWindow({ ...LIST, count, scrollTop })).toEqual({ first, end });
});
