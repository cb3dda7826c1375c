/**
 * Runs the fenced blocks of each page in order, in one shell, against a mock of its own. A comment before a block can say:
 *   not run: REASON   no test runs the block
 *   run by PATH       another test or script runs it
 *   needs PROGRAM     it is skipped if this optional program is not installed
 *   fails             its commands must fail
 *   adds ARGUMENTS    they are added to its last command
 *   file NAME         it is the content of a file
 *   output            its lines are in the output of the commands before it
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { transform } from 'esbuild';
import { expect, test } from 'vitest';
import { serve } from '../support/command.js';
import { type Block, blocksOf, pagesOfUsers } from '../support/pages.js';
import { isInstalled } from '../support/programs.js';

const HAS_SHELL = isInstalled('bash') && isInstalled('curl') && isInstalled('openssl', 'version');
const PAGES = pagesOfUsers().map((name) => `${name}.md`);
const PAGES_AT_A_TIME = 4;
/** Includes the wait for a turn. */
const TIMEOUT_MS = 600_000;
const MAIN = resolve('dist/main.js');
/** Blocks in these languages are output or configuration. */
const SHOWN = ['', 'diff', 'html', 'json', 'text', 'xml', 'yaml'];
/** The packages that the TypeScript of the pages imports. */
const PACKAGES = ['@faker-js', 'ajv', 'express', 'msw'];
/** A line that starts a server. */
const START =
  /^(?:npm start|(?:node dist\/main\.js|npx --no -- cmpassport-mock)(?= -|$))((?: --[a-z-]+ [^\s-]\S*)*)(?: &)?$/;
/** Other tests run all cases of the contract kit. */
const PRELUDE = `exec 2>&1
set -euo pipefail
node() { case "\${2:-}" in exec) env -u CMPASSPORT_BASE node "$@" ;; *) command node "$@" ;; esac; }
curl() { command curl --fail-with-body "$@" && echo; }
npx() {
  shift 3
  case "$*" in
    'contract provider'*) node '${MAIN}' "$1" "$2" --only loginTokenValidate/103000/md5 "\${@:3}" ;;
    'contract consumer'*) node '${MAIN}' "$1" "$2" --only 103000 "\${@:3}" ;;
    *) node '${MAIN}' "$@" ;;
  esac
}
`;

/** The credentials of the demo app, for the profile. */
const CREDENTIALS = {
  CARRIER_APP_ID: '300000000001',
  CARRIER_APP_KEY: '5A1E0C9B7D3F4826B1907E6C42D8AF35',
  CARRIER_APP_SECRET: 'C7B2094E1F6D4A58803A95E7D2146BFC',
};
/** The profiles that readers of docs/how-to/calibrate write. */
const PROFILES = ['real.json', 'gateway.json'];

type AtEnd = (stop: () => unknown) => void;

interface Page {
  readonly folder: string;
  /** Returns the output. Fails if a command fails. */
  readonly run: (code: string) => Promise<string>;
  /** The port of the running mock, by the number on the page. */
  readonly ports: Map<string, string>;
  /** The output of the block before. */
  output: string | undefined;
  stopServer: () => Promise<void>;
}

let turns: readonly Promise<void>[] = [];

test.skipIf(!HAS_SHELL).concurrent.for(PAGES)(
  'the blocks of %s work',
  { timeout: TIMEOUT_MS },
  (name, { onTestFinished }) => {
    const turn = (turns.at(-PAGES_AT_A_TIME) ?? Promise.resolve())
      .catch(() => {})
      .then(() => runPage(name, (stop) => onTestFinished(async () => void (await stop()))));
    turns = [...turns, turn];
    return turn;
  },
);

async function runPage(name: string, atEnd: AtEnd): Promise<void> {
  const blocks = blocksOf(name).filter(({ mark }) => !isElsewhere(mark));
  if (blocks.every(({ language }) => SHOWN.includes(language))) return;
  const page = await openPage(atEnd);
  for (const block of blocks) {
    await runBlock(page, block).catch((cause) => {
      throw new Error(`${block.at}: ${cause.message}`, { cause });
    });
  }
}

/** Whether the block is not run here. */
function isElsewhere(mark: string): boolean {
  const [, path] = /^run by (\S+)$/.exec(mark) ?? [];
  if (path !== undefined) expect(existsSync(path), path).toBe(true);
  const [, program] = /^needs (\S+)$/.exec(mark) ?? [];
  return (
    mark.startsWith('not run: ') ||
    path !== undefined ||
    (program !== undefined && spawnSync(program, ['--version']).status !== 0)
  );
}

async function openPage(atEnd: AtEnd): Promise<Page> {
  const folder = mkdtempSync(join(tmpdir(), 'cmpassport-mock-'));
  symlinkSync(resolve('examples'), join(folder, 'examples'));
  symlinkSync(resolve('dist'), join(folder, 'dist'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(resolve('.'), join(folder, 'node_modules/cmpassport-mock'));
  const client = join(folder, 'node_modules/cmpassport-client');
  mkdirSync(client);
  symlinkSync(resolve('dist/cmpassport-client'), join(client, 'dist'));
  writeFileSync(join(client, 'package.json'), JSON.stringify({ exports: './dist/index.mjs' }));
  for (const name of PACKAGES)
    symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name));
  const page: Page = {
    folder,
    run: startShell(folder, atEnd),
    ports: new Map(),
    output: undefined,
    stopServer: () => Promise.resolve(),
  };
  atEnd(async () => {
    await page.stopServer();
    rmSync(folder, { recursive: true, force: true });
  });
  await startServer(page, '');
  return page;
}

