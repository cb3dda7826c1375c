/** `exec` starts the mock, runs a command with its address in variables, and stops the mock with the command. */
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Bilingual, listed } from '../../../src/text/bilingual.js';
import { messageOf } from '../../../src/text/error-message.js';
import { printable } from '../../../src/text/printable.js';
import { wordsOf } from '../../../src/text/usage-error.js';
import type { Environment } from '../../options/language.js';
import { proxiedNames } from '../../server/ports.js';
import { commandError } from '../messages.js';
import { type Serving, startServing } from '../serve.js';
import { createChildRunner } from './child.js';
import { createFolder, type Folder } from './folder.js';
import { givenBy } from './given.js';
import { execNote } from './messages.js';
import type { ExecOptions } from './options.js';
import {
  EXEC_FAILED_STATUS,
  FAILURE_STATUS,
  lacksRequest,
  notRunText,
  type Outcome,
  signalStatus,
  statusOf,
} from './status.js';
import { collectSummary, type Summary } from './summary.js';
import { summaryText } from './summary-text.js';
import { commandVariables } from './variables.js';

const START_MS_MAX = 30_000;

type Print = (words: Bilingual) => void;

/** Returns the exit status. */
export async function executeCommand(options: ExecOptions, env: Environment): Promise<number> {
  const { lang } = options.server;
  const print: Print = (words) =>
    void process.stderr.write(`cmpassport-mock: ${printable(words[lang])}\n`);
  const serving = await started(options, print);
  let folder: Folder | undefined;
  const removeFolder = () => {
    try {
      folder?.remove();
    } catch (error) {
      print(execNote('files.not-removed', { reason: messageOf(error) }));
    }
  };
  const run = createChildRunner({
    endWithoutChild: (signal) => {
      removeFolder();
      process.exit(signalStatus(signal));
    },
    underNpm: env['npm_command'] !== undefined,
  });
  try {
    folder = createFolder();
    return await runInside(folder, { options, env, serving, print, run });
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
  readonly serving: Serving;
  readonly print: Print;
  readonly run: ReturnType<typeof createChildRunner>;
}

async function runInside(folder: Folder, around: Around): Promise<number> {
  const { options, env, serving, print, run } = around;
  const { command, json, allowNoRequest } = options;
  const { lang, controlToken, tlsNames } = options.server;
  const { server } = serving;
  const names = proxiedNames(tlsNames);
  const given = await givenBy({ server, controlToken, names, folder }, env);
  const { variables, left, replaced } = commandVariables(given, env);
  for (const problem of given.problems) print(problem);
  if (left.length > 0) print(execNote('variables.left', { names: listed(left) }));
  if (replaced.length > 0) print(execNote('variables.replaced', { names: listed(replaced) }));
  const collected = collectSummary(server.carrier, lang);
  const ended = await run({ command, env: { ...env, ...variables }, folder: folder.path });
  const summary = await collected();
  const outcome = { ended, requests: summary.requests, allowNoRequest };
  report(outcome, { ...around, summary, isBaseLeft: left.includes('CMPASSPORT_BASE') });
  const status = statusOf(outcome);
  if (json === undefined) return status;
  return writeSummary(json, { status, ...summary, left, replaced }, print);
}

interface Reported extends Around {
  readonly summary: Summary;
  /** Whether CMPASSPORT_BASE had another value before. */
  readonly isBaseLeft: boolean;
}

function report(outcome: Outcome, { options, serving, print, summary, isBaseLeft }: Reported) {
  const { command, server } = options;
  const { ended } = outcome;
  if (ended.kind === 'not run') {
    const [program] = command;
    const exists = /[\\/]/.test(program) && existsSync(program);
    print(notRunText({ command, error: ended.error, exists, platform: process.platform }));
  } else if (lacksRequest(outcome)) print(noRequestText(serving.server.url, isBaseLeft));
  else {
    const text = summaryText(summary, { language: server.lang, isRed: statusOf(outcome) !== 0 });
    process.stderr.write(`cmpassport-mock: ${text}\n`);
  }
}

interface WrittenSummary extends Summary {
  readonly status: number;
  readonly left: readonly string[];
  readonly replaced: readonly string[];
}

/** Returns the exit status: a command that succeeded without its summary is a failure. */
function writeSummary(json: string, summary: WrittenSummary, print: Print): number {
  try {
    writeFileSync(json, `${JSON.stringify(summary, undefined, 2)}\n`);
    return summary.status;
  } catch (error) {
    print(execNote('summary.not-written', { reason: messageOf(error) }));
    return summary.status || FAILURE_STATUS;
  }
}

/** Ends the process if the mock does not start: a start that hangs must not keep it. */
async function started({ server }: ExecOptions, print: Print): Promise<Serving> {
  const overdue = pause(START_MS_MAX, undefined, { ref: false }).then(() => {
    throw commandError('exec.not-ready', { seconds: START_MS_MAX / 1000 });
  });
  try {
    return await Promise.race([startServing(server), overdue]);
  } catch (error) {
    print(execNote('mock.not-started', { reason: wordsOf(error) }));
    process.exit(EXEC_FAILED_STATUS);
  }
}

function noRequestText(url: string, isBaseLeft: boolean): Bilingual {
  const cause = isBaseLeft ? execNote('base.set-already') : execNote('base.not-used', { url });
  return execNote('requests.none', { cause });
}
