/** Detects growing memory: samples during a stage, and the trend of their second half. */
import type { Held, Target } from './target.js';

export interface Sample {
  /** The number of requests so far. */
  readonly done: number;
  readonly held: Held;
}

const MEGABYTE = 1024 * 1024;
// A full collection keeps compiled code, and the sizes of journal records vary. Over half a million requests, four
// megabytes are eight bytes for each, which is less than any leaked object.
const GROWTH_BYTES_ALLOWED = 4 * MEGABYTE;
const GROWTH_SHARE_ALLOWED = 0.05;
// With fewer requests, journals and ledgers are not full and still grow.
const GROWTH_TELLS_FROM = 20_000;

export interface MemoryWatch {
  /** Call it after each request or round. Takes the next sample if enough requests are done. */
  at(done: number): Promise<void>;
  readonly samples: readonly Sample[];
}

/** Takes a sample at the start and after each of the equal parts. */
export function watchMemory(target: Target, { total, parts }: { total: number; parts: number }): MemoryWatch {
  const samples: Sample[] = [];
  return {
    samples,
    at: async (done) => {
      if (done < (samples.length * total) / parts) return;
      samples.push({ done, held: await target.held() });
    },
  };
}

/**
 * Returns the growth of the heap over the second half, in bytes: the median slope between all pairs of samples
 * (Theil–Sen, robust against outliers) times the requests. The first half fills journals and compiles code.
 */
export function growthOf(samples: readonly Sample[]): number {
  const half = samples.slice(Math.floor(samples.length / 2));
  const slopes = half.flatMap((later, at) => half.slice(0, at).map((earlier) => slope(earlier, later)));
  const [first, last] = [half[0], half.at(-1)];
  if (slopes.length === 0 || first === undefined || last === undefined) return 0;
  return medianOf(slopes) * (last.done - first.done);
}

function slope(earlier: Sample, later: Sample): number {
  return (later.held.heapBytes - earlier.held.heapBytes) / (later.done - earlier.done);
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[Math.max(middle - 1, 0)], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

export function memoryProblems(samples: readonly Sample[]): readonly string[] {
  if ((samples.at(-1)?.done ?? 0) < GROWTH_TELLS_FROM) return [];
  const allowed = Math.max(
    GROWTH_BYTES_ALLOWED,
    GROWTH_SHARE_ALLOWED * medianOf(samples.map(({ held }) => held.heapBytes)),
  );
  const growth = growthOf(samples);
  return growth > allowed ? [`the heap grew by ${megabytes(growth)} over the second half of the requests`] : [];
}

export function memoryFigures(samples: readonly Sample[]): readonly Figure[] {
  const quarters = [0, 1, 2, 3, 4].flatMap((at) => samples[Math.round((at * (samples.length - 1)) / 4)] ?? []);
  const row = (pick: (held: Held) => number) => quarters.map(({ held }) => megabytes(pick(held))).join(', ');
  const half = samples.slice(Math.floor(samples.length / 2));
  const requests = (half.at(-1)?.done ?? 0) - (half[0]?.done ?? 0);
  const growth = growthOf(samples);
  return [
    ['heap after a collection, at the start and after each quarter', row(({ heapBytes }) => heapBytes)],
    ['resident memory at the same times', row(({ rssBytes }) => rssBytes)],
    [
      'trend of the heap over the second half',
      `${megabytes(growth)} (${(growth / Math.max(requests, 1)).toFixed(2)} bytes a request)`,
    ],
  ];
}

export function megabytes(bytes: number): string {
  return `${(bytes / MEGABYTE).toFixed(1)} MB`;
}

/** A measured value with its name. */
export type Figure = readonly [name: string, value: string];
