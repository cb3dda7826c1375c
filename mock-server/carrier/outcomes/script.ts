/** The grammar of scripts, such as `999*2, delay(3s) 000, reset`: parses a script into steps and formats steps as a script. */

import type { Operation } from '../../../src/protocol/operations.js';
import { isOfAnother, isUndocumented, RESULTS } from '../../../src/protocol/result-codes.js';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { formatDuration, parseDuration } from '../../../src/text/duration.js';
import { formatFrequency, parseFrequency } from './frequency.js';
import type { Outcome, Step } from './outcome.js';

const TIMES_MAX = 1_000_000;
// Longer than any client waits; `hang` is for a test that needs more.
export const DURATION_MS_MAX = 3_600_000;

const STATUS_MIN = 200;
const STATUS_MAX = 599;
const CODE_DIGITS_MAX = 6;
// Longer than any text of the carrier.
export const DESC_LENGTH_MAX = 200;

/** One sentence that quotes the invalid text. */
export interface ScriptProblem {
  readonly problem: Bilingual;
}

interface WordRow {
  readonly word: string;
  /** The kind of the argument in parentheses; undefined if the word has no argument. */
  readonly argument?: 'status' | 'duration';
  readonly read: (argument: number) => Outcome;
}

const WORDS: readonly WordRow[] = [
  { word: 'pass', read: () => ({ kind: 'pass' }) },
  { word: 'reset', read: () => ({ kind: 'reset' }) },
  { word: 'hang', read: () => ({ kind: 'hang' }) },
  { word: 'status', argument: 'status', read: (status) => ({ kind: 'status', status }) },
  { word: 'lose', read: () => ({ kind: 'lose' }) },
  { word: 'truncate', read: () => ({ kind: 'truncate' }) },
  { word: 'malformed', read: () => ({ kind: 'malformed' }) },
  { word: 'drip', argument: 'duration', read: (overMs) => ({ kind: 'drip', overMs }) },
];

