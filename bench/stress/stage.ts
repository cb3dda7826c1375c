/**
 * What the stages share: their input and outcome, the load, and the server under stress, which is the built command in its
 * own process with a probe that reports its memory.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../test/support/free-port.js';

export interface StageInput {
  /** The number of requests. */
  readonly size: number;
  readonly seed: number;
  /** Sends only the request with this index, and prints the response. */
  readonly only?: number | undefined;
  /** Receives the progress from time to time. */
  readonly progress: (text: string) => void;
  /** Ends the stage early. The stage then reports the work so far. */
  readonly enough: AbortSignal;
  /** Whether to write the figures into the file that the pages show. */
  readonly record?: boolean;
}

export interface StageOutcome {
  readonly figures: readonly (readonly [name: string, value: string])[];
  /** Empty if the stage passed. */
  readonly problems: readonly string[];
}

export const PROBLEMS_MAX = 20;

/** Runs `work` for 0, 1, 2 … below `count`, this many at a time. */
export async function inParallel(
  { count, atOnce }: { readonly count: number; readonly atOnce: number },
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const run = async () => {
    while (next < count) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, run));
}

const MEGABYTE = 1024 * 1024;
const SAMPLES = 40;
// A full collection keeps compiled code, and the sizes of journal records vary.
const GROWTH_BYTES_ALLOWED = 8 * MEGABYTE;
// With fewer requests, journals and ledgers still grow, and a quarter has few samples.
const GROWTH_TELLS_FROM = 50_000;

/** Samples of the heap during a run. `at` takes the next one if enough requests are done. */
export function watchHeap(target: Target, total: number) {
  const samples: number[] = [];
  const quarter = (number: number) =>
    medianOf(samples.slice((number * samples.length) / 4, ((number + 1) * samples.length) / 4));
  return {
    at: async (done: number): Promise<void> => {
      if (done >= ((samples.length + 1) * total) / SAMPLES) samples.push(await target.heapBytes());
    },
    /** The first half fills the journals and compiles the code. */
    problems: (): readonly string[] => {
      const growth = quarter(3) - quarter(2);
      return total >= GROWTH_TELLS_FROM && growth > GROWTH_BYTES_ALLOWED
        ? [
            `the heap grew by ${(growth / MEGABYTE).toFixed(1)} MB from the third to the last quarter`,
          ]
        : [];
    },
    figure: (): readonly [string, string] => [
      'heap, the median of each quarter',
      [0, 1, 2, 3].map((number) => `${(quarter(number) / MEGABYTE).toFixed(1)} MB`).join(', '),
    ],
  };
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export interface Target {
  readonly url: string;
  /** The heap and the buffers after a full collection. */
  heapBytes(): Promise<number>;
  /** An unexpected end of the process, and each line of the log, which has only errors. */
  readonly complaints: readonly string[];
  stop(): Promise<void>;
}

const READY_POLL_MS = 10;
const READY_POLLS_MAX = 3000;
/** More complaints would only repeat the first ones. */
const COMPLAINTS_MAX = 20;

export async function startTarget(configuration: object): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'cmpassport-mock-stress-'));
  const file = join(folder, 'configuration.json');
  writeFileSync(file, JSON.stringify(configuration));
  const port = await freePort();
  const child = startProcess(['--port', `${port}`, '--log', 'error', '--config', file]);
  const ended = once(child, 'close');
  const complaints: string[] = [];
  const complain = (text: string) =>
    void (complaints.length < COMPLAINTS_MAX && complaints.push(text));
  const complainOfEnd = (status: number | null) =>
    complain(`the server ended unexpectedly, status ${status}`);
  child.stderr
    ?.setEncoding('utf8')
    .on('data', (text: string) => complain(`the server logged: ${text.trim()}`));
  child.once('exit', complainOfEnd);
  const url = `http://127.0.0.1:${port}`;
  await untilAnswers(url, complaints);
  return {
    url,
    complaints,
    heapBytes: async () => {
      child.send('heap');
      const [bytes] = await Promise.race([once(child, 'message'), ended]);
      return Number(bytes);
    },
    stop: async () => {
      child.off('exit', complainOfEnd);
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A server that a stage may end and start again. Its log has errors while its store fails. */
export interface Restartable {
  readonly url: string;
  /** Stack traces in the log. */
  readonly complaints: readonly string[];
  signal(name: NodeJS.Signals): void;
  /** Waits for the end of the process, then starts it again on the same port. */
  restart(): Promise<void>;
  untilReady(): Promise<void>;
  stop(): Promise<void>;
}

export async function startRestartable(
  args: readonly string[],
  configuration: object,
): Promise<Restartable> {
  const folder = mkdtempSync(join(tmpdir(), 'cmpassport-mock-stress-'));
  const file = join(folder, 'configuration.json');
  writeFileSync(file, JSON.stringify(configuration));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const complaints: string[] = [];
  const start = () => {
    const child = startProcess(['--port', `${port}`, '--log', 'error', '--config', file, ...args]);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (/^\s+at /m.test(text)) complaints.push(`the server logged: ${text.trim()}`);
    });
    return { child, ended: once(child, 'close') };
  };
  let { child, ended } = start();
  const untilReady = () => untilAnswers(url, complaints);
  await untilReady();
  return {
    url,
    complaints,
    untilReady,
    signal: (name) => void child.kill(name),
    restart: async () => {
      await ended;
      ({ child, ended } = start());
      await untilReady();
    },
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function startProcess(args: readonly string[]): ChildProcess {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('CMPASSPORT_')),
  );
  const node = [
    '--expose-gc',
    '--import',
    resolve('bench/stress/probe.mjs'),
    resolve('dist/main.js'),
  ];
  const stdio = ['ignore', 'ignore', 'pipe', 'ipc'] as const;
  // In its own process group, so that Ctrl-C reaches only the stage, which stops the server after its report.
  return spawn(process.execPath, [...node, ...args], { stdio: [...stdio], env, detached: true });
}

async function untilAnswers(url: string, complaints: readonly string[]): Promise<void> {
  for (let poll = 0; poll < READY_POLLS_MAX && complaints.length === 0; poll += 1) {
    const answer = await fetch(`${url}/_mock/health`).catch(() => undefined);
    if (answer?.ok === true) return;
    await sleep(READY_POLL_MS);
  }
  throw new Error(`no response from ${url}: ${complaints.join('; ')}`);
}
