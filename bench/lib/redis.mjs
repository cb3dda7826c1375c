/** Starts a Redis for a benchmark, on the load's core, so that the server does not share its core. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, LOAD_CORE } from './processes.mjs';

const READY_POLL_MS = 20;

/** Runs a Redis without persistence until `use` ends. */
export async function withRedis(use) {
  const port = await freePort();
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('taskset', ['-c', `${LOAD_CORE}`, 'redis-server', ...args], { stdio: 'ignore' });
  try {
    while (!(await isAnswering(port))) {
      if (child.exitCode !== null) throw new Error(`redis-server ended unexpectedly, status ${child.exitCode}`);
      await sleep(READY_POLL_MS);
    }
    return await use({ address: `redis://127.0.0.1:${port}`, pid: child.pid });
  } finally {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  }
}

async function isAnswering(port) {
  const socket = connect(port, '127.0.0.1');
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
