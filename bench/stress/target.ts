/** The server under stress: the built command in its own process, with a probe that reports its memory. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

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
  const complain = (text: string) => void (complaints.length < COMPLAINTS_MAX && complaints.push(text));
  const complainOfEnd = (status: number | null) => complain(`the server ended unexpectedly, status ${status}`);
  child.stderr?.setEncoding('utf8').on('data', (text: string) => complain(`the server logged: ${text.trim()}`));
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

function startProcess(args: readonly string[]): ChildProcess {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CMPASSPORT_')));
  const node = ['--expose-gc', '--import', resolve('bench/stress/probe.mjs'), resolve('dist/main.js')];
  const stdio = ['ignore', 'ignore', 'pipe', 'ipc'] as const;
  // In its own process group, so that Ctrl-C reaches only the stage, which stops the server after its report.
  return spawn(process.execPath, [...node, ...args], { stdio: [...stdio], env, detached: true });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port found');
  return address.port;
}

async function untilAnswers(url: string, complaints: readonly string[]): Promise<void> {
  for (let poll = 0; poll < READY_POLLS_MAX && complaints.length === 0; poll += 1) {
    const answer = await fetch(`${url}/_mock/health`).catch(() => undefined);
    if (answer?.ok === true) return;
    await sleep(READY_POLL_MS);
  }
  throw new Error(`no response from ${url}: ${complaints.join('; ')}`);
}
