/** Load and calls over HTTP: a small client with keep-alive connections, and wrk, which saturates one core. */
import { execFile } from 'node:child_process';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { LOAD_CORE, lifetime } from './processes.mjs';

/** Resolves to the response. `headers` is one text, in the order in which the server sent them. */
export function send(url, { agent, method = 'POST', body = '' }) {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers }, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      res.on('end', () => {
        const names = res.rawHeaders.map((part, at) => (at % 2 === 0 ? `${part}: ` : `${part}\n`));
        resolve({ status: res.statusCode, headers: names.join(''), text });
      });
      res.on('error', reject);
    });
    sent.on('error', reject).end(body);
  });
}

/** Returns the response's text, or undefined if nothing listens or the connection breaks. */
export function ask(url, call) {
  return send(url, call).then(
    ({ text }) => text,
    () => undefined,
  );
}

/** A call of the control API, which must succeed. */
export async function call(url, { method = 'POST', body } = {}) {
  const { status, text } = await send(url, {
    method,
    body: typeof body === 'object' ? JSON.stringify(body) : body,
  });
  if (status >= 300) throw new Error(`${method} ${url}: ${status} ${text.slice(0, 200)}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** Runs `work(agent)` on this many connections at once. */
export async function onConnections(connections, work) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  try {
    return await Promise.all(Array.from({ length: connections }, () => work(agent)));
  } finally {
    agent.destroy();
  }
}

const SCRIPT = fileURLToPath(new URL('post-bodies.lua', import.meta.url));
export const CONNECTIONS = 32;
const MICROSECONDS_IN_A_SECOND = 1_000_000;

/**
 * Sends up to `take` of a file's lines with wrk, from number `skip` on. Resolves to the numbers of responses and of sent requests, the
 * rate and the p99.
 */
export async function wrk({ url, path, bodies, skip, take, seconds, connections = CONNECTIONS }) {
  const load = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '-s', SCRIPT, url];
  const command = [
    '-c',
    String(LOAD_CORE),
    'wrk',
    ...load,
    '--',
    bodies,
    path,
    String(skip),
    String(take),
  ];
  const { stdout } = await promisify(execFile)('taskset', command, {
    signal: lifetime,
    killSignal: 'SIGKILL',
  });
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
