/** Judges a scenario: the end of the command, and the number of its calls. */

import type { Bilingual, Words } from '../../src/text/bilingual.js';
import type { CaseResult, Difference, Symptom } from '../kit/result.js';
import type { Scenario } from '../sent/scenario.js';
import { between, handled, killedBy, overdue, TEXTS } from '../sent/words.js';
import type { Ended } from './run-command.js';
import type { Ran } from './run-scenario.js';

export interface Judging {
  /** The exit status of a handled refusal; undefined: any status except 0. */
  readonly handledStatus: number | undefined;
}

interface Mismatch {
  readonly symptom: Symptom;
  readonly about: Bilingual;
  readonly expected: Words;
  readonly received: Words;
}

export interface Judged {
  readonly differences: readonly Difference[];
  readonly symptoms: readonly Symptom[];
}

export function judgeScenario(ran: Ran, { handledStatus }: Judging): Judged {
  const mismatches = [...endProblems(ran, handledStatus), ...callProblems(ran)];
  return {
    differences: mismatches.map(({ about, expected, received }) => ({
      about: about.en,
      name: about,
      expected,
      received,
    })),
    symptoms: mismatches.map(({ symptom }) => symptom),
  };
}

function endProblems({ ended, scenario, limitMs }: Ran, handledStatus: number | undefined): readonly Mismatch[] {
  if (ended.kind === 'exited') return statusProblems(ended.status, scenario, handledStatus);
  const symptom = ended.kind === 'overdue' ? 'overdue' : 'killed';
  return [{ symptom, about: TEXTS.end, expected: TEXTS.byItself, received: endText(ended, limitMs) }];
}

function endText(ended: Exclude<Ended, { readonly kind: 'exited' }>, limitMs: number): Words {
  switch (ended.kind) {
    case 'killed':
      return killedBy(ended.signal);
    case 'overdue':
      return overdue(limitMs);
    case 'not started':
      return ended.why;
    default:
      return ended satisfies never;
  }
}

function statusProblems(
  status: number,
  { then: { believed } }: Scenario,
  handledStatus: number | undefined,
): readonly Mismatch[] {
  const isYes = status === 0;
  const received = String(status);
  const isCrash = handledStatus !== undefined && status !== handledStatus;
  if (believed === true) {
    const symptom = isCrash ? 'crashed' : 'not-believed';
    return isYes ? [] : [{ symptom, about: TEXTS.exitStatus, expected: TEXTS.believed, received }];
  }
  if (isYes ? believed === undefined : !isCrash) return [];
  const expected = handledStatus === undefined ? TEXTS.anyOther : handled(handledStatus);
  return [{ symptom: isYes ? 'believed' : 'crashed', about: TEXTS.exitStatus, expected, received }];
}

function callProblems({ sent, scenario: { then } }: Ran): readonly Mismatch[] {
  const { min, max } = then.calls;
  if (sent.length >= min && sent.length <= max) return [];
  const expected = between(then.calls);
  if (sent.length === 0) return [{ symptom: 'no-call', about: TEXTS.calls, expected, received: TEXTS.noCall }];
  const symptom = sent.length > max ? 'called-again' : 'called-too-seldom';
  return [{ symptom, about: TEXTS.calls, expected, received: String(sent.length) }];
}

export function statusOf(
  { level }: Pick<Scenario, 'level'>,
  differences: readonly unknown[],
): Extract<CaseResult['status'], 'pass' | 'fail' | 'warn'> {
  if (differences.length === 0 || level === 'MAY') return 'pass';
  return level === 'MUST' ? 'fail' : 'warn';
}
