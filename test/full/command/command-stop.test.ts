/** SIGTERM, SIGINT and SIGHUP: requests in flight are finished, and idle connections do not delay the exit. */
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../../support/command.js';
import { LOGIN_PATH } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { openWire, refusesConnections } from '../../support/sockets.js';

const BODY = '{"version":"2.0"}';
const HALF = BODY.length / 2;
// Several times as long as the command needs to notice that its shell ended.
const SHELL_NOTICED_MS = 800;

/** A request whose head has arrived (the server sent 100 Continue) and half of whose body was sent. */
async function halfSent(url: string) {
  const head = `POST ${LOGIN_PATH} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: ${BODY.length}\r\n\r\n`;
  const wire = openWire(url, head);
  await wire.waitFor('100 Continue');
  wire.socket.write(BODY.slice(0, HALF));
  return { ...wire, rest: () => wire.socket.write(BODY.slice(HALF)) };
}

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'after %s a request in flight is finished, and the exit status is 0',
  async (signal) => {
    const command = await serve(['--port', '0', '--log', 'info']);
    const request = await halfSent(command.url);
    command.signal(signal);
    await refusesConnections(command.url);
    request.rest();
    expect(await request.waitFor('"resultCode":"103811"')).toContain('HTTP/1.1 200 OK');
    const { status, stderr } = await command.finished();
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringMatching(/^\S+ info {2}loginTokenValidate 103811 .*\n$/),
    });
  },
);

test('without connections the exit status is 0', async () => {
  const command = await serve(['--port', '0']);
  command.signal('SIGTERM');
  expect(await command.finished()).toMatchObject({ status: 0, signal: null, stderr: '' });
});

test.each([
  ['SIGINT', 'SIGTERM'],
  ['SIGTERM', 'SIGHUP'],
  ['SIGHUP', 'SIGINT'],
] as const)('after %s, %s ends the command at once', async (first, second) => {
  const command = await serve(['--port', '0']);
  const request = await halfSent(command.url);
  command.signal(first);
  await refusesConnections(command.url);
  command.signal(second);
  expect(await command.finished()).toMatchObject({ status: 1, signal: null });
  expect(request.received()).not.toContain('resultCode');
});

/** Replaces the shell between npm and the command: it starts the command, prints its pid, and forwards no signal. */
const SHELL = `
  const { spawn } = require('node:child_process');
  const { pid } = spawn(process.execPath, ['dist/main.js', '--port', '0'], { stdio: 'inherit' });
  console.log('pid ' + pid);
  setInterval(() => undefined, 1000);
`;

/** Starts the command as npm does, through a shell. */
async function serveUnderShell() {
  const shell = spawn(process.execPath, ['-e', SHELL], {
    env: { ...process.env, npm_command: 'start' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const url = await eventually('the banner', () => /control API\s+(\S+)\/_mock\n/.exec(output)?.[1]);
  const pid = Number(/pid (\d+)/.exec(output)?.[1]);
  onTestFinished(() => killIfRunning(pid));
  return { url, pid, killShell: () => shell.kill('SIGKILL') };
}

test('under npm the command ends when its shell ends', async () => {
  const { url, killShell } = await serveUnderShell();
  killShell();
  await refusesConnections(url);
});

// Ctrl-C reaches the shell and the command, so the command has two reasons to end.
test('under npm a request in flight is finished after a signal to both', async () => {
  const { url, pid, killShell } = await serveUnderShell();
  const request = await halfSent(url);
  process.kill(pid, 'SIGINT');
  killShell();
  await refusesConnections(url);
  await sleep(SHELL_NOTICED_MS);
  request.rest();
  expect(await request.waitFor('"resultCode":"103811"')).toContain('HTTP/1.1 200 OK');
});

function killIfRunning(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has already ended.
  }
}
