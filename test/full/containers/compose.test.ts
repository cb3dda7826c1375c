/** The compose file is valid and matches the code, the image and the balancer. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { configurationProblem } from '../../../mock-server/options/configuration.js';
import { CARRIER_HOST_NAMES } from '../../../src/protocol/hosts.js';
import { BODY_BYTES_MAX } from '../../../src/protocol/limits.js';
import { runCommand } from '../../support/command.js';
import {
  COMPOSE,
  ENVIRONMENT,
  knownVariables,
  lastOf,
  type Service,
} from '../../support/container-files.js';
import { isInstalled } from '../../support/programs.js';

const IMAGE = 'cmpassport-mock';
const SERVICES = Object.entries(COMPOSE.services);
const BALANCER = readFileSync('containers/haproxy.cfg', 'utf8');

function serviceOf(name: string): Service {
  const service = COMPOSE.services[name];
  if (service === undefined) throw new Error(`no service ${name}`);
  return service;
}

function aliasesOf(service: string, network: string): readonly string[] {
  const { networks = {} } = serviceOf(service);
  return (
    (Array.isArray(networks)
      ? undefined
      : (networks as Record<string, { aliases?: string[] }>)[network]?.aliases) ?? []
  );
}

/** The plugin of docker, or Debian's separate command. */
function composeCommand(): readonly [string, ...string[]] | undefined {
  if (spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' }).status === 0)
    return ['docker', 'compose'];
  return isInstalled('docker-compose') ? ['docker-compose'] : undefined;
}

const COMMAND = composeCommand();

/** The merged files as compose reads them, with these variables of the shell. */
function composed(variables: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const [program = '', ...first] = COMMAND ?? [];
  const run = spawnSync(program, [...first, ...args, 'config', '--format', 'json'], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...variables },
  });
  if (run.status !== 0 || run.stderr !== '') throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

describe.skipIf(COMMAND === undefined)('for docker compose', () => {
  test.each([
    { profile: 'none', args: [], services: ['mock'] },
    { profile: 'contract', args: ['--profile', 'contract'], services: ['contract', 'mock'] },
    {
      profile: 'scaled',
      args: ['--profile', 'scaled'],
      services: ['balancer', 'mock', 'redis', 'replica'],
    },
  ])('the file is valid, and the profile $profile has its services', ({ args, services }) => {
    expect(Object.keys(composed({}, ...args).services).sort()).toEqual(services);
  });

  test('a service next to the mock, as in the documentation, is valid', () => {
    const files = ['-f', 'docker-compose.yml', '-f', 'examples/compose/your-service.yml'];
    const merged = composed({}, ...files);
    expect(merged.services['your-service'].networks).toHaveProperty('carrier');
    expect(merged.services['your-service'].volumes[0]).toMatchObject({
      source: 'tls',
      read_only: true,
    });
  });
});

describe.skipIf(COMMAND === undefined)('a server for a team', () => {
  const given = {
    MOCK_ADDRESS: '0.0.0.0',
    CMPASSPORT_CONTROL_TOKEN: 'the-token-of-the-server',
    CMPASSPORT_PUBLIC_URL: 'http://mock.team.example:10086',
  };
  const FILES = ['-f', 'docker-compose.yml', '-f', 'examples/compose/team.yml'];

  test('has its address, token and configuration', () => {
    const { mock } = composed(given, ...FILES).services;
    expect(mock.ports[0]).toMatchObject({ host_ip: '0.0.0.0', published: '10086' });
    expect(mock.environment).toMatchObject({
      CMPASSPORT_CONTROL_TOKEN: given.CMPASSPORT_CONTROL_TOKEN,
      CMPASSPORT_PUBLIC_URL: given.CMPASSPORT_PUBLIC_URL,
    });
    const [, mounted] = mock.volumes;
    const file = mock.environment.CMPASSPORT_CONFIG.replace(mounted.target, mounted.source);
    expect(configurationProblem(JSON.parse(readFileSync(file, 'utf8')))).toBeUndefined();
  });

  test('does not start without a token', () => {
    const { CMPASSPORT_CONTROL_TOKEN: _, ...others } = given;
    expect(() => composed(others, ...FILES)).toThrow(/CMPASSPORT_CONTROL_TOKEN.*openssl/);
  });
});

test('the service in the documentation is the example’s', () => {
  const [, shown = ''] =
    /^```yaml\n(.*?)^```/ms.exec(readFileSync('docs/how-to/containers.md', 'utf8')) ?? [];
  const example = parse(readFileSync('examples/compose/your-service.yml', 'utf8'));
  expect(example).toMatchObject(parse(shown));
});

