import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** A tier is a folder below test/. CONTRIBUTING.md has the rules of each tier. */
function project(tiers: readonly [string, ...string[]], options: object) {
  const include = tiers.map((tier) => `test/${tier}/**/*.test.ts`);
  return { extends: true as const, test: { name: tiers[0], include, ...options } };
}

/** For tests that wait for sockets, timers, browsers and processes: a further worker uses the time. */
const WAITING = availableParallelism() + 1;

/** Test files share a worker and its modules, so each restores its changes and replaces no module. */
const SHARED_WORKERS = {
  isolate: false,
  restoreMocks: true,
  unstubEnvs: true,
  unstubGlobals: true,
  setupFiles: ['test/support/shared-workers.ts'],
};

/** The files that take longest. A fresh clone has no measured durations, and their size says nothing. */
const LONGEST = [
  'kit/calibrate/readings',
  'kit/innocent-carriers/innocent-carriers',
  'unit/explain/mistakes',
  'full/pages',
  'full/hostile-texts',
  'full/java',
  'full/wrong-carriers/matrix',
  'full/accident/accident',
  'full/first-test',
  'full/browser/console',
  'full/stress/stages',
  'full/mini-carriers/calibrated',
  'full/mini-carriers/small-limit',
  'full/replicas/failures',
  'full/mini-carriers/python',
  'full/browser/handset',
  'full/tls/local-ca',
  'full/first-exchange',
  'full/browser/requests',
  'full/browser/secrets',
  'full/browser/states',
  'full/browser/live-list',
  'full/readings/reading-cases',
].map((name) => `/test/${name}.test.ts`);

/** Each has a worker of its own: they replace modules, or count what the whole process does. */
const ISOLATED = [
  'consumer/good-clients',
  'consumer/wrong-clients',
  'hostile-texts',
  'in-process/failures',
].map((name) => `test/full/${name}.test.ts`);

const FULL = {
  globalSetup: ['test/support/build.ts'],
  // The built server: the sources would be 400 further modules.
  alias: [
    { find: /^(?:\.\.\/)+mock-server\/server\.js$/, replacement: resolve('dist/server.mjs') },
  ],
  // Concurrent tests are clients that wait for slow responses.
  maxConcurrency: 16,
  // Its tests wait more: for browsers and for processes of other languages.
  maxWorkers: WAITING + 1,
  sequence: { groupOrder: 2 },
};

/** Starts these files first, so that no worker is idle at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files);
    const longest = LONGEST.flatMap((name) =>
      others.filter(({ moduleId }) => moduleId.endsWith(name)),
    );
    return [...new Set([...longest, ...others])];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // The default is one fewer than the number of cores. Each further worker imports the modules again.
    maxWorkers: availableParallelism(),
    // Modules that are unchanged since the last run are not transformed again.
    experimental: { fsModuleCache: true },
    projects: [
      project(['unit'], {
        ...SHARED_WORKERS,
        setupFiles: [...SHARED_WORKERS.setupFiles, 'test/support/no-outside.ts'],
        sequence: { shuffle: { tests: true }, groupOrder: 1 },
      }),
      // In one project, the tests of the kit use the time in which those of HTTP wait.
      project(['http', 'kit'], { ...SHARED_WORKERS, maxWorkers: WAITING }),
      project(['full'], { ...FULL, ...SHARED_WORKERS, exclude: ISOLATED }),
      project(['full'], { ...FULL, name: 'full-isolated', include: ISOLATED }),
    ],
    coverage: {
      provider: 'v8',
      include: ['src/protocol/**/*.ts', 'mock-server/carrier/engine/**/*.ts'],
      thresholds: { lines: 100 },
    },
    // The responses of a server in a test are in English, whatever the system's language.
    env: { LANG: 'C.UTF-8' },
    // Tests use real sockets and key pairs on a machine that may be busy. No test asserts a duration.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
