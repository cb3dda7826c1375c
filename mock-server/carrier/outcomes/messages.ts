/**
 * What is wrong with a script or a step. The ids are of this folder alone: users see the error `value.script`, which has
 * one of these texts.
 */
import type { Bilingual } from '../../../src/text/bilingual.js';
import { type ArgumentsOf, catalogue, textsOf } from '../../../src/text/catalogue.js';

/** One sentence that quotes the invalid text. */
export interface ScriptProblem {
  readonly problem: Bilingual;
}

const MISTAKES = catalogue({
  'script.step': { en: 'step {at}: {mistake}', zh: '第 {at} 步：{mistake}' },
  'script.endless': {
    en: 'step {at} repeats forever, so no step can follow it, found {found}',
    zh: '第 {at} 步一直重复，后面不能再有步骤，实际为 {found}',
  },
  'step.invalid': {
    en: 'must be a step such as 103211, pass, delay(3s) reset or 103211*2, found {found}',
    zh: '应为 103211、pass、delay(3s) reset、103211*2 这样的步骤，实际为 {found}',
  },
  'step.times': {
    en: '*n must be from 1 to {max}, found {found}',
    zh: '*n 应为 1–{max}，实际为 {found}',
  },
  'step.frequency': {
    en: 'frequency must be a number of calls and a time such as 30/10m, with 1 to 1000000 calls in 1s to 1d, found {found}',
    zh: 'frequency 应为次数和时长，例如 30/10m：1–1000000 次，1s 到 1d，实际为 {found}',
  },
  'step.every': {
    en: 'every must be a number of calls from 2 to {max}, such as every(5) for one call in five, found {found}',
    zh: 'every 应为 2–{max} 的次数，例如 every(5) 表示每五次一次，实际为 {found}',
  },
  'step.prefix-alone': {
    en: '{prefix} must be followed by an outcome, such as {prefix} 103211, found {found} alone',
    zh: '{prefix} 后面要跟结果，例如 {prefix} 103211，实际只有 {found}',
  },
  'outcome.invalid': {
    en: 'must be {outcomes}, found {found}',
    zh: '应为{outcomes}，实际为 {found}',
  },
  'outcome.argument': {
    en: '{word} has no argument, found {found}',
    zh: '{word} 后面不能带括号，实际为 {found}',
  },
  'outcome.no-status': {
    en: '{word} needs a status such as status(503), found {found}',
    zh: '{word} 需要状态码：status(503)，实际为 {found}',
  },
  'outcome.no-duration': {
    en: '{word} needs a duration such as drip(2s), found {found}',
    zh: '{word} 需要时长：drip(2s)，实际为 {found}',
  },
  'outcome.status': {
    en: '{word} must be a status from {min} to {max}, found {found}',
    zh: '{word} 应为 {min}–{max} 的状态码，实际为 {found}',
  },
  'outcome.duration': {
    en: '{word} must be a duration such as 250ms or 3s, at most 1h, found {found}',
    zh: '{word} 应为时长，例如 250ms 或 3s，最长 1h，实际为 {found}',
  },
  'code.length': {
    en: 'a result code must have 1 to {max} digits, found {found}',
    zh: '返回码是 1–{max} 位数字，实际为 {found}',
  },
  'code.of-another': {
    en: '{operation} has no code {found}; known: {codes}',
    zh: '{operation} 没有返回码 {found}；可用：{codes}',
  },
  'code.documented': {
    en: 'a documented code has its own text, so it has no argument, found {found}',
    zh: '文档里的返回码有自己的描述，后面不能带括号，实际为 {found}',
  },
  'code.text': {
    en: 'the text of a code must be 1 to {max} characters in double quotes, with JSON escapes, such as 103911("too frequent"), found {found}',
    zh: '返回码的描述应为双引号内的 1–{max} 个字符，转义与 JSON 相同：103911("too frequent")，实际为 {found}',
  },
});

const textOf = textsOf(MISTAKES);

export function problem<Id extends keyof typeof MISTAKES>(
  id: Id,
  ...parameters: ArgumentsOf<(typeof MISTAKES)[Id]>
): ScriptProblem {
  return { problem: textOf(id, ...parameters) };
}

const QUOTED_LENGTH_MAX = 120;

/** A text as JSON. A long one is shortened before, so that its closing quote stays. */
export function quoted(text: string): string {
  return JSON.stringify(
    text.length > QUOTED_LENGTH_MAX ? `${text.slice(0, QUOTED_LENGTH_MAX)}…` : text,
  );
}
