/** Both measurements: start and memory of a server, a server at full load. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isUp, mintMock } from '../lib/contestants.mjs';
import { ask, onConnections, send } from '../lib/http.mjs';
import { assertSuccesses, wrk } from '../lib/load.mjs';
import { cpuMicroseconds, residentMegabytes, scratchFile, withServer } from '../lib/processes.mjs';
import { APP } from '../lib/workloads.mjs';
import { OPERATIONS } from './operations.mjs';

const [login] = OPERATIONS;
const MICROSECONDS_IN_A_MILLISECOND = 1000;
const MICROSECONDS_IN_A_SECOND = 1_000_000;
const IDLE_MS = 500;
const SAMPLE_MS = 50;
// As many as a large test suite. The slowest peer needs about ten seconds.
const BURST = 10_000;
const BURST_CONNECTIONS = 16;
const ANY_TOKEN = 'STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVKqXJJ';
// CPU time, because real time differs on a busy machine. By then, V8 has compiled the code.
const WARM_UP_SECONDS = 6;
const WINDOW_SECONDS = 3;

/** The time from the start of a process to its first success, and its memory when idle and under load. */
export function measureStartUp(server) {
  const isReady = async (url) => (await firstAnswer(server, url))?.includes(login.success) ?? false;
  return withServer(server, isReady, async ({ url, pid, readyMs }) => {
    const readyCpuMs = cpuMicroseconds(pid) / MICROSECONDS_IN_A_MILLISECOND;
    await sleep(IDLE_MS);
    const idle = residentMegabytes(pid);
    return { readyMs, readyCpuMs, idle, loaded: await memoryUnderLoad(server, { url, pid }) };
  });
}

/** The mock needs an app and a token before it can succeed. This is part of its start. */
async function firstAnswer({ prepare }, url) {
  if (prepare === undefined) return ask(url + login.path, { body: login.bodyOf(ANY_TOKEN) });
  if ((await ask(`${url}/_mock/apps`, { body: JSON.stringify(APP) })) === undefined) return undefined;
  const minted = JSON.parse(await ask(`${url}/_mock/apps/${APP.appId}/tokens`, { body: '{}' }));
  return ask(url + login.path, { body: login.bodyOf(minted.token) });
}

/** Returns the maximum of all samples. */
async function memoryUnderLoad({ prepare }, { url, pid }) {
  const minted = prepare && (await mintMock(url, { ...login, count: BURST }));
  const bodies = (minted ?? new Array(BURST).fill(ANY_TOKEN)).map(login.bodyOf);
  const samples = [];
  const sampler = setInterval(() => samples.push(residentMegabytes(pid)), SAMPLE_MS);
  try {
    await onConnections(BURST_CONNECTIONS, async (agent) => {
      for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
        const { text } = await send(url + login.path, { agent, body });
        if (!text.includes(login.success)) throw new Error(`not a success: ${text}`);
      }
    });
  } finally {
    clearInterval(sampler);
  }
  return Math.max(...samples, residentMegabytes(pid));
}

/** Returns tokens from the mock's seed and a file of signed requests, which are the same for every server. */
export async function signRequests(mock, operation) {
  const tokens = await withServer(mock, isUp, ({ url }) => mock.prepare(url, operation));
  const path = scratchFile(`${operation.operation}.txt`, `${tokens.map(operation.bodyOf).join('\n')}\n`);
  return { tokens, path };
}

/** One operation at full load: requests a second, CPU time of a request, p99. */
export function measureThroughput(server, operation, requests) {
  const { warmUpSeconds = WARM_UP_SECONDS, prepare, charged } = server;
  return withServer(server, isUp, async ({ url, pid }) => {
    const minted = await prepare?.(url, operation);
    if (minted?.some((token, at) => token !== requests.tokens[at])) throw new Error('the seed produced other tokens');
    if (minted === undefined) await assertSuccess(url, operation, requests);
    const take = WINDOW_SECONDS * operation.perSecondMax;
    const load = { url, path: operation.path, bodies: requests.path, take, seconds: WINDOW_SECONDS };
    const runs = [];
    const sent = () => runs.reduce((sum, run) => sum + run.sent, 0);
    const until = cpuMicroseconds(pid) + warmUpSeconds * MICROSECONDS_IN_A_SECOND;
    while (cpuMicroseconds(pid) < until) runs.push(await wrk({ ...load, skip: sent() }));
    const before = cpuMicroseconds(pid);
    const window = await wrk({ ...load, skip: sent() });
    const cpu = cpuMicroseconds(pid) - before;
    const answers = [...runs, window].reduce((sum, run) => sum + run.requests, 0);
    assertSuccesses([...runs, window], (await charged?.(url)) ?? answers);
    return { perSecond: window.perSecond, cpu: cpu / window.requests, p99: window.p99 };
  });
}

/** A canned response is always the same, so one check is enough. wrk counts every status except 200. */
async function assertSuccess(url, { path, bodyOf, success }, { tokens }) {
  const answer = await ask(url + path, { body: bodyOf(tokens[0]) });
  if (!answer?.includes(success)) throw new Error(`not a success: ${answer}`);
}
