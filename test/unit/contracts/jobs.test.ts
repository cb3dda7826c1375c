/** Work in parallel jobs: the order of the pieces, the order of the results, and the effect of a failure. */
import { expect, test } from 'vitest';
import { inJobs } from '../../../contracts/kit/jobs.js';

interface Bench {
  /** `job:piece`, in the order of their starts. */
  readonly begun: readonly string[];
  readonly results: readonly Promise<string>[];
  end(piece: string, error?: Error): Promise<void>;
}

/** Runs pieces that end when the test calls `end`. */
function benchWith(pieces: readonly string[], jobs: number): Bench {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const results = inJobs(pieces, {
    jobs,
    run: (piece, job) => {
      begun.push(`${job}:${piece}`);
      return new Promise<string>((resolve, reject) => {
        ends.set(piece, (error) => (error === undefined ? resolve(`${piece} done`) : reject(error)));
      });
    },
  });
  return {
    begun,
    results,
    end: async (piece, error) => {
      ends.get(piece)?.(error);
      await new Promise(setImmediate);
    },
  };
}

test('one job runs the pieces in the order of the list', async () => {
  const { begun, end } = benchWith(['a', 'b', 'c'], 1);
  expect(begun).toEqual(['1:a']);
  await end('a');
  await end('b');
  expect(begun).toEqual(['1:a', '1:b', '1:c']);
});

test('the results are in the order of the list, not of completion', async () => {
  const { results, end } = benchWith(['a', 'b'], 2);
  await end('b');
  await end('a');
  expect(await Promise.all(results)).toEqual(['a done', 'b done']);
});

test('there are no more jobs than pieces', async () => {
  expect(benchWith(['a', 'b'], 1_000_000).begun).toEqual(['1:a', '2:b']);
  expect(benchWith([], 3).results).toEqual([]);
});

test('after a failure, running pieces continue and the others do not start', async () => {
  const { begun, results, end } = benchWith(['a', 'b', 'c'], 2);
  await end('a', new Error('broken'));
  await end('b');
  expect(begun).toEqual(['1:a', '2:b']);
  expect(await Promise.allSettled(results)).toEqual([
    { status: 'rejected', reason: new Error('broken') },
    { status: 'fulfilled', value: 'b done' },
    { status: 'rejected', reason: new Error('broken') },
  ]);
});
