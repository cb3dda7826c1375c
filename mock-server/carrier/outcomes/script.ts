/** The grammar of scripts: `999*2, delay(3s) 000, reset`. Read into steps, and written again. */
import type { Operation } from '../../../src/protocol/operations.js';
import { RESULTS } from '../../../src/protocol/result-codes.js';
import { formatDuration, parseDuration } from '../engine/duration.js';
import type { Outcome, Step } from './outcome.js';
import { quote } from './quote.js';

const TIMES_MAX = 1_000_000;
// Longer than any client waits; a test that wants more wants `hang`.
export const DURATION_MS_MAX = 3_600_000;
// No word is longer, and no code; what goes on is cut where it is named.
const WORD_LENGTH_MAX = 20;
const STATUS_MIN = 200;
const STATUS_MAX = 599;

/** One sentence that quotes the text that is wrong. */
export interface ScriptProblem {
  readonly problem: string;
}

interface WordRow {
  readonly word: string;
  /** What stands in brackets behind it; undefined where nothing does. */
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

const KNOWN = 'a result code, pass, reset, hang, status(<n>), lose, truncate, malformed or drip(<duration>)';
const STEP = /^(?:delay\s*\(([^()]*)\)\s*(?=\w))?(\w+)(?:\s*\(([^()]*)\))?\s*(?:(\*)\s*(\d*))?$/;

/** The steps of a script, or what is wrong with it. */
export function parseScript(operation: Operation, script: string): readonly Step[] | ScriptProblem {
  const steps: Step[] = [];
  for (const [at, text] of script.split(',').entries()) {
    const step = parseStep(operation, text);
    if ('problem' in step) return { problem: `step ${at + 1}: ${step.problem}` };
    steps.push(step);
  }
  const at = steps.findIndex(({ times }) => times === null);
  const endless = at === steps.length - 1 ? undefined : steps[at];
  if (endless === undefined) return steps;
  return { problem: `step ${at + 1} is for ever, so nothing may come after it, found "${formatStep(endless)}"` };
}

/** One step, or what is wrong with it. */
export function parseStep(operation: Operation, text: string): Step | ScriptProblem {
  const quoted = quote(text.trim());
  const [found, delay, word = '', argument, star, times] = STEP.exec(text.trim()) ?? [];
  if (found === undefined)
    return { problem: `must be ${KNOWN}, with delay(<duration>) in front or *n behind where wanted, found ${quoted}` };
  const delayMs = delay === undefined ? 0 : durationMs(delay);
  if (typeof delayMs !== 'number') return { problem: `delay ${delayMs.problem}` };
  const outcome = readOutcome(operation, { word, argument });
  if ('problem' in outcome) return outcome;
  const repeated = readTimes(star, times);
  return typeof repeated === 'object' && repeated !== null ? repeated : { delayMs, outcome, times: repeated };
}

interface Written {
  readonly word: string;
  /** What stands in brackets behind it; undefined without brackets. */
  readonly argument: string | undefined;
}

function readOutcome(operation: Operation, { word, argument }: Written): Outcome | ScriptProblem {
  const found = quote(argument === undefined ? word : `${word}(${argument})`);
  if (word === 'delay') return { problem: `delay(<duration>) stands in front of ${KNOWN}, found ${found} alone` };
  const isCode = /^\d+$/.test(word);
  const row = WORDS.find((known) => known.word === word);
  if (row === undefined && !isCode) return { problem: `must be ${KNOWN}, found ${quote(word)}` };
  if (row?.argument === undefined && argument !== undefined) {
    return { problem: `${word.slice(0, WORD_LENGTH_MAX)} takes nothing in brackets, found ${found}` };
  }
  if (row === undefined) return readCode(operation, word);
  if (row.argument !== undefined && argument === undefined) {
    return { problem: `${word} needs ${NEEDED[row.argument]}, found ${found}` };
  }
  const value = readArgument(row, argument ?? '');
  return typeof value === 'number' ? row.read(value) : { problem: `${word} ${value.problem}` };
}

const NEEDED = { status: 'a status: status(503)', duration: 'a duration: drip(2s)' } as const;

function readCode(operation: Operation, code: string): Outcome | ScriptProblem {
  const codes = RESULTS[operation].map((row) => row.code);
  if (codes.includes(code)) return { kind: 'code', resultCode: code };
  return { problem: `${operation} has no code ${quote(code)}; known: ${codes.join(', ')}` };
}

function readArgument({ argument }: WordRow, text: string): number | ScriptProblem {
  if (argument === undefined) return 0;
  if (argument === 'duration') return durationMs(text);
  const status = /^\d{3}$/.test(text.trim()) ? Number(text) : 0;
  if (status >= STATUS_MIN && status <= STATUS_MAX) return status;
  return { problem: `must be a status from ${STATUS_MIN} to ${STATUS_MAX}, found ${quote(text)}` };
}

function durationMs(text: string): number | ScriptProblem {
  const ms = parseDuration(text.trim());
  if (ms !== undefined && ms <= DURATION_MS_MAX) return ms;
  return { problem: `must be a duration such as 250ms or 3s, at most 1h, found ${quote(text)}` };
}

/** How often: once unless said, null for a bare star. */
function readTimes(star: string | undefined, digits: string | undefined): number | null | ScriptProblem {
  if (star === undefined) return 1;
  if (digits === undefined || digits === '') return null;
  const times = Number(digits);
  if (times >= 1 && times <= TIMES_MAX) return times;
  return { problem: `*n must be from 1 to ${TIMES_MAX}, found ${quote(`*${digits}`)}` };
}

export function formatScript(steps: readonly Step[]): string {
  return steps.map(formatStep).join(', ');
}

export function formatStep({ delayMs, outcome, times }: Step): string {
  const delay = delayMs === 0 ? '' : `delay(${formatDuration(delayMs)}) `;
  return `${delay}${formatOutcome(outcome)}${times === 1 ? '' : `*${times ?? ''}`}`;
}

function formatOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'code':
      return outcome.resultCode;
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
