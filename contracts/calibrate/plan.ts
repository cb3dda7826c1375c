/** The plan of a calibration: its requests and its maximum cost. */

import { AMBIGUITIES, type Operation } from '../index.js';
import { OPERATIONS } from '../kit/operations.js';
import { liveCalls, type Provider } from '../kit/provider.js';
import { controlsOf, liveCase, rowOf } from './cases.js';
import { PROBES, type Probe, TWO_MISTAKES, type TwoMistakes } from './probes.js';
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

export function availableMistakes({ provider: { has }, disabled }: PlanInputs): readonly TwoMistakes[] {
  return TWO_MISTAKES.filter(({ case: id }) => has.has(rowOf(id).operation) && !disabled.includes(id));
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
  /** The maximum number of calls with a live token. */
  readonly calls: number;
}

export interface PaidReading {
  readonly reading: string;
  readonly calls: number;
}

// A refusal could have an expired token as its cause, so the call is repeated between good calls.
const REPEATED_CALLS = 3;

export function planOf(inputs: PlanInputs): Plan {
  const probes = availableProbes(inputs);
  const operations = operationsOf(inputs.provider);
  const [liveOnly] = probes.filter((probe) => probe.liveOnly === true);
  const others = probes.filter((probe) => probe.liveOnly !== true);
  const live =
    liveOnly === undefined ? [] : [{ reading: liveOnly.reading, calls: callsOf([liveOnly]) + REPEATED_CALLS }];
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
    calls: some.length === 0 ? 0 : some.reduce((sum, { calls }) => sum + calls, operations.length),
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
  readonly mistakes: readonly TwoMistakes[];
}

/** Each request is sent twice; the good request is sent at the beginning and at the end. */
function freeRequestsOf({ operations, probes, mistakes }: Requests): number {
  const controls = operations.reduce((sum, operation) => sum + 2 + controlsOf(operation).bad.length, 0);
  return 2 * (controls + callsOf(probes) + mistakes.length);
}
