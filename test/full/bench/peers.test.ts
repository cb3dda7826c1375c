/** The comparison with other tools: its rows are complete, it names missing packages, and it leaves no process running. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../support/files.js';
import { eventually } from '../../support/poll.js';
import { isInstalled } from '../../support/programs.js';

interface Row {
  readonly name: string;
  readonly package: string;
  readonly programs: readonly string[];
  readonly does: string;
}

interface Server extends Row {
  files(): readonly { readonly path: string; readonly json: unknown }[];
  command(where: { readonly port: string }): readonly string[];
}

interface Operation {
  readonly path: string;
  readonly canned: string;
  readonly success: string;
}

interface Result {
  readonly measured: readonly number[];
  readonly failure: string | undefined;
}

const PEERS = resolve('bench/peers');
const HAS_TASKSET = isInstalled('taskset');
const OURS = 'cmpassport-mock';

const { SERVERS } = (await load('servers.mjs')) as { readonly SERVERS: readonly Server[] };
const { OPERATIONS } = (await load('operations.mjs')) as { readonly OPERATIONS: readonly Operation[] };
const { IN_PROCESS } = (await load('in-process.mjs')) as { readonly IN_PROCESS: readonly Row[] };
const { measureRounds } = (await load('lib/rounds.mjs')) as {
  measureRounds(
    what: { readonly rows: readonly Row[]; readonly rounds: number; note(): void },
    measure: (row: Row) => Promise<number>,
  ): Promise<readonly Result[]>;
};
const manifest: { readonly dependencies: Readonly<Record<string, string>> } = JSON.parse(read('package.json'));

// Plain JavaScript without types.
function load(file: string): Promise<unknown> {
  return import(pathToFileURL(join(PEERS, file)).href);
}

function read(file: string): string {
  return readFileSync(join(PEERS, file), 'utf8');
}

/** A copy of the benchmark without installed packages, with only the files of the repository that it reads. */
function bareCopy(): string {
  const folder = temporaryFolder();
  for (const part of ['bench', 'fixtures/keys', 'fixtures/apps.json', 'contracts/openapi'])
    cpSync(part, join(folder, part), { recursive: true, filter: (source) => !source.includes('node_modules') });
  return join(folder, 'bench/peers');
}

async function run(peers: string, args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const finished = promisify(execFile)(process.execPath, [join(peers, 'run.mjs'), ...args]);
  const { code = 0, stdout, stderr } = await finished.catch((error) => error);
  return { code, stdout, stderr };
}

/** Arguments for node that run `lib/peer-process.mjs` with one server, started by `command`. */
function runnerOf(command: readonly string[]): readonly string[] {
  const program = `
    const { withServer } = await import(${JSON.stringify(pathToFileURL(join(PEERS, 'lib/peer-process.mjs')).href)});
    const server = { files: () => [], command: () => ${JSON.stringify(command)} };
    const use = ({ pid }) => new Promise((resolve) => { console.log(pid); setTimeout(resolve, 600_000); });
    await withServer({ server, isReady: async () => ${command.includes('--ready')} }, use)
      .catch((error) => console.log(error.message));`;
  return ['--input-type=module', '--eval', program];
}

function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}

