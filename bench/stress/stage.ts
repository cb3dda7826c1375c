/** What the stages share: their input and outcome, the load, the trend of the heap. */
import type { Target } from './target.js';

export interface StageInput {
  /** The number of requests. */
  readonly size: number;
  readonly seed: number;
  /** Sends only the request with this index, and prints the response. */
  readonly only?: number | undefined;
  /** Receives the progress from time to time. */
  readonly progress: (text: string) => void;
  /** Ends the stage early. The stage then reports the work so far. */
  readonly enough: AbortSignal;
}

export interface StageOutcome {
  readonly figures: readonly (readonly [name: string, value: string])[];
  /** Empty if the stage passed. */
  readonly problems: readonly string[];
}

export const PROBLEMS_MAX = 20;

/** Runs `work` for 0, 1, 2 … below `count`, this many at a time. */
export async function inParallel(
  { count, atOnce }: { readonly count: number; readonly atOnce: number },
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const run = async () => {
    while (next < count) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, run));
}

const MEGABYTE = 1024 * 1024;
const SAMPLES = 40;
// A full collection keeps compiled code, and the sizes of journal records vary.
const GROWTH_BYTES_ALLOWED = 8 * MEGABYTE;
// With fewer requests, journals and ledgers still grow, and a quarter has few samples.
const GROWTH_TELLS_FROM = 50_000;

/** Samples of the heap during a run. `at` takes the next one if enough requests are done. */
export function watchHeap(target: Target, total: number) {
  const samples: number[] = [];
  const quarter = (number: number) =>
    medianOf(samples.slice((number * samples.length) / 4, ((number + 1) * samples.length) / 4));
  return {
    at: async (done: number): Promise<void> => {
      if (done >= ((samples.length + 1) * total) / SAMPLES) samples.push(await target.heapBytes());
    },
    /** The first half fills the journals and compiles the code. */
    problems: (): readonly string[] => {
      const growth = quarter(3) - quarter(2);
      return total >= GROWTH_TELLS_FROM && growth > GROWTH_BYTES_ALLOWED
        ? [`the heap grew by ${(growth / MEGABYTE).toFixed(1)} MB from the third to the last quarter`]
        : [];
    },
    figure: (): readonly [string, string] => [
      'heap, the median of each quarter',
      [0, 1, 2, 3].map((number) => `${(quarter(number) / MEGABYTE).toFixed(1)} MB`).join(', '),
    ],
  };
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
