/**
 * Compares the mock with other tools that can replace a carrier, on the same two requests.
 * `npm run bench:peers -- [--rounds 5] [--part start-up|throughput] [--peer WireMock]`. --part and --peer can
 * be repeated. Run `npm ci --prefix bench/peers` first, and install wrk and Java. A tool that is missing fails in its row.
 */
import { cpus, loadavg, release } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { isUp, mintMock, withRoom } from '../lib/contestants.mjs';
import { ask, assertSuccesses, onConnections, send, wrk } from '../lib/http.mjs';
import {
  cpuMicroseconds,
  keepOffServerCore,
  residentMegabytes,
  scratchFile,
  withServer,
} from '../lib/processes.mjs';
import { measureRounds, median, table } from '../lib/statistics.mjs';
import { APP } from '../lib/workloads.mjs';
import { OPERATIONS } from './operations.mjs';
import { SERVERS } from './tools.mjs';

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    part: { type: 'string', multiple: true, default: ['start-up', 'throughput'] },
    peer: { type: 'string', multiple: true },
  },
});
const OURS = 'cmpassport-mock';

const whole = (unit) => (value) => `${value.toFixed(0)}${unit}`;
const START_UP = [
  { head: 'first success', figure: 'readyMs', show: whole(' ms') },
  { head: 'CPU until then', figure: 'readyCpuMs', show: whole(' ms') },
  { head: 'memory idle', figure: 'idle', show: whole(' MB') },
  { head: 'memory under load', figure: 'loaded', show: whole(' MB') },
];
const THROUGHPUT = [
  { head: 'per second', figure: 'perSecond', show: whole('') },
  { head: 'CPU', figure: 'cpu', show: (value) => `${value.toFixed(1)} µs` },
  { head: 'p99', figure: 'p99', show: (value) => `${(value / 1000).toFixed(1)} ms` },
];

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
function measureStartUp(server) {
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
  if ((await ask(`${url}/_mock/apps`, { body: JSON.stringify(APP) })) === undefined)
    return undefined;
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
async function signRequests(mock, operation) {
  const tokens = await withServer(mock, isUp, ({ url }) => mock.prepare(url, operation));
  const path = scratchFile(
    `${operation.operation}.txt`,
    `${tokens.map(operation.bodyOf).join('\n')}\n`,
  );
  return { tokens, path };
}

/** One operation at full load: requests a second, CPU time of a request, p99. */
function measureThroughput(server, operation, requests) {
  const { warmUpSeconds = WARM_UP_SECONDS, prepare, charged } = server;
  return withServer(
    prepare === undefined ? server : withRoom(server),
    isUp,
    async ({ url, pid }) => {
      const minted = await prepare?.(url, operation);
      if (minted?.some((token, at) => token !== requests.tokens[at]))
        throw new Error('the seed produced other tokens');
      if (minted === undefined) {
        // A canned response is always the same, so one check is enough. wrk counts every status except 200.
        const answer = await ask(url + operation.path, {
          body: operation.bodyOf(requests.tokens[0]),
        });
        if (!answer?.includes(operation.success)) throw new Error(`not a success: ${answer}`);
      }
      const take = WINDOW_SECONDS * operation.perSecondMax;
      const load = {
        url,
        path: operation.path,
        bodies: requests.path,
        take,
        seconds: WINDOW_SECONDS,
      };
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
    },
  );
}

/** The mock is in every comparison. */
const rows = SERVERS.filter(
  ({ name }) => name.startsWith(OURS) || (flags.peer ?? [name]).includes(name),
);

/** Prints a table. A figure has its ratio to the first row, with the minimum and maximum of the rounds. */
async function compare(heading, columns, measure) {
  // A peer that failed once is not measured again. Without the mock, there is nothing to compare.
  const failures = new Map();
  const all = await measureRounds(rows, Number(flags.rounds), async (row) =>
    failures.has(row) ? undefined : measure(row).catch((error) => fail(row, error)),
  );
  function fail(row, error) {
    if (row.name.startsWith(OURS)) throw error;
    failures.set(row, error.message);
  }
  const cells = all.map((measured, at) => [
    rows[at].name,
    ...columns.map(({ figure, show }) => {
      if (failures.has(rows[at])) return '–';
      const ratios = measured.map((one, round) => one[figure] / all[0][round]?.[figure]);
      const [low, middle, high] = [Math.min(...ratios), median(ratios), Math.max(...ratios)].map(
        (n) => n.toFixed(2),
      );
      return `${show(median(measured.map((one) => one[figure])))}, ${middle} (${low}–${high})`;
    }),
    failures.has(rows[at])
      ? `failed: ${failures.get(rows[at]).replaceAll('|', '\\|')}`
      : rows[at].does,
  ]);
  const head = ['', ...columns.map(({ head: name }) => name), 'what it does'];
  console.log(`\n## ${heading}\n\n${table(head, cells)}`);
}

keepOffServerCore();
const machine = `${cpus().length} × ${cpus()[0].model}, Linux ${release()}, Node ${process.versions.node}`;
console.log(`${machine}; ${flags.rounds} rounds; load average ${loadavg()[0].toFixed(1)}`);
if (flags.part.includes('start-up')) await compare('Start and memory', START_UP, measureStartUp);
if (flags.part.includes('throughput'))
  for (const operation of OPERATIONS) {
    const requests = await signRequests(SERVERS[0], operation);
    await compare(`Under load: ${operation.operation}`, THROUGHPUT, (row) =>
      measureThroughput(row, operation, requests),
    );
  }