const ALLOWED_OUTCOMES: Bilingual = {
  en: 'a result code, pass, reset, hang, status(<n>), lose, truncate, malformed or drip(<duration>)',
  zh: '返回码、pass、reset、hang、status(<n>)、lose、truncate、malformed 或 drip(<duration>)',
};
const NOT_AN_OUTCOME: Bilingual = {
  en: `must be ${ALLOWED_OUTCOMES.en}`,
  zh: `应为${ALLOWED_OUTCOMES.zh}`,
};
const NOT_A_STEP: Bilingual = {
  en: `${NOT_AN_OUTCOME.en}, optionally with frequency(<n>/<duration>) or every(<n>), and delay(<duration>), before it or *n after it`,
  zh: `${NOT_AN_OUTCOME.zh}，前面可加 frequency(<n>/<duration>) 或 every(<n>)，以及 delay(<duration>)，后面可加 *n`,
};
const EVERY_MAX = 1000;
const PREFIXES = ['frequency(<n>/<duration>)', 'every(<n>)', 'delay(<duration>)'] as const;
const STEP =
  /^(?:(frequency|every)\s*\(([^()"]*)\)\s*(?=\w))?(?:delay\s*\(([^()"]*)\)\s*(?=\w))?(\w+)(?:\s*\(([^()"]*|\s*"(?:[^"\\]|\\.)*"\s*)\))?\s*(?:(\*)\s*(\d*))?$/s;
// A text without a closing quote extends to the end.
const TEXT_OR_MARK = /"(?:[^"\\]|\\.?)*(?:"|$)|[,，（）]/gs;
/** A Chinese keyboard types full-width marks. */
const HALF_WIDTH: ReadonlyMap<string, string> = new Map([
  ['，', ','],
  ['（', '('],
  ['）', ')'],
]);

export function parseScript(operation: Operation, script: string): readonly Step[] | ScriptProblem {
  const steps: Step[] = [];
  for (const [at, text] of stepTexts(script).entries()) {
    const step = parseStep(operation, text);
    if ('problem' in step) {
      const { en, zh } = step.problem;
      return { problem: { en: `step ${at + 1}: ${en}`, zh: `第 ${at + 1} 步：${zh}` } };
    }
    steps.push(step);
  }
  const at = steps.findIndex(({ times }) => times === null);
  const endless = at === steps.length - 1 ? undefined : steps[at];
  if (endless === undefined) return steps;
  return problemOf(formatStep(endless), {
    en: `step ${at + 1} repeats forever, so no step can follow it`,
    zh: `第 ${at + 1} 步一直重复，后面不能再有步骤`,
  });
}

/** Quotes what was found. */
export function problemOf(text: string, { en, zh }: Bilingual): ScriptProblem {
  const found = quote(text);
  return { problem: { en: `${en}, found ${found}`, zh: `${zh}，实际为 ${found}` } };
}

/** Splits at commas that are not inside quotes. */
export function stepTexts(script: string): readonly string[] {
  const commas = [...script.matchAll(TEXT_OR_MARK)].filter(
    ([found]) => found === ',' || found === '，',
  );
  const ends = [...commas.map(({ index }) => index), script.length];
  return ends.map((end, at) => script.slice(at === 0 ? 0 : (ends[at - 1] ?? 0) + 1, end));
}

export function parseStep(operation: Operation, text: string): Step | ScriptProblem {
  const step = text.trim().replace(TEXT_OR_MARK, (found) => HALF_WIDTH.get(found) ?? found);
  const parts = STEP.exec(step);
  if (parts === null) return problemOf(text.trim(), NOT_A_STEP);
  const [, condition, calls, delay, word = '', argument, star, digits] = parts;
  const counted = readCondition(condition, calls);
  if ('problem' in counted) return counted;
  const delayMs = delay === undefined ? 0 : durationMs(delay);
  if (typeof delayMs !== 'number') return problemWith('delay', delayMs);
  const outcome = readOutcome(operation, { word, argument });
  if ('problem' in outcome) return outcome;
  const repeated = readTimes(star, digits);
  if ('problem' in repeated) return repeated;
  return { ...counted, delayMs, outcome, ...repeated };
}

interface WordWithArgument {
  readonly word: string;
  /** The text in parentheses; undefined without parentheses. */
  readonly argument: string | undefined;
}

function readOutcome(operation: Operation, found: WordWithArgument): Outcome | ScriptProblem {
  const { word } = found;
  const prefix = PREFIXES.find((text) => text.startsWith(`${word}(`));
  if (prefix !== undefined) return prefixAlone(prefix, found);
  if (/^\d+$/.test(word)) return readCode(operation, found);
  const row = WORDS.find((known) => known.word === word);
  return row === undefined ? problemOf(word, NOT_AN_OUTCOME) : readWord(row, found);
}

function prefixAlone(prefix: string, found: WordWithArgument): ScriptProblem {
  const alone = quote(asGiven(found));
  return {
    problem: {
      en: `${prefix} must be followed by ${ALLOWED_OUTCOMES.en}, found ${alone} alone`,
      zh: `${prefix} 后面要跟${ALLOWED_OUTCOMES.zh}，实际只有 ${alone}`,
    },
  };
}

function readWord(row: WordRow, found: WordWithArgument): Outcome | ScriptProblem {
  const { word, argument } = found;
  if (row.argument === undefined && argument === undefined) return row.read(0);
  if (row.argument === undefined)
    return problemOf(asGiven(found), {
      en: `${word} has no argument`,
      zh: `${word} 后面不能带括号`,
    });
  if (argument === undefined) {
    const { en, zh } = MISSING_ARGUMENTS[row.argument];
    return problemOf(word, { en: `${word} needs ${en}`, zh: `${word} 需要${zh}` });
  }
  const value = row.argument === 'duration' ? durationMs(argument) : readStatus(argument);
  return typeof value === 'number' ? row.read(value) : problemWith(word, value);
}

function asGiven({ word, argument }: WordWithArgument): string {
  return argument === undefined ? word : `${word}(${argument})`;
}

const MISSING_ARGUMENTS = {
  status: { en: 'a status such as status(503)', zh: '状态码：status(503)' },
  duration: { en: 'a duration such as drip(2s)', zh: '时长：drip(2s)' },
} as const satisfies Readonly<Record<string, Bilingual>>;

function problemWith(word: string, { problem: { en, zh } }: ScriptProblem): ScriptProblem {
  return { problem: { en: `${word} ${en}`, zh: `${word} ${zh}` } };
}

/** Accepts any code of up to six digits, except one that the document has only for another operation. */
function readCode(
  operation: Operation,
  { word: resultCode, argument }: WordWithArgument,
): Outcome | ScriptProblem {
  if (resultCode.length > CODE_DIGITS_MAX)
    return problemOf(resultCode, {
      en: `a result code must have 1 to ${CODE_DIGITS_MAX} digits`,
      zh: `返回码是 1–${CODE_DIGITS_MAX} 位数字`,
    });
  if (isOfAnother(operation, resultCode)) {
    const codes = RESULTS[operation].map(({ code }) => code);
    const en = `${operation} has no code ${quote(resultCode)}; known: ${codes.join(', ')}`;
    return {
      problem: {
        en,
        zh: `${operation} 没有返回码 ${quote(resultCode)}；可用：${codes.join('、')}`,
      },
    };
  }
  if (argument === undefined) return { kind: 'code', resultCode };
  if (!isUndocumented(operation, resultCode))
    return problemOf(`${resultCode}(${argument})`, {
      en: 'a documented code has its own text, so it has no argument',
      zh: '文档里的返回码有自己的描述，后面不能带括号',
    });
  const desc = textIn(argument);
  const isGood =
    desc !== undefined && desc !== '' && desc.length <= DESC_LENGTH_MAX && desc.isWellFormed();
  if (isGood) return { kind: 'code', resultCode, desc };
  return problemOf(argument, {
    en: `the text of a code must be 1 to ${DESC_LENGTH_MAX} characters in double quotes, with JSON escapes, such as 103911("too frequent")`,
    zh: `返回码的描述应为双引号内的 1–${DESC_LENGTH_MAX} 个字符，转义与 JSON 相同：103911("too frequent")`,
  });
}

function textIn(argument: string): string | undefined {
  try {
    const text: unknown = JSON.parse(argument);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

function readStatus(text: string): number | ScriptProblem {
  const status = /^\d{3}$/.test(text.trim()) ? Number(text) : 0;
  if (status >= STATUS_MIN && status <= STATUS_MAX) return status;
  return problemOf(text, {
    en: `must be a status from ${STATUS_MIN} to ${STATUS_MAX}`,
    zh: `应为 ${STATUS_MIN}–${STATUS_MAX} 的状态码`,
  });
}

function readCondition(
  condition: string | undefined,
  calls = '',
): Pick<Step, 'frequency' | 'every'> | ScriptProblem {
  if (condition === undefined) return {};
  return condition === 'every' ? readEvery(calls) : readFrequency(calls);
}

function readFrequency(text: string): Pick<Step, 'frequency'> | ScriptProblem {
  const frequency = parseFrequency(text);
  if (frequency !== undefined) return { frequency };
  return problemOf(text, {
    en: 'frequency must be a number of calls and a time such as 30/10m, with 1 to 1000000 calls in 1s to 1d',
    zh: 'frequency 应为次数和时长，例如 30/10m：1–1000000 次，1s 到 1d',
  });
}

function readEvery(text: string): Pick<Step, 'every'> | ScriptProblem {
  const every = /^\s*\d{1,4}\s*$/.test(text) ? Number(text) : 0;
  if (every >= 2 && every <= EVERY_MAX) return { every };
  return problemOf(text, {
    en: `every must be a number of calls from 2 to ${EVERY_MAX}, such as every(5) for one call in five`,
    zh: `every 应为 2–${EVERY_MAX} 的次数，例如 every(5) 表示每五次一次`,
  });
}

function durationMs(text: string): number | ScriptProblem {
  const ms = parseDuration(text.trim());
  if (ms !== undefined && ms <= DURATION_MS_MAX) return ms;
  return problemOf(text, {
    en: 'must be a duration such as 250ms or 3s, at most 1h',
    zh: '应为时长，例如 250ms 或 3s，最长 1h',
  });
}

/** Once by default; forever for a star without a number. */
function readTimes(star: string | undefined, digits = ''): Pick<Step, 'times'> | ScriptProblem {
  if (star === undefined) return { times: 1 };
  if (digits === '') return { times: null };
  const times = Number(digits);
  if (times >= 1 && times <= TIMES_MAX) return { times };
  return problemOf(`*${digits}`, {
    en: `*n must be from 1 to ${TIMES_MAX}`,
    zh: `*n 应为 1–${TIMES_MAX}`,
  });
}

export function formatScript(steps: readonly Step[]): string {
  return steps.map(formatStep).join(', ');
}

export function formatStep({ frequency, every, delayMs, outcome, times }: Step): string {
  const rate = frequency === undefined ? '' : `frequency(${formatFrequency(frequency)}) `;
  const share = every === undefined ? '' : `every(${every}) `;
  const delay = delayMs === 0 ? '' : `delay(${formatDuration(delayMs)}) `;
  return `${rate}${share}${delay}${formatOutcome(outcome)}${times === 1 ? '' : `*${times ?? ''}`}`;
}

function formatOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'code':
      return formatCode(outcome.resultCode, outcome.desc);
    case 'status':
      return `status(${outcome.status})`;
    case 'drip':
      return `drip(${formatDuration(outcome.overMs)})`;
    case 'pass':
    case 'reset':
    case 'hang':
    case 'lose':
    case 'truncate':
    case 'malformed':
      return outcome.kind;
    default:
      return outcome satisfies never;
  }
}

function formatCode(resultCode: string, desc: string | undefined): string {
  return desc === undefined ? resultCode : `${resultCode}(${JSON.stringify(desc)})`;
}

const QUOTED_LENGTH_MAX = 120;

/** As JSON, shortened if it is long. */
function quote(text: string): string {
  return JSON.stringify(
    text.length > QUOTED_LENGTH_MAX ? `${text.slice(0, QUOTED_LENGTH_MAX)}…` : text,
  );
}