test('the command reads every variable', () => {
  const used = SERVICES.flatMap(([, { environment = {} }]) => Object.keys(environment));
  expect(used.filter((name) => !knownVariables().has(name))).toEqual([]);
});

test.each(SERVICES)('%s has minimal permissions', (_name, service) => {
  expect(service).toMatchObject({
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
  });
  expect(service.mem_limit).toMatch(/^\d+[mg]$/);
  expect(service.pids_limit).toBeGreaterThan(0);
});

test('the memory of a mock has room for a full heap and a body of each connection', () => {
  const { mem_limit = '', environment = {} } = serviceOf('mock');
  const memory = Number.parseInt(mem_limit, 10) * 1024 * 1024;
  const ports = [ENVIRONMENT['CMPASSPORT_PORT'], environment['CMPASSPORT_HTTPS_PORT']];
  const bodies = ports.length * Number(environment['CMPASSPORT_MAX_CONNECTIONS']) * BODY_BYTES_MAX;
  // Node uses half of the memory for its heap.
  expect(bodies + memory / 2).toBeLessThan(memory);
});

test('one service builds the image, and the others use it', () => {
  const built = SERVICES.filter(([, { build }]) => build !== undefined).map(([name]) => name);
  expect(built).toEqual(['mock']);
  const using = SERVICES.filter(([, { image }]) => image === IMAGE).map(([name]) => name);
  expect(using.sort()).toEqual(['contract', 'mock', 'replica']);
});

test.each(SERVICES)('%s that lasts restarts, and its log is bounded', (name, service) => {
  if (name === 'contract') return;
  expect(service).toMatchObject({
    restart: 'unless-stopped',
    logging: { options: { 'max-size': '10m', 'max-file': '3' } },
  });
});

test.each(SERVICES)('%s does not run as root', (_name, { image, user }) => {
  expect(image === IMAGE ? lastOf('USER') : user).toMatch(/^(?!0|root)\w/);
});

test.each(SERVICES)(
  '%s is published only to this machine by default, from ports that it listens on',
  (_name, { ports = [] }) => {
    const listened = [
      ENVIRONMENT['CMPASSPORT_PORT'],
      serviceOf('mock').environment?.['CMPASSPORT_HTTPS_PORT'],
    ];
    for (const port of ports) {
      expect(port).toMatch(/^\$\{MOCK_ADDRESS:-127\.0\.0\.1\}:\$\{\w+:-\d+\}:\d+$/);
      expect(listened).toContain(port.split(':').at(-1));
    }
  },
);

test('the carrier’s names lead to the mock in one network, and to the balancer in the other', () => {
  expect(aliasesOf('mock', 'carrier')).toEqual(CARRIER_HOST_NAMES);
  expect(aliasesOf('balancer', 'scaled')).toEqual(CARRIER_HOST_NAMES);
});

test('only the balancer reaches Redis and the replicas', () => {
  const inside = SERVICES.filter(([, { networks = [] }]) =>
    (Array.isArray(networks) ? networks : Object.keys(networks)).includes('backend'),
  );
  expect(inside.map(([name]) => name).sort()).toEqual(['balancer', 'redis', 'replica']);
  expect(COMPOSE.networks['backend']).toEqual({ internal: true });
  expect(serviceOf('redis').ports ?? serviceOf('replica').ports).toBeUndefined();
});

test('the balancer can read the CA’s keys, and only mocks can write them', () => {
  const mounts = SERVICES.flatMap(([name, { volumes = [] }]) =>
    volumes.map((volume) => `${name} ${volume}`),
  );
  const tls = ENVIRONMENT['CMPASSPORT_TLS_DIR'];
  expect(mounts.filter((mount) => mount.includes(' tls:')).sort()).toEqual([
    `balancer tls:${tls}:ro`,
    `mock tls:${tls}`,
    `replica tls:${tls}`,
  ]);
  expect(serviceOf('balancer').user).toBe(lastOf('USER'));
});

test('the balancer has room for the replicas and uses their service’s name and port', () => {
  const rows = Array.from(BALANCER.matchAll(/^ {4}server-template replica (\d+) (\w+):(\d+) /gm));
  expect(rows).toHaveLength(2);
  for (const [, room, name = '', port] of rows) {
    expect(Number(room)).toBeGreaterThanOrEqual(
      serviceOf(name).deploy?.replicas ?? Number.POSITIVE_INFINITY,
    );
    expect(port).toBe(ENVIRONMENT['CMPASSPORT_PORT']);
  }
});

test('the kit accepts the contract service’s command', async () => {
  const { command = [] } = serviceOf('contract');
  const { status, stdout } = await runCommand([...command, '--dry-run']);
  expect({ status, cases: /would run against http:\/\/127\.0\.0\.1:10086/.test(stdout) }).toEqual({
    status: 0,
    cases: true,
  });
});
