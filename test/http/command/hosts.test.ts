/** What leads the carrier's names to the mock with `--hosts`, and what is missing for it. */
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hostsWay, portError } from '../../../mock-server/cli/exec/hosts.js';
import { programError } from '../../../mock-server/cli/exec/namespace.js';
import { serverError } from '../../../mock-server/server/messages.js';
import { CARRIER_HOSTS } from '../../../src/protocol/hosts.js';
import { refusalOf } from '../../support/bilingual.js';
import { temporaryFolder } from '../../support/files.js';

const NAMES = ['www.cmpassport.com', 'onekey2.cmpassport.com'];
const IS_LINUX = process.platform === 'linux';

/** A folder for PATH with these programs. */
function programs(scripts: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

interface Scene {
  readonly command?: readonly [string, ...string[]];
  readonly scripts?: Readonly<Record<string, string>>;
  readonly names?: readonly string[];
  readonly addresses?: readonly string[];
}

function way({ command = ['php'], scripts = {}, names = NAMES, addresses = ['8.8.8.8'] }: Scene) {
  const env = { PATH: programs(scripts) };
  return hostsWay({ names, command, env, addressesOf: async () => addresses });
}

test('an operation has the port that --hosts serves', () => {
  expect(CARRIER_HOSTS.filter((host) => host.includes(':'))).toEqual([]);
});

const UNSHARE_MISSING = 'the program unshare is missing (package util-linux)';
const NOT_PERMITTED = 'this user may not create a mount namespace (unshare: not permitted)';

test.runIf(IS_LINUX).each([
  { scripts: {}, missing: UNSHARE_MISSING },
  {
    scripts: { unshare: 'echo first >&2; echo "unshare: not permitted" >&2; exit 1' },
    missing: NOT_PERMITTED,
  },
])('$missing', async ({ scripts, missing }) => {
  expect(await refusalOf(() => way({ scripts }))).toBe(
    `--hosts cannot lead the names of the carrier to the mock: ${missing}. Run it as root on Linux (in a container with the capability SYS_ADMIN), or add "127.0.0.1 www.cmpassport.com onekey2.cmpassport.com" to the hosts file of this machine or container`,
  );
});

test.runIf(IS_LINUX)('a namespace in which the names lead elsewhere is refused', async () => {
  const scripts = { unshare: 'echo 127.1.1.1 8.8.8.8' };
  expect(await refusalOf(() => way({ scripts }))).toContain(
    'another source than the hosts file leads them to 127.1.1.1, 8.8.8.8. Run it',
  );
});

test('without a namespace, the hosts file of the machine is enough', async () => {
  expect(await way({ addresses: ['127.0.0.1'] })).toEqual({
    names: NAMES,
    address: '127.0.0.1',
    by: { kind: 'machine' },
  });
});

test.each([
  { command: ['java', '-jar', 'a.jar'] },
  { command: ['./mvnw', 'test'] },
  { command: ['cmd', '/c', 'C:\\tools\\gradle.bat', 'test'] },
] as const)('without both, the JVMs of $command have a hosts file', async ({ command }) => {
  expect(await way({ command })).toMatchObject({
    address: '127.0.0.1',
    by: { kind: 'jvm', missing: expect.anything() },
  });
});

test.each([
  { description: 'no loopback', addresses: ['10.0.0.1'] },
  { description: 'an address of each family', addresses: ['127.0.0.1', '::1'] },
  { description: 'no address', addresses: [] },
])('names with $description do not lead to the mock', async ({ addresses }) => {
  expect(await refusalOf(() => way({ addresses }))).toContain('--hosts cannot lead');
});

test('a wildcard is refused', async () => {
  expect(await refusalOf(() => way({ names: [...NAMES, '*.carrier.test'] }))).toBe(
    'with --hosts, --tls-name must be whole names, found "*.carrier.test": a hosts file has no wildcards, so list each name',
  );
});

test.each([
  {
    error: serverError('port.in-use', { port: 443, host: '127.1.1.1', option: '--https-port' }),
    expected:
      '--hosts requires port 443 of 127.1.1.1, which another program uses: stop that program',
  },
  {
    error: serverError('port.no-permission', { port: 443, option: '--https-port' }),
    expected:
      '--hosts requires port 443, and this user may not listen on it: run it as root, or allow it with sudo sysctl net.ipv4.ip_unprivileged_port_start=443',
  },
  { error: new Error('another'), expected: undefined },
])('the mock cannot start: $expected', ({ error, expected }) => {
  const found = portError(error, { names: NAMES, address: '127.1.1.1', by: { kind: 'machine' } });
  expect(found?.message).toBe(expected);
});

test('a program that cannot be run has the error of the system', () => {
  const PATH = programs({ there: '' });
  writeFileSync(join(PATH, 'text'), '', { mode: 0o644 });
  const found = ['there', join(PATH, 'there'), 'text', 'none', PATH, ''].map((program) =>
    programError([program], { PATH }),
  );
  const [denied, missing] = [{ code: 'EACCES' }, { code: 'ENOENT' }];
  expect(found).toEqual([undefined, undefined, denied, missing, denied, missing]);
});
