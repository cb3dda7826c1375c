/** Runs a tool in its own process and folder, on the server's core. It is ended by its pid, also when this process ends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { send } from '../lib/http.mjs';
import { freePort, SERVER_CORE } from '../lib/processes.mjs';

// A JVM on a busy core takes seconds.
const READY_MS_MAX = 60_000;
const READY_POLL_MS = 2;
const COMPLAINT_CHARACTERS = 300;

/** Aborted when this process ends, which kills all its child processes. */
const ending = new AbortController();
export const lifetime = ending.signal;
const scratch = mkdtempSync(join(tmpdir(), 'peers-'));

process.once('exit', () => {
  ending.abort();
  rmSync(scratch, { recursive: true, force: true });
});
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => process.exit(128 + constants.signals[name]));

/** Writes a file to the folder of this process. */
export function scratchFile(name, text) {
  const path = join(scratch, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** Starts a program on the server's core. The child's pid is the program's, because taskset replaces itself with it. */
export function startOnServerCore(command, { cwd, stdout = 'ignore' } = {}) {
  const options = { cwd, stdio: ['ignore', stdout, 'pipe'], signal: lifetime, killSignal: 'SIGKILL' };
  const child = spawn('taskset', ['-c', String(SERVER_CORE), ...command], options);
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complaint = (complaint + text).slice(-COMPLAINT_CHARACTERS);
  });
  // An abort at the end of this process is reported here too.
  child.on('error', ({ message }) => {
    complaint ||= message;
  });
  return { child, complaint: () => complaint.replace(/\s+/g, ' ').trim() };
}

/** Runs a new process of a server, waits until `isReady` returns true, and ends the process after `use`. */
export async function withPeer({ files, command }, isReady, use) {
  const port = String(await freePort());
  const cwd = mkdtempSync(join(scratch, 'server-'));
  for (const { path, json } of files) scratchFile(join(cwd.slice(scratch.length), path), JSON.stringify(json));
  const startedMs = performance.now();
  const { child, complaint } = startOnServerCore(command(port), { cwd });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const url = `http://127.0.0.1:${port}`;
  try {
    while (!(await isReady(url))) {
      if (hasEnded()) throw new Error(`ended by itself, status ${child.exitCode}: ${complaint()}`);
      if (performance.now() - startedMs > READY_MS_MAX) throw new Error(`no success within a minute: ${complaint()}`);
      await sleep(READY_POLL_MS);
    }
    return await use({ url, pid: child.pid, readyMs: performance.now() - startedMs });
  } finally {
    const exited = hasEnded() ? undefined : once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
}

/** Returns the response's text, or undefined if nothing listens or the connection breaks. */
export function ask(url, body) {
  return send(url, { body }).then(
    ({ text }) => text,
    () => undefined,
  );
}
