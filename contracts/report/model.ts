/** The model behind every report: the run, its causes and its lists with their texts. */
import { type BasisCounts, basisCounts } from '../../src/text/basis.js';
import { COLON, type Language, wordsIn } from '../../src/text/bilingual.js';
import { printable } from '../../src/text/printable.js';
import {
  type CaseResult,
  cut,
  EFFECTS,
  hasRun,
  type Run,
  STATUSES,
  type Status,
} from '../kit/result.js';
import { type Cause, causesOf } from './causes.js';
import { descriptionIn } from './descriptions.js';
import { differenceText, gist, seenText } from './details.js';
import { type Form, formsOf } from './forms.js';
import { COMMA, casesText, countedText, WORDS, withNote } from './words.js';

export type Counts = Readonly<Record<Status, number>>;

/** Results of one status, in the order of their causes. */
export interface Listing {
  readonly status: 'fail' | 'error' | 'warn' | 'pass';
  readonly title: string;
  readonly results: readonly CaseResult[];
  /** The first result of each cause. */
  readonly firsts: readonly CaseResult[];
}

export interface ReportModel {
  /** Redacted. */
  readonly run: Run;
  readonly lang: Language;
  readonly counts: Counts;
  /** What the run proves: the cases that passed without a difference, by their evidence. */
  readonly basis: BasisCounts;
  /** The exit status in words. */
  readonly verdict: string;
  /** The causes that need a change, the most serious first. A MAY alone needs none. */
  readonly causes: readonly CauseTexts[];
  /** The forms of responses that differ, each once. */
  readonly forms: readonly FormTexts[];
  /** Failures, errors, warnings, and results that pass because the level is MAY. Those that are not empty. */
  readonly listings: readonly Listing[];
  /** The codes received where several are accepted, what did not run, and what was not checked. */
  readonly notes: readonly { readonly title: string; readonly texts: readonly string[] }[];
}

interface Texts {
  /** `333 failed, 319 with a warning, 7 for information`. */
  readonly weight: string;
  readonly sentence: string;
  /** One result in one line. */
  readonly example: string;
}

export interface CauseTexts extends Omit<Cause, keyof Texts>, Texts {}
export interface FormTexts extends Omit<Form, keyof Texts>, Texts {}

const LISTS = [
  ['fail', WORDS.failures],
  ['error', WORDS.errors],
  ['warn', WORDS.warnings],
  ['pass', WORDS.reported],
] as const;

export function modelOf(run: Run, lang: Language): ReportModel {
  const { causes, forms: formProblems } = causesOf(run);
  const forms = formsOf(formProblems, run.failOn);
  const { results } = run;
  const inForms = new Set(formProblems.map(({ result }) => result));
  const caused = new Set(causes.flatMap((cause) => cause.results));
  // Each form is shown once, and a result with no other difference only as its example if it fails.
  const examples = new Set(
    forms.flatMap(({ weights, example }) => (weights.failed > 0 ? [example.result] : [])),
  );
  const isListed = (one: CaseResult) => caused.has(one) || !inForms.has(one) || examples.has(one);
  const listing = ([status, title]: (typeof LISTS)[number]): Listing => {
    const own = results.filter(
      (one) =>
        one.status === status && (status !== 'pass' || one.differences.length > 0) && isListed(one),
    );
    const ofCause = causes.map((cause) => cause.results.filter((result) => own.includes(result)));
    return {
      status,
      title: title[lang],
      results: [...new Set([...ofCause.flat(), ...own])],
      firsts: ofCause.flatMap(([first]) => first ?? []),
    };
  };
  const notes = [
    {
      title: WORDS.seen[lang],
      texts: results.flatMap(({ id, seen }) =>
        seen === undefined ? [] : [`${id}${COLON[lang]}${seenText(seen)}`],
      ),
    },
    { title: WORDS.notRun[lang], texts: leftOutTexts(results, lang) },
    { title: WORDS.notChecked[lang], texts: notCheckedTexts(results, lang) },
  ];
  return {
    run,
    lang,
    counts: countsOf(results),
    basis: basisOf(results),
    verdict: verdictText(run, lang),
    causes: causes
      .filter(({ isFirst, weights: { failed, warned } }) => failed + warned > 0 || isFirst)
      .map((cause) => textsOf(cause, lang)),
    forms: forms.map((form) => textsOf(form, lang)),
    listings: LISTS.map(listing).filter((one) => one.results.length > 0),
    notes: notes.filter(({ texts }) => texts.length > 0),
  };
}

// A long value would move the next cause off the screen. The failure itself shows the complete value.
const EXAMPLE_LENGTH_MAX = 240;

