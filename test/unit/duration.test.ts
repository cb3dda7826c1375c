/** Durations as text. */
import { describe, expect, test } from 'vitest';
import { DURATION_PATTERN, formatDuration, parseDuration } from '../../src/text/duration.js';

const ROWS = [
  { text: '250ms', expected: 250 },
  { text: '0ms', expected: 0 },
  { text: '90s', expected: 90_000 },
  { text: '2m', expected: 120_000 },
  { text: '1.5h', expected: 5_400_000 },
  { text: '1d', expected: 86_400_000 },
  { text: '0.001s', expected: 1 },
  { text: '0.4ms', expected: 0 },
  { text: '0.5ms', expected: 1 },
  { text: '1.999s', expected: 1999 },
  { text: '007s', expected: 7000 },
  { text: '999999999d', expected: 999_999_999 * 86_400_000 },
  { text: '1000000000d', expected: undefined },
  { text: '1.2345s', expected: undefined },
  { text: '1.s', expected: undefined },
  { text: '.5s', expected: undefined },
  { text: '1', expected: undefined },
  { text: 's', expected: undefined },
  { text: '1 s', expected: undefined },
  { text: ' 1s', expected: undefined },
  { text: '1s ', expected: undefined },
  { text: '1s\n', expected: undefined },
  { text: '-1s', expected: undefined },
  { text: '+1s', expected: undefined },
  { text: '1S', expected: undefined },
  { text: '1w', expected: undefined },
  { text: '1sec', expected: undefined },
  { text: '1m30s', expected: undefined },
  { text: '1e3s', expected: undefined },
  { text: '1,5s', expected: undefined },
  { text: '1constructor', expected: undefined },
  { text: '', expected: undefined },
];

describe.each(ROWS)('"$text"', ({ text, expected }) => {
  test(`is ${expected} milliseconds`, () => {
    expect(parseDuration(text)).toBe(expected);
  });

  test('matches the pattern of the schemas only if it is valid', () => {
    expect(new RegExp(DURATION_PATTERN).test(text)).toBe(expected !== undefined);
  });
});

test.each([
  { ms: 0, expected: '0ms' },
  { ms: 1, expected: '1ms' },
  { ms: 1500, expected: '1500ms' },
  { ms: 1000, expected: '1s' },
  { ms: 90_000, expected: '90s' },
  { ms: 60_000, expected: '1m' },
  { ms: 5_400_000, expected: '90m' },
  { ms: 3_600_000, expected: '1h' },
  { ms: 172_800_000, expected: '2d' },
])('$ms milliseconds are written $expected', ({ ms, expected }) => {
  expect(formatDuration(ms)).toBe(expected);
});
