/** The team's command, run to its end or to the limit; its whole process group goes with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Environment } from '../provider/profile.js';

export interface CommandToRun {
  readonly command: readonly [string, ...string[]];
  readonly env: Environment;
  readonly limitMs: number;
}

export type Ended = { readonly output: string } & (
  | { readonly kind: 'exited'; readonly status: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'overdue' }
  | { readonly kind: 'not started'; readonly why: string }
);

/** The end of what it writes, for a client that logs without end. */
const OUTPUT_LENGTH_MAX = 256 * 1024;

export function runCommand({ command: [program, ...args], env, limitMs }: CommandToRun): Promise<Ended> {
  // In a group of its own, so that what the command starts can be ended with it.
  const child = spawn(program, args, { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const written = outputOf(child);
  const letGo = endWithUs(child);
  const state = { overdue: false };
  const timer = setTimeout(() => {
    state.overdue = true;
    killGroup(child);
  }, limitMs);
  return new Promise<Ended>((resolve) => {
    child.on('error', (error) => {
      // A command that runs and could not be signalled has its end yet to come.
      if (child.pid === undefined) resolve({ kind: 'not started', why: codeOf(error), output: '' });
    });
    // Before the pipes close, which a process left behind may hold open.
    child.on('exit', () => killGroup(child));
    child.on('close', (status, signal) => resolve({ ...endOf(state.overdue, status, signal), output: written() }));
  }).finally(() => {
    clearTimeout(timer);
    letGo();
  });
}

type Kind =
  | { readonly kind: 'exited'; readonly status: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'overdue' };

function endOf(isOverdue: boolean, status: number | null, signal: string | null): Kind {
  if (isOverdue) return { kind: 'overdue' };
  return status === null ? { kind: 'killed', signal: signal ?? 'a signal' } : { kind: 'exited', status };
}

function outputOf(child: ChildProcess): () => string {
  const state = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      state.text = (state.text + text).slice(-OUTPUT_LENGTH_MAX);
    });
  }
  return () => state.text.trim();
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody is left in it; or there are no process groups here, as on Windows.
    child.kill('SIGKILL');
  }
}

// A group of its own gets no Ctrl-C from the terminal either.
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Those that run now, of all scenarios: one handler of each signal ends them all. */
const running = new Set<ChildProcess>();

/** While it runs, it ends when we do. Gives back how to let go of it. */
function endWithUs(child: ChildProcess): () => void {
  if (running.size === 0) watchOurEnd();
  running.add(child);
  return () => {
    if (running.delete(child) && running.size === 0) ignoreOurEnd();
  };
}

function watchOurEnd(): void {
  process.on('exit', killAll);
  for (const signal of SIGNALS) process.on(signal, endAll);
}

function ignoreOurEnd(): void {
  process.off('exit', killAll);
  for (const signal of SIGNALS) process.off(signal, endAll);
}

function killAll(): void {
  for (const child of running) killGroup(child);
}

function endAll(signal: NodeJS.Signals): void {
  killAll();
  running.clear();
  ignoreOurEnd();
  // Another listener ends the process itself.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : error.message;
}
