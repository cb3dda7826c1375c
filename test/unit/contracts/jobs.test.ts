/** Work in parallel jobs: the order of the pieces, the order of the results, and the effect of a failure. */
import { expect, test } from 'vitest';
import { inJobs } from '../../../contracts/kit/jobs.js';

interface Bench {
  /** `job:piece`, in the order of their starts. */
  readonly begun: readonly string[];
  readonly reported: readonly string[];
  readonly results: Promise<readonly string[]>;
  end(piece: string, error?: Error): Promise<void>;
}

/** Runs pieces that end when the test calls `end`. */
function benchWith(pieces: readonly string[], jobs: number): Bench {
  const begun: string[] = [];
  const reported: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const results = inJobs(pieces, {
    jobs,
    run: (piece, job) => {
      begun.push(`${job}:${piece}`);
      return new Promise<string>((resolve, reject) => {
        ends.set(piece, (error) => (error === undefined ? resolve(`${piece} done`) : reject(error)));
      });
    },
    onResult: (result) => reported.push(result),
  });
  results.catch(() => undefined);
  return {
    begun,
    reported,
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

test('the results are reported in the order of the list, not of completion', async () => {
  const { results, reported, end } = benchWith(['a', 'b', 'c'], 3);
  await end('b');
  expect(reported).toEqual([]);
  await end('a');
  expect(reported).toEqual(['a done', 'b done']);
  await end('c');
  expect(await results).toEqual(['a done', 'b done', 'c done']);
});

test('there are no more jobs than pieces', async () => {
  expect(benchWith(['a', 'b'], 1_000_000).begun).toEqual(['1:a', '2:b']);
  expect(await benchWith([], 3).results).toEqual([]);
});

test('after a failure, running pieces continue and the others do not start', async () => {
  const { begun, reported, results, end } = benchWith(['b', 'a', 'c'], 2);
  await end('a', new Error('broken'));
  expect(reported).toEqual([]);
  await end('b');
  expect({ begun, reported }).toEqual({ begun: ['1:b', '2:a'], reported: ['b done'] });
  await expect(results).rejects.toThrow('broken');
});
