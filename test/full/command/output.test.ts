/** Output that cannot be written: a server continues, and a command ends with at most one sentence. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFile } from '../../support/files.js';
import { freePort } from '../../support/free-port.js';
import { LOGIN_PATH, send } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { readMetrics, sumsBy } from '../../support/prometheus.js';

const FULL = '/dev/full';
const HAS_FULL = existsSync(FULL);
const REFUSAL = { status: 200, text: expect.stringContaining('103412') };

type OutputTarget = 'pipe' | 'closed' | 'full' | 'ignore';

/** Starts the built command with the given output targets. `closed` is a pipe without a reader, `full` a full disk. */
function start(
  args: readonly string[],
  { stdout, stderr }: { readonly stdout: OutputTarget; readonly stderr: OutputTarget },
) {
  const full = HAS_FULL ? openSync(FULL, 'w') : undefined;
  const to = (place: OutputTarget) =>
    place === 'full' ? full : place === 'closed' ? 'pipe' : place;
  const child = spawn(process.execPath, [resolve('dist/main.js'), ...args], {
    stdio: ['ignore', to(stdout), to(stderr)],
  });
  if (full !== undefined) closeSync(full);
  onTestFinished(() => void child.kill('SIGKILL'));
  if (stdout === 'closed') child.stdout?.destroy();
  if (stderr === 'closed') child.stderr?.destroy();
  return child;
}

async function serveTo(
  targets: { readonly stdout: OutputTarget; readonly stderr: OutputTarget },
  args: readonly string[] = [],
) {
  const port = String(await freePort());
  const child = start(['--port', port, ...args], targets);
  const url = `http://127.0.0.1:${port}`;
  await eventually('its health', () => fetch(`${url}/_mock/health`).catch(() => undefined));
  return { child, url, refuse: (body = '{') => send(url, 'POST', LOGIN_PATH, body) };
}

async function linesLost(url: string): Promise<number> {
  const scraped = readMetrics((await send(url, 'GET', '/_mock/metrics')).text);
  return sumsBy(scraped, 'cmpassport_mock_log_lines_lost_total', () => 'all')['all'] ?? 0;
}

async function statusAfter(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const closed = once(child, 'close');
  child.kill(signal);
  const [status] = await closed;
  return status;
}

describe.each(['text', 'json'])('a server with its log as %s', (format) => {
  const debug = ['--log', 'debug', '--log-format', format];

  test.each([
    { description: 'without a reader', place: 'closed' as const, skip: false },
    { description: 'on a full disk', place: 'full' as const, skip: !HAS_FULL },
  ])('responds $description, and ends normally', async ({ place, skip }) => {
    if (skip) return;
    const { child, refuse } = await serveTo({ stdout: place, stderr: place }, debug);
    for (let at = 0; at < 3; at += 1) expect(await refuse()).toMatchObject(REFUSAL);
    expect(await statusAfter(child, 'SIGTERM')).toBe(0);
  });

  test('responds while the reader is blocked, counts the lost lines, and goes on when it continues', async () => {
    const { child, url, refuse } = await serveTo({ stdout: 'ignore', stderr: 'pipe' }, [
      ...debug,
      '--log-secrets',
    ]);
    // Each line is longer than an atomic write to a pipe, and together they exceed its capacity.
    const long = `{${'x'.repeat(10_000)}`;
    await eventually('lost lines', async () => {
      for (let at = 0; at < 10; at += 1) expect(await refuse(long)).toMatchObject(REFUSAL);
      return (await linesLost(url)) > 0 ? true : undefined;
    });
    let text = '';
    child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
    const ids: string[] = [];
    await eventually('a line of a new request', async () => {
      ids.push((await refuse()).headers.get('x-mock-request-id') ?? '');
      return ids.some((id) => text.includes(id)) ? true : undefined;
    });
    const lineStart = format === 'json' ? /^\{"level":/ : /^\S+ (?:debug|info |error) /;
    const lines = text.slice(0, text.lastIndexOf('\n')).split('\n');
    expect(lines.filter((line) => !lineStart.test(line))).toEqual([]);
  });
});

const APP = () => temporaryFile('app.json', {});
const REQUEST = () => temporaryFile('request', { appid: '1', token: 'x' });

const COMMANDS = [
  { command: '--help', args: () => ['--help'], status: 0 },
  { command: 'contract --help', args: () => ['contract', '--help'], status: 0 },
  { command: 'explain', args: () => ['explain', '--app', APP(), REQUEST()], status: 1 },
  { command: 'a mistake', args: () => ['--frobnicate'], status: 2 },
];

describe.each(COMMANDS)('$command', ({ args, status }) => {
  test('ends with its usual status without a reader, and prints no error about it', async () => {
    const quiet = start(args(), { stdout: 'closed', stderr: 'pipe' });
    let stderr = '';
    quiet.stderr?.on('data', (piece) => {
      stderr += piece;
    });
    expect(await once(quiet, 'close')).toEqual([status, null]);
    expect(stderr).not.toMatch(/EPIPE|\n +at /);
    expect(await once(start(args(), { stdout: 'ignore', stderr: 'closed' }), 'close')).toEqual([
      status,
      null,
    ]);
  });
});

describe.skipIf(!HAS_FULL).each(COMMANDS.filter(({ status }) => status < 2))(
  '$command on a full disk',
  ({ args }) => {
    test('prints one sentence and ends with status 1', async () => {
      const child = start(args(), { stdout: 'full', stderr: 'pipe' });
      let stderr = '';
      child.stderr?.on('data', (piece) => {
        stderr += piece;
      });
      expect(await once(child, 'close')).toEqual([1, null]);
      expect(stderr.match(/^cmpassport-mock: .*$/gm)).toEqual([
        expect.stringMatching(
          /^cmpassport-mock: cannot write to standard output \(ENOSPC: .*\): redirect it to another place$/,
        ),
      ]);
      expect(stderr).not.toMatch(/\n +at /);
    });
  },
);
