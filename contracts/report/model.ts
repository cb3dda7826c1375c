/** The model behind every report: the run, its causes with their texts, and the lists of what did not run. */

import { COLON, type Language, wordsIn } from '../../src/text/bilingual.js';
import { printable } from '../../src/text/printable.js';
import { type CaseResult, cut, EFFECTS, type Run, STATUSES, type Status } from '../kit/result.js';
import { type Cause, causesOf, weightsOf } from './causes.js';
import { gist } from './details.js';
import { COMMA, casesText, countedText, reportedText } from './words.js';

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

// Counts and groups results for every report.

export type Counts = Readonly<Record<Status, number>>;

export function countsOf(results: readonly CaseResult[]): Counts {
  const counts = { pass: 0, fail: 0, warn: 0, skip: 0, disabled: 0, error: 0 };
  for (const { status } of results) counts[status] += 1;
  return counts;
}

/** `95 passed, 2 failed`, without zeros. */
export function countsText(counts: Counts, lang: Language): string {
  const present = STATUSES.filter((status) => counts[status] > 0);
  return present.map((status) => countedText(counts[status], status, lang)).join(COMMA[lang]);
}

export function ofStatus(results: readonly CaseResult[], status: Status): readonly CaseResult[] {
  return results.filter((result) => result.status === status);
}

/** Results that pass because the level is MAY, with a difference from the case. */
export function reportedOnly(results: readonly CaseResult[]): readonly CaseResult[] {
  return results.filter(({ status, differences }) => status === 'pass' && differences.length > 0);
}

/** `12 skipped: needs the control API`: the skipped and the disabled cases. */
export function leftOutTexts(results: readonly CaseResult[], lang: Language): readonly string[] {
  return (['skip', 'disabled'] as const).flatMap((status) =>
    grouped(ofStatus(results, status).map(({ reason = '' }) => wordsIn(reason, lang))).map(
      ([reason, count]) => `${countedText(count, status, lang)}${COLON[lang]}${reason}`,
    ),
  );
}

/** `charged: 88 cases`: the effects that could not be checked. */
export function notCheckedTexts(results: readonly CaseResult[], lang: Language): readonly string[] {
  const groups = grouped(results.flatMap(({ notChecked: names = [] }) => names.map((name) => EFFECTS[name][lang])));
  return groups.map(([name, count]) => `${name}${COLON[lang]}${casesText(count, lang)}`);
}

/** Equal texts together, the most frequent first. */
function grouped(texts: readonly string[]): readonly (readonly [text: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].toSorted(([, one], [, other]) => other - one);
}

/** The exit status in words. `exitStatusOf` returns the number for the same results. */
export function verdictText(results: readonly CaseResult[], lang: Language): string {
  const { fail, error, skip, disabled } = countsOf(results);
  if (error > 0) return errorVerdict(error, fail, lang);
  if (fail > 0) {
    return { en: `Exit status 1: ${casesText(fail, lang)} failed.`, zh: `退出码 1：${casesText(fail, lang)}失败。` }[
      lang
    ];
  }
  if (skip + disabled === results.length) {
    return {
      en: 'Exit status 0, but no case ran: this proves nothing.',
      zh: '退出码 0，但没有执行任何用例，什么也说明不了。',
    }[lang];
  }
  return { en: 'Exit status 0: nothing failed.', zh: '退出码 0：没有失败。' }[lang];
}

function errorVerdict(errors: number, failures: number, lang: Language): string {
  const cause = {
    en: `Exit status 2: ${casesText(errors, lang)} could not be judged because of the kit or the network`,
    zh: `退出码 2：${casesText(errors, lang)}因为工具或网络问题没能判定`,
  }[lang];
  const failed = { en: `; ${casesText(failures, lang)} failed`, zh: `；另有 ${casesText(failures, lang)}失败` }[lang];
  return `${cause}${failures > 0 ? failed : ''}${{ en: '.', zh: '。' }[lang]}`;
}

// Limits a list in a report: a short list is complete; a long one has the first result of each cause, then ids, then a count.

export interface Shown {
  /** Results with all details. */
  readonly full: readonly CaseResult[];
  /** Results shown as ids. */
  readonly short: readonly CaseResult[];
  readonly hiddenCount: number;
}

const FULL_MAX = 10;
const SHORT_MAX = 20;

/** The results with a cause, in the order of the causes, then the others. */
export function byCause(results: readonly CaseResult[], causes: readonly Cause[]): readonly CaseResult[] {
  const selected = new Set(results);
  const inCauses = new Set(causes.flatMap((cause) => cause.results).filter((result) => selected.has(result)));
  return [...inCauses, ...results.filter((result) => !inCauses.has(result))];
}

export function shownOf(results: readonly CaseResult[], causes: readonly Cause[], { verbose = false } = {}): Shown {
  const inOrder = byCause(results, causes);
  if (verbose || inOrder.length <= FULL_MAX) return { full: inOrder, short: [], hiddenCount: 0 };
  const firsts = causes.flatMap((cause) => cause.results.find((result) => inOrder.includes(result)) ?? []);
  const full = (firsts.length > 0 ? firsts : inOrder).slice(0, FULL_MAX);
  const rest = inOrder.filter((result) => !full.includes(result));
  return { full, short: rest.slice(0, SHORT_MAX), hiddenCount: Math.max(0, rest.length - SHORT_MAX) };
}
