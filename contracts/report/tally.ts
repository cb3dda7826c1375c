/** Counts and groups results for every report. */

import { COLON, type Language, wordsIn } from '../../src/text/bilingual.js';
import { type CaseResult, EFFECTS, STATUSES, type Status } from '../kit/result.js';
import { COMMA, casesText, countedText } from './words.js';

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
