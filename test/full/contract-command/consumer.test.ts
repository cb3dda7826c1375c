/** `contract consumer` as a user calls it: a client that is right, and one that says too much. */
import { expect, test } from 'vitest';
import { runCommand } from '../../support/command.js';
import { temporaryFile } from '../../support/files.js';

const CHOICE = ['--only', 'loginTokenValidate/consumer/code-103000', '--handled-status', '3'];

test('the reference client passes, with a mock of the command’s own', async () => {
  const client = 'test/full/consumer/reference-client.mjs';
  const { status, stdout, stderr } = await runCommand(['contract', 'consumer', ...CHOICE, '--', 'node', client]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('1 passed');
});

test('what a client prints of its secrets and its number is not repeated', async () => {
  const script = `const { CMPASSPORT_APP_SECRET: secret, CMPASSPORT_PHONE_NUMBER: number } = process.env;
console.log('secret', secret, 'number', number);
process.exit(1);`;
  const client = temporaryFile('client.cjs', script);
  const { status, stdout } = await runCommand(['contract', 'consumer', ...CHOICE, '--', 'node', client]);
  expect(status).toBe(1);
  expect(stdout).toContain('secret [hidden] number 138****8000');
});

test('a command that cannot be started is the kit’s to say, and no verdict', async () => {
  const { status, stdout } = await runCommand(['contract', 'consumer', ...CHOICE, '--', './there-is-no-such-client']);
  expect(status).toBe(2);
  expect(stdout).toContain('ENOENT');
});
