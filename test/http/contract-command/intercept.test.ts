/** A client with a fixed https address is tested through the recorder as its HTTPS proxy. */
import { expect, test } from 'vitest';
import { callCommand } from '../../support/called-command.js';
import { isInstalled } from '../../support/programs.js';

const ADDRESS = 'https://www.cmpassport.com/unisdk/rsapi/loginTokenValidate';
const CLIENT = `curl -sS --max-time 5 -H 'content-type: application/json' -d '{}' ${ADDRESS}; exit 3`;
const ONLY = ['code-103101', 'reset-before-answer', 'closed-in-answer', 'closed-before-answer', 'refused-connection']
  .map((name) => `loginTokenValidate/consumer/${name}`)
  .join();

test.skipIf(!isInstalled('curl'))('the recorder receives the requests to the address of the document', async () => {
  const args = ['contract', 'consumer', '--intercept', '--handled-status', '3', '--only', ONLY];
  const { status, stdout, stderr } = await callCommand([...args, '--', 'bash', '-c', CLIENT], {
    PATH: process.env['PATH'] ?? '',
  });
  expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain(': 5 passed');
});

test.skipIf(!isInstalled('curl'))('without it, such a client makes no request to the recorder', async () => {
  const args = ['contract', 'consumer', '--only', ONLY, '--', 'bash', '-c', 'exit 3'];
  const { status, stderr } = await callCommand(args, { PATH: process.env['PATH'] ?? '' });
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('no request before it ended') });
});
