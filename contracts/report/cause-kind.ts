/** A kind of cause: which problems show it, and its sentence. */
import type { Bilingual } from '../../src/text/bilingual.js';
import { keyOf, READING_RESULTS, type ReadingResults, resultsUnder } from '../kit/reading-cases.js';
import type { CaseResult, Difference, SuiteReading } from '../kit/result.js';

export type Params = Readonly<Record<string, string>>;

/** A result, and the row of its judgement that needs a cause. An `error` has none. */
export interface Problem {
  readonly result: CaseResult;
  readonly difference: Difference | undefined;
}

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

/** Problems with one cause; the first is the example. */
export interface Group {
  readonly params: Params;
  /** The problems that show the cause. */
  readonly problems: readonly Problem[];
  readonly context: Context;
}

/** A kind of cause. In its table the more informative kinds come first. */
export interface CauseKind {
  readonly name: string;
  /** The parameters of this kind that a problem shows. Problems with equal parameters can have one cause. */
  shownBy(problem: Problem, context: Context): readonly Params[];
  /** Whether a problem that does not show the cause is its consequence. */
  followedBy?(problem: Problem, group: Group): boolean;
  sentence(group: Group): Bilingual;
  /** Listed before all others, even with few results: it makes the rest uncertain. */
  readonly isFirst?: true;
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
    return touched.length > 0 && touched.every((result) => shows(result, shownAt(result.id) ?? ''));
  });
}

/** A case that accepts several codes passes and has the received code. */
function shows({ differences, seen }: CaseResult, key: string): boolean {
  return differences.length > 0
    ? differences.some((difference) => keyOf(difference) === key)
    : seen === key;
}