describe.each([
  { table: 'servers', rows: SERVERS as readonly Row[] },
  { table: 'in process', rows: IN_PROCESS },
])('the rows: $table', ({ rows }) => {
  test('have unique names', () => {
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  });

  test('begin with the mock twice, the second time as the control', () => {
    const ours = rows.filter((row) => row.package === OURS).length;
    expect(ours).toBeGreaterThanOrEqual(2);
    expect(rows.map((row) => row.package === OURS)).toEqual(rows.map((_, at) => at < ours));
  });

  test.each(rows.filter((row) => row.package !== OURS))('$name states that it keeps no state', ({ does }) => {
    expect(does).toMatch(/; no signature, no state$/);
  });

  test.each(rows.filter((row) => ![OURS, 'msw'].includes(row.package)))('$name is pinned exactly', (row) => {
    expect(manifest.dependencies[row.package]).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

test('every installed package has a row', () => {
  const used = [...SERVERS, ...IN_PROCESS].map((row) => row.package);
  expect(Object.keys(manifest.dependencies).filter((name) => !used.includes(name))).toEqual([]);
});

test('the lock names no registry', () => {
  expect(read('package-lock.json')).not.toContain('"resolved"');
});

test.each(SERVERS)('$name is started on the given port', ({ command }) => {
  const words = command({ port: '40123' });
  expect(words).toContain('40123');
  expect(words.every((word) => typeof word === 'string')).toBe(true);
});

test.each(SERVERS.filter(({ files }) => files().length > 0))(
  '$name is configured with both paths and responses',
  ({ files }) => {
    const configured = JSON.stringify(files().map(({ json }) => json));
    for (const { path, canned } of OPERATIONS) {
      expect(configured).toContain(path.slice(1));
      expect(configured).toContain(JSON.stringify(canned));
    }
  },
);

test.each(OPERATIONS)('the fixed response at $path is a success', ({ canned, success }) => {
  expect(canned).toContain(success);
});

test('each missing package is named with the command that installs it', async () => {
  const { code, stdout, stderr } = await run(bareCopy(), []);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  for (const name of Object.keys(manifest.dependencies))
    expect(stderr).toContain(`${name} is not installed: npm ci --prefix bench/peers\n`);
  expect(stderr).toContain('cmpassport-mock is not installed: npm run build\n');
  expect(stderr).toContain('msw is not installed: npm ci\n');
});

test('packages of unselected peers are not reported as missing', async () => {
  const { stderr } = await run(bareCopy(), ['--peer', 'nock']);
  const named = Object.keys(manifest.dependencies).filter((name) => stderr.includes(`${name} is not installed`));
  expect(named).toEqual(['nock']);
});

test.each([
  {
    description: 'an unknown peer',
    args: ['--peer', 'Wiremock'],
    stderrPattern: /^unknown: Wiremock\n[\s\S]*WireMock/,
  },
  { description: 'an unknown part', args: ['--part', 'memory'], stderrPattern: /^unknown: memory\nparts: start-up, / },
  { description: 'zero rounds', args: ['--rounds', '0'], stderrPattern: /^--rounds 0 is no number of rounds\n/ },
])('$description is refused', async ({ args, stderrPattern }) => {
  const { code, stdout, stderr } = await run(PEERS, args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(stderrPattern);
});

describe('rounds', () => {
  const rows = ['ours', 'well', 'broken'].map((name) => ({ name, package: name, programs: [], does: '' }));
  const measured = (broken: string) =>
    measureRounds({ rows, rounds: 2, note: () => {} }, async ({ name }) => {
      if (name === broken) throw new Error('will not start');
      return 1;
    });

  test('a failed peer has its reason, and the others are still measured', async () => {
    expect(await measured('broken')).toMatchObject([
      { measured: [1, 1], failure: undefined },
      { measured: [1, 1], failure: undefined },
      { measured: [], failure: 'will not start' },
    ]);
  });

  test('a failure of the mock ends the comparison', async () => {
    await expect(measured('ours')).rejects.toThrow('nothing to compare with: ours will not start');
  });
});

describe.skipIf(!HAS_TASKSET)('a server', () => {
  test('that ends by itself is an error with its last output', async () => {
    const command = [process.execPath, '--eval', 'console.error("no such port"); process.exit(3)'];
    const { stdout } = await promisify(execFile)(process.execPath, runnerOf(command));
    expect(stdout).toBe('ended by itself, status 3: no such port\n');
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('is stopped when %s stops the run', async (signal) => {
    const command = [process.execPath, '--eval', 'setInterval(() => {}, 1000)', '--', '--ready'];
    const child = spawn(process.execPath, runnerOf(command), { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    const pid = Number(await eventually('its pid', () => /^\d+\n/.exec(printed)?.[0]));
    expect(isRunning(pid)).toBe(true);
    child.kill(signal);
    const [status] = await once(child, 'exit');
    expect(status).toBe(signal === 'SIGINT' ? 130 : 143);
    await eventually('its end', () => (isRunning(pid) ? undefined : true));
  });
});
