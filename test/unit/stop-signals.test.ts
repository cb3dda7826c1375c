/** Which signals are repeats of the first one, as npm sends them after Ctrl-C. */
import { expect, test } from 'vitest';
import { isRepeat } from '../../mock-server/cli/signals.js';

const FIRST = { signal: 'SIGINT', atMs: 0 } as const;

test.each([
  { description: 'the same signal after 99 ms is a repeat', next: { signal: 'SIGINT', atMs: 99 }, expected: true },
  {
    description: 'the same signal after 100 ms is a second one',
    next: { signal: 'SIGINT', atMs: 100 },
    expected: false,
  },
  { description: 'another signal is a second one', next: { signal: 'SIGTERM', atMs: 1 }, expected: false },
] as const)('$description', ({ next, expected }) => {
  expect(isRepeat(FIRST, next)).toBe(expected);
});
