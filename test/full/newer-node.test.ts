/** Newer releases of Node than the tests': the unit tests, those of the client, msw and in process, and the built command. */
import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { releasesOfNode } from '../support/runtimes.js';

const NEWER = releasesOfNode().filter(({ major }) => major > 20);
const TESTS = ['test/unit', 'test/http/client', 'test/http/in-process', 'test/http/msw'];
const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--project=unit', '--project=http'];

describe.each(NEWER)('Node $version', ({ path, isThere, version }) => {
  const run = (args: readonly string[]) => {
    const { HOME } = process.env;
    const PATH = `${dirname(path)}:${process.env['PATH']}`;
    return promisify(execFile)(path, args, { env: { HOME, PATH, NO_COLOR: '1' } });
  };

  test.skipIf(!isThere)('is that release', async () => {
    expect((await run(['--version'])).stdout).toBe(`v${version}\n`);
  });

  test.skipIf(!isThere)(
    'the unit tests pass, and those of the client, msw and in process',
    async () => {
      const { stdout } = await run([...VITEST, '--maxWorkers=1', ...TESTS]);
      expect(stdout).toMatch(/Tests +\d{4,} passed \(\d+\)/);
    },
  );

  test.skipIf(!isThere)('exec runs the example’s integration test', async () => {
    const example = ['--test', 'examples/integration-test/node/carrier-login.test.mjs'];
    const { stdout, stderr } = await run(['dist/main.js', 'exec', '--', path, ...example]);
    expect(stdout).toMatch(/\bpass 1$/m);
    expect(stderr).toContain('reached the carrier');
  });
});
