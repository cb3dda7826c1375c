/** The Dockerfile matches the code, and its steps, done in plain folders, produce a working mock. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join, resolve } from 'node:path';
import { validate } from 'dockerfile-utils';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEFAULT_PORT } from '../../../mock-server/options/option-rows.js';
import { COPIES, ENVIRONMENT, knownVariables, lastOf } from '../../support/container-files.js';
import { temporaryFolder } from '../../support/files.js';
import { freePort } from '../../support/free-port.js';
import { startMock } from '../../support/mock.js';
import { isInstalled } from '../../support/programs.js';

const SOURCES = COPIES.filter(({ from }) => from === undefined).flatMap(({ sources }) => sources);
const TEXT = readFileSync('Dockerfile', 'utf8');

describe('the Dockerfile', () => {
  test('is well-formed', () => {
    expect(validate(TEXT).map(({ message }) => message)).toEqual([]);
  });

  test('copies only files that exist', () => {
    expect(SOURCES.filter((path) => !existsSync(path))).toEqual([]);
  });

  test('has a build context of exactly the files that it copies', () => {
    const lines = readFileSync('.dockerignore', 'utf8').split('\n');
    const included = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(lines).toContain('*');
    expect(included).toEqual([...new Set(SOURCES)].sort());
  });

  test('sets only variables that the command reads', () => {
    expect(Object.keys(ENVIRONMENT).filter((name) => !knownVariables().has(name))).toEqual([]);
  });

  test('lets the mock listen beyond loopback on its default port', () => {
    expect(ENVIRONMENT).toMatchObject({
      CMPASSPORT_HOST: '0.0.0.0',
      CMPASSPORT_PORT: String(DEFAULT_PORT),
    });
    expect(lastOf('EXPOSE')).toBe(String(DEFAULT_PORT));
  });

  test('runs the mock as a numeric user that is not root', () => {
    expect(lastOf('USER')).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(TEXT).toContain('install -d -o 1000 -g 1000 /tls');
    expect([lastOf('USER'), ENVIRONMENT['CMPASSPORT_TLS_DIR']]).toEqual(['1000:1000', '/tls']);
  });

  test('starts the mock without a shell, so signals reach it', () => {
    expect(JSON.parse(lastOf('ENTRYPOINT') ?? '')).toEqual(['node', '/app/dist/main.js']);
    expect(lastOf('CMD')).toBeUndefined();
  });

  test('builds and runs on one release of Debian, with a Node that the package supports', () => {
    const [, node = '', release] = /^ARG NODE_IMAGE=node:(\d+)-(\w+)-slim$/m.exec(TEXT) ?? [];
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(TEXT).toMatch(new RegExp(`^ARG BASE_IMAGE=debian:${release}-slim$`, 'm'));
    const [oldest] = /\d+/.exec(engines.node) ?? [];
    expect(Number(node)).toBeGreaterThanOrEqual(Number(oldest));
  });
});

/** A folder with the files that the first stage copies. */
function buildFolder(): string {
  const folder = temporaryFolder();
  for (const { from, sources, target } of COPIES) {
    if (from !== undefined || target.startsWith('/')) continue;
    for (const source of sources) {
      const into = join(
        folder,
        sources.length > 1 || target.endsWith('/') ? join(target, basename(source)) : target,
      );
      cpSync(source, into, { recursive: true });
    }
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** A read-only folder like the image's /app, with the build result from that folder. */
function imageFolder(built: string): string {
  const app = join(temporaryFolder(), 'app');
  const [own] = COPIES.filter(({ from, target }) => from === undefined && target === '/app/');
  for (const { from, sources, target } of COPIES) {
    if (from !== 'build' || !target.startsWith('/app/')) continue;
    for (const source of sources)
      cpSync(source.replace('/build', built), target.replace('/app', app), { recursive: true });
  }
  for (const source of own?.sources ?? []) cpSync(source, join(app, basename(source)));
  chmodSync(app, 0o555);
  onTestFinished(() => chmodSync(app, 0o755));
  return app;
}

function withoutHash(file: string): string {
  return file.replace(/-[A-Z0-9]{8}\.c?js$/, '.js');
}

test('its steps, done in plain folders, produce a complete dist and a mock that starts, passes cases and stops', async () => {
  const folder = buildFolder();
  const [, step = ''] = /^RUN (npm run build.*)$/m.exec(TEXT) ?? [];
  const run = spawnSync('sh', ['-c', step], { cwd: folder, encoding: 'utf8' });
  expect(run).toMatchObject({ status: 0, stderr: '' });
  const [built, expected] = [join(folder, 'dist'), 'dist'].map((dist) =>
    readdirSync(dist).map(withoutHash).sort(),
  );
  expect(built).toEqual(expected);

  const app = imageFolder(folder);
  const main = join(app, 'dist/main.js');
  const env = {
    PATH: process.env['PATH'],
    ...ENVIRONMENT,
    CMPASSPORT_HOST: '127.0.0.1',
    CMPASSPORT_PORT: '0',
  };
  const mock = spawn(process.execPath, [main], {
    cwd: app,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void mock.kill('SIGKILL'));
  const [banner] = await once(mock.stdout.setEncoding('utf8'), 'data');
  const [, url = ''] = /control API\s+(\S+)\/_mock\n/.exec(banner) ?? [];
  const only = ['--only', 'loginTokenValidate/103000'];
  const kit = spawn(process.execPath, [main, 'contract', 'provider', '--mock', url, ...only], {
    cwd: app,
    env,
    stdio: 'ignore',
  });
  expect(await once(kit, 'close')).toEqual([0, null]);
  mock.kill('SIGTERM');
  expect(await once(mock, 'close')).toEqual([0, null]);
});

describe.skipIf(!isInstalled('bash'))('the health check', () => {
  const script = JSON.parse(lastOf('HEALTHCHECK')?.replace(/^.*CMD /, '') ?? '[]');

  /** Runs the script with the variables of the image. */
  async function statusAt(url: string, variables: NodeJS.ProcessEnv = {}): Promise<number | null> {
    const env = { PATH: process.env['PATH'], CMPASSPORT_PORT: new URL(url).port, ...variables };
    const child = spawn('bash', ['containers/healthcheck.sh'], { env, stdio: 'ignore' });
    const [status] = await once(child, 'close');
    return status;
  }

  test('is the copied script', () => {
    expect(script).toEqual(['bash', '/app/healthcheck.sh']);
    expect(SOURCES).toContain('containers/healthcheck.sh');
  });

  test('passes if the mock responds', async () => {
    const { url } = await startMock({ controlToken: 'locked' });
    expect(await statusAt(url)).toBe(0);
  });

  test.each([
    { description: 'loopback', controlHost: undefined },
    { description: 'another address of loopback', controlHost: '127.0.0.2' },
    { description: 'IPv6', controlHost: '::1' },
    { description: 'every address', controlHost: '0.0.0.0' },
    { description: 'every address of IPv6', controlHost: '::' },
  ])('uses the control port if there is one, on $description', async ({ controlHost }) => {
    const controlToken = 'locked';
    const { url, controlUrl } = await startMock({
      controlPort: 0,
      controlToken,
      ...(controlHost && { controlHost }),
    });
    const variables = {
      CMPASSPORT_CONTROL_PORT: new URL(controlUrl).port,
      ...(controlHost && { CMPASSPORT_CONTROL_HOST: controlHost }),
    };
    expect(await statusAt(url, variables)).toBe(0);
    expect(
      await statusAt(url, { ...variables, CMPASSPORT_CONTROL_PORT: String(await freePort()) }),
    ).not.toBe(0);
  });

  test.each(['127.0.0.2', '0.0.0.0', '::1', '::'])(
    'uses the address on which the mock listens: %s',
    async (host) => {
      const { url } = await startMock({ host, controlToken: 'locked' });
      expect(await statusAt(url, { CMPASSPORT_HOST: host, CMPASSPORT_CONTROL_PORT: '' })).toBe(0);
    },
  );

  test('fails if the mock is not ready', async () => {
    const server = createServer((_req, res) => res.writeHead(503).end());
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => void server.close());
    expect(await statusAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)).not.toBe(
      0,
    );
  });

  test('fails if no server listens', async () => {
    expect(await statusAt(`http://127.0.0.1:${await freePort()}`)).not.toBe(0);
  });
});
