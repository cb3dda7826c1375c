/** `explain` and `contract` as processes: exit statuses, standard input, output and error. test/unit/explain-command and test/http/contract-command test their texts. */
import { exec, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { runCommand } from '../../support/command.js';
import { APP, loginOf, SWAPPED } from '../../support/explained.js';
import { temporaryFile } from '../../support/files.js';
import { startMock } from '../../support/mock.js';

const CHOICE = ['--only', 'loginTokenValidate/consumer/code-103000', '--handled-status', '3'];

test('for a passing mock the exit status is 0 and a line has the totals', async () => {
  const { url } = await startMock();
  const args = ['contract', 'provider', '--mock', url, '--only', 'loginTokenValidate/103811'];
  expect(await runCommand(args)).toEqual({
    status: 0,
    signal: null,
    stdout: expect.stringMatching(/(\d+) cases in [\d.]+ s: \1 passed\n/),
    stderr: '',
  });
});

test('the reader of the output may close it early', async () => {
  const { url } = await startMock();
  const command = `node dist/main.js contract provider --mock ${url} --only loginTokenValidate/103811 | head -n 1`;
  const { stderr } = await promisify(exec)(command);
  expect(stderr).toBe('');
});

test('the reference client passes with a mock that the command starts', async () => {
  const client = 'test/full/consumer/reference-client.mjs';
  const { status, stdout, stderr } = await runCommand([
    'contract',
    'consumer',
    ...CHOICE,
    '--',
    'node',
    client,
  ]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('1 passed');
});

test('secrets and phone numbers in a client’s output are hidden', async () => {
  const script = `const { CMPASSPORT_APP_SECRET: secret, CMPASSPORT_PHONE: number } = process.env;
console.log('secret', secret, 'number', number);
fetch(process.env.CMPASSPORT_BASE).finally(() => process.exit(1));`;
  const client = temporaryFile('client.cjs', script);
  const { status, stdout } = await runCommand([
    'contract',
    'consumer',
    ...CHOICE,
    '--',
    'node',
    client,
  ]);
  expect(status, stdout).toBe(1);
  expect(stdout).toContain('secret [hidden] number 138****8000');
});

test('a command that cannot be started is an error of the kit, not a failure of the client', async () => {
  const { status, stderr } = await runCommand([
    'contract',
    'consumer',
    ...CHOICE,
    '--',
    './there-is-no-such-client',
  ]);
  expect(status, stderr).toBe(2);
  expect(stderr).toContain('ENOENT');
});

test('an invalid argument is one line on standard error and exit status 2', async () => {
  expect(await runCommand(['contract', 'supplier'])).toEqual({
    status: 2,
    signal: null,
    stdout: '',
    stderr:
      'cmpassport-mock: contract needs provider, consumer, replay or calibrate, found "supplier" (see contract --help)\n',
  });
});

describe('explain', () => {
  test('for an accepted request the exit status is 0', async () => {
    const [app, request] = [temporaryFile('app.json', APP), temporaryFile('request', loginOf())];
    expect(await runCommand(['explain', '--app', app, request])).toEqual({
      status: 0,
      signal: null,
      stdout: expect.stringContaining('103000'),
      stderr: '',
    });
  });

  test('for a refused request in standard input it is 1', () => {
    const command = ['dist/main.js', 'explain', '--app', temporaryFile('app.json', APP)];
    const { status, stdout } = spawnSync(process.execPath, command, {
      input: JSON.stringify(SWAPPED),
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining('103101') });
  });
});
