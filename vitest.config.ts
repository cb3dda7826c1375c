import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** A tier: its folder below test/. CONTRIBUTING.md has the rules of each. */
function tier(name: string, options: object = {}) {
  return { extends: true as const, test: { name, include: [`test/${name}/**/*.test.ts`], ...options } };
}

/** Test files share a worker and its modules: each puts back what it changed, and has no module replaced. */
const SHARED_WORKERS = {
  isolate: false,
  restoreMocks: true,
  unstubEnvs: true,
  unstubGlobals: true,
  setupFiles: ['test/support/shared-workers.ts'],
};

export default defineConfig({
  test: {
    // Vitest's own choice is one fewer than there are cores. Tests wait for sockets, browsers and processes.
    maxWorkers: availableParallelism() + 1,
    projects: [
      tier('unit', { ...SHARED_WORKERS, setupFiles: [...SHARED_WORKERS.setupFiles, 'test/support/no-outside.ts'] }),
      tier('http', SHARED_WORKERS),
      tier('kit', SHARED_WORKERS),
      // Tests that run at once are clients that wait for slow answers.
      tier('full', { globalSetup: ['test/support/build.ts'], maxConcurrency: 16 }),
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'mock-server/**/*.ts'],
      thresholds: { 'src/protocol/**': { lines: 100 }, 'mock-server/carrier/engine/**': { lines: 100 } },
    },
    // Real sockets and key pairs on a machine that may be busy; nothing asserts a time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
