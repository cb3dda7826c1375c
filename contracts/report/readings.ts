/** Finds the interpretation of the document that explains results. */
import { SIGNATURES, type Signature, shownBy, signatureOf } from '../kit/reading-cases.js';
import type { CaseResult, SuiteReading } from '../kit/result.js';

/** The readings, among those that a mock reports, that affect this case. */
export function readingsAt({ id }: CaseResult, configured: readonly SuiteReading[]): readonly SuiteReading[] {
  return configured.filter((reading) => signatureOf(reading)?.shownAt(id) !== undefined);
}

/** The readings that explain the results of a carrier that reports none: each affected case shows exactly the result of the reading. */
export function fittingSignatures(results: readonly CaseResult[]): readonly Signature[] {
  const judged = results.filter(({ status }) => status === 'pass' || status === 'fail' || status === 'warn');
  return SIGNATURES.filter(({ shownAt }) => {
    const touched = judged.filter((result) => isSeen(result, shownAt(result.id)));
    return touched.length > 0 && touched.every((result) => showsAsMuch(result, shownAt(result.id)));
  });
}

/** An effect is visible only with a control API. */
function isSeen({ notChecked = [] }: CaseResult, shown: string | undefined): boolean {
  return shown !== undefined && !notChecked.some((effect) => effect === shown);
}

/** A case that accepts several codes passes and has the received code. */
function showsAsMuch(result: CaseResult, shown: string | undefined): boolean {
  return result.differences.length > 0 ? shownBy(result) === shown : result.seen === shown;
}
