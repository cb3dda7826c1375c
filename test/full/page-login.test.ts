/** The example of a page login: the page in Chromium, its server and the carrier, as its README runs them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { findChromium } from '../support/chromium.js';

const CHROMIUM = findChromium();

describe.skipIf(CHROMIUM === undefined)('in Chromium', () => {
  test('the page, its server and the carrier log a user in', async () => {
    const command = ['node', '--test', '--test-reporter=tap', 'examples/page-login'];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['dist/main.js', 'exec', '--page-sdk', '--', ...command],
      { env: { ...process.env, CHROMIUM } },
    );
    expect(stdout).toMatch(/^# pass 4$/m);
    expect(stdout).toMatch(/^# fail 0$/m);
  });
});
