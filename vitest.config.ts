import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** A tier is a folder below test/. CONTRIBUTING.md has the rules of each tier. */
function tier(name: string, options: object = {}) {
  return {
    extends: true as const,
    test: { name, include: [`test/${name}/**/*.test.ts`], ...options },
  };
}

/** Test files share a worker and its modules, so each restores its changes and replaces no module. */
const SHARED_WORKERS = {
  isolate: false,
  restoreMocks: true,
  unstubEnvs: true,
  unstubGlobals: true,
  setupFiles: ['test/support/shared-workers.ts'],
};

/** The files of the tier `full` that take longest. A fresh clone has no measured durations, and their size says nothing. */
const LONGEST = [
  ...[
    'hostile-texts',
    'wrong-carriers/matrix',
    'accident/accident',
    'readings/reading-cases',
    'mini-carriers/calibrated',
    'pages',
    'control/atlas',
    'msw/suites',
    'consumer/good-clients',
  ],
  ...[
    'stress/stages',
    'first-exchange',
    'consumer/wrong-clients',
    'tls/local-ca',
    'first-test',
    'replicas/failures',
    'browser/console',
    'java',
    'mini-carriers/small-limit',
  ],
].map((name) => `/test/full/${name}.test.ts`);

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
    projects: [
      tier('unit', {
        ...SHARED_WORKERS,
        setupFiles: [...SHARED_WORKERS.setupFiles, 'test/support/no-outside.ts'],
        sequence: { shuffle: { tests: true } },
      }),
      tier('http', SHARED_WORKERS),
      tier('kit', SHARED_WORKERS),
      tier('full', {
        globalSetup: ['test/support/build.ts'],
        // The built server. Each file has its own worker, in which the sources would be 400 further modules.
        alias: [
          { find: /^(?:\.\.\/)+mock-server\/server\.js$/, replacement: resolve('dist/server.js') },
        ],
        // Concurrent tests are clients that wait for slow responses.
        maxConcurrency: 16,
        // More workers are faster, because tests wait for browsers and processes.
        maxWorkers: availableParallelism() + 1,
        sequence: { groupOrder: 1 },
      }),
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
