/**
 * The mutated files, and the tests that must notice the mutations: the unit tests and vectors of the same part. The contract
 * cases and the known mistakes are the engine's tests too, as data.
 */

/** The command fails below the score `break`, in percent. It is the last score, rounded down, of a part that was measured whole: docs/internals/mutation.md. */
export const PARTS = {
  protocol: {
    mutate: ['src/protocol/**/*.ts'],
    tests: ['test/unit/protocol/**/*.test.ts', 'test/kit/vectors/protocol.test.ts'],
    ignoreStatic: false,
    break: 85,
  },
  engine: {
    mutate: ['mock-server/carrier/engine/**/*.ts'],
    tests: [
      'test/unit/engine/**/*.test.ts',
      'test/unit/explain/mistakes.test.ts',
      'test/kit/vectors/protocol.test.ts',
      'test/kit/provider/cases.test.ts',
    ],
    ignoreStatic: false,
    break: null,
  },
  explain: {
    mutate: ['mock-server/explain/**/*.ts'],
    tests: ['test/unit/explain/**/*.test.ts'],
    // 70 % of the mutants are in static tables, mostly texts, and each would run every test.
    ignoreStatic: true,
    break: null,
  },
};

/** The part of this run. run.mjs sets MUTATION_PART. */
export function partOfThisRun() {
  const name = process.env.MUTATION_PART ?? '';
  const part = PARTS[name];
  if (part === undefined)
    throw new Error(
      `MUTATION_PART must be one of ${Object.keys(PARTS).join(', ')}, found "${name}"`,
    );
  return { name, ...part };
}
