/** How `--only` finds cases. */
import { expect, test } from 'vitest';
import { idsMatching, nearestIds } from '../../../contracts/command/matching-ids.js';

const IDS = [
  'login/103101/zeros',
  'login/103101/zeros-twice',
  'login/103000/md5',
  'verify/302/zeros',
  'verify/302/a.b',
];

test.each([
  { description: 'a complete id takes precedence over ids that begin with it', name: 'login/103101/zeros', found: [0] },
  { description: 'the start of an id up to a slash', name: 'login/103101', found: [0, 1] },
  { description: 'the start of an id with its slash', name: 'login/103101/', found: [0, 1] },
  { description: 'the start of an id within a part', name: 'login/103', found: [0, 1, 2] },
  { description: 'a glob', name: '*/zeros', found: [0, 3] },
  { description: 'a glob over parts', name: '*/103101/*', found: [0, 1] },
  { description: 'a question mark', name: 'verify/30?/zeros', found: [3] },
  { description: 'a part of an id', name: 'zeros', found: [0, 1, 3] },
  { description: 'a dot is a dot in a glob', name: '*/a.?', found: [4] },
  { description: 'a glob does not match as a part', name: 'zero?', found: [] },
  { description: 'nothing', name: 'no-such-case', found: [] },
])('$description', ({ name, found }) => {
  expect(idsMatching(name, IDS)).toEqual(found.map((at) => IDS[at]));
});

test('the nearest ids, compared completely or by their last parts', () => {
  expect(nearestIds('login/103000/md6', IDS)[0]).toBe('login/103000/md5');
  expect(nearestIds('302/zeroes', IDS)[0]).toBe('verify/302/zeros');
});
