/** Runs cases against a carrier without HTTP. */

import type { Operation } from '../../../contracts/index.js';
import type { Case } from '../../../contracts/kit/case.js';
import { CASE_FILES } from '../../../contracts/kit/case-files.js';
import { textToken } from '../../../contracts/kit/control.js';
import { type CaseApp, needsOf, type Provider } from '../../../contracts/kit/provider.js';
import type { CaseResult } from '../../../contracts/kit/result.js';
import type { RunContext } from '../../../contracts/kit/send-case.js';
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
  recording: Pick<RunContext, 'recorded' | 'rsaEncoding'> = {},
): Promise<readonly CaseResult[]> {
  const { provider, close } = await startEngine(parts);
  // Without explanations, which take longer than the cases.
  const { findingOf: _, ...silent } = sharingApp(provider);
  const results: CaseResult[] = [];
  try {
    for (const { operation, testCase } of cases) {
      const context = { provider: silent, sources: SOURCES, ...recording };
      results.push(await runCase(operation, testCase, context));
    }
  } finally {
    await close();
  }
  return results;
}

/** Whether the case changes its app or its clock. The others can share an app, as with a profile. */
export function changesApp({ operation, testCase }: CaseRow): boolean {
  const needs = needsOf(operation, testCase);
  return (['control', 'patience', 'smsFallback'] as const).some((need) => needs.includes(need));
}

const MANY_CALLS = { id: 'shared', given: { app: { dailyQuota: 1_000_000 } } };

/** Cases that do not change their app have the same one: creating and removing one takes longer than most cases. */
function sharingApp(provider: Provider): Provider {
  let opening: Promise<CaseApp> | undefined;
  return {
    ...provider,
    open: async (operation, testCase) => {
      if (changesApp({ operation, testCase: testCase as Case }))
        return provider.open(operation, testCase);
      opening ??= provider.open(operation, MANY_CALLS);
      const shared = await opening;
      const { control } = shared;
      if (control === undefined) throw new Error('the carrier has no control API');
      const { token } = testCase.given ?? {};
      const settings = token !== undefined && 'mint' in token ? token.mint : {};
      return {
        ...shared,
        newToken: async () => textToken(testCase) ?? control.mint(operation, settings),
        end: async () => undefined,
      };
    },
  };
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
