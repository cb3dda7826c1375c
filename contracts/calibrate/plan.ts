/** The plan of a calibration: its requests and its maximum cost. */

import { AMBIGUITIES, type Operation } from '../index.js';
import { OPERATIONS } from '../kit/operations.js';
import { liveCalls, type Provider } from '../kit/provider.js';
import { controlsOf, liveCase, rowOf, TWO_MISTAKES } from './cases.js';
import { MISTAKES } from './mistakes.js';
import { PROBES, type Probe } from './probes.js';
import { REPEATED_CALLS, TOKEN_USE, TRIAL_CALLS } from './token-use.js';
import { VISIBLE_READINGS } from './visible-readings.js';

export interface PlanInputs {
  readonly provider: Pick<Provider, 'has'>;
  readonly longKey: boolean;
  readonly disabled: readonly string[];
}

export function operationsOf({ has }: Pick<Provider, 'has'>): readonly Operation[] {
  return OPERATIONS.filter((operation) => has.has(operation));
}

/** The probes that the profile allows. */
export function availableProbes({ provider: { has }, longKey, disabled }: PlanInputs): readonly Probe[] {
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
  /** The readings that these requests can settle. */
  readonly free: readonly string[];
  /** The readings that always need a live token. */
  readonly live: readonly PaidReading[];
  /** The readings that need a live token only if the carrier checks the token first. */
  readonly fallback: readonly PaidReading[];
  /** The readings that this profile cannot settle. */
  readonly notSettled: readonly string[];
  /** The maximum number of calls for mistakes that are checked after the token, and for their order. */
  readonly mistakeCalls: number;
  /** The maximum number of calls with a live token. */
  readonly calls: number;
}

export interface PaidReading {
  readonly reading: string;
  readonly calls: number;
}

// For each operation, a mistake that is checked before the token, and one that is checked after it.
const TRIALS = 2;

export function planOf(inputs: PlanInputs): Plan {
  const others = availableProbes(inputs);
  const operations = operationsOf(inputs.provider);
  const live = [{ reading: TOKEN_USE, calls: operations.length * TRIALS * (TRIAL_CALLS + REPEATED_CALLS) }];
  // Each mistake is tried once in a group and once alone, and is once the first of several.
  const mistakeCalls = 3 * MISTAKES.filter(({ operation }) => operations.includes(operation)).length;
  const fallback = readingsOf(others).map((reading) => ({
    reading,
    calls: callsOf(others.filter((probe) => probe.reading === reading)),
  }));
  const visible = VISIBLE_READINGS.filter(({ operations: own }) =>
    own.some((operation) => operations.includes(operation)),
  );
  const free = [...fallback.map(({ reading }) => reading), ...visible.map(({ reading }) => reading)];
  const some = [...live, ...fallback];
  return {
    freeRequests: freeRequestsOf({ operations, probes: others, mistakes: availableMistakes(inputs) }),
    free,
    live,
    fallback,
    notSettled: AMBIGUITIES.map(({ id }) => id).filter(
      (id) => !free.includes(id) && !live.some(({ reading }) => reading === id),
    ),
    mistakeCalls,
    calls: some.reduce((sum, { calls }) => sum + calls, operations.length + mistakeCalls),
  };
}

function readingsOf(probes: readonly Probe[]): readonly string[] {
  return [...new Set(probes.map(({ reading }) => reading))];
}

function callsOf(probes: readonly Probe[]): number {
  return probes.reduce((sum, probe) => sum + liveCalls(liveCase(probe)), 0);
}

interface Requests {
  readonly operations: readonly Operation[];
  readonly probes: readonly Probe[];
  readonly mistakes: readonly string[];
}

/** Each request is sent twice; the good request is sent at the beginning and at the end, each mistake alone and with others. */
function freeRequestsOf({ operations, probes, mistakes }: Requests): number {
  const controls = operations.reduce((sum, operation) => sum + 2 + controlsOf(operation).bad.length, 0);
  const alone = MISTAKES.filter(({ operation }) => operations.includes(operation)).length;
  return 2 * (controls + callsOf(probes) + mistakes.length + 2 * alone);
}
