/** Pieces of work in several jobs: which is begun when, in which order the results come, and what a failure stops. */
import { expect, test } from 'vitest';
import { inJobs } from '../../../contracts/jobs.js';

interface Scene {
  /** `job:piece`, as they began. */
  readonly begun: readonly string[];
  readonly results: readonly Promise<string>[];
  end(piece: string, error?: Error): Promise<void>;
}

/** Pieces that end when they are told to. */
function scene(pieces: readonly string[], jobs: number, waits: Readonly<Record<string, number>> = {}): Scene {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const results = inJobs(pieces, {
    jobs,
    waitMs: (piece) => waits[piece] ?? 0,
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

test('one job does one piece after the other, by the list', async () => {
  const { begun, end } = scene(['a', 'b', 'c'], 1, { c: 1000 });
  expect(begun).toEqual(['1:a']);
  await end('a');
  await end('b');
  expect(begun).toEqual(['1:a', '1:b', '1:c']);
});

test('of several jobs the first does the longest pieces first, and the others go by the list', async () => {
  const { begun, end } = scene(['a', 'b', 'c', 'd', 'e'], 2, { c: 10, d: 20 });
  expect(begun).toEqual(['1:d', '2:a']);
  await end('d');
  expect(begun).toEqual(['1:d', '2:a', '1:c']);
  await end('a');
  await end('b');
  expect(begun).toEqual(['1:d', '2:a', '1:c', '2:b', '2:e']);
});

test('the results are in the order of the list, whichever is done first', async () => {
  const { results, end } = scene(['a', 'b'], 2);
  await end('b');
  await end('a');
  expect(await Promise.all(results)).toEqual(['a done', 'b done']);
});

test('there are no more jobs than pieces, and none where there are no pieces', async () => {
  expect(scene(['a', 'b'], 1_000_000).begun).toEqual(['1:a', '2:b']);
  expect(scene([], 3).results).toEqual([]);
});

test('where a piece fails, what has begun goes on, and what has not is never begun', async () => {
  const { begun, results, end } = scene(['a', 'b', 'c'], 2);
  await end('a', new Error('broken'));
  await end('b');
  expect(begun).toEqual(['1:a', '2:b']);
  expect(await Promise.allSettled(results)).toEqual([
    { status: 'rejected', reason: new Error('broken') },
    { status: 'fulfilled', value: 'b done' },
    { status: 'rejected', reason: new Error('broken') },
  ]);
});
