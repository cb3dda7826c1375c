/** The comparison with other tools: its rows are complete. No benchmark leaves a process running, and a failed server has its reason. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../support/poll.js';
import { isInstalled } from '../../support/programs.js';

interface Server {
  readonly name: string;
  readonly does: string;
  readonly files: readonly { readonly path: string; readonly json: unknown }[];
}

const PEERS = resolve('bench/peers');
const OURS = 'cmpassport-mock';

// Plain JavaScript without types.
const load = (file: string) => import(pathToFileURL(join(PEERS, file)).href);
const { SERVERS } = (await load('tools.mjs')) as { readonly SERVERS: readonly Server[] };
const { OPERATIONS } = (await load('operations.mjs')) as {
  readonly OPERATIONS: readonly {
    readonly path: string;
    readonly canned: string;
    readonly success: string;
  }[];
};

test('the rows begin with the mock twice, the second time as the control', () => {
  expect(SERVERS.slice(0, 2).every(({ name }) => name.startsWith(OURS))).toBe(true);
  expect(SERVERS[1]?.name).toMatch(/ again$/);
});

test.each(SERVERS.filter(({ name }) => !name.startsWith(OURS)))(
  '$name states that it keeps no state',
  ({ does }) => {
    expect(does).toMatch(/; no signature, no state$/);
  },
);

test.each(SERVERS.filter(({ files }) => files.length > 0))(
  '$name is configured with both paths and responses',
  ({ files }) => {
    const configured = JSON.stringify(files.map(({ json }) => json));
    for (const { path, canned } of OPERATIONS) {
      expect(configured).toContain(path.slice(1));
      expect(configured).toContain(JSON.stringify(canned));
    }
  },
);

test.each(OPERATIONS)('the fixed response at $path is a success', ({ canned, success }) => {
  expect(canned).toContain(success);
});

test('the lock names no registry', () => {
  expect(readFileSync(join(PEERS, 'package-lock.json'), 'utf8')).not.toContain('"resolved"');
});

/** Arguments for node that run one server, started by `command`. */
function runnerOf(command: readonly string[], isReady: boolean): readonly string[] {
  const program = `
    const { withServer } = await import(${JSON.stringify(pathToFileURL(resolve('bench/lib/processes.mjs')).href)});
    const server = { command: () => ${JSON.stringify(command)} };
    const use = ({ pid }) => new Promise((resolve) => { console.log(pid); setTimeout(resolve, 600_000); });
    await withServer(server, async () => ${isReady}, use).catch((error) => console.log(error.message));`;
  return ['--input-type=module', '--eval', program];
}

describe.skipIf(!isInstalled('taskset'))('a server', () => {
  test('that ends by itself is an error with its last output', async () => {
    const command = [process.execPath, '--eval', 'console.error("no such port"); process.exit(3)'];
    const { stdout } = await promisify(execFile)(process.execPath, runnerOf(command, false));
    expect(stdout).toBe('ended by itself, status 3: no such port\n');
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('is stopped when %s stops the run', async (signal) => {
    const command = [process.execPath, '--eval', 'setInterval(() => {}, 1000)'];
    const child = spawn(process.execPath, runnerOf(command, true), {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    const pid = Number(await eventually('its pid', () => /^\d+\n/.exec(printed)?.[0]));
    child.kill(signal);
    const [status] = await once(child, 'exit');
    expect(status).toBe(signal === 'SIGINT' ? 130 : 143);
    await eventually('its end', () => (existsSync(`/proc/${pid}`) ? undefined : true));
  });
});
