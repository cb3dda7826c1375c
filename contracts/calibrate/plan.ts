/** What a calibration would send and the most that it could cost, before anything is sent. */
import { AMBIGUITIES, type Operation } from '../index.js';
import { liveCalls } from '../provider/needs.js';
import type { Provider } from '../provider/world.js';
import { liveCase, rowOf } from './cases.js';
import { CONTROLS } from './controls.js';
import { LOOKS } from './looks.js';
import { TWO_MISTAKES, type TwoMistakes } from './precedence.js';
import { PROBES, type Probe } from './probes.js';

const OPERATIONS: readonly Operation[] = ['loginTokenValidate', 'tokenValidate'];

export interface Means {
  readonly provider: Pick<Provider, 'has'>;
  readonly longKey: boolean;
  readonly disabled: readonly string[];
}

export function operationsOf({ has }: Pick<Provider, 'has'>): readonly Operation[] {
  return OPERATIONS.filter((operation) => has.has(operation));
}

/** Those that the profile has the means for. */
export function availableProbes({ provider: { has }, longKey, disabled }: Means): readonly Probe[] {
  return PROBES.filter(({ operation, needs, case: id }) => {
    if (!has.has(operation) || disabled.includes(id)) return false;
    return needs === undefined || (has.has('rsa') && (needs === 'rsa' || longKey));
  });
}

export function availableMistakes({ provider: { has }, disabled }: Means): readonly TwoMistakes[] {
  return TWO_MISTAKES.filter(({ case: id }) => has.has(rowOf(id).operation) && !disabled.includes(id));
}

export interface Plan {
  /** About how many requests present no live token. */
  readonly freeRequests: number;
  /** Readings that these may settle. */
  readonly free: readonly string[];
  /** What needs a live token in any case. */
  readonly live: readonly PaidReading[];
  /** What needs a live token only if the carrier looks at the token before the rest. */
  readonly fallback: readonly PaidReading[];
  /** What no request of this profile can settle. */
  readonly notSettled: readonly string[];
  /** The most calls with a live token that all of this takes. */
  readonly calls: number;
}

export interface PaidReading {
  readonly reading: string;
  readonly calls: number;
}

// A dead token could be the cause of a refusal: it is seen again, between good calls.
const REPEATED_CALLS = 3;

export function planOf(means: Means): Plan {
  const probes = availableProbes(means);
  const operations = operationsOf(means.provider);
  const [liveOnly] = probes.filter((probe) => probe.liveOnly === true);
  const others = probes.filter((probe) => probe.liveOnly !== true);
  const live =
    liveOnly === undefined ? [] : [{ reading: liveOnly.reading, calls: callsOf([liveOnly]) + REPEATED_CALLS }];
  const fallback = readingsOf(others).map((reading) => ({
    reading,
    calls: callsOf(others.filter((probe) => probe.reading === reading)),
  }));
  const looks = LOOKS.filter((look) => look.operations.some((operation) => operations.includes(operation)));
  const free = [...fallback.map(({ reading }) => reading), ...looks.map(({ reading }) => reading)];
  const some = [...live, ...fallback];
  return {
    freeRequests: freeRequestsOf({ operations, probes: others, mistakes: availableMistakes(means) }),
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

/** Each twice; the good request at the beginning and at the end. */
function freeRequestsOf({ operations, probes, mistakes }: Requests): number {
  const controls = operations.reduce((sum, operation) => sum + 2 + CONTROLS[operation].bad.length, 0);
  return 2 * (controls + callsOf(probes) + mistakes.length);
}
