/** Runs the built command in a process, which is stopped when the test ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { eventually } from './poll.js';

const MAIN = resolve('dist/main.js');

export type Environment = Readonly<Record<string, string>>;

export interface Finished {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  stdout(): string;
  stderr(): string;
  signal(name: NodeJS.Signals): void;
  /** Waits for the end of the process. */
  finished(): Promise<Finished>;
}

export interface Serving extends Running {
  readonly url: string;
  readonly banner: string;
}

/** Registers a function that ends the process. By default, it runs at the end of the test. */
export type AtEnd = (stop: () => Promise<void>) => void;

/** A program and its first arguments. */
export type Program = readonly [string, ...string[]];

const BUILT: Program = [process.execPath, MAIN];

/** Starts the command. Of the mock's environment variables, only those in `env` are set. */
export function startCommand(
  args: readonly string[],
  env: Environment = {},
  atEnd: AtEnd = (stop) => onTestFinished(stop),
  [program, ...first]: Program = BUILT,
): Running {
  const child = spawn(program, [...first, ...args], {
    env: { ...withoutOurs(process.env), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  const closed = once(child, 'close');
  atEnd(() => end(child, closed));
  return {
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    signal: (name) => void child.kill(name),
    finished: async () => {
      const [status, signal] = await closed;
      return { status, signal, ...output };
    },
  };
}

/** Runs the command to its end. */
export function runCommand(args: readonly string[], env: Environment = {}): Promise<Finished> {
  return startCommand(args, env).finished();
}

/** Starts the command and waits for its banner. */
export async function serve(
  args: readonly string[],
  env: Environment = {},
  atEnd?: AtEnd,
  program?: Program,
): Promise<Serving> {
  const running = startCommand(args, env, atEnd, program);
  const url = await eventually('the banner', () => {
    // The address of the control API, in either language. The banner is one write, so the whole banner is available.
    return /^ .* {2}(\S+)\/_mock$/m.exec(running.stdout())?.[1] ?? failure(running.stderr());
  });
  return { ...running, url, banner: running.stdout() };
}

function failure(output: string): undefined {
  if (output.includes('cmpassport-mock: ')) throw new Error(output);
  return undefined;
}

async function end(child: ChildProcess, closed: Promise<unknown>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await closed;
}

function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('CMPASSPORT_')),
  );
}
