/** Starts a Redis for a run: on loopback, without persistence, with a memory limit and no eviction. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectTo } from './client.js';
import { freePort } from './target.js';

const READY_POLL_MS = 20;

/** Calls `use` with the address of the Redis and returns its result, or undefined if Redis is not installed. */
export async function withRedis<T>(
  { maxMebibytes }: { readonly maxMebibytes: number },
  use: (address: string) => Promise<T>,
): Promise<T | undefined> {
  const port = await freePort();
  const bound = ['--maxmemory', `${maxMebibytes}mb`, '--maxmemory-policy', 'noeviction'];
  const child = spawn(
    'redis-server',
    ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...bound],
    { stdio: 'ignore' },
  );
  const ended = once(child, 'exit').catch(() => undefined);
  try {
    while (!(await isAnswering(port))) {
      if (child.pid === undefined) return undefined;
      if (child.exitCode !== null) throw new Error(`redis-server ended by itself, status ${child.exitCode}`);
      await sleep(READY_POLL_MS);
    }
    return await use(`redis://127.0.0.1:${port}`);
  } finally {
    child.kill('SIGTERM');
    if (child.pid !== undefined) await ended;
  }
}

async function isAnswering(port: number): Promise<boolean> {
  const socket = connectTo(`http://127.0.0.1:${port}`);
  try {
    socket.write('PING\r\n');
    const [answer] = await once(socket, 'data');
    return String(answer).startsWith('+PONG');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
