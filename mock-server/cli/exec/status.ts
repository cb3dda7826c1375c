/** The exit status of `exec`, as `env` and `docker run` exit: POSIX, 2.8.2. */
import { constants } from 'node:os';
import { basename } from 'node:path';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { quoted } from '../../../src/text/curl-command.js';
import { codeOf, messageOf } from '../../../src/text/error-message.js';
import { execNote } from './messages.js';

export const FAILURE_STATUS = 1;
/** `exec` itself failed. */
export const EXEC_FAILED_STATUS = 125;
const CANNOT_BE_RUN_STATUS = 126;
const NOT_FOUND_STATUS = 127;

export function signalStatus(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

export type Ended =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: NodeJS.Signals }
  | { readonly kind: 'not run'; readonly error: unknown };

export interface Outcome {
  readonly ended: Ended;
  readonly requests: number;
  readonly allowNoRequest: boolean;
  /** How many clients certainly did not reach the carrier. */
  readonly lost?: number;
  /** With `--strict`, how many mistakes the carrier may refuse. */
  readonly mistakes?: number;
}

/** Whether the command succeeded without a request, which is a failure of `exec`. */
export function lacksRequest({ ended, requests, allowNoRequest }: Outcome): boolean {
  return ended.kind === 'exited' && ended.code === 0 && requests === 0 && !allowNoRequest;
}

/** Whether a client did not reach the carrier, which is a failure of `exec` too. */
export function losesClient({ lost = 0, allowNoRequest }: Outcome): boolean {
  return lost > 0 && !allowNoRequest;
}

function failsExec(outcome: Outcome): boolean {
  return lacksRequest(outcome) || losesClient(outcome) || (outcome.mistakes ?? 0) > 0;
}

export function statusOf(outcome: Outcome): number {
  const { ended } = outcome;
  switch (ended.kind) {
    case 'exited':
      return ended.code || (failsExec(outcome) ? FAILURE_STATUS : 0);
    case 'killed':
      return signalStatus(ended.signal);
    case 'not run':
      return isNotFound(ended.error) ? NOT_FOUND_STATUS : CANNOT_BE_RUN_STATUS;
    default:
      return ended satisfies never;
  }
}

/** An empty command is an invalid argument for Node, and an unknown command for `env` and the shells. */
function isNotFound(error: unknown): boolean {
  return ['ENOENT', 'ERR_INVALID_ARG_VALUE'].includes(codeOf(error) ?? '');
}

export interface NotRun {
  readonly command: readonly [program: string, ...args: string[]];
  readonly error: unknown;
  /** Whether a file has the program's path. */
  readonly exists: boolean;
  readonly platform: NodeJS.Platform;
}

/** Why the command did not run, and what to do. */
export function notRunText({ command, error, exists, platform }: NotRun): Bilingual {
  const reason = isNotFound(error) ? notFoundText(command, exists) : refusedText(command, error);
  return platform === 'win32' ? execNote('command.on-windows', { reason }) : reason;
}

function notFoundText([program, ...args]: NotRun['command'], exists: boolean): Bilingual {
  if (program === '') return execNote('command.empty');
  if (exists) return execNote('command.no-interpreter', { program });
  if (!SHELL_SYNTAX.test(program)) return execNote('command.not-found', { program });
  return execNote('command.for-a-shell', { program, line: withoutShell([program, ...args]) });
}

/** A blank, or what only a shell understands. */
const SHELL_SYNTAX = /[\s&|;<>$`*?~(){}"'\\=]/;
const PLAIN_WORDS = /^[\w@%+:,./\s-]+$/;

/** How to write the same command, for example `-- mvn test` if it was one word. */
function withoutShell(words: readonly string[]): string {
  const line = words.join(' ').trim();
  return PLAIN_WORDS.test(line) ? `-- ${line.replace(/\s+/g, ' ')}` : `-- sh -c ${quoted(line)}`;
}

const PATH_CODES = ['ENOTDIR', 'ELOOP', 'ENAMETOOLONG'];

function refusedText([program]: NotRun['command'], error: unknown): Bilingual {
  const code = codeOf(error) ?? messageOf(error);
  if (code === 'EACCES') return execNote('command.not-executable', { program, code });
  if (PATH_CODES.includes(code)) return execNote('command.wrong-path', { program, code });
  return execNote('command.refused', { program, code });
}

/** What the client should have called. */
export interface Addressed {
  readonly url: string;
  /** Whether CMPASSPORT_BASE had another value before. */
  readonly isBaseLeft: boolean;
  /** A line for each kind of connection that sent no request. */
  readonly lost?: readonly Bilingual[];
}

/** Why no request arrived, and what to do. */
export function noRequestCause(
  [program]: NotRun['command'],
  { url, isBaseLeft, lost: [connected] = [] }: Addressed,
): Bilingual {
  if (connected !== undefined) return connected;
  const cause = isBaseLeft ? execNote('base.set-already') : execNote('base.not-used', { url });
  const cache = CACHES.find(({ programs }) => programs.some((name) => name === basename(program)));
  return cache === undefined ? cause : execNote(cache.note, { cause });
}

/** Programs that may end without running the tests again, if neither a file nor a variable has changed. */
const CACHES = [
  { programs: ['go'], note: 'cached.go' },
  { programs: ['gradle', 'gradlew'], note: 'cached.gradle' },
] as const satisfies readonly { readonly programs: readonly string[]; readonly note: string }[];
