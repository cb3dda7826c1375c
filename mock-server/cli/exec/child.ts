/** Runs the command of `exec`: without a shell, with the standard streams of this process, and with its signals. */
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import type { Environment } from '../../options/language.js';
import { onStop, type StopSignal } from '../signals.js';

/** As `env` and `docker run` exit: POSIX, 2.8.2, for the last two. */
const CANNOT_BE_RUN_STATUS = 126;
const NOT_FOUND_STATUS = 127;
const SIGNALLED_STATUS = 128;

export type Ended =
  | { readonly kind: 'ended'; readonly status: number }
  | { readonly kind: 'not started'; readonly status: number; readonly why: string };

export interface CommandToRun {
  readonly command: readonly [program: string, ...args: string[]];
  readonly env: Environment;
  /** The folder that is removed if this process is killed. */
  readonly folder: string;
}

const IS_WINDOWS = process.platform === 'win32';

export function runChild({ command: [program, ...args], env, folder }: CommandToRun): Promise<Ended> {
  // Ctrl-C reaches all processes of the terminal's foreground group, and only they may read from it. Without a terminal,
  // the command has its own group, so that a signal reaches all its processes. Windows has no groups.
  const hasTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  const detached = !hasTerminal && !IS_WINDOWS;
  let target: Target;
  // Before the command starts: a signal at its first moment would end this process only.
  onStop({
    first: (signal) => {
      if (!hasTerminal || signal === 'SIGTERM') send(target, signal);
    },
    next: () => kill(target),
    underNpm: env['npm_command'] !== undefined,
  });
  const child = spawn(program, args, { stdio: 'inherit', env, detached });
  target = child.pid && (detached ? -child.pid : child.pid);
  const release = endWithThisProcess(target, folder);
  return new Promise<Ended>((resolve) => {
    child.once('error', ({ code = '', message }: NodeJS.ErrnoException) => {
      if (target !== undefined) return;
      const status = code === 'ENOENT' ? NOT_FOUND_STATUS : CANNOT_BE_RUN_STATUS;
      resolve({ kind: 'not started', status, why: code === '' ? message : code });
    });
    child.once('exit', (code, signal) => {
      // The processes of a killed command go on without it.
      if (signal === 'SIGKILL') kill(target);
      resolve({ kind: 'ended', status: code ?? SIGNALLED_STATUS + (signal ? constants.signals[signal] : 0) });
    });
  }).finally(release);
}

/** The command's process, or as a negative number its group. undefined if it did not start. */
type Target = number | undefined;

function send(target: Target, signal: StopSignal | 'SIGKILL'): void {
  if (target === undefined) return;
  try {
    process.kill(target, signal);
  } catch {
    // It has already ended.
  }
}

function kill(target: Target): void {
  if (IS_WINDOWS) spawnSync('taskkill', ['/pid', String(target), '/t', '/f']);
  else send(target, 'SIGKILL');
}

// Its input ends without a line if this process is killed. The second signal is for a command that ignores the first.
const KEEPER = 'read -r _ || { rm -rf -- "$1"; kill -s TERM -- "$2"; sleep 5; kill -s KILL -- "$2"; }';

/** Ends the command if this process is killed. Windows does so itself. Returns a function that stops this. */
function endWithThisProcess(target: Target, folder: string): () => void {
  if (target === undefined || IS_WINDOWS) return () => undefined;
  const keeper = spawn('sh', ['-c', KEEPER, 'sh', folder, String(target)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Ctrl-C must not end it.
    detached: true,
  });
  keeper.on('error', () => undefined);
  keeper.stdin.on('error', () => undefined);
  return () => void keeper.stdin.end('\n');
}
