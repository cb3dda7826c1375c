/** Measures one operation of a new server process at full load: requests a second, CPU time of a request, p99. */
import { CONNECTIONS, wrk } from '../../lib/load.mjs';
import { cpuMicroseconds } from '../../lib/processes.mjs';
import { ask, lifetime, scratchFile, withServer } from './peer-process.mjs';

const MICROSECONDS_IN_A_SECOND = 1_000_000;
// CPU time, because real time differs on a busy machine. By then, V8 has compiled the code. A row can set a longer time.
const WARM_UP_SECONDS = 6;
const SLICE_SECONDS = 3;
const WINDOW_SECONDS = 3;

/** Returns tokens from the mock's seed and a file of signed requests, which are the same for every server. */
export async function signRequests(mock, operation) {
  const tokens = await withServer({ server: mock, isReady: isUp }, ({ url }) => mock.prepare(url, operation));
  const path = scratchFile(`${operation.operation}.txt`, `${tokens.map(operation.bodyOf).join('\n')}\n`);
  return { tokens, path };
}

export async function measureThroughput(server, operation, requests) {
  return withServer({ server, isReady: isUp }, async ({ url, pid }) => {
    const minted = await server.prepare?.(url, operation);
    if (minted?.some((token, at) => token !== requests.tokens[at])) throw new Error('the seed produced other tokens');
    if (minted === undefined) await assertSuccess(url, operation, requests);
    const load = { url, path: operation.path, bodies: requests.path, signal: lifetime };
    const warmUp = await warmedUp(pid, { warmUpSeconds: server.warmUpSeconds ?? WARM_UP_SECONDS, load });
    const before = cpuMicroseconds(pid);
    const window = await wrk({ ...load, skip: warmUp.sent, seconds: WINDOW_SECONDS });
    const cpu = cpuMicroseconds(pid) - before;
    await assertAllSuccesses(server, url, [...warmUp.runs, window]);
    return {
      perSecond: (window.requests * MICROSECONDS_IN_A_SECOND) / window.microseconds,
      cpu: cpu / window.requests,
      p99: window.p99,
    };
  });
}

/** A canned response is always the same, so one check is enough. wrk counts every status except 200. */
async function assertSuccess(url, { path, bodyOf, success }, { tokens }) {
  const answer = await ask(url + path, bodyOf(tokens[0]));
  if (!answer?.includes(success)) throw new Error(`not a success: ${answer}`);
}

async function warmedUp(pid, { warmUpSeconds, load }) {
  const until = cpuMicroseconds(pid) + warmUpSeconds * MICROSECONDS_IN_A_SECOND;
  const runs = [];
  let sent = 0;
  while (cpuMicroseconds(pid) < until) {
    const run = await wrk({ ...load, skip: sent, seconds: SLICE_SECONDS });
    runs.push(run);
    sent += run.sent;
  }
  return { runs, sent };
}

/** All responses of the mock were successes if its ledger has a record for each. wrk may not count the last response of a connection. */
async function assertAllSuccesses({ charged }, url, runs) {
  const answers = runs.reduce((sum, { requests }) => sum + requests, 0);
  const errors = runs.reduce((sum, run) => sum + run.errors, 0);
  const successes = (await charged?.(url)) ?? answers;
  const wrong = successes < answers || successes > answers + runs.length * CONNECTIONS || errors > 0;
  if (wrong) throw new Error(`${answers} responses, ${successes} successes, ${errors} errors`);
}

async function isUp(url) {
  return (await ask(url, '')) !== undefined;
}
