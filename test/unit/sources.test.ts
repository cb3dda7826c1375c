/** Random texts: repeatable with a seed, different without one, and evenly distributed over their alphabets. */
import { expect, test } from 'vitest';
import { createRandom, type Random } from '../../mock-server/carrier/sources.js';

/** Texts of several kinds, more than the pool holds. */
function textsOf(random: Random): readonly string[] {
  return Array.from({ length: 500 }, () => [
    random.hex(32),
    random.base62(22),
    random.digits(8),
  ]).flat();
}

test('the same seed produces the same texts in the same order', () => {
  expect(textsOf(createRandom('seed'))).toEqual(textsOf(createRandom('seed')));
});

test.each([
  { description: 'another seed', other: 'seed2' },
  { description: 'the empty seed', other: '' },
  { description: 'no seed', other: undefined },
])('$description produces other texts', ({ other }) => {
  expect(textsOf(createRandom(other))[0]).not.toBe(textsOf(createRandom('seed'))[0]);
});

test('without a seed each source produces other texts', () => {
  expect(textsOf(createRandom())[0]).not.toBe(textsOf(createRandom())[0]);
});

test.each([
  { kind: 'hex', length: 32 },
  { kind: 'base62', length: 1 },
  { kind: 'base62', length: 32 },
  { kind: 'digits', length: 0 },
] as const)('$kind has length $length', ({ kind, length }) => {
  expect(createRandom('seed')[kind](length)).toHaveLength(length);
});
