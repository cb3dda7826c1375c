/** Servers as child processes on their own core, and the resources that the kernel reports for them. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export const SERVER_CORE = 0;
export const LOAD_CORE = 1;
const NANOSECONDS_IN_A_MICROSECOND = 1000;
const READY_POLLS_MAX = 2000;
const READY_POLL_MS = 5;

/** Moves this process, and the load that it starts, away from the server's core. */
export function keepOffServerCore() {
  execFileSync('taskset', ['-a', '-p', '-c', String(LOAD_CORE), String(process.pid)], { stdio: 'ignore' });
}

/** Spins until its parent ends. */
const SPIN = 'const { ppid } = process; while (process.ppid === ppid) for (let left = 1e7; left > 0; left -= 1);';

/**
 * Keeps the load's core from going idle, and returns a function that ends it. Waking a halted virtual core costs about ten
 * microseconds, which the kernel attributes to the server that writes to a sleeping client. The client of a slower server
 * sleeps more often, so the slower server would look even slower.
 */
export function keepLoadCoreAwake() {
  const command = ['-i', '0', 'taskset', '-c', String(LOAD_CORE), process.execPath, '-e', SPIN];
  const child = spawn('chrt', command, { stdio: 'ignore' });
  return () => child.kill();
}

/** Starts `node …args` on the server's core. The child's pid is Node's, because taskset replaces itself with Node. */
export function spawnServer(args) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CMPASSPORT_')));
  const command = ['-c', String(SERVER_CORE), process.execPath, ...args];
  return spawn('taskset', command, { stdio: ['ignore', 'ignore', 'inherit'], env });
}

export async function stopServer(child) {
  if (child.exitCode !== null) throw new Error(`a server ended unexpectedly, status ${child.exitCode}`);
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits for any response of the server. */
export async function untilAnswers(url) {
  for (let poll = 0; poll < READY_POLLS_MAX; poll += 1) {
    try {
      await (await fetch(url)).arrayBuffer();
      return;
    } catch {
      await sleep(READY_POLL_MS);
    }
  }
  throw new Error(`no response from ${url}`);
}

/** Returns the scheduler's CPU time of all threads of a process, in microseconds. */
export function cpuMicroseconds(pid) {
  const threads = readdirSync(`/proc/${pid}/task`);
  const spent = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return spent.reduce((sum, ns) => sum + ns, 0) / NANOSECONDS_IN_A_MICROSECOND;
}

export function residentMegabytes(pid) {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(kilobytes) / 1024;
}

export async function post(url, body) {
  return call(url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
}

export async function call(url, init) {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${init?.method ?? 'GET'} ${url}: ${response.status} ${text.slice(0, 200)}`);
  return text === '' ? undefined : JSON.parse(text);
}
