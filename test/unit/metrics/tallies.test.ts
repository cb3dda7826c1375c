/** The counters of requests: the bucket of each duration, and a counter for every code. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BOUNDS_SECONDS,
  DurationTally,
  NO_CODE,
  RequestTallies,
  UNDOCUMENTED,
} from '../../../mock-server/carrier/tallies.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { resultRows } from '../../../src/protocol/result-codes.js';

const SEED = 20261125;

describe('durations', () => {
  test.each([
    { description: 'none at all is in the first bucket', ms: 0, bound: 0.000_01 },
    { description: 'a bucket holds its upper end', ms: 0.01, bound: 0.000_01 },
    { description: 'what is longer falls into the next', ms: 0.010_001, bound: 0.000_025 },
    { description: 'a second is in its own', ms: 1000, bound: 1 },
    { description: 'ten seconds are in the last', ms: 10_000, bound: 10 },
    { description: 'what is longer than all is in none', ms: 10_001, bound: undefined },
    { description: 'for ever is in none', ms: Number.POSITIVE_INFINITY, bound: undefined },
  ])('$description', ({ ms, bound }) => {
    const tally = new DurationTally();
    tally.add(ms);
    expect(BOUNDS_SECONDS.filter((_, at) => tally.cumulative[at] === 1)[0]).toBe(bound);
    expect(tally.count).toBe(1);
  });

  test('match the counts of a sorted list', () => {
    const seconds = fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { maxLength: 50 });
    fc.assert(
      fc.property(seconds, (durations) => {
        const tally = new DurationTally();
        for (const duration of durations) tally.add(duration * 1000);
        const upTo = (bound: number) =>
          durations.filter((duration) => duration * 1000 <= bound * 1000).length;
        expect(tally.cumulative).toEqual(BOUNDS_SECONDS.map(upTo));
        expect(tally.count).toBe(durations.length);
        expect(tally.sumSeconds).toBeCloseTo(
          durations.reduce((sum, duration) => sum + duration, 0),
          6,
        );
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  test('bounds are ascending', () => {
    expect([...BOUNDS_SECONDS].sort((a, b) => a - b)).toEqual(BOUNDS_SECONDS);
  });
});

describe.each(OPERATIONS)('requests of $operation', ({ operation }) => {
  const codes = resultRows(operation).map(({ code }) => code);

  test('have a counter for each code, real and forced, for no code, and for undocumented codes', () => {
    const tallies = new RequestTallies();
    for (const [at, resultCode] of codes.entries()) {
      for (let times = 0; times <= at; times += 1)
        tallies.answered(operation, { resultCode, decidedBy: 'allMet' }, 0);
      tallies.answered(operation, { resultCode, decidedBy: 'forced' }, 0);
    }
    tallies.answered(operation, { resultCode: undefined, decidedBy: 'forced' }, 0);
    for (const resultCode of ['103911', '1', '777'])
      tallies.answered(operation, { resultCode, decidedBy: 'forced' }, 0);
    const counted = tallies.counts.filter(({ count }) => count > 0);
    expect(counted).toEqual([
      { operation, resultCode: NO_CODE, forced: true, count: 1 },
      { operation, resultCode: UNDOCUMENTED, forced: true, count: 3 },
      ...codes.flatMap((resultCode, at) => [
        { operation, resultCode, forced: false, count: at + 1 },
        { operation, resultCode, forced: true, count: 1 },
      ]),
    ]);
  });
});
