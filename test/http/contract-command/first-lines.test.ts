/** The first ten lines of the output show the cause to a new user. test/unit/report has each kind of cause, in both languages. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { callCommand } from '../../support/called-command.js';
import { temporaryFile } from '../../support/files.js';
import { startMock } from '../../support/mock.js';

const LINES = 10;

async function beginningOf(
  args: readonly string[],
  env = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const { status, stdout, stderr } = await callCommand(['contract', ...args], env);
  return { status, text: `${stderr}${stdout}`.split('\n').slice(0, LINES).join('\n') };
}

test('a mock with two changed readings', async () => {
  const readings = { 'system-time': 'window:5m', 'verify-rsa-encoding': 'hex', 'verify-result-desc': 'code' } as const;
  const { url } = await startMock({ configuration: { readings } });
  const only = ['--only', 'loginTokenValidate/103000/time-,tokenValidate/000/rsa'];
  const { status, text } = await beginningOf(['provider', '--mock', url, ...only]);
  expect(status, text).toBe(1);
  expect(text).toContain('Causes (1)');
  expect(text).toMatch(
    /readings of this mock differ from .*: system-time=window:5m \(\d+ cases?\), verify-rsa-encoding=hex \(\d+ cases?\)\. /,
  );
});

test('a client that retries', async () => {
  const base = readFileSync('test/full/consumer/base-client.mjs', 'utf8');
  const posted = 'await post(operation.path, JSON.stringify(request))';
  const parts = base.split(`const { status, text } = ${posted};`);
  expect(parts).toHaveLength(2);
  const again = `let { status, text } = ${posted}; if (status !== 200) ({ status, text } = ${posted});`;
  const only = ['http-500', 'http-503', 'sent-'].map((name) => `loginTokenValidate/consumer/${name}`).join();
  const command = ['--', process.execPath, temporaryFile('client.mjs', parts.join(again))];
  const { status, text } = await beginningOf(['consumer', '--only', only, '--handled-status', '3', ...command]);
  expect(status, text).toBe(1);
  expect(text).toContain('Causes (1)');
  expect(text).toContain('calls again with the same token');
});
