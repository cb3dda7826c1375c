/** `explain` as a process: exit statuses, standard input, output and error. test/unit/explain-command tests its texts. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { runCommand } from '../../support/command.js';
import { APP, loginOf, SWAPPED } from '../../support/explained.js';
import { temporaryFile } from '../../support/files.js';

test.each([
  { description: 'an accepted request', request: loginOf(), status: 0, shows: '103000' },
  { description: 'a refused request', request: SWAPPED, status: 1, shows: '103101' },
])('for $description the exit status is $status', async ({ request, status, shows }) => {
  const app = temporaryFile('app.json', APP);
  const finished = await runCommand(['explain', '--app', app, temporaryFile('request', request)]);
  expect(finished).toEqual({ status, signal: null, stdout: expect.stringContaining(shows), stderr: '' });
});

test('standard input is read', () => {
  const command = ['dist/main.js', 'explain', '--app', temporaryFile('app.json', APP)];
  const { status, stdout } = spawnSync(process.execPath, command, { input: JSON.stringify(SWAPPED), encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining('103101') });
});

test('an invalid argument is one line on standard error and exit status 2', async () => {
  const { status, stdout, stderr } = await runCommand(['explain', '--app', 'none.json']);
  expect(stderr.split('\n')).toEqual([expect.stringMatching(/^cmpassport-mock: --app none\.json: /), '']);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
});
