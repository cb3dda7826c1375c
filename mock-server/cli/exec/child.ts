/** Runs the command of `exec`: without a shell, with the standard streams of this process, and with its signals. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import type { Environment } from '../../options/language.js';
import { onStop, type StopSignal } from '../signals.js';
import type { Ended } from './status.js';

export interface ChildRunnerOptions {
  /** Receives the signals while the command does not run: before its start and after its end. */
  readonly endWithoutChild: (signal: StopSignal) => void;
  readonly underNpm: boolean;
}

export interface CommandToRun {
  readonly command: readonly [program: string, ...args: string[]];
  readonly env: Environment;
  /** The folder that is removed if this process is killed. */
  readonly folder: string;
}

const IS_WINDOWS = process.platform === 'win32';

/** From this call on, signals go to the command that runs. The returned function runs one. */
export function createChildRunner({ endWithoutChild, underNpm }: ChildRunnerOptions) {
  // Ctrl-C reaches all processes of the terminal's foreground group, and only they may read from it. Without a terminal,
  // the command has its own group, so that a signal reaches all its processes. Windows has no groups.
  const hasTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  const detached = !hasTerminal && !IS_WINDOWS;
  let target: Target;
  onStop({
    first: (signal) => {
      if (target === undefined) endWithoutChild(signal);
      else if (!hasTerminal || signal === 'SIGTERM') send(target, signal);
    },
    next: (signal) => {
      if (target === undefined) endWithoutChild(signal);
      else kill(target);
    },
    underNpm,
  });

  return async ({ command, env, folder }: CommandToRun): Promise<Ended> => {
    const [program, ...args] = command;
    try {
      // For some errors, spawn() throws; others are an event.
      const child = spawn(program, args, { stdio: 'inherit', env, detached });
      target = child.pid && (detached ? -child.pid : child.pid);
      return await endOf(child, target, folder);
    } catch (error) {
      return { kind: 'not run', error };
    } finally {
      target = undefined;
    }
  };
}

async function endOf(child: ChildProcess, target: Target, folder: string): Promise<Ended> {
  const exit = exitOf(child);
  const release = endWithThisProcess(target, folder);
  try {
    const ended = await exit;
    // The processes of a killed command go on without it.
    if (ended.kind === 'killed' && ended.signal === 'SIGKILL') kill(target);
    return ended;
  } finally {
    release();
  }
}

function exitOf(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      resolve(signal === null ? { kind: 'exited', code: code ?? 0 } : { kind: 'killed', signal });
    });
  });
}

const NOTHING = () => undefined;

/** The command's process, or as a negative number its group. undefined if no command runs. */
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
const KEEPER =
  'read -r _ || { rm -rf -- "$1"; kill -s TERM -- "$2"; sleep 5; kill -s KILL -- "$2"; }';

/** Ends the command if this process is killed. Windows does so itself. Returns a function that stops this. */
function endWithThisProcess(target: Target, folder: string): () => void {
  if (target === undefined || IS_WINDOWS) return NOTHING;
  try {
    const keeper = spawn('sh', ['-c', KEEPER, 'sh', folder, String(target)], {
      stdio: ['pipe', 'ignore', 'ignore'],
      // Ctrl-C must not end it.
      detached: true,
    });
    keeper.on('error', NOTHING);
    keeper.stdin.on('error', NOTHING);
    return () => void keeper.stdin.end('\n');
  } catch {
    // The command runs without it.
    return NOTHING;
  }
}
