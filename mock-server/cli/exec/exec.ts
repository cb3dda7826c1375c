/** `exec` starts the mock, runs a command with its address in variables, and stops the mock with the command. */
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Bilingual, listed } from '../../../src/text/bilingual.js';
import { messageOf } from '../../../src/text/error-message.js';
import { printable } from '../../../src/text/printable.js';
import { wordsOf } from '../../../src/text/usage-error.js';
import type { Environment } from '../../options/language.js';
import type { LostConnections } from '../../server/lost-connections.js';
import { proxiedNames } from '../../server/ports.js';
import { commandError } from '../messages.js';
import { type Serving, startServing } from '../serve.js';
import { createChildRunner } from './child.js';
import { createFolder, type Folder } from './folder.js';
import { givenBy } from './given.js';
import { type HostsWay, hostsWay, portError } from './hosts.js';
import { lostLines, provenLost } from './lost.js';
import { execNote } from './messages.js';
import type { ExecOptions } from './options.js';
import type { Refusal } from './refusal.js';
import { runCommand } from './run-command.js';
import { jobSummary, reportFiles } from './run-report.js';
import {
  type Ended,
  EXEC_FAILED_STATUS,
  FAILURE_STATUS,
  lacksRequest,
  losesClient,
  noRequestCause,
  notRunText,
  type Outcome,
  signalStatus,
  statusOf,
} from './status.js';
import { collectMistakes } from './strict.js';
import { collectSummary, type Summary } from './summary.js';
import { summaryText, withoutThose } from './summary-text.js';
import { commandVariables } from './variables.js';

/** A signal ends the process. */
const UNTIL_SIGNAL = new Promise<never>(() => undefined);

const START_MS_MAX = 30_000;

type Print = (words: Bilingual) => void;

/** Returns the exit status. Throws a UsageError if `--hosts` is not possible here. */
export async function executeCommand(options: ExecOptions, env: Environment): Promise<number> {
  const { lang } = options.server;
  const print: Print = (words) =>
    void process.stderr.write(`cmpassport-mock: ${printable(words[lang])}\n`);
  const names = proxiedNames(options.server.tlsNames);
  const hosts = options.hosts
    ? await hostsWay({ names, command: options.command, env })
    : undefined;
  const serving = await started(options, { hosts, print });
  let folder: Folder | undefined;
  const removeFolder = () => {
    try {
      folder?.remove();
    } catch (error) {
      print(execNote('files.not-removed', { reason: messageOf(error) }));
    }
  };
  let kept: number | undefined;
  const run = createChildRunner({
    endWithoutChild: (signal) => {
      removeFolder();
      process.exit(kept ?? signalStatus(signal));
    },
    underNpm: env['npm_command'] !== undefined,
  });
  try {
    folder = createFolder();
    const around = { options, env, names, hosts, serving, print, run, folder };
    const { ended, status } = await runInside(around);
    if (!options.keepOnFailure || ended.kind !== 'exited' || status === 0) return status;
    kept = status;
    // The command has ended. A SIGKILL would leave its private keys.
    removeFolder();
    print(execNote('mock.kept', { url: `${serving.server.publicUrl}/` }));
    return await UNTIL_SIGNAL;
  } catch (error) {
    print(execNote('exec.failed', { reason: wordsOf(error) }));
    return EXEC_FAILED_STATUS;
  } finally {
    removeFolder();
    await serving.stop();
  }
}

interface Around {
  readonly options: ExecOptions;
  readonly env: Environment;
  /** The carrier's, and those of --tls-name. */
  readonly names: readonly string[];
  readonly hosts: HostsWay | undefined;
  readonly serving: Serving;
  readonly print: Print;
  readonly run: ReturnType<typeof createChildRunner>;
  readonly folder: Folder;
}

