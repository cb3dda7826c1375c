/** Modules and files that are loaded on first use. While they cannot be loaded, the response is 503; afterwards it is normal. */
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Program, serve } from '../../support/command.js';
import { temporaryFolder } from '../../support/files.js';
import { LOGIN_PATH, send } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { isInstalled } from '../../support/programs.js';
import { openWire } from '../../support/sockets.js';

interface Copy {
  readonly dist: string;
  readonly program: Program;
}

function copyOfPackage(): Copy {
  const folder = temporaryFolder();
  const dist = join(folder, 'dist');
  cpSync('dist', dist, { recursive: true });
  cpSync('package.json', join(folder, 'package.json'));
  return { dist, program: [process.execPath, join(dist, 'main.js')] };
}

function serveCopy({ program }: Copy) {
  return serve(['--port', '0'], {}, undefined, program);
}

/** The bundle's file of a module. */
function lateFile({ dist }: Copy, name: string): string {
  const found = readdirSync(dist).find((file) => file.startsWith(`${name}-`));
  return join(dist, found ?? name);
}

/** The files that a file requires, directly and indirectly. */
function requiredBy(file: string, found = new Set<string>()): ReadonlySet<string> {
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/=require\("\.\/([\w-]+\.cjs)"\)/g)) {
    const required = join(dirname(file), name);
    if (!found.has(required)) requiredBy(required, found.add(required));
  }
  return found;
}

/** A file that the module requires and that is not loaded yet. */
function requiredFile(copy: Copy, name: string): string {
  const loaded = requiredBy(join(copy.dist, 'main.cjs'));
  const [required] = [...requiredBy(lateFile(copy, name))].filter((file) => !loaded.has(file));
  return required ?? name;
}

function hide(file: string): () => void {
  renameSync(file, `${file}.hidden`);
  return () => renameSync(`${file}.hidden`, file);
}

const PATHS = [
  { name: 'control-api', path: '/_mock/apps' },
  { name: 'exposition', path: '/_mock/metrics' },
  { name: 'document', path: '/_mock/openapi.json' },
];

const WAYS = [
  { lost: 'its own file', fileOf: lateFile, needed: PATHS },
  // The other modules require only files that the control API has already loaded.
  { lost: 'a file that it requires', fileOf: requiredFile, needed: PATHS.filter(({ name }) => name === 'control-api') },
  { lost: 'the whole package', fileOf: ({ dist }: Copy) => dist, needed: PATHS },
];

describe.each(WAYS)('without $lost', ({ fileOf, needed }) => {
  test.each(needed)('$name: a problem and a line in the log, until the file is restored', async ({ name, path }) => {
    const copy = copyOfPackage();
    const { url, stderr } = await serveCopy(copy);
    if (name !== 'control-api') expect((await send(url, 'GET', '/_mock/health')).status).toBe(200);
    const restore = hide(fileOf(copy, name));
    for (let times = 1; times <= 2; times += 1) {
      const { status, headers, json } = await send(url, 'GET', path);
      expect({ status, json }).toEqual({
        status: 503,
        json: { type: 'about:blank', title: 'Unavailable', status: 503, detail: expect.stringContaining('try again') },
      });
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
      const lines = () => stderr().match(/ error the .* cannot be loaded: .*$/gm) ?? [];
      await eventually('its line', () => (lines().length === times ? true : undefined));
    }
    expect((await send(url, 'POST', LOGIN_PATH, {})).status).toBe(200);
    restore();
    expect((await send(url, 'GET', path)).status).toBe(200);
  });

  test('the log reports that a refusal cannot be explained, until it can', async () => {
    const copy = copyOfPackage();
    const { url, stderr } = await serveCopy(copy);
    const restore = hide(fileOf(copy, 'explained-records'));
    await send(url, 'POST', LOGIN_PATH, {});
    await eventually('the error', () =>
      / error request \S+ cannot be explained: the explanations cannot be loaded: /m.exec(stderr()) ? true : undefined,
    );
    restore();
    await send(url, 'POST', LOGIN_PATH, {});
    await eventually('the line', () => (/ info {2}loginTokenValidate 103811 /m.exec(stderr()) ? true : undefined));
  });
});

test('loaded modules stay available when the package is deleted', async () => {
  const copy = copyOfPackage();
  const { url } = await serveCopy(copy);
  const paths = PATHS.map(({ path }) => path);
  for (const path of paths) await send(url, 'GET', path);
  rmSync(copy.dist, { recursive: true });
  for (const path of paths) expect((await send(url, 'GET', path)).status).toBe(200);
});

test('without the console’s files / is 404, and an unreadable page is 503 until it can be read', async () => {
  const copy = copyOfPackage();
  const { url, stderr } = await serveCopy(copy);
  const restore = hide(join(copy.dist, 'console'));
  expect(await send(url, 'GET', '/')).toMatchObject({
    status: 404,
    json: { detail: expect.stringContaining('build') },
  });
  restore();
  const page = join(copy.dist, 'console/index.html');
  const restorePage = hide(page);
  mkdirSync(page);
  expect((await send(url, 'GET', '/')).status).toBe(503);
  await eventually('the error', () =>
    / error the console's index\.html cannot be loaded: EISDIR/m.test(stderr()) ? true : undefined,
  );
  rmdirSync(page);
  restorePage();
  expect((await send(url, 'GET', '/')).status).toBe(200);
});

const FILES_MAX = 64;

describe.skipIf(!isInstalled('bash'))('a process without free file descriptors responds again when it has one', () => {
  const limited: Program = [
    'bash',
    '-c',
    `ulimit -n ${FILES_MAX} && exec "$@"`,
    'bash',
    process.execPath,
    resolve('dist/main.js'),
  ];

  test.each([
    { description: 'the control API', first: `POST ${LOGIN_PATH}`, paths: ['/_mock/apps'] },
    {
      description: 'files that it loads on first use',
      first: 'GET /_mock/health',
      paths: ['/_mock/metrics', '/_mock/openapi.json', '/_mock/console/console.css'],
    },
  ])('$description', async ({ first, paths }) => {
    const { url } = await serve(['--port', '0'], {}, undefined, limited);
    const wire = openWire(url, '');
    const sendHead = (call: string) => wire.socket.write(`${call} HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n`);
    sendHead(first);
    await wire.waitFor(' 200 ');
    const others = await untilRefused(url);
    for (const path of paths) sendHead(`GET ${path}`);
    const count = paths.length;
    await eventually('problems', () => (wire.received().match(/ 503 /g)?.length === count ? true : undefined));
    for (const socket of others) socket.destroy();
    // Without a free descriptor, the first connections may still be closed.
    const isServed = (path: string) =>
      send(url, 'GET', path).then(
        ({ status }) => (status === 200 ? true : undefined),
        () => undefined,
      );
    for (const path of paths) await eventually(path, () => isServed(path));
  });
});

/** Opens connections until the server has no file descriptor left. */
async function untilRefused(url: string) {
  const { hostname, port } = new URL(url);
  const state = { refused: false };
  const sockets = Array.from({ length: FILES_MAX }, () =>
    connect(Number(port), hostname)
      .on('error', () => undefined)
      .on('close', () => {
        state.refused = true;
      }),
  );
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  await eventually('a connection that is refused', () => (state.refused ? true : undefined));
  return sockets;
}
