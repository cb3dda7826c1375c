/** The tests of one part. */
import { defineConfig } from 'vitest/config';
import { partOfThisRun } from './parts.mjs';

export default defineConfig({
  test: {
    include: partOfThisRun().tests,
    // A mutated loop may not end. Stryker has its own timeout for it.
    testTimeout: 120_000,
  },
});
