/** `exec --hosts`: the carrier's names lead to the mock for the command and its children, whatever client they use. */
import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { idOf, type UsageError } from '../../../src/text/usage-error.js';
import { createRandom } from '../../carrier/sources.js';
import type { Environment } from '../../options/language.js';
import { isLoopbackHost } from '../../options/settings.js';
import { createFolder, type Folder } from './folder.js';
import { jvmHostsText, type Led } from './hosts-file.js';
import { hostsError, hostsWords } from './hosts-messages.js';
import {
  type Command,
  findNamespace,
  inNamespace,
  type Namespace,
  type NamespaceInputs,
} from './namespace.js';

/** The names and the address of the mock's HTTPS port, and what leads them there. */
export interface HostsWay extends Led {
  readonly by:
    | { readonly kind: 'namespace'; readonly namespace: Namespace }
    /** The hosts file of the machine has the names. */
    | { readonly kind: 'machine' }
    | { readonly kind: 'jvm'; readonly missing: Bilingual };
}

export interface HostsInputs {
  /** Those of the carrier, and of --tls-name. */
  readonly names: readonly string[];
  readonly command: Command;
  readonly env: Environment;
  readonly addressesOf?: (name: string) => Promise<readonly string[]>;
}

/** Throws a UsageError if nothing can lead the names to the mock. */
export async function hostsWay({
  names: all,
  command,
  env,
  addressesOf = lookedUp,
}: HostsInputs): Promise<HostsWay> {
  const wildcard = all.find((name) => name.startsWith('*'));
  if (wildcard !== undefined) throw hostsError('hosts.wildcard', { name: wildcard });
  const names = all.filter((name) => isIP(name) === 0 && name !== 'localhost');
  const led = { names, address: ownAddress() };
  const found = await namespaceFor(led, env);
  if (!('missing' in found)) return { ...led, by: { kind: 'namespace', namespace: found } };
  const address = machineAddress((await Promise.all(names.map(addressesOf))).flat());
  if (address !== undefined) return { names, address, by: { kind: 'machine' } };
  const { missing } = found;
  if (runsJvm(command)) return { names, address: '127.0.0.1', by: { kind: 'jvm', missing } };
  throw hostsError('hosts.missing', { missing, names: names.join(' ') });
}

async function namespaceFor(led: Led, env: Environment) {
  const folder = createFolder();
  try {
    return await findNamespace(led, { folder, env });
  } finally {
    folder.remove();
  }
}

/** On Linux, all of 127.0.0.0/8 is this machine. Of its own address, each run has port 443. */
function ownAddress(): string {
  const [high = 0, low = 0] = Buffer.from(createRandom().hex(4), 'hex');
  // 127.0.0.1 and the others that programs use begin with 127.0.
  return `127.1.${high}.${low}`;
}

/** The loopback address, if all names have it. */
function machineAddress(found: readonly string[]): string | undefined {
  const [address = '', ...others] = new Set(found);
  const isMachine = others.length === 0 && isIP(address) === 4 && isLoopbackHost(address);
  return isMachine ? address : undefined;
}

async function lookedUp(name: string): Promise<readonly string[]> {
  const found = await lookup(name, { all: true }).catch(() => [{ address: '' }]);
  return found.map(({ address }) => address);
}

const JVM_PROGRAMS = ['java', 'mvn', 'mvnw', 'gradle', 'gradlew', 'sbt'];

/** Also as the argument of another program: `cmd /c mvn test`. */
function runsJvm(command: Command): boolean {
  return command.some((word) =>
    JVM_PROGRAMS.includes(basename(word.replaceAll('\\', '/')).replace(/\.(?:cmd|bat|exe)$/i, '')),
  );
}

/** The command as it runs. */
export function ledCommand(way: HostsWay, inputs: Omit<NamespaceInputs, 'led'>): Command {
  const { by } = way;
  if (by.kind !== 'namespace') return inputs.command;
  return inNamespace(by.namespace, { ...inputs, led: way });
}

/** The path of a hosts file for the JVM, if only that leads the names to the mock. */
export function jvmHostsFile(
  way: HostsWay,
  { folder, env }: { readonly folder: Folder; readonly env: Environment },
): string | undefined {
  if (way.by.kind !== 'jvm') return undefined;
  return folder.write('hosts', jvmHostsText(systemHosts(env), way, hostname()));
}

function systemHosts({ SystemRoot: windows = 'C:\\Windows' }: Environment): string {
  const file =
    process.platform === 'win32'
      ? join(windows, 'System32', 'drivers', 'etc', 'hosts')
      : '/etc/hosts';
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** What to print before the command runs. */
export function hostsNotes({ by }: HostsWay): readonly Bilingual[] {
  return by.kind === 'jvm' ? [hostsWords('jvm-only', { missing: by.missing })] : [];
}

/** The error of a server that cannot listen on port 443; undefined for other errors. */
export function portError(error: unknown, { address }: HostsWay): UsageError | undefined {
  switch (idOf(error)) {
    case 'port.in-use':
      return hostsError('hosts.port-in-use', { address });
    case 'port.no-permission':
      return hostsError('hosts.port-not-permitted');
    default:
      return undefined;
  }
}
