/** A kind of cause: which results show it, and its sentence. */
import type { Bilingual } from '../../src/text/bilingual.js';
import {
  READING_RESULTS,
  type ReadingResults,
  resultsUnder,
  shownIn,
} from '../kit/reading-cases.js';
import type { CaseResult, Difference, SuiteReading } from '../kit/result.js';

export type Params = Readonly<Record<string, string>>;

export interface Context {
  /** All results of the run. */
  readonly results: readonly CaseResult[];
  /** The readings of a mock that differ from those that the cases assume. */
  readonly readings: readonly SuiteReading[];
  /** The interpretations that would explain the results of any carrier. */
  readonly fitting: readonly ReadingResults[];
  /** The response to every request, if several requests got the same. */
  readonly onlyAnswer: string | undefined;
}

/** Results with one cause; the first is the example. */
export interface Group {
  readonly params: Params;
  /** The results that show the cause. */
  readonly results: readonly CaseResult[];
  readonly context: Context;
}

/** A kind of cause. In its table the more informative kinds come first. */
export interface CauseKind {
  readonly name: string;
  /** The parameters of this kind that a result shows. Results with equal parameters can have one cause. */
  shownBy(result: CaseResult, context: Context): readonly Params[];
  /** Whether a result that does not show the cause is its consequence. */
  followedBy?(result: CaseResult, group: Group): boolean;
  sentence(group: Group): Bilingual;
  /** Listed before all others, even with few results: it makes the rest uncertain. */
  readonly isFirst?: true;
}

/** A kind that a difference shows. */
export function differing(
  paramsOf: (difference: Difference) => Params | undefined,
): CauseKind['shownBy'] {
  return ({ differences }) => differences.map(paramsOf).filter((params) => params !== undefined);
}

// Finds the interpretation of the document that explains results.

/** The readings, among those that a mock reports, that affect this case. */
export function readingsAt(
  { id }: CaseResult,
  configured: readonly SuiteReading[],
): readonly SuiteReading[] {
  return configured.filter((reading) => resultsUnder(reading)?.shownAt(id) !== undefined);
}

/** The readings that explain the results of a carrier that reports none: each affected case shows exactly the result of the reading. */
export function fittingReadings(results: readonly CaseResult[]): readonly ReadingResults[] {
  const judged = results.filter(
    ({ status }) => status === 'pass' || status === 'fail' || status === 'warn',
  );
  return READING_RESULTS.filter(({ shownAt }) => {
    // An effect is visible only with a control API.
    const touched = judged.filter(({ id, notChecked = [] }) => {
      const shown = shownAt(id);
      return shown !== undefined && !notChecked.some((effect) => effect === shown);
    });
    // A case that accepts several codes passes and has the received code.
    const seenIn = (result: CaseResult) =>
      result.differences.length > 0 ? shownIn(result) : result.seen;
    return touched.length > 0 && touched.every((result) => seenIn(result) === shownAt(result.id));
  });
}
