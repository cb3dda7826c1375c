/** The grammar of one step, such as `delay(3s) 000`, of a script or in a header. */

import type { Operation } from '../../../src/protocol/operations.js';
import { isOfAnother, isUndocumented, RESULTS } from '../../../src/protocol/result-codes.js';
import { type Bilingual, listed } from '../../../src/text/bilingual.js';
import { parseDuration } from '../../../src/text/duration.js';
import { parseFrequency } from './frequency.js';
import { problem, quoted, type ScriptProblem } from './messages.js';
import type { Outcome, Step } from './outcome.js';

const TIMES_MAX = 1_000_000;
// Longer than any client waits; `hang` is for a test that needs more.
export const DURATION_MS_MAX = 3_600_000;

const STATUS_MIN = 200;
const STATUS_MAX = 599;
const CODE_DIGITS_MAX = 6;
// Longer than any text of the carrier.
export const DESC_LENGTH_MAX = 200;

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

/** What a step can have. */
const OUTCOMES: Bilingual = {
  en: 'a result code, pass, reset, hang, status(503), lose, truncate, malformed or drip(2s)',
  zh: '返回码、pass、reset、hang、status(503)、lose、truncate、malformed 或 drip(2s)',
};
const EVERY_MAX = 1000;
const PREFIXES = ['frequency(30/10m)', 'every(5)', 'delay(3s)'] as const;
const STEP =
  /^(?:(frequency|every)\s*\(([^()"]*)\)\s*(?=\w))?(?:delay\s*\(([^()"]*)\)\s*(?=\w))?(\w+)(?:\s*\(([^()"]*|\s*"(?:[^"\\]|\\.)*"\s*)\))?\s*(?:(\*)\s*(\d*))?$/s;
/** A text, which can contain marks, or a mark. A text without a closing quote extends to the end. */
export const TEXT_OR_MARK = /"(?:[^"\\]|\\.?)*(?:"|$)|[,，（）]/gs;
/** A Chinese keyboard types full-width marks. */
const HALF_WIDTH: ReadonlyMap<string, string> = new Map([
  ['，', ','],
  ['（', '('],
  ['）', ')'],
]);

export function parseStep(operation: Operation, text: string): Step | ScriptProblem {
  const step = text.trim().replace(TEXT_OR_MARK, (found) => HALF_WIDTH.get(found) ?? found);
  const parts = STEP.exec(step);
  if (parts === null) return problem('step.invalid', { found: quoted(text.trim()) });
  const [, condition, calls, delay, word = '', argument, star, digits] = parts;
  const counted = readCondition(condition, calls);
  if ('problem' in counted) return counted;
  const delayMs = delay === undefined ? 0 : durationMs('delay', delay);
  if (typeof delayMs !== 'number') return delayMs;
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
  if (prefix !== undefined)
    return problem('step.prefix-alone', { prefix, found: quoted(asGiven(found)) });
  if (/^\d+$/.test(word)) return readCode(operation, found);
  const row = WORDS.find((known) => known.word === word);
  return row === undefined
    ? problem('outcome.invalid', { outcomes: OUTCOMES, found: quoted(word) })
    : readWord(row, found);
}

function readWord(row: WordRow, found: WordWithArgument): Outcome | ScriptProblem {
  const { word, argument } = found;
  if (row.argument === undefined)
    return argument === undefined
      ? row.read(0)
      : problem('outcome.argument', { word, found: quoted(asGiven(found)) });
  const { missing, read } = ARGUMENTS[row.argument];
  if (argument === undefined) return problem(missing, { word, found: quoted(word) });
  const value = read(word, argument);
  return typeof value === 'number' ? row.read(value) : value;
}

function asGiven({ word, argument }: WordWithArgument): string {
  return argument === undefined ? word : `${word}(${argument})`;
}

/** How each kind of argument is read, and the problem without it. */
const ARGUMENTS = {
  status: { missing: 'outcome.no-status', read: readStatus },
  duration: { missing: 'outcome.no-duration', read: durationMs },
} as const;

/** Accepts any code of up to six digits, except one that the document has only for another operation. */
function readCode(
  operation: Operation,
  { word: resultCode, argument }: WordWithArgument,
): Outcome | ScriptProblem {
  if (resultCode.length > CODE_DIGITS_MAX)
    return problem('code.length', { max: CODE_DIGITS_MAX, found: quoted(resultCode) });
  if (isOfAnother(operation, resultCode)) {
    const codes = listed(RESULTS[operation].map(({ code }) => code));
    return problem('code.of-another', { operation, found: quoted(resultCode), codes });
  }
  if (argument === undefined) return { kind: 'code', resultCode };
  if (!isUndocumented(operation, resultCode))
    return problem('code.documented', { found: quoted(`${resultCode}(${argument})`) });
  const desc = textIn(argument);
  const isGood =
    desc !== undefined && desc !== '' && desc.length <= DESC_LENGTH_MAX && desc.isWellFormed();
  return isGood
    ? { kind: 'code', resultCode, desc }
    : problem('code.text', { max: DESC_LENGTH_MAX, found: quoted(argument) });
}

function textIn(argument: string): string | undefined {
  try {
    const text: unknown = JSON.parse(argument);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

function readStatus(word: string, text: string): number | ScriptProblem {
  const status = /^\d{3}$/.test(text.trim()) ? Number(text) : 0;
  if (status >= STATUS_MIN && status <= STATUS_MAX) return status;
  return problem('outcome.status', {
    word,
    min: STATUS_MIN,
    max: STATUS_MAX,
    found: quoted(text),
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
  return frequency === undefined
    ? problem('step.frequency', { found: quoted(text) })
    : { frequency };
}

function readEvery(text: string): Pick<Step, 'every'> | ScriptProblem {
  const every = /^\s*\d{1,4}\s*$/.test(text) ? Number(text) : 0;
  return every >= 2 && every <= EVERY_MAX
    ? { every }
    : problem('step.every', { max: EVERY_MAX, found: quoted(text) });
}

function durationMs(word: string, text: string): number | ScriptProblem {
  const ms = parseDuration(text.trim());
  return ms !== undefined && ms <= DURATION_MS_MAX
    ? ms
    : problem('outcome.duration', { word, found: quoted(text) });
}

/** Once by default; forever for a star without a number. */
function readTimes(star: string | undefined, digits = ''): Pick<Step, 'times'> | ScriptProblem {
  if (star === undefined) return { times: 1 };
  if (digits === '') return { times: null };
  const times = Number(digits);
  return times >= 1 && times <= TIMES_MAX
    ? { times }
    : problem('step.times', { max: TIMES_MAX, found: quoted(`*${digits}`) });
}
