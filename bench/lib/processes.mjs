/** Servers as child processes on their own core, and the resources that the kernel reports for them. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const SERVER_CORE = 0;
export const LOAD_CORE = 1;
const NANOSECONDS_IN_A_MICROSECOND = 1000;
// A JVM on a busy core takes seconds.
const READY_MS_MAX = 60_000;
const READY_POLL_MS = 2;
const COMPLAINT_CHARACTERS = 300;

/** Aborted when this process ends, which kills all its child processes. */
const ending = new AbortController();
export const lifetime = ending.signal;
const scratch = mkdtempSync(join(tmpdir(), 'bench-'));

process.once('exit', () => {
  ending.abort();
  rmSync(scratch, { recursive: true, force: true });
});
for (const name of ['SIGINT', 'SIGTERM'])
  process.once(name, () => process.exit(128 + constants.signals[name]));

/** Writes a file to the folder of this process, which is removed at the end. */
export function scratchFile(name, text) {
  const path = join(scratch, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** Moves this process, and the load that it starts, away from the server's core. */
export function keepOffServerCore() {
  execFileSync('taskset', ['-a', '-p', '-c', String(LOAD_CORE), String(process.pid)], {
    stdio: 'ignore',
  });
}

/** Spins until its parent ends. */
const SPIN =
  'const { ppid } = process; while (process.ppid === ppid) for (let left = 1e7; left > 0; left -= 1);';

/**
 * Keeps the load's core from going idle until this process ends. Waking a halted virtual core costs about ten microseconds,
 * which the kernel attributes to the server that writes to a sleeping client. The client of a slower server sleeps more
 * often, so the slower server would look even slower.
 */
export function keepLoadCoreAwake() {
  const command = ['-i', '0', 'taskset', '-c', String(LOAD_CORE), process.execPath, '-e', SPIN];
  spawn('chrt', command, { stdio: 'ignore', signal: lifetime, killSignal: 'SIGKILL' })
    // An abort at the end of this process is reported here.
    .on('error', () => undefined)
    .unref();
}

/** Starts a program on a core. The child's pid is the program's, because taskset replaces itself with it. */
function startOn(core, command, cwd) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('CMPASSPORT_')),
  );
  const options = {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    signal: lifetime,
    killSignal: 'SIGKILL',
  };
  const child = spawn('taskset', ['-c', String(core), ...command], options);
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

/**
 * Runs a new process of a server in its own folder, waits until `isReady` resolves to true, and kills the process after `use`.
 * `command` gets the port. `files` are written to the folder.
 */
export async function withServer({ files = [], command, core = SERVER_CORE }, isReady, use) {
  const port = String(await freePort());
  const cwd = mkdtempSync(join(scratch, 'server-'));
  for (const { path, json } of files)
    scratchFile(join(cwd.slice(scratch.length), path), JSON.stringify(json));
  const startedMs = performance.now();
  const { child, complaint } = startOn(core, command(port), cwd);
  const assertRuns = () => {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`ended by itself, status ${child.exitCode}: ${complaint()}`);
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    while (!(await isReady(url))) {
      assertRuns();
      if (performance.now() - startedMs > READY_MS_MAX)
        throw new Error(`no success within a minute: ${complaint()}`);
      await sleep(READY_POLL_MS);
    }
    const result = await use({ url, port, pid: child.pid, readyMs: performance.now() - startedMs });
    assertRuns();
    return result;
  } finally {
    const exited =
      child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
    child.kill('SIGKILL');
    await exited;
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
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
