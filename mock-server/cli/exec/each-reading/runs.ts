/** Runs the command once for each option, some at a time, each with its own mock. */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import type { JournalRecord } from '../../../carrier/store/state-store.js';
import type { Environment } from '../../../options/language.js';
import { startServing } from '../../serve.js';
import type { Folder } from '../folder.js';
import { givenBy } from '../given.js';
import type { ExecOptions } from '../options.js';
import { type CommandRun, runCommand } from '../run-command.js';
import { statusOf } from '../status.js';
import { commandVariables } from '../variables.js';
import { type Alternative, readingsWith } from './alternatives.js';
import type { Affected } from './first-pass.js';
import { changedTests } from './outcomes.js';
import type { AlternativeRun } from './report.js';

export interface RunInputs extends CommandRun {
  readonly options: ExecOptions;
  readonly env: Environment;
  /** The carrier's, and those of --tls-name. */
  readonly names: readonly string[];
  readonly newFolder: () => Folder;
}

/** The run with the options of the mock, which succeeded. */
export interface GreenRun {
  readonly records: readonly JournalRecord[];
}

/** Runs the command for one option, with its output in a file of the report. */
export async function runWith(
  affected: Affected,
  green: GreenRun,
  inputs: RunInputs,
): Promise<AlternativeRun> {
  const { alternative } = affected;
  const output = outputFile(alternative, inputs.options);
  const descriptor = openSync(output ?? devNull, 'w');
  try {
    const { status, records } = await runOnce(alternative, descriptor, inputs);
    const tests = status === 0 ? [] : changedTests(green.records, records, affected);
    return { ...alternative, status, tests, output };
  } finally {
    closeSync(descriptor);
  }
}

/** null without a report. A colon cannot be part of a name on Windows. */
function outputFile({ id, option }: Alternative, { report }: ExecOptions): string | null {
  if (report === undefined) return null;
  mkdirSync(report, { recursive: true });
  return join(report, `each-reading-${id}-${option.replace(/\W/g, '-')}.log`);
}

async function runOnce(alternative: Alternative, output: number, inputs: RunInputs) {
  const { options, env, names, hosts, newFolder } = inputs;
  const { server, allowNoRequest } = options;
  const readings = readingsWith(alternative);
  const serving = await startServing({ ...server, readings }, hosts?.address);
  const records: JournalRecord[] = [];
  const stop = serving.server.carrier.store.watchJournal((record) => records.push(record), 'own');
  const folder = newFolder();
  try {
    const { controlToken } = server;
    const given = await givenBy(
      { server: serving.server, controlToken, names, hosts, folder },
      env,
    );
    const { variables } = commandVariables(given, env);
    const certificates = given.route?.trust?.certificates;
    const surroundings = { env: { ...env, ...variables }, folder, certificates, output };
    const ended = await runCommand(surroundings, inputs);
    return { records, status: statusOf({ ended, requests: records.length, allowNoRequest }) };
  } finally {
    stop();
    folder.remove();
    await serving.stop();
  }
}
