/** Runs the command of `exec` to its end, where the carrier's names may lead to the mock. */
import type { Environment } from '../../options/language.js';
import type { createChildRunner } from './child.js';
import type { Folder } from './folder.js';
import { type HostsWay, ledCommand } from './hosts.js';
import { programError } from './namespace.js';
import type { ExecOptions } from './options.js';
import type { Ended } from './status.js';

export interface Surroundings {
  readonly env: Environment;
  readonly folder: Folder;
  readonly certificates: string | undefined;
}

export interface CommandRun {
  readonly options: Pick<ExecOptions, 'command'>;
  readonly hosts: HostsWay | undefined;
  readonly run: ReturnType<typeof createChildRunner>;
}

export async function runCommand(
  { env, folder, certificates }: Surroundings,
  { options: { command }, hosts, run }: CommandRun,
): Promise<Ended> {
  const others = { env, folder: folder.path };
  if (hosts?.by.kind !== 'namespace') return run({ command, ...others });
  const error = programError(command, env);
  if (error !== undefined) return { kind: 'not run', error };
  return run({ command: ledCommand(hosts, { command, folder, certificates }), ...others });
}
