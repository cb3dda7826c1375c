/** SIGTERM, SIGINT and SIGHUP: requests in flight are finished, idle connections hold nothing up. */
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../../support/command.js';
import { LOGIN_PATH } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { openWire, refusesConnections } from '../../support/sockets.js';

const BODY = '{"version":"2.0"}';
const HALF = BODY.length / 2;
// Some times as long as the command takes to see that its shell is gone.
const SHELL_NOTICED_MS = 800;

/** A request whose head has arrived, for the server said to go on, and half of whose body has. */
async function halfSent(url: string) {
  const head = `POST ${LOGIN_PATH} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: ${BODY.length}\r\n\r\n`;
  const wire = openWire(url, head);
  await wire.comes('100 Continue');
  wire.socket.write(BODY.slice(0, HALF));
  return { ...wire, rest: () => wire.socket.write(BODY.slice(HALF)) };
}

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s lets a request in flight finish and exits 0',
  async (signal) => {
    const command = await serve(['--port', '0', '--log', 'info']);
    const request = await halfSent(command.url);
    command.signal(signal);
    await refusesConnections(command.url);
    request.rest();
    expect(await request.comes('"resultCode":"103811"')).toContain('HTTP/1.1 200 OK');
    const { status, stderr } = await command.finished();
    // Nothing but the line that says why it was refused, if that was still written.
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringMatching(/^(?:info loginTokenValidate 103811 .*\n)?$/),
    });
  },
);

test('an idle keep-alive connection is closed at once, before the request in flight is through', async () => {
  const command = await serve(['--port', '0']);
  const idle = openWire(command.url, 'GET /_mock/health HTTP/1.1\r\nHost: a\r\n\r\n');
  await idle.comes('{"status":"ok"}');
  const request = await halfSent(command.url);
  command.signal('SIGTERM');
  await expect.poll(idle.isClosed, { timeout: 20_000 }).toBe(true);
  request.rest();
  await request.comes('"resultCode":"103811"');
  expect(await command.finished()).toMatchObject({ status: 0, signal: null });
});

test('a connection that was never used is closed at once, before the request in flight is through', async () => {
  const command = await serve(['--port', '0']);
  const unused = openWire(command.url, '');
  const request = await halfSent(command.url);
  command.signal('SIGTERM');
  await expect.poll(unused.isClosed, { timeout: 20_000 }).toBe(true);
  request.rest();
  await request.comes('"resultCode":"103811"');
  expect(await command.finished()).toMatchObject({ status: 0, signal: null });
});

test('a connection whose last answer came after the signal is closed, before another request is through', async () => {
  const command = await serve(['--port', '0']);
  const [first, second] = [await halfSent(command.url), await halfSent(command.url)];
  command.signal('SIGTERM');
  await refusesConnections(command.url);
  first.rest();
  await first.comes('"resultCode":"103811"');
  await expect.poll(first.isClosed, { timeout: 20_000 }).toBe(true);
  second.rest();
  await second.comes('"resultCode":"103811"');
  expect(await command.finished()).toMatchObject({ status: 0, signal: null });
});

test('without connections it exits 0', async () => {
  const command = await serve(['--port', '0']);
  command.signal('SIGTERM');
  expect(await command.finished()).toMatchObject({ status: 0, signal: null, stderr: '' });
});

test.each([
  ['SIGTERM', 'SIGTERM'],
  ['SIGINT', 'SIGTERM'],
  ['SIGTERM', 'SIGHUP'],
  ['SIGHUP', 'SIGINT'],
] as const)('after %s, %s ends it at once', async (first, second) => {
  const command = await serve(['--port', '0']);
  const request = await halfSent(command.url);
  command.signal(first);
  await refusesConnections(command.url);
  command.signal(second);
  expect(await command.finished()).toMatchObject({ status: 1, signal: null });
  expect(request.received()).not.toContain('resultCode');
});

/** What stands between npm and the command: a process that starts it, says its pid, and passes no signal on. */
const SHELL = `
  const { spawn } = require('node:child_process');
  const { pid } = spawn(process.execPath, ['dist/main.js', '--port', '0'], { stdio: 'inherit' });
  console.log('pid ' + pid);
  setInterval(() => undefined, 1000);
`;

/** The command as npm starts it: through a shell. */
async function serveUnderShell() {
  const shell = spawn(process.execPath, ['-e', SHELL], {
    env: { ...process.env, npm_command: 'start' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const url = await eventually('the banner', () => /control API\s+(\S+)\/_mock\n/.exec(said)?.[1]);
  const pid = Number(/pid (\d+)/.exec(said)?.[1]);
  onTestFinished(() => killIfThere(pid));
  return { url, pid, killShell: () => shell.kill('SIGKILL') };
}

test('under npm it ends when the shell that started it is gone', async () => {
  const { url, killShell } = await serveUnderShell();
  killShell();
  await refusesConnections(url);
});

// Ctrl-C reaches the shell and the command: two reasons to end, and one end.
test('under npm a signal to both lets a request in flight finish', async () => {
  const { url, pid, killShell } = await serveUnderShell();
  const request = await halfSent(url);
  process.kill(pid, 'SIGINT');
  killShell();
  await refusesConnections(url);
  await sleep(SHELL_NOTICED_MS);
  request.rest();
  expect(await request.comes('"resultCode":"103811"')).toContain('HTTP/1.1 200 OK');
});

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended, as it was to.
  }
}
