/** Runs a command in a mount namespace of its own (Linux), in which the carrier's names lead to the mock. mount_namespaces(7). */
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { codeOf, messageOf } from '../../../src/text/error-message.js';
import type { Environment } from '../../options/language.js';
import type { Folder } from './folder.js';
import { hostsText, type Led, withFilesFirst } from './hosts-file.js';
import { hostsWords } from './hosts-messages.js';
import { systemCertificates } from './trusted.js';

export type Command = readonly [program: string, ...args: string[]];

/** The arguments of `unshare`, and what runs the command after the mounts. */
export interface Namespace {
  readonly flags: string;
  readonly run: string;
}

/** With the right to mount, or as root of a user namespace. There, the command gets its own user back. */
function namespaces(): readonly Namespace[] {
  const [user, group] = [process.getuid?.(), process.getgid?.()];
  return [
    { flags: '-m', run: 'exec "$@"' },
    { flags: '-rm', run: `exec unshare -U --map-user=${user} --map-group=${group} -- "$@"` },
  ];
}

const HOSTS = '/etc/hosts';
const NSSWITCH = '/etc/nsswitch.conf';
const NSCD = '/var/run/nscd';

export interface NamespaceInputs {
  readonly command: Command;
  readonly folder: Folder;
  readonly led: Led;
  /** The path of the file with the mock's CA and the public ones, which replaces the system's. */
  readonly certificates: string | undefined;
}

/** The command in the namespace. Its process has the same id, because each program replaces the one before. */
export function inNamespace(
  { flags, run }: Namespace,
  { command, folder, led, certificates }: NamespaceInputs,
): Command {
  const system = certificates && systemCertificates();
  const mounts = [
    { file: folder.write('hosts', hostsText(textOf(HOSTS), led)), over: HOSTS },
    ...sourceMounts(folder),
    ...(system ? [{ file: certificates, over: system }] : []),
  ];
  const steps = mounts.map(({ over }, at) => `mount --bind "$${at + 1}" ${over}`);
  const script = [...steps, `shift ${mounts.length}`, run].join(' && ');
  return [
    'unshare',
    flags,
    'sh',
    '-c',
    script,
    'sh',
    ...mounts.map(({ file }) => file),
    ...command,
  ];
}

/** Other sources of names that would come before the hosts file: nsswitch.conf(5), nscd(8). */
function sourceMounts(folder: Folder) {
  const nsswitch = withFilesFirst(textOf(NSSWITCH));
  const first = nsswitch && { file: folder.write('nsswitch.conf', nsswitch), over: NSSWITCH };
  // A folder without the socket of nscd.
  const uncached = existsSync(join(NSCD, 'socket')) && {
    file: join(folder.path, 'nscd'),
    over: NSCD,
  };
  if (uncached) folder.write(join('nscd', 'none'), '');
  return [first, uncached].filter((each) => typeof each === 'object');
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Prints the addresses of the names as any client of the system's resolver gets them. */
const LOOKUP = `
const { lookup } = require('node:dns').promises;
Promise.all(process.argv.slice(1).map((name) => lookup(name, { all: true })))
  .then((found) => console.log(found.flat().map(({ address }) => address).join(' ')))`;
const LOOKUP_MS_MAX = 10_000;

/** A namespace in which the names lead to the address, or what is missing for it. */
export async function findNamespace(
  led: Led,
  { folder, env }: { readonly folder: Folder; readonly env: Environment },
): Promise<Namespace | { readonly missing: Bilingual }> {
  if (process.platform !== 'linux')
    return { missing: hostsWords('no-linux', { platform: process.platform }) };
  let missing = hostsWords('no-unshare');
  for (const namespace of namespaces()) {
    const command = [process.execPath, '-e', LOOKUP, ...led.names] as const;
    const [program, ...args] = inNamespace(namespace, {
      ...{ command, folder, led },
      certificates: undefined,
    });
    try {
      const options = { env: { ...env, NODE_OPTIONS: '' }, timeout: LOOKUP_MS_MAX };
      const { stdout } = await promisify(execFile)(program, args, options);
      const others = stdout
        .trim()
        .split(' ')
        .filter((address) => !isLed(address, led));
      if (others.length === 0) return namespace;
      missing = hostsWords('other-source', { addresses: others.join(', ') });
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return { missing };
      missing = hostsWords('not-permitted', { reason: reasonOf(error) });
    }
  }
  return { missing };
}

function isLed(found: string, { address }: Led): boolean {
  return [address, `::ffff:${address}`].includes(found);
}

/** What the failed program wrote last. */
function reasonOf(error: unknown): string {
  const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  return stderr.trim().split('\n').at(-1) || messageOf(error);
}

/** The error of a program that cannot be run, as from execvp(3); undefined if it can. In the namespace, it would be a status. */
export function programError([program]: Command, { PATH = '' }: Environment): object | undefined {
  const paths = program.includes('/')
    ? [program]
    : PATH.split(delimiter).map((folder) => join(folder, program));
  const codes = program === '' ? ['ENOENT'] : paths.map(executionError);
  if (codes.includes(undefined)) return undefined;
  return { code: codes.includes('EACCES') ? 'EACCES' : 'ENOENT' };
}

function executionError(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile() ? undefined : 'EACCES';
  } catch (error) {
    return codeOf(error);
  }
}
