/** The plan of a calibration: its requests and its maximum cost. */

import { AMBIGUITIES, type Operation } from '../index.js';
import { OPERATIONS } from '../kit/operations.js';
import { liveCalls, type Provider } from '../kit/provider.js';
import { controlsOf, liveCase, rowOf, TWO_MISTAKES } from './cases.js';
import { MISTAKES } from './mistakes.js';
import { PROBES, type Probe } from './probes.js';
import type { SenderOptions } from './send-request.js';
import { REPEATED_CALLS, TOKEN_USE, TRIAL_CALLS } from './token-use.js';
import { VISIBLE_READINGS } from './visible-readings.js';

/** The settings of a calibration. */
export interface CalibrationOptions extends SenderOptions, PlanInputs {
  readonly provider: Provider;
  /** The name and the version of the program, for the file. */
  readonly createdWith?: string;
}

export interface PlanInputs {
  readonly provider: Pick<Provider, 'has'>;
  /** Whether the profile's keys have more than 1024 bits. */
  readonly longKey: boolean;
  /** The ids of cases that must not be sent. */
  readonly disabled: readonly string[];
}

export function operationsOf({ has }: Pick<Provider, 'has'>): readonly Operation[] {
  return OPERATIONS.filter((operation) => has.has(operation));
}

export function availableProbes({
  provider: { has },
  longKey,
  disabled,
}: PlanInputs): readonly Probe[] {
  return PROBES.filter(({ operation, needs, case: id }) => {
    if (!has.has(operation) || disabled.includes(id)) return false;
    return needs === undefined || (has.has('rsa') && (needs === 'rsa' || longKey));
  });
}

export function availableMistakes({ provider: { has }, disabled }: PlanInputs): readonly string[] {
  return TWO_MISTAKES.filter((id) => has.has(rowOf(id).operation) && !disabled.includes(id));
}

export interface Plan {
  /** The approximate number of requests without a live token. */
  readonly freeRequests: number;
  /** The readings that these requests can settle. They need a live token if the carrier checks the token first. */
  readonly readings: readonly string[];
  /** The readings that this profile cannot settle. */
  readonly notSettled: readonly string[];
  /** The maximum number of calls with a live token. */
  readonly calls: number;
}

// For each operation, a mistake that is checked before the token, and one that is checked after it.
const TRIALS = 2;

export function planOf(inputs: PlanInputs): Plan {
  const probes = availableProbes(inputs);
  const operations = operationsOf(inputs.provider);
  const isCovered = ({ operation }: { readonly operation: Operation }) =>
    operations.includes(operation);
  const visible = VISIBLE_READINGS.filter((row) =>
    row.operations.some((operation) => operations.includes(operation)),
  );
  const readings = [...new Set([...probes, ...visible].map(({ reading }) => reading))];
  const mistakes = MISTAKES.filter(isCovered).length;
  const controls = operations.reduce(
    (sum, operation) => sum + 2 + controlsOf(operation).bad.length,
    0,
  );
  const trials = operations.length * (1 + TRIALS * (TRIAL_CALLS + REPEATED_CALLS));
  return {
    // Each request is sent twice; the good request is sent at the beginning and at the end, each mistake alone and about twice with others.
    freeRequests: 2 * (controls + costOf(probes) + availableMistakes(inputs).length + 3 * mistakes),
    readings,
    notSettled: AMBIGUITIES.map(({ id }) => id).filter(
      (id) => id !== TOKEN_USE && !readings.includes(id),
    ),
    // Each mistake is tried once in a group and once alone, and is once the first of several.
    calls: trials + costOf(probes) + 3 * mistakes,
  };
}

/** The number of calls, if each has a live token. */
export function costOf(probes: readonly Probe[]): number {
  return probes.reduce((sum, probe) => sum + liveCalls(liveCase(probe)), 0);
}