/** The mock as a carrier. */
function profileOf(url: string): object {
  return {
    ...JSON.parse(readFileSync('examples/ci/profile.json', 'utf8')),
    baseUrls: { loginTokenValidate: url, tokenValidate: url },
    tokens: { from: 'mock', url },
    pacing: { gapMs: 0 },
  };
}

/** One bash for all blocks of a page, because they share variables. */
function startShell(cwd: string, atEnd: AtEnd): Page['run'] {
  const env = {
    ...CREDENTIALS,
    PATH: process.env['PATH'],
    HOME: cwd,
    // Go compiles its library once for each cache.
    GOCACHE: join(homedir(), '.cache/go-build'),
    LANG: 'C.UTF-8',
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const bash = spawn('bash', { cwd, env });
  const closed = once(bash, 'close');
  atEnd(() => bash.kill('SIGKILL'));
  let output = '';
  bash.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  bash.stdin.write(PRELUDE);
  return async (code) => {
    output = '';
    writeFileSync(join(cwd, 'block.sh'), code);
    bash.stdin.write("source ./block.sh </dev/null\nprintf '\\0'\n");
    while (!output.endsWith('\0')) {
      const ended = await Promise.race([
        once(bash.stdout, 'data').then(() => false),
        closed.then(() => true),
      ]);
      if (ended) throw new Error(`the commands failed:\n${code}\n${output}`);
    }
    return output.slice(0, -1);
  };
}

/** Starts a server on free ports instead of those of the page. It replaces the one before. */
async function startServer(page: Page, flags: string): Promise<void> {
  await page.stopServer();
  const numberOf = (flag: string) => new RegExp(` --${flag} (\\d+)`).exec(flags)?.[1];
  const args = flags
    .replace(/(port) \d+/g, '$1 0')
    .split(' ')
    .filter(Boolean);
  const inFolder = [
    'sh',
    '-c',
    'cd "$0" && exec "$@"',
    page.folder,
    process.execPath,
    MAIN,
  ] as const;
  const { url, banner } = await serve(
    ['--port', '0', ...args],
    { HOME: page.folder, LANG: 'C.UTF-8' },
    (stop) => {
      page.stopServer = stop;
    },
    inFolder,
  );
  page.ports.clear();
  const add = (number: string | undefined, address = '') =>
    number && page.ports.set(number, new URL(address).port);
  add(numberOf('port') ?? '10086', url);
  add(numberOf('https-port'), /https:\S+/.exec(banner)?.[0]);
  add(numberOf('proxy-port'), /HTTPS_PROXY=(\S+)/.exec(banner)?.[1]);
  await page.run(`export CMPASSPORT_BASE=${url}`);
  for (const name of PROFILES)
    writeFileSync(join(page.folder, name), JSON.stringify(profileOf(url)));
}

async function runBlock(page: Page, { language, code, mark }: Block): Promise<void> {
  const [kind, ...words] = mark.split(' ');
  if (kind === 'file')
    return writeFileSync(join(page.folder, words.join(' ')), withPorts(page, code));
  if (SHOWN.includes(language)) {
    if (kind === 'output') expectLines(page, code);
    else if (language === 'json' && page.output !== undefined)
      expectJson(page.output, JSON.parse(code));
    page.output = undefined;
  } else if (language === 'bash') {
    page.output = await runCommands(
      page,
      kind === 'adds' ? `${code.trimEnd()} ${words.join(' ')}` : code,
      kind,
    );
  } else if (language === 'ts') {
    const program = await transform(withPorts(page, code), {
      loader: 'ts',
      format: 'esm',
      target: 'node20',
    });
    writeFileSync(join(page.folder, 'block.mjs'), program.code);
    page.output = await page.run('node block.mjs');
  } else {
    throw new Error(`a block in ${language} needs a comment that says why it is not run`);
  }
}

async function runCommands(page: Page, code: string, kind: string | undefined): Promise<string> {
  const lines = code.trimEnd().split('\n');
  const isStart = (line: string) => START.test(line);
  for (const line of lines.filter(isStart)) await startServer(page, START.exec(line)?.[1] ?? '');
  const commands = withPorts(page, lines.filter((line) => !isStart(line)).join('\n'));
  return page.run(
    kind === 'fails' ? `set +e\n(set -e\n${commands}\n)\n[ $? != 0 ] || exit\nset -e` : commands,
  );
}

function withPorts({ ports }: Page, code: string): string {
  return code.replace(
    /(127\.0\.0\.1:|[pP]roxyPort=)(\d+)/g,
    (_, before, number) => before + (ports.get(number) ?? number),
  );
}

/** `…` stands for the rest of a line. */
function expectLines({ output = '' }: Page, shown: string): void {
  for (const line of shown.split('\n')) expect(output).toContain(line.replace(/….*/, '').trim());
}

/** One line of the output has the members on the page. */
function expectJson(output: string, shown: unknown): void {
  const lines = output.split('\n').filter((line) => line.startsWith('{'));
  expect(
    lines.some((line) => isLike(JSON.parse(line), shown)),
    `${JSON.stringify(shown)} in:\n${output}`,
  ).toBe(true);
}

/** Texts with digits and numbers differ from call to call. */
function isLike(value: unknown, shown: unknown): boolean {
  if (typeof shown === 'string')
    return typeof value === 'string' && (/[\d…]/.test(shown) || value === shown);
  if (typeof shown === 'number') return typeof value === 'number';
  if (typeof shown !== 'object' || shown === null) return value === shown;
  const members = Object.entries(shown);
  return members.every(([name, member]) =>
    isLike((value as Record<string, unknown> | null)?.[name], member),
  );
}
