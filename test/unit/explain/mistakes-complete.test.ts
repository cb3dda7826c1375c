/** Each finding has a row of test/mistakes and a near miss, and so has each row of the tables of the signature search. */
import { expect, test } from 'vitest';
import type { Text } from '../../../mock-server/explain/finding.js';
import {
  LINE_BREAKS_BEHIND,
  OTHER_ADDITIONS,
  SAME_ASCII,
  UTF_16,
} from '../../../mock-server/explain/sign/near-misses.js';
import { URL_RECODINGS } from '../../../mock-server/explain/sign/other-values.js';
import { PAIRS, SEPARATORS } from '../../../mock-server/explain/sign/recipes.js';
import { LABELS } from '../../../mock-server/explain/sign/secret-uses.js';
import IDS from '../../support/finding-ids.json' with { type: 'json' };
import { MISTAKES } from '../../support/mistakes.js';

const EXPECTED = MISTAKES.flatMap(({ rows }) => rows).map(({ expected }) => expected);
const namedFirst = new Set(EXPECTED.map(({ causes = [], remarks = [] }) => [...causes, ...remarks][0]));

/** `token.used` always comes before a retry. */
const NEVER_FIRST = ['client.retry'];

test('each finding comes first in a row, except a retry', () => {
  expect(IDS.filter((id) => !namedFirst.has(id))).toEqual(NEVER_FIRST);
});

test('each finding has a near miss that does not get it', () => {
  const missed = new Set(EXPECTED.flatMap(({ not = [] }) => not));
  expect(IDS.filter((id) => !missed.has(id))).toEqual([]);
});

test('the rows name only these findings', () => {
  const named = EXPECTED.flatMap(({ causes = [], remarks = [], not = [] }) => [...causes, ...remarks, ...not]);
  expect([...new Set(named)].filter((id) => !IDS.includes(id))).toEqual([]);
});

const english = (text: Text) => (typeof text === 'string' ? text : text.en);
const shown = (text: string) => (text === ' ' ? 'space' : text.replace('\n', '\\n'));

/** The evidence `used` of each row of the tables, listed by the finding that it belongs to. */
const TABLES = [
  { id: 'sign.secret-extra', used: [...LINE_BREAKS_BEHIND, ...OTHER_ADDITIONS].map((row) => english(row.description)) },
  { id: 'sign.charset', used: [...UTF_16, ...SAME_ASCII].map(({ name }) => english(name)) },
  { id: 'sign.url-encoding', used: URL_RECODINGS.map(({ description }) => english(description)) },
  {
    id: 'sign.separator',
    used: [
      ...SEPARATORS.map(shown),
      ...PAIRS.map(({ pair, between }) => `name${pair}value${between}name${pair}value`),
      ...LABELS.map((label) => `…${label}=`),
    ],
  },
];

test.each(TABLES)('each way to get $id that the search tries has a row', ({ id, used }) => {
  const tested = EXPECTED.filter(({ causes }) => causes?.[0] === id).map(({ evidence }) => evidence?.['used']);
  expect(used.filter((way) => !tested.includes(way))).toEqual([]);
});
