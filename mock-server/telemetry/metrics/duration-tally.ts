/** A histogram of durations. Adding one is cheap, because it happens for each request even if no one reads metrics. */

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
