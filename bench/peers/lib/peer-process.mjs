/** Runs a server in its own process and folder, on the server's core. It is always ended by its pid. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, SERVER_CORE } from '../../lib/processes.mjs';

// A JVM on a busy core takes seconds.
const READY_MS_MAX = 60_000;
const READY_POLL_MS = 2;
const STOP_MS_MAX = 5_000;
const COMPLAINT_CHARACTERS = 300;

/** Aborted when this process ends, which kills all its child processes. */
const ending = new AbortController();
export const lifetime = ending.signal;
const scratch = mkdtempSync(join(tmpdir(), 'peers-'));

process.once('exit', () => {
  ending.abort();
  rmSync(scratch, { recursive: true, force: true });
});
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(name, () => process.exit(128 + constants.signals[name]));

/** Writes a file to the folder of this process. */
export function scratchFile(name, text) {
  const path = join(scratch, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** Starts a program on the server's core. The child's pid is the program's, because taskset replaces itself with it. */
export function startOnServerCore(command, { cwd, stdout = 'ignore' }) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CMPASSPORT_')));
  const stdio = ['ignore', stdout, 'pipe'];
  const options = { cwd, env, stdio, signal: lifetime, killSignal: 'SIGKILL' };
  const child = spawn('taskset', ['-c', String(SERVER_CORE), ...command], options);
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complaint = (complaint + text).slice(-COMPLAINT_CHARACTERS);
  });
  // An abort at the end of this process is reported here too, and is not a problem.
  child.on('error', (error) => {
    complaint ||= error.message;
  });
  return { child, complaint: () => complaint.replace(/\s+/g, ' ').trim() };
}

/** Runs a new process of a server, waits until `isReady` returns true, and ends the process after `use`. */
export async function withServer({ server, isReady }, use) {
  const port = await freePort();
  const cwd = mkdtempSync(join(scratch, 'server-'));
  for (const { path, json } of server.files()) scratchFile(join(cwd.slice(scratch.length), path), JSON.stringify(json));
  const startedMs = performance.now();
  const { child, complaint } = startOnServerCore(server.command({ port: String(port) }), { cwd });
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilReady(() => isReady(url), { child, complaint });
    return await use({ url, pid: child.pid, readyMs: performance.now() - startedMs });
  } finally {
    await stop(child);
    rmSync(cwd, { recursive: true, force: true });
  }
}

async function untilReady(isReady, { child, complaint }) {
  const deadlineMs = performance.now() + READY_MS_MAX;
  while (!(await isReady())) {
    if (hasEnded(child)) throw new Error(`ended by itself, status ${child.exitCode}: ${complaint()}`);
    if (performance.now() > deadlineMs) throw new Error(`no success within a minute: ${complaint()}`);
    await sleep(READY_POLL_MS);
  }
}

function hasEnded(child) {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function stop(child) {
  if (hasEnded(child)) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
  await exited;
  clearTimeout(timer);
}

/** Returns the response's text, or undefined if nothing listens or the connection breaks. */
export function ask(url, body) {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve) => {
    const sent = request(url, { agent: false, method: 'POST', headers }, async (res) => {
      const chunks = await res.toArray().catch(() => undefined);
      resolve(chunks && Buffer.concat(chunks).toString());
    });
    sent.on('error', () => resolve(undefined)).end(body);
  });
}
