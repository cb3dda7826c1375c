/** The spend limit: which cases the plan runs, at each limit. */
import { expect, test } from 'vitest';
import type { Case, CaseFile } from '../../../contracts/kit/case.js';
import { planOf } from '../../../contracts/provider/run-suite.js';

function caseOf(id: string, cost: number): Case {
  const call = { call: {}, token: 'new', resultCode: '103000' } as const;
  return {
    id,
    description: id,
    source: { section: '1', sentence: id },
    level: 'MUST',
    basis: 'documented',
    before: Array.from({ length: cost - 1 }, () => call),
    // biome-ignore lint/suspicious/noThenProperty: a case is data and never awaited
    then: { resultCode: '103000' },
  };
}

const FILES: readonly CaseFile[] = [
  {
    operation: 'loginTokenValidate',
    cases: [caseOf('first-costs-1', 1), caseOf('second-costs-2', 2), caseOf('third-costs-1', 1)],
  },
];

function runs(limit: number | undefined, free = false): readonly string[] {
  const planned = planOf(FILES, {
    choice: { operations: ['loginTokenValidate'], levels: ['MUST'], only: [], disabled: [] },
    spending: { limit, free },
    provider: { has: new Set(['loginTokenValidate', 'token']) } as never,
  });
  return planned.flatMap(({ testCase, notRun }) => (notRun === undefined ? [testCase.id] : []));
}

test.each([
  { limit: undefined, ids: [] },
  { limit: 0, ids: [] },
  { limit: 1, ids: ['first-costs-1'] },
  { limit: 2, ids: ['first-costs-1', 'third-costs-1'] },
  { limit: 3, ids: ['first-costs-1', 'second-costs-2'] },
  { limit: 4, ids: ['first-costs-1', 'second-costs-2', 'third-costs-1'] },
])('with a limit of $limit, $ids run', ({ limit, ids }) => {
  expect(runs(limit)).toEqual(ids);
});

test('at a mock, where calls cost nothing, all cases run', () => {
  expect(runs(undefined, true)).toHaveLength(3);
});
