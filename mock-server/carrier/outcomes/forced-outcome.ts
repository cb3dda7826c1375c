/** What forces the outcome of a call: the sources, in their order of precedence. */

import type { Operation } from '../../../src/protocol/operations.js';
import { magicResultCode } from '../engine/token-format.js';
import { type Counted, type Counting, nextStep } from './next-step.js';
import type { ScriptRecord, Scripts, Step } from './outcome.js';

/**
 * Only the first one that applies counts: a call with a header uses no step of a script. `token` is a magic token.
 * Without any, and with a step that is no code, the rules decide; the failure of a test number is unmet there.
 */
export const OUTCOME_SOURCES = ['header', 'script', 'token', 'numberScript'] as const;

export type OutcomeSource = (typeof OUTCOME_SOURCES)[number];

/** A step applies; a script applies if it has a step for the call. */
export type OutcomeSources = Readonly<Record<OutcomeSource, Step | ScriptRecord | undefined>>;

export interface ForcedOutcome {
  readonly step: Step | undefined;
  readonly source: OutcomeSource | undefined;
}

/** Of a call without any source. */
export const NOTHING: ForcedOutcome = { step: undefined, source: undefined };

/** The code of a magic token. */
export function magicStep(operation: Operation, token: string | undefined): Step | undefined {
  const resultCode = magicResultCode(operation, token);
  return resultCode === undefined
    ? undefined
    : { delayMs: 0, outcome: { kind: 'code', resultCode }, times: 1 };
}

/** A number, with the configuration file's scripts for it. */
export interface ScriptedNumber {
  readonly phoneNumber: string;
  readonly scripts?: Scripts;
}

/** The script of a number: the app's own has precedence over the configuration file's. */
export function numberScript(
  { numbers }: { readonly numbers?: Readonly<Record<string, Scripts>> | undefined },
  operation: Operation,
  { phoneNumber, scripts }: ScriptedNumber,
): ScriptRecord | undefined {
  return numbers?.[phoneNumber]?.[operation] ?? scripts?.[operation];
}

/** Uses a step of the script that applies. */
export function* forcedOutcome(sources: OutcomeSources, loaded: Counted): Counting<ForcedOutcome> {
  for (const source of OUTCOME_SOURCES) {
    const found = sources[source];
    const step = found && 'steps' in found ? yield* nextStep(found, loaded) : found;
    if (step !== undefined) return { step, source };
  }
  return NOTHING;
}
