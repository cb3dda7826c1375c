/** A Redis or Valkey of a test's own, on loopback; where neither is installed the tests that need one are skipped. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './poll.js';

const PROGRAMS = ['redis-server', 'valkey-server'] as const;

/** The one that is installed. Says so where there is none, and fails with CI=true. */
export function findRedis(): string | undefined {
  const found = PROGRAMS.find((program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0);
  if (found === undefined && process.env['CI'] === 'true') throw new Error('no redis-server, and CI needs it');
  if (found === undefined)
    console.warn('skipped: the tests that need redis-server or valkey-server; neither is installed');
  return found;
}

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  /** At once, as a crash would. */
  kill(): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Again on the same port, with what its append-only file has. */
  start(): Promise<void>;
  /** For good, with its folder. */
  stop(): Promise<void>;
}

/** Keeps nothing over its end, unless the options say so. */
export async function startRedis(program: string, extra: readonly string[] = []): Promise<RedisServer> {
  const dir = mkdtempSync(join(tmpdir(), 'cmpassport-mock-redis-'));
  const port = await freePort();
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', dir, '--save', '', ...extra];
  let child: ChildProcess;

  async function start(): Promise<void> {
    child = spawn(program, args, { stdio: 'ignore' });
    await eventually(`${program} on port ${port}`, () => isAnswering(port));
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  await start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    get pid() {
      return child.pid ?? 0;
    },
    start,
    kill,
    signal: (name) => void child.kill(name),
    stop: async () => {
      await kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** An append-only file, each command before its answer: nothing that was answered is lost. */
export const DURABLE = ['--appendonly', 'yes', '--appendfsync', 'always'] as const;

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** PING, by hand: true once it has loaded what it keeps. */
async function isAnswering(port: number): Promise<true | undefined> {
  const socket = connect(port, '127.0.0.1');
  try {
    socket.write('PING\r\n');
    const [answer] = await once(socket, 'data');
    return String(answer).startsWith('+PONG') || undefined;
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}
