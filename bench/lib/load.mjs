/** Load from wrk, which saturates one core with bodies from a file. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { LOAD_CORE, lifetime } from './processes.mjs';

const SCRIPT = fileURLToPath(new URL('post-bodies.lua', import.meta.url));
export const CONNECTIONS = 32;
const MICROSECONDS_IN_A_SECOND = 1_000_000;

const run = promisify(execFile);

/**
 * Sends up to `take` of the bodies, from number `skip` on. Resolves to the numbers of responses and of sent requests, the
 * rate and the p99.
 */
export async function wrk({ url, path, bodies, skip, take, seconds, connections = CONNECTIONS }) {
  const load = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '-s', SCRIPT, url];
  const command = ['-c', String(LOAD_CORE), 'wrk', ...load, '--', bodies, path, String(skip), String(take)];
  const { stdout } = await run('taskset', command, { signal: lifetime, killSignal: 'SIGKILL' });
  const { microseconds, ...result } = JSON.parse(stdout.trim().split('\n').at(-1));
  return { ...result, perSecond: (result.requests * MICROSECONDS_IN_A_SECOND) / microseconds };
}

/** Throws unless each response was a success, which the ledger counts. */
export function assertSuccesses(runs, charged) {
  const answers = runs.reduce((sum, { requests }) => sum + requests, 0);
  const errors = runs.reduce((sum, run) => sum + run.errors, 0);
  // When wrk ends, it closes each connection, whose last response may be charged but not counted.
  if (errors > 0 || charged < answers || charged > answers + runs.length * CONNECTIONS)
    throw new Error(`${answers} responses, ${charged} charged, ${errors} errors`);
}
