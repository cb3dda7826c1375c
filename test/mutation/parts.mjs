/** What is mutated, and which tests have to notice: each part by the tests of its own folder, with nothing around it. */

/** `break` is in percent: below it the command fails. It is what was reached, rounded down; docs/internals/mutation.md has the figures. */
export const PARTS = {
  protocol: {
    mutate: ['src/protocol/**/*.ts'],
    tests: ['test/unit/protocol/**/*.test.ts', 'test/kit/vectors/protocol.test.ts'],
    ignoreStatic: false,
    break: 95,
  },
  engine: {
    mutate: ['mock-server/carrier/engine/**/*.ts'],
    tests: ['test/unit/engine/**/*.test.ts', 'test/kit/vectors/engine.test.ts'],
    ignoreStatic: false,
    break: 94,
  },
  explain: {
    mutate: ['mock-server/explain/**/*.ts'],
    tests: ['test/unit/explain/**/*.test.ts'],
    // Seven in ten of its changes are in tables that are made once, words above all, and each would run every test.
    ignoreStatic: true,
    break: null,
  },
};

/** The part of this run: its name, which run.mjs sets, and what it is. */
export function partOfThisRun() {
  const name = process.env.MUTATION_PART ?? '';
  const part = PARTS[name];
  if (part === undefined) throw new Error(`MUTATION_PART is one of ${Object.keys(PARTS).join(', ')}, found "${name}"`);
  return { name, ...part };
}
