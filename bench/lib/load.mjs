/** Load from wrk, which saturates one core with bodies from a file. */
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cpuMicroseconds, LOAD_CORE } from './processes.mjs';

const SCRIPT = fileURLToPath(new URL('post-bodies.lua', import.meta.url));
export const CONNECTIONS = 32;
// When wrk closes a connection, its last response may be charged but not counted. wrk runs twice.
const UNCOUNTED_MAX = 2 * CONNECTIONS;
const SETTLE_MS = 200;
const MICROSECONDS_IN_A_SECOND = 1_000_000;

const run = promisify(execFile);

export async function wrk({ url, path, bodies, skip, seconds, connections = CONNECTIONS, signal }) {
  const load = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '-s', SCRIPT, url];
  const command = ['-c', String(LOAD_CORE), 'wrk', ...load, '--', bodies, path, String(skip)];
  const { stdout } = await run('taskset', command, { signal });
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/**
 * Runs a warm-up, then the measured window. Throws if a response was not a success. No other request is sent in between,
 * because it would make V8 discard compiled code.
 */
export async function measure({ url, pid }, { path, bodies, warmUpSeconds, windowSeconds, charged }) {
  const warmUp = await wrk({ url, path, bodies, skip: 0, seconds: warmUpSeconds });
  await sleep(SETTLE_MS);
  const before = cpuMicroseconds(pid);
  const window = await wrk({ url, path, bodies, skip: warmUp.sent, seconds: windowSeconds });
  const cpu = cpuMicroseconds(pid) - before;
  await sleep(SETTLE_MS);
  const successes = await charged(url);
  const answers = warmUp.requests + window.requests;
  const wrong = successes < answers || successes > answers + UNCOUNTED_MAX || window.errors > 0;
  if (wrong) throw new Error(`${answers} responses, ${successes} successes, ${window.errors} errors`);
  return {
    perSecond: (window.requests * MICROSECONDS_IN_A_SECOND) / window.microseconds,
    cpu: cpu / window.requests,
    p99: window.p99,
    requests: window.requests,
  };
}
