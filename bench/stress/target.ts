/** The server under stress: the built command in its own process, with a probe that reports its resources. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Held {
  /** The size of the heap and of buffers after a full collection. */
  readonly heapBytes: number;
  readonly rssBytes: number;
  readonly descriptors: number;
}

export interface Blocked {
  /** The longest block of the event loop, in real time. It is longer on a busy machine. */
  readonly longestMs: number;
  /** The CPU time, including the threads of the garbage collector. */
  readonly cpuMs: number;
}

export interface Target {
  readonly url: string;
  readonly httpsUrl: string | undefined;
  held(): Promise<Held>;
  /** CPU time so far, in microseconds. */
  cpu(): Promise<number>;
  /** Measures the event loop while the function runs. */
  blocked(during: () => Promise<unknown>): Promise<Blocked>;
  /** An unexpected end of the process, and each line of the log, which has only errors. */
  complaints(): readonly string[];
  stop(): Promise<void>;
}

export interface TargetOptions {
  /** The content of the configuration file. */
  readonly configuration?: object;
  readonly https?: boolean;
  /** The maximum heap of the server. By default, Node decides. */
  readonly heapMebibytes?: number;
  /** The address of a Redis. */
  readonly store?: string;
}

const MICROSECONDS_IN_A_MILLISECOND = 1000;
const FIRST_BEATS_MS = 50;
const READY_POLL_MS = 10;
const READY_POLLS_MAX = 2000;
/** More complaints would only repeat the first ones. */
const COMPLAINTS_MAX = 20;

export async function startTarget(options: TargetOptions = {}): Promise<Target> {
  const { configuration = {}, https = false, heapMebibytes, store } = options;
  const folder = mkdtempSync(join(tmpdir(), 'cmpassport-mock-stress-'));
  const file = join(folder, 'configuration.json');
  writeFileSync(file, JSON.stringify(configuration));
  const [port, httpsPort] = [await freePort(), https ? await freePort() : undefined];
  const args = [
    ...['--port', String(port), '--log', 'error', '--config', file],
    ...(httpsPort === undefined ? [] : ['--https-port', String(httpsPort), '--tls-dir', folder]),
    ...(store === undefined ? [] : ['--store', store]),
  ];
  const child = startProcess(args, heapMebibytes === undefined ? [] : [`--max-old-space-size=${heapMebibytes}`]);
  const url = `http://127.0.0.1:${port}`;
  const watched = watch(child);
  await untilAnswers(url, watched.complaints);
  const ask = createAsk(child, watched.ended);
  return {
    url,
    httpsUrl: httpsPort === undefined ? undefined : `https://127.0.0.1:${httpsPort}`,
    held: () => ask<Held>('held'),
    cpu: () => ask<number>('cpu'),
    blocked: async (during) => {
      await ask('watchLoop');
      // A delay is measured between two ticks of the monitor's timer.
      await sleep(FIRST_BEATS_MS);
      const before = await ask<number>('cpu');
      await during();
      // The histogram records a delay at the next turn of the loop.
      const cpuMs = ((await ask<number>('cpu')) - before) / MICROSECONDS_IN_A_MILLISECOND;
      return { longestMs: await ask<number>('longestBlockMs'), cpuMs };
    },
    complaints: watched.complaints,
    stop: async () => {
      watched.expectEnd();
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await watched.ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function startProcess(args: readonly string[], flags: readonly string[]): ChildProcess {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CMPASSPORT_')));
  const node = [...flags, '--expose-gc', '--import', resolve('bench/stress/probe.mjs'), resolve('dist/main.js')];
  // In its own process group, so that Ctrl-C reaches only the stage, which stops the server after its report.
  return spawn(process.execPath, [...node, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env,
    detached: true,
  });
}

function watch(child: ChildProcess) {
  const complaints: string[] = [];
  const complain = (text: string) => {
    if (complaints.length < COMPLAINTS_MAX) complaints.push(text);
  };
  let endExpected = false;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => complain(`the server logged: ${text.trim()}`));
  child.once('exit', (status, signal) => {
    if (!endExpected) complain(`the server ended unexpectedly: status ${status}, signal ${signal}`);
  });
  return {
    complaints: () => complaints,
    ended: once(child, 'close'),
    expectEnd: () => {
      endExpected = true;
    },
  };
}

function createAsk(child: ChildProcess, ended: Promise<unknown>) {
  let lastId = 0;
  const waiting = new Map<number, (answer: unknown) => void>();
  child.on('message', ({ id, answer }: { readonly id: number; readonly answer: unknown }) => {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  });
  return <T>(ask: string): Promise<T> => {
    lastId += 1;
    const id = lastId;
    const answered = new Promise<T>((answer) => waiting.set(id, answer as (answer: unknown) => void));
    child.send({ id, ask });
    const exited = ended.then((): never => {
      throw new Error('the server has ended');
    });
    return Promise.race([answered, exited]);
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port found');
  return address.port;
}

async function untilAnswers(url: string, complaints: () => readonly string[]): Promise<void> {
  for (let poll = 0; poll < READY_POLLS_MAX; poll += 1) {
    const answer = await fetch(`${url}/_mock/health`).catch(() => undefined);
    if (answer?.ok === true) return;
    if (complaints().length > 0) break;
    await sleep(READY_POLL_MS);
  }
  throw new Error(`no response from ${url}: ${complaints().join('; ')}`);
}
