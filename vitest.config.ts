import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // One fewer than there are cores is Vitest's own choice: on two of them that is one file after another.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    globalSetup: ['test/support/build.ts'],
    coverage: {
      provider: 'v8',
      include: ['src/**', 'mock-server/**'],
      thresholds: { 'src/protocol/**': { lines: 100 }, 'mock-server/engine/**': { lines: 100 } },
    },
    // Real sockets and key pairs on a machine that may be busy; nothing asserts a time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
