/** The plan of a calibration: its requests and its maximum cost. */

import { AMBIGUITIES, type Operation } from '../index.js';
import type { Case } from '../kit/case.js';
import { CASE_FILES } from '../kit/case-files.js';
import { OPERATIONS } from '../kit/operations.js';
import { liveCalls, needsOf, type Provider } from '../kit/provider.js';
import { controlsOf, liveCase } from './cases.js';
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

/** The cases that the app of a profile can send. A race has an answer only if its token is live. */
export function recordable(
  operation: Operation,
  { provider: { has }, disabled }: PlanInputs,
): readonly Case[] {
  const cases = CASE_FILES.filter((file) => file.operation === operation);
  return cases
    .flatMap((file) => file.cases)
    .filter(
      (one) =>
        !disabled.includes(one.id) &&
        one.simultaneous === undefined &&
        needsOf(operation, one).every((need) => need === 'token' || has.has(need)),
    );
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
  const cases = operations.reduce((sum, one) => sum + recordable(one, inputs).length, 0);
  const trials = operations.length * (1 + TRIALS * (TRIAL_CALLS + REPEATED_CALLS));
  return {
    // Each request is sent twice; the good request is sent at the beginning and at the end, each mistake alone and about twice with others. Then each case once.
    freeRequests: 2 * (controls + costOf(probes) + 3 * mistakes) + cases,
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