async function runInside(
  around: Around,
): Promise<{ readonly ended: Ended; readonly status: number }> {
  const { options, env, names, hosts, serving, print, folder } = around;
  const { allowNoRequest } = options;
  const { controlToken } = options.server;
  const { server } = serving;
  const given = await givenBy({ server, controlToken, names, hosts, folder }, env);
  const { variables, left, replaced } = commandVariables(given, env);
  for (const note of given.notes) print(note);
  if (left.length > 0) print(execNote('variables.left', { names: listed(left) }));
  if (replaced.length > 0) print(execNote('variables.replaced', { names: listed(replaced) }));
  const { lang, strict } = options.server;
  const collected = collectSummary(server.carrier, lang);
  const mistaken = strict ? collectMistakes(server.carrier, lang) : undefined;
  const ended = await runCommand(
    { env: { ...env, ...variables }, folder, certificates: given.route?.trust?.certificates },
    around,
  );
  const summary = await collected();
  const mistakes = await mistaken?.();
  const { requests } = summary;
  const lost = { ...server.lost };
  const outcome = {
    ...{ ended, requests, allowNoRequest },
    ...{ lost: provenLost(lost), mistakes: mistakes?.length ?? 0 },
  };
  const isBaseLeft = left.includes('CMPASSPORT_BASE');
  report(outcome, { ...around, summary, mistakes, lost: lostLines(lost), isBaseLeft });
  const written = { status: statusOf(outcome), ...summary, mistakes, lost, left, replaced };
  return { ended, status: writeOutputs(written, around) };
}

interface Reported extends Around {
  readonly summary: Summary;
  /** With `--strict`. */
  readonly mistakes: readonly Refusal[] | undefined;
  /** A line for each kind of connection that sent no request. */
  readonly lost: readonly Bilingual[];
  /** Whether CMPASSPORT_BASE had another value before. */
  readonly isBaseLeft: boolean;
}

function report(outcome: Outcome, reported: Reported): void {
  const { options, serving, print, summary, mistakes = [], lost, isBaseLeft } = reported;
  const { command, server } = options;
  const { ended } = outcome;
  if (ended.kind === 'not run') {
    const [program] = command;
    const exists = /[\\/]/.test(program) && existsSync(program);
    print(notRunText({ command, error: ended.error, exists, platform: process.platform }));
  } else if (outcome.requests === 0 && ended.kind === 'exited' && !outcome.allowNoRequest) {
    const cause = noRequestCause(command, { url: serving.server.url, isBaseLeft, lost });
    print(execNote(lacksRequest(outcome) ? 'requests.none' : 'requests.none-failed', { cause }));
  } else {
    const isRed = statusOf(outcome) !== 0;
    const text = summaryText(summary, {
      ...{ language: server.lang, isRed, mistakes, lost },
      losesClient: losesClient(outcome),
    });
    process.stderr.write(`cmpassport-mock: ${text}\n`);
  }
}

interface WrittenSummary extends Summary {
  readonly status: number;
  readonly mistakes: readonly Refusal[] | undefined;
  readonly lost: LostConnections;
  readonly left: readonly string[];
  readonly replaced: readonly string[];
}

/** Returns the exit status: a command that succeeded without its files is a failure. */
function writeOutputs(summary: WrittenSummary, { options, env, print }: Around): number {
  const { json, report: folder, server } = options;
  const { status, mistakes = [] } = summary;
  const refusals = [...mistakes, ...withoutThose(summary.unexpected, mistakes)];
  const isSummaryWritten =
    json === undefined ||
    isDone(
      () => writeFileSync(json, `${JSON.stringify(summary, undefined, 2)}\n`),
      (reason) => print(execNote('summary.not-written', { reason })),
    );
  const isReportWritten = isDone(
    () => {
      if (folder !== undefined) writeReport(folder, reportFiles(refusals, server.lang));
      const page = env['GITHUB_ACTIONS'] === 'true' ? env['GITHUB_STEP_SUMMARY'] : undefined;
      if (page !== undefined && status !== 0 && refusals.length > 0)
        appendFileSync(page, jobSummary(refusals, server.lang));
    },
    (reason) => print(execNote('report.not-written', { reason })),
  );
  return isSummaryWritten && isReportWritten ? status : status || FAILURE_STATUS;
}

function writeReport(folder: string, files: ReturnType<typeof reportFiles>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
}

function isDone(work: () => void, failed: (reason: string) => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    failed(messageOf(error));
    return false;
  }
}

interface Start {
  readonly hosts: HostsWay | undefined;
  readonly print: Print;
}

/** Ends the process if the mock does not start: a start that hangs must not keep it. */
async function started({ server }: ExecOptions, { hosts, print }: Start): Promise<Serving> {
  const overdue = pause(START_MS_MAX, undefined, { ref: false }).then(() => {
    throw commandError('exec.not-ready', { seconds: START_MS_MAX / 1000 });
  });
  try {
    return await Promise.race([startServing(server, hosts?.address), overdue]);
  } catch (error) {
    const missing = hosts && portError(error, hosts);
    if (missing !== undefined) throw missing;
    print(execNote('mock.not-started', { reason: wordsOf(error) }));
    process.exit(EXEC_FAILED_STATUS);
  }
}
