/** The grammar of scripts, such as `999*2, delay(3s) 000, reset`: parses a script into steps and formats steps as a script. */

import type { Operation } from '../../../src/protocol/operations.js';
import { formatDuration } from '../../../src/text/duration.js';
import { formatFrequency } from './frequency.js';
import { problem, quoted, type ScriptProblem } from './messages.js';
import type { Outcome, Step } from './outcome.js';
import { parseStep, TEXT_OR_MARK } from './step.js';

export function parseScript(operation: Operation, script: string): readonly Step[] | ScriptProblem {
  const steps: Step[] = [];
  for (const [at, text] of stepTexts(script).entries()) {
    const step = parseStep(operation, text);
    if ('problem' in step) return problem('script.step', { at: at + 1, mistake: step.problem });
    steps.push(step);
  }
  const at = steps.findIndex(({ times }) => times === null);
  const endless = at === steps.length - 1 ? undefined : steps[at];
  if (endless === undefined) return steps;
  return problem('script.endless', { at: at + 1, found: quoted(formatStep(endless)) });
}

/** Splits at commas that are not inside quotes. */
export function stepTexts(script: string): readonly string[] {
  const commas = [...script.matchAll(TEXT_OR_MARK)].filter(
    ([found]) => found === ',' || found === '，',
  );
  const ends = [...commas.map(({ index }) => index), script.length];
  return ends.map((end, at) => script.slice(at === 0 ? 0 : (ends[at - 1] ?? 0) + 1, end));
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
