/** Random numbers: repeatable with a seed, unpredictable without, and evenly distributed. */
import { expect, test } from 'vitest';
import { createRandom, type Random, systemClock } from '../../mock-server/carrier/sources.js';

/** More draws than the pool has bytes, of several kinds. */
function draws(random: Random): readonly string[] {
  return Array.from({ length: 500 }, () => [random.hex(32), random.base62(22), random.digits(8)]).flat();
}

test('the same seed returns the same values in the same order', () => {
  expect(draws(createRandom('seed'))).toEqual(draws(createRandom('seed')));
});

test.each([
  { description: 'another seed', other: 'seed2' },
  { description: 'the empty seed', other: '' },
  { description: 'no seed', other: undefined },
])('$description returns other values', ({ other }) => {
  expect(draws(createRandom(other))[0]).not.toBe(draws(createRandom('seed'))[0]);
});

test('without a seed two sources return different values', () => {
  expect(draws(createRandom())[0]).not.toBe(draws(createRandom())[0]);
});

test.each(['seed', '', undefined])('seed %s: no value repeats', (seed) => {
  const random = createRandom(seed);
  const drawn = Array.from({ length: 5000 }, () => random.hex(16));
  expect(new Set(drawn).size).toBe(drawn.length);
});

test.each([
  { kind: 'hex', alphabet: '0123456789abcdef' },
  { kind: 'base62', alphabet: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz' },
  { kind: 'digits', alphabet: '0123456789' },
] as const)('$kind uses its whole alphabet evenly', ({ kind, alphabet }) => {
  const random = createRandom('even');
  const counts = new Map<string, number>();
  for (let at = 0; at < 100; at += 1) {
    for (const letter of random[kind](620)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  expect([...counts.keys()].sort().join('')).toBe([...alphabet].sort().join(''));
  const expected = 62_000 / alphabet.length;
  for (const count of counts.values()) expect(Math.abs(count - expected) / expected).toBeLessThan(0.2);
});

test.each([
  { kind: 'hex', length: 32 },
  { kind: 'base62', length: 1 },
  { kind: 'base62', length: 32 },
  { kind: 'digits', length: 8 },
  { kind: 'digits', length: 0 },
] as const)('$kind of length $length', ({ kind, length }) => {
  expect(createRandom('seed')[kind](length)).toHaveLength(length);
});

test('real time is epoch milliseconds, and durations do not run backwards', () => {
  const before = Date.now();
  const elapsed = systemClock.elapsedMs();
  expect(systemClock.nowMs()).toBeGreaterThanOrEqual(before);
  expect(systemClock.elapsedMs()).toBeGreaterThanOrEqual(elapsed);
});
