/** What the metrics count: requests, store calls and lost log lines. No label comes from what a client sends. */
import { byOperation, OPERATIONS, type Operation } from '../../src/protocol/operations.js';
import { resultRows } from '../../src/protocol/result-codes.js';

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
  readonly store: StoreTallies;
  readonly log: LogTally;
}

export interface LogTally {
  linesLost: number;
}

export function createTallies(): Tallies {
  return { requests: new RequestTallies(), store: new StoreTallies(), log: { linesLost: 0 } };
}

interface Answered {
  /** undefined if nothing was decided. */
  readonly resultCode: string | undefined;
  readonly decidedBy: string | undefined;
}

/** Each code has two counters: for real outcomes and for forced ones. */
export class RequestTallies {
  readonly #of = byOperation((operation) => new OperationTally(resultRows(operation)));

  answered(operation: Operation, reply: Answered, ms: number): void {
    this.#of[operation].add(reply, ms);
  }

  get counts(): readonly RequestCount[] {
    return OPERATIONS.flatMap(({ operation }) =>
      this.#of[operation].counts.map((counted) => ({ operation, ...counted })),
    );
  }

  durationsOf(operation: Operation): DurationTally {
    return this.#of[operation].durations;
  }
}

class OperationTally {
  readonly durations = new DurationTally();
  readonly #places: ReadonlyMap<string, number>;
  readonly #counts: Float64Array;

  constructor(rows: readonly { readonly code: string }[]) {
    const codes = [NO_CODE, UNDOCUMENTED, ...rows.map(({ code }) => code)];
    this.#places = new Map(codes.map((code, at) => [code, 2 * at]));
    this.#counts = new Float64Array(2 * codes.length);
  }

  add({ resultCode = NO_CODE, decidedBy }: Answered, ms: number): void {
    const place = this.#places.get(resultCode) ?? this.#places.get(UNDOCUMENTED) ?? 0;
    const at = place + (decidedBy === 'forced' ? 1 : 0);
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.durations.add(ms);
  }

  get counts(): readonly Omit<RequestCount, 'operation'>[] {
    const countAt = (at: number) => this.#counts[at] ?? 0;
    return Array.from(this.#places, ([resultCode, at]) => [
      { resultCode, forced: false, count: countAt(at) },
      { resultCode, forced: true, count: countAt(at + 1) },
    ]).flat();
  }
}

export type StoreOutcome = 'done' | 'committed' | 'stale' | 'failed';

export interface StoreCallTally {
  readonly call: string;
  readonly outcome: StoreOutcome;
  readonly durations: DurationTally;
}

export class StoreTallies {
  readonly #calls: StoreCallTally[] = [];

  /** The histograms for the calls of one name, by outcome. */
  durationsOf(call: string): Readonly<Record<StoreOutcome, DurationTally>> {
    const tallyOf = (outcome: StoreOutcome) => {
      const durations = new DurationTally();
      this.#calls.push({ call, outcome, durations });
      return durations;
    };
    return {
      done: tallyOf('done'),
      committed: tallyOf('committed'),
      stale: tallyOf('stale'),
      failed: tallyOf('failed'),
    };
  }

  /** The calls that occurred. */
  get calls(): readonly StoreCallTally[] {
    return this.#calls.filter(({ durations }) => durations.count > 0);
  }
}

/** The upper bounds of the buckets. A decision in memory takes about 10 µs; a slow store takes seconds. */
export const BOUNDS_SECONDS = [
  ...[0.000_01, 0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5],
  ...[0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5],
  ...[1, 2.5, 5, 10],
] as const;

const MILLISECONDS = 1000;
// The last bucket takes all longer durations.
const BOUNDS_MS = Float64Array.from([...BOUNDS_SECONDS.map((bound) => bound * MILLISECONDS), Number.POSITIVE_INFINITY]);

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
