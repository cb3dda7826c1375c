/** The records of all journals that a heap allows: docs/reference/limits. */
import { expect, test } from 'vitest';
import { recordsIn } from '../../mock-server/options/settings.js';

const MIB = 1024 * 1024;

test.each([
  { heap: '256 MiB', heapBytes: 256 * MIB, expected: 2730 },
  { heap: '16 GiB', heapBytes: 16 * 1024 * MIB, expected: 100_000 },
])(
  'with a heap of $heap all journals have at most $expected records',
  ({ heapBytes, expected }) => {
    expect(recordsIn(heapBytes)).toBe(expected);
  },
);
