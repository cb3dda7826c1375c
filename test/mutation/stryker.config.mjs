/** Stryker's configuration for one part. */
import { partOfThisRun } from './parts.mjs';

const part = partOfThisRun();
const folder = `.stryker/${part.name}`;

export default {
  mutate: part.mutate,
  ignoreStatic: part.ignoreStatic,
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.mjs' },
  reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
  clearTextReporter: { logTests: false, allowColor: false },
  htmlReporter: { fileName: `${folder}/report.html` },
  jsonReporter: { fileName: `${folder}/report.json` },
  incremental: true,
  incrementalFile: `${folder}/incremental.json`,
  tempDirName: `${folder}/sandboxes`,
  // In addition to the duration without a mutation. Long enough for a busy machine, so that a slow mutant does not count as noticed.
  timeoutMS: 60_000,
  ignorePatterns: ['/.stryker', '/dist', '/types', '/coverage', '/docs', '/bench', '/examples'],
  thresholds: { high: 100, low: 90, break: part.break },
};
