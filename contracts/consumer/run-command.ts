/** Runs the user's command until it ends or reaches the time limit, then ends its whole process group. */

import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { codeOf, messageOf } from '../../src/text/error-message.js';
import type { Environment } from '../kit/wire.js';

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

/** Only the end of the output is kept, because a client may log without limit. */
const OUTPUT_LENGTH_MAX = 256 * 1024;

export function runCommand({
  command: [program, ...args],
  env,
  limitMs,
}: CommandToRun): Promise<Ended> {
  // A separate process group, so that the processes of the command can be ended with it.
  const options: SpawnOptions = {
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  };
  let child: ChildProcess;
  try {
    child = spawn(program, args, options);
  } catch (error) {
    // An empty name, or a NUL in an argument.
    return Promise.resolve(notStarted(error));
  }
  const written = outputOf(child);
  const release = endWithProcess(child);
  const state = { overdue: false };
  const timer = setTimeout(() => {
    state.overdue = true;
    killGroup(child);
  }, limitMs);
  return new Promise<Ended>((resolve) => {
    child.on('error', (error) => {
      // A running command that could not be signalled still ends later.
      if (child.pid === undefined) resolve(notStarted(error));
    });
    // Before the pipes close, because a leftover process may keep them open.
    child.on('exit', () => killGroup(child));
    child.on('close', (status, signal) => {
      const output = written();
      if (state.overdue) resolve({ kind: 'overdue', output });
      else if (status === null) resolve({ kind: 'killed', signal: signal ?? 'a signal', output });
      else resolve({ kind: 'exited', status, output });
    });
  }).finally(() => {
    clearTimeout(timer);
    release();
  });
}

function notStarted(error: unknown): Ended {
  return { kind: 'not started', why: codeOf(error) ?? messageOf(error), output: '' };
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
    // The group is empty, or the system has no process groups, as on Windows.
    child.kill('SIGKILL');
  }
}

// A separate group does not receive Ctrl-C from the terminal.
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The running commands of all scenarios. One handler for each signal ends them all. */
const running = new Set<ChildProcess>();

/** Ends the command when this process ends. Returns a function that stops this. */
function endWithProcess(child: ChildProcess): () => void {
  if (running.size === 0) {
    process.on('exit', killAll);
    for (const signal of SIGNALS) process.on(signal, endAll);
  }
  running.add(child);
  return () => {
    if (running.delete(child) && running.size === 0) removeHandlers();
  };
}

function removeHandlers(): void {
  process.off('exit', killAll);
  for (const signal of SIGNALS) process.off(signal, endAll);
}

function killAll(): void {
  for (const child of running) killGroup(child);
}

function endAll(signal: NodeJS.Signals): void {
  killAll();
  running.clear();
  removeHandlers();
  // If there is another listener, it ends the process.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}
