/** The model behind every report: the run, its causes with their texts, and the lists of what did not run. */

import { COLON, type Language } from '../../src/text/bilingual.js';
import { printable } from '../../src/text/printable.js';
import type { CaseResult, Run } from '../kit/result.js';
import { type Cause, causesOf, weightsOf } from './causes.js';
import { gist } from './details.js';
import { type Counts, countsOf, leftOutTexts, notCheckedTexts, verdictText } from './tally.js';
import { cut } from './text.js';
import { COMMA, countedText, reportedText } from './words.js';

export interface ReportModel {
  /** Redacted. */
  readonly run: Run;
  readonly lang: Language;
  readonly counts: Counts;
  /** The exit status in words. */
  readonly verdict: string;
  /** Every cause, the most serious first. */
  readonly causes: readonly Cause[];
  /** The causes that need a change. A MAY alone needs none. */
  readonly actionable: readonly CauseTexts[];
  readonly notRun: readonly string[];
  readonly notChecked: readonly string[];
}

export interface CauseTexts {
  readonly kind: string;
  readonly isError: boolean;
  /** `333 failed, 319 with a warning, 7 for information`. */
  readonly weight: string;
  readonly sentence: string;
  /** The first result in one line. */
  readonly example: string;
  readonly results: readonly CaseResult[];
}

export function modelOf(run: Run, lang: Language): ReportModel {
  const causes = causesOf(run);
  return {
    run,
    lang,
    counts: countsOf(run.results),
    verdict: verdictText(run.results, lang),
    causes,
    actionable: causes.filter(isActionable).map((cause) => causeTexts(cause, lang)),
    notRun: leftOutTexts(run.results, lang),
    notChecked: notCheckedTexts(run.results, lang),
  };
}

function isActionable(cause: Cause): boolean {
  const { failed, warned } = weightsOf(cause);
  return failed + warned > 0 || cause.kind === 'mock-readings';
}

function causeTexts(cause: Cause, lang: Language): CauseTexts {
  const { kind, sentence, results } = cause;
  return {
    kind,
    isError: weightsOf(cause).failed > 0,
    weight: weightText(cause, lang),
    sentence: sentence[lang],
    example: exampleText(results, lang),
    results,
  };
}

function weightText(cause: Cause, lang: Language): string {
  const { failed, warned, reported } = weightsOf(cause);
  const failedStatus = cause.results.some(({ status }) => status === 'fail') ? 'fail' : 'error';
  return [
    ...(failed > 0 ? [countedText(failed, failedStatus, lang)] : []),
    ...(warned > 0 ? [countedText(warned, 'warn', lang)] : []),
    ...(reported > 0 ? [reportedText(reported, lang)] : []),
  ].join(COMMA[lang]);
}

// A long value would move the next cause off the screen. The failure itself shows the complete value.
const EXAMPLE_LENGTH_MAX = 160;

function exampleText([first]: readonly CaseResult[], lang: Language): string {
  if (first === undefined) return '';
  const differences = gist(first, lang);
  return printable(cut(differences === '' ? first.id : `${first.id}${COLON[lang]}${differences}`, EXAMPLE_LENGTH_MAX));
}
