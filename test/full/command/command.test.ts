/** The command as a process: its banner, log, flags and variables (test/http/command tests each flag), and how signals stop it. */

import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import demoApps from '../../../fixtures/apps.json' with { type: 'json' };
import manifest from '../../../package.json' with { type: 'json' };
import { runCommand, serve, startCommand } from '../../support/command.js';
import { freePort } from '../../support/free-port.js';
import { LOGIN_PATH, login, mintToken, send, VERIFY_PATH } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { loginRequest } from '../../support/requests.js';
import { openWire, refusesConnections } from '../../support/sockets.js';

const [DEMO = { appId: '', appKey: '', appSecret: '' }] = demoApps;
const DEMO_ID = DEMO.appId;

test('the banner has the addresses and the demo app', async () => {
  const command = await serve(['--port', '0']);
  const { url, banner } = command;
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
  for (const text of [
    manifest.version,
    `POST ${url}${LOGIN_PATH}`,
    `POST ${url}${VERIFY_PATH}`,
    `${url}/_mock`,
    `appId ${DEMO.appId}`,
    `appKey ${DEMO.appKey}`,
    `appSecret ${DEMO.appSecret}`,
  ]) {
    expect(banner).toContain(text);
  }
  expect(banner).not.toContain('beyond loopback');
  expect(command.stderr()).toBe('');
});

test('the log has one line with the reason of a refusal', async () => {
  const command = await serve(['--port', '0']);
  const token = await mintToken(command.url, DEMO_ID);
  await login(command.url, loginRequest({ ...DEMO, appSecret: DEMO.appKey }, token));
  const line = await eventually(
    'the line',
    () => / info {2}loginTokenValidate 103101 .*$/m.exec(command.stderr())?.[0],
  );
  expect(line).toContain(
    'the signature is wrong (signValid); sign.secret-swapped: The signature was made with appKey',
  );
  const [, page = ''] = /\[(\S+)\]$/.exec(line) ?? [];
  expect(page).toMatch(new RegExp(`^${command.url}/#/requests/\\w{6}-[0-9a-f]{16}$`));
});

test.each(['silent', 'error'])('--log %s prints nothing', async (level) => {
  const port = String(await freePort());
  const command = startCommand(['--port', port, '--log', level]);
  const url = `http://127.0.0.1:${port}`;
  await eventually('its health', () => fetch(`${url}/_mock/health`).catch(() => undefined));
  await login(url, '{');
  command.signal('SIGTERM');
  expect(await command.finished()).toEqual({ status: 0, signal: null, stdout: '', stderr: '' });
});

test('--log debug writes one line per request', async () => {
  const command = await serve(['--port', '0', '--log', 'debug']);
  await login(command.url, loginRequest(DEMO, await mintToken(command.url, DEMO_ID)));
  await login(command.url, '{');
  command.signal('SIGTERM');
  const { stderr, stdout } = await command.finished();
  expect(stdout).toBe(command.banner);
  // The line at level info may be written before the end or not.
  const lines = stderr.split('\n').filter((line) => / debug /.test(line));
  expect(lines.filter((line) => line.includes('103000'))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('103412'))).toHaveLength(1);
});

test('--version prints the version of the build', async () => {
  const finished = await runCommand(['--version']);
  expect(finished).toEqual({
    status: 0,
    signal: null,
    stdout: expect.stringMatching(new RegExp(`^${manifest.version}(?:-dev\\S*)?\n$`)),
    stderr: '',
  });
});

test.each([
  { description: 'a file', args: ['--config', '\u001b[2J\u202e\nerror forged'] },
  { description: 'a flag', args: ['--\u001b[2J\u202e\nerror forged'] },
])(
  'an error with the name of $description is one line without control characters',
  async ({ args }) => {
    const { status, stderr } = await runCommand(args);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(
        /^cmpassport-mock: [^\p{Cc}\p{Cf}]*\\u001b\[2J\\u202e\\nerror forged[^\p{Cc}\p{Cf}]*\n$/u,
      ),
    });
  },
);

test('a flag overrides its variable, even an invalid one', async () => {
  const env = {
    CMPASSPORT_PORT: 'wrong',
    CMPASSPORT_LOG: 'loud',
    CMPASSPORT_CONTROL_TOKEN: 'variable',
  };
  const { url } = await serve(['--port', '0', '--log', 'info', '--control-token=flag'], env);
  const status = async (token: string) =>
    (await send(url, 'GET', '/_mock/apps', undefined, { authorization: `Bearer ${token}` })).status;
  expect([await status('flag'), await status('variable')]).toEqual([200, 401]);
});

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
  const url = await eventually(
    'the banner',
    () => /control API\s+(\S+)\/_mock\n/.exec(output)?.[1],
  );
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
