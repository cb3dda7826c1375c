/** The carriers in test/mini-carriers keep the promises of the document. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isInstalled } from '../../support/programs.js';

const FOLDER = fileURLToPath(new URL('../../mini-carriers', import.meta.url));

test.runIf(isInstalled('python3') && isInstalled('openssl', 'version'))(
  'their own tests pass',
  () => {
    const { status, stderr } = spawnSync('python3', ['-B', '-m', 'unittest', 'test_carriers'], {
      cwd: FOLDER,
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
  },
  300_000,
);
