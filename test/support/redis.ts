/** Starts a Redis or Valkey for a test, on loopback. Tests that need one are skipped if neither is installed. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';
import { eventually } from './poll.js';

const PROGRAMS = ['redis-server', 'valkey-server'] as const;

/** Returns the installed program, or undefined with a warning. Throws with CI=true if neither is installed. */
export function findRedis(): string | undefined {
  const found = PROGRAMS.find(
    (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0,
  );
  if (found === undefined && process.env['CI'] === 'true')
    throw new Error('redis-server is not installed, and CI=true requires it');
  if (found === undefined)
    console.warn(
      'skipped: the tests that need redis-server or valkey-server; neither is installed',
    );
  return found;
}

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  /** Kills the process immediately, as in a crash. */
  kill(): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Starts again on the same port, with the data of the append-only file. */
  start(): Promise<void>;
  /** Stops the process and removes its folder. */
  stop(): Promise<void>;
}

/** By default, the data is lost when the process ends. */
export async function startRedis(
  program: string,
  extra: readonly string[] = [],
): Promise<RedisServer> {
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
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
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

/** Writes each command to an append-only file before the reply, so that no confirmed write is lost. */
export const DURABLE = ['--appendonly', 'yes', '--appendfsync', 'always'] as const;

/** Sends PING. Returns true once the data is loaded. */
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