function textsOf<T extends Omit<Cause, 'kind' | 'isFirst'>>(
  group: T,
  lang: Language,
): Omit<T, keyof Texts> & Texts {
  const { sentence, results, weights, example } = group;
  const { failed, warned, reported } = weights;
  const failedStatus = results.some(({ status }) => status === 'fail') ? 'fail' : 'error';
  const weight = [
    ...(failed > 0 ? [countedText(failed, failedStatus, lang)] : []),
    ...(warned > 0 ? [countedText(warned, 'warn', lang)] : []),
    // Results that pass because the level is MAY.
    ...(reported > 0
      ? [{ en: `${reported} for information`, zh: `供参考 ${reported} 个` }[lang]]
      : []),
  ].join(COMMA[lang]);
  return {
    ...group,
    weight,
    sentence: sentence[lang],
    example: printable(cut(exampleOf(example, lang), EXAMPLE_LENGTH_MAX)),
  };
}

/** In the other suites, the sentence of the cause has the description, and the result the output of the command. */
function exampleOf({ result, difference }: Cause['example'], lang: Language): string {
  if (result.suite !== 'provider' || difference === undefined)
    return withGist(result.id, result, lang);
  const head = withNote(result.id, descriptionIn(result, lang), lang);
  return `${head}${COLON[lang]}${differenceText(difference, lang)}`;
}

function withGist(head: string, result: CaseResult, lang: Language): string {
  const differences = gist(result, lang);
  return differences === '' ? head : `${head}${COLON[lang]}${differences}`;
}

export function countsOf(results: readonly CaseResult[]): Counts {
  const counts = { pass: 0, fail: 0, warn: 0, skip: 0, disabled: 0, error: 0 };
  for (const { status } of results) counts[status] += 1;
  return counts;
}

function basisOf(results: readonly CaseResult[]): BasisCounts {
  const met = results.filter(
    ({ status, differences }) => status === 'pass' && differences.length === 0,
  );
  return basisCounts(met.map(({ basis }) => basis));
}

/** `95 passed, 2 failed`, without zeros. */
export function countsText(counts: Counts, lang: Language): string {
  const present = STATUSES.filter((status) => counts[status] > 0);
  return present.map((status) => countedText(counts[status], status, lang)).join(COMMA[lang]);
}

/** `12 skipped: needs the control API`: the skipped and the disabled cases. */
function leftOutTexts(results: readonly CaseResult[], lang: Language): readonly string[] {
  return (['skip', 'disabled'] as const).flatMap((status) =>
    grouped(
      results.flatMap((one) => (one.status === status ? [wordsIn(one.reason ?? '', lang)] : [])),
    ).map(([reason, count]) => `${countedText(count, status, lang)}${COLON[lang]}${reason}`),
  );
}

/** `charged: 88 cases`: the effects that could not be checked. */
function notCheckedTexts(results: readonly CaseResult[], lang: Language): readonly string[] {
  const groups = grouped(
    results.flatMap(({ notChecked: names = [] }) => names.map((name) => EFFECTS[name][lang])),
  );
  return groups.map(([name, count]) => `${name}${COLON[lang]}${casesText(count, lang)}`);
}

/** Equal texts together, the most frequent first. */
function grouped(texts: readonly string[]): readonly (readonly [text: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].toSorted(([, one], [, other]) => other - one);
}

/** The exit status in words. `exitStatusOf` returns the number for the same results. */
function verdictText({ results, allowNoCase }: Run, lang: Language): string {
  const { fail, error } = countsOf(results);
  const failures = casesText(fail, lang);
  const errors = casesText(error, lang);
  if (error > 0) {
    return {
      en: `Exit status 2: ${errors} could not be judged because of the kit or the network${fail > 0 ? `; ${failures} failed` : ''}.`,
      zh: `退出码 2：${errors}因为工具或网络问题没能判定${fail > 0 ? `；另有 ${failures}失败` : ''}。`,
    }[lang];
  }
  if (fail > 0)
    return { en: `Exit status 1: ${failures} failed.`, zh: `退出码 1：${failures}失败。` }[lang];
  if (hasRun(results))
    return { en: 'Exit status 0: nothing failed.', zh: '退出码 0：没有失败。' }[lang];
  return allowNoCase
    ? { en: 'Exit status 0, although no case ran.', zh: '退出码 0，虽然没有执行任何用例。' }[lang]
    : {
        en: 'Exit status 2: no case ran, so this proves nothing. If that is intended, add --allow-no-case.',
        zh: '退出码 2：没有执行任何用例，什么也说明不了。如果本来就不执行，请加 --allow-no-case。',
      }[lang];
}
