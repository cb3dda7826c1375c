/** Runs cases against a carrier without HTTP. */

import type { Operation } from '../../../contracts/index.js';
import type { Case } from '../../../contracts/kit/case.js';
import { CASE_FILES } from '../../../contracts/kit/case-files.js';
import type { KnownCarrier } from '../../../contracts/kit/known-carrier.js';
import type { CaseResult } from '../../../contracts/kit/result.js';
import { runCase } from '../../../contracts/provider/run-case.js';
import { gist } from '../../../contracts/report/details.js';
import { type CarrierParts, SOURCES, startEngine } from '../provider/engine-subject.js';

export interface CaseRow {
  readonly operation: Operation;
  readonly testCase: Case;
}

export const CASES: readonly CaseRow[] = CASE_FILES.flatMap(({ operation, cases }) =>
  cases.map((testCase) => ({ operation, testCase })),
);

const SAMPLE_STEP = 4;

/** The cases with these ids, and every fourth other case. The turn selects which, so that many turns select all cases. */
export function sampled(
  cases: readonly CaseRow[],
  ids: readonly string[],
  turn: number,
): readonly CaseRow[] {
  return cases.filter(
    ({ testCase }, at) => ids.includes(testCase.id) || (at + turn) % SAMPLE_STEP === 0,
  );
}

export async function resultsOf(
  cases: readonly CaseRow[],
  parts: CarrierParts = {},
  known?: KnownCarrier,
): Promise<readonly CaseResult[]> {
  const { provider, close } = await startEngine(parts);
  // Without explanations, which take longer than the cases.
  const { findingOf: _, ...silent } = provider;
  const results: CaseResult[] = [];
  try {
    for (const { operation, testCase } of cases) {
      const context = { provider: silent, sources: SOURCES, known };
      results.push(await runCase(operation, testCase, context));
    }
  } finally {
    await close();
  }
  return results;
}

/** A line for each case with differences: its id, and what was expected and received. */
export function failuresIn(results: readonly CaseResult[]): string {
  const failed = results.filter(({ differences }) => differences.length > 0);
  return failed.map((result) => `${result.id}: ${gist(result, 'en')}`).join('\n');
}

/** The ids of the cases with differences. Not by status: a MAY case with differences still passes. */
export function caughtIn(results: readonly CaseResult[]): readonly string[] {
  return results.filter(({ differences }) => differences.length > 0).map(({ id }) => id);
}
