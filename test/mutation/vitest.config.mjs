/** The tests of one part. */
import { defineConfig } from 'vitest/config';
import { partOfThisRun } from './parts.mjs';

export default defineConfig({
  test: {
    include: partOfThisRun().tests,
    // A mutated loop may never end: Stryker has a bound of its own for that, from how long the tests took unmutated.
    testTimeout: 120_000,
  },
});
