/** What the metrics count: requests, store calls and lost log lines. No label comes from what a client sends. */
import { byOperation, OPERATIONS, type Operation } from '../../src/protocol/operations.js';
import { resultRows } from '../../src/protocol/result-codes.js';
import { isLockOfTeam, type Lock } from './engine/app-settings.js';
import type { Reply } from './reply.js';

/** Replaces the code if a script kept the carrier from deciding. */
export const NO_CODE = 'none';
/** Replaces a code that the operation does not have: a client chooses it, and may choose a million of them. */
export const UNDOCUMENTED = 'undocumented';

export interface RequestCount {
  readonly operation: Operation;
  readonly resultCode: string;
  readonly forced: boolean;
  readonly count: number;
}

export interface Tallies {
  readonly requests: RequestTallies;
  /** The requests of the apps of each team, by their lock. */
  readonly teams: Map<string, RequestTallies>;
  readonly store: StoreTallies;
  readonly log: LogTally;
  readonly configuration: ConfigurationTally;
}

export interface ConfigurationTally {
  /** Whether the last change of the configuration file could not be loaded. */
  isOutdated: boolean;
}

export interface LogTally {
  linesLost: number;
}

export function createTallies(): Tallies {
  return {
    requests: new RequestTallies(),
    teams: new Map(),
    store: new StoreTallies(),
    log: { linesLost: 0 },
    configuration: { isOutdated: false },
  };
}

/** Counts the requests of a team. undefined for the apps of no team. */
export function requestsOfTeam({ teams }: Tallies, lock: Lock): RequestTallies | undefined {
  if (lock === null || !isLockOfTeam(lock)) return undefined;
  const tally = teams.get(lock) ?? new RequestTallies();
  teams.set(lock, tally);
  return tally;
}

/** Each code has two counters: for real outcomes and for forced ones. */
export class RequestTallies {
  readonly #of = byOperation((operation) => {
    const codes = [NO_CODE, UNDOCUMENTED, ...resultRows(operation).map(({ code }) => code)];
    const places: ReadonlyMap<string, number> = new Map(codes.map((code, at) => [code, 2 * at]));
    return { durations: new DurationTally(), places, counts: new Float64Array(2 * codes.length) };
  });

  answered(
    operation: Operation,
    { resultCode = NO_CODE, decidedBy }: Pick<Reply, 'resultCode' | 'decidedBy'>,
    ms: number,
  ): void {
    const { durations, places, counts } = this.#of[operation];
    const place = places.get(resultCode) ?? places.get(UNDOCUMENTED) ?? 0;
    const at = place + (decidedBy === 'forced' ? 1 : 0);
    counts[at] = (counts[at] ?? 0) + 1;
    durations.add(ms);
  }

  get counts(): readonly RequestCount[] {
    return OPERATIONS.flatMap(({ operation }) => {
      const { places, counts } = this.#of[operation];
      return Array.from(places).flatMap(([resultCode, at]) => [
        { operation, resultCode, forced: false, count: counts[at] ?? 0 },
        { operation, resultCode, forced: true, count: counts[at + 1] ?? 0 },
      ]);
    });
  }

  durationsOf(operation: Operation): DurationTally {
    return this.#of[operation].durations;
  }
}

export type StoreOutcome = 'done' | 'committed' | 'stale' | 'failed';

interface StoreCallTally {
  readonly call: string;
  readonly outcome: StoreOutcome;
  readonly durations: DurationTally;
}

export class StoreTallies {
  readonly #calls = new Map<string, StoreCallTally>();
  /** The count of checks in the store after the last check of this server. */
  checks = 0;
  /** How often a shared store had lost its state. */
  losses = 0;

  add(call: string, outcome: StoreOutcome, ms: number): void {
    const key = `${call} ${outcome}`;
    const tally = this.#calls.get(key) ?? { call, outcome, durations: new DurationTally() };
    this.#calls.set(key, tally);
    tally.durations.add(ms);
  }

  get calls(): readonly StoreCallTally[] {
    return [...this.#calls.values()];
  }
}

/** The upper bounds of the buckets. A decision in memory takes about 10 µs; a slow store takes seconds. */
export const BOUNDS_SECONDS = [
  0.000_01, 0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025,
  0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
] as const;

const MILLISECONDS = 1000;
// The last bucket takes all longer durations.
const BOUNDS_MS = Float64Array.from([
  ...BOUNDS_SECONDS.map((bound) => bound * MILLISECONDS),
  Number.POSITIVE_INFINITY,
]);

export class DurationTally {
  readonly #counts = new Float64Array(BOUNDS_MS.length);
  #sumMs = 0;

  add(ms: number): void {
    let at = 0;
    while (ms > (BOUNDS_MS[at] ?? 0)) at += 1;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#sumMs += ms;
  }

  /** The number of durations up to each bound. */
  get cumulative(): readonly number[] {
    let sum = 0;
    return Array.from(this.#counts.subarray(0, -1), (count) => {
      sum += count;
      return sum;
    });
  }

  get count(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  get sumSeconds(): number {
    return this.#sumMs / MILLISECONDS;
  }
}
