/**
 * Compares one server in memory with one, two and three servers on one Redis: requests a second, CPU time of a request,
 * p99. `node bench/store.mjs [--rounds 5] [--servers 3] [--mock dist/main.js]`
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { MOCK, mintMock } from './lib/contestants.mjs';
import { wrk } from './lib/load.mjs';
import {
  call,
  cpuMicroseconds,
  freePort,
  keepOffServerCore,
  post,
  spawnServer,
  stopServer,
  untilAnswers,
} from './lib/processes.mjs';
import { withRedis } from './lib/redis.mjs';
import { median, rotated, table, unlessNoisy } from './lib/statistics.mjs';
import { APP, WORKLOADS } from './lib/workloads.mjs';

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    servers: { type: 'string', default: '3' },
    mock: { type: 'string', default: MOCK },
  },
});
const ROUNDS = Number(flags.rounds);
const [WORKLOAD] = WORKLOADS;
const WARM_UP_SECONDS = 4;
const WINDOW_SECONDS = 2;
const SETTLE_MS = 300;
// More than a server consumes in warm-up and window.
const TOKENS = { memory: 300_000, redis: 150_000 };
const MICROSECONDS_IN_A_SECOND = 1_000_000;

const dir = mkdtempSync(join(tmpdir(), 'bench-'));

/** The others are compared with the first contestant. The second is its control. */
const CONTESTANTS = [
  { name: 'memory', servers: 1, store: 'memory' },
  { name: 'memory again', servers: 1, store: 'memory' },
  ...Array.from({ length: Number(flags.servers) }, (_, at) => ({
    name: `${at + 1} on Redis`,
    servers: at + 1,
    store: 'redis',
  })),
];

async function withServers(count, args, use) {
  const servers = [];
  try {
    for (let at = 0; at < count; at += 1) {
      const port = await freePort();
      const child = spawnServer([flags.mock, '--port', `${port}`, '--log', 'error', ...args]);
      servers.push({ url: `http://127.0.0.1:${port}`, pid: child.pid, child });
      await untilAnswers(servers[at].url);
    }
    return await use(servers);
  } finally {
    for (const { child } of servers) await stopServer(child);
  }
}

async function measure(contestant) {
  const run = (args, redisPid) =>
    withServers(contestant.servers, args, (servers) => load(contestant, servers, redisPid));
  if (contestant.store === 'memory') return run([]);
  return withRedis(({ address, pid }) => run(['--store', address], pid));
}

/** The servers share the requests, and each gets its own. */
async function load({ servers: count, store }, servers, redisPid) {
  await post(`${servers[0].url}/_mock/apps`, APP);
  const bodies = [];
  for (const { url } of servers) {
    const { capability, phoneNumber } = WORKLOAD;
    const tokens = await mintMock(url, { capability, phoneNumber, count: Math.floor(TOKENS[store] / count) });
    bodies.push(join(dir, `${bodies.length}.txt`));
    writeFileSync(bodies.at(-1), `${tokens.map(WORKLOAD.bodyOf).join('\n')}\n`);
  }
  const all = (skip, seconds) =>
    Promise.all(
      servers.map(({ url }, at) =>
        wrk({
          url,
          path: WORKLOAD.path,
          bodies: bodies[at],
          skip: skip[at],
          seconds,
          connections: Math.ceil(32 / count),
        }),
      ),
    );
  const warmUps = await all(Array(count).fill(0), WARM_UP_SECONDS);
  await sleep(SETTLE_MS);
  const cpuNow = () => servers.reduce((sum, { pid }) => sum + cpuMicroseconds(pid), 0);
  const [before, redisBefore] = [cpuNow(), redisPid ? cpuMicroseconds(redisPid) : 0];
  const windows = await all(
    warmUps.map(({ sent }) => sent),
    WINDOW_SECONDS,
  );
  const [cpu, redisCpu] = [cpuNow() - before, redisPid ? cpuMicroseconds(redisPid) - redisBefore : 0];
  await sleep(SETTLE_MS);
  const requests = windows.reduce((sum, window) => sum + window.requests, 0);
  await check(servers[0].url, [...warmUps, ...windows]);
  return {
    perSecond: windows.reduce(
      (sum, window) => sum + (window.requests * MICROSECONDS_IN_A_SECOND) / window.microseconds,
      0,
    ),
    cpu: cpu / requests,
    redisCpu: redisCpu / requests,
    p99: Math.max(...windows.map(({ p99 }) => p99)),
  };
}

/** Checks that every response was a success and charged. */
async function check(url, runs) {
  const { charged } = await call(`${url}/_mock/apps/${APP.appId}/ledger?limit=1`);
  const answers = runs.reduce((sum, { requests }) => sum + requests, 0);
  const errors = runs.reduce((sum, run) => sum + run.errors, 0);
  // The last response of each connection may be charged but not counted.
  if (errors > 0 || charged < answers || charged > answers + runs.length * 32) {
    throw new Error(`${answers} responses, ${charged} charged, ${errors} errors`);
  }
}

function rowsOf(rounds) {
  const figure = (name, key) => rounds.map((round) => round.get(name)[key]);
  const ratio = (name, key) => median(rounds.map((round) => round.get(name)[key] / round.get('memory')[key]));
  const control = (key) => ratio('memory again', key);
  const cell = (name, key, show) =>
    unlessNoisy(`${ratio(name, key).toFixed(2)} (${show(median(figure(name, key)))})`, control(key));
  return CONTESTANTS.map(({ name, store }) => [
    name,
    cell(name, 'perSecond', (value) => value.toFixed(0)),
    cell(name, 'cpu', (value) => `${value.toFixed(1)} µs`),
    store === 'redis' ? `${median(figure(name, 'redisCpu')).toFixed(1)} µs` : '',
    cell(name, 'p99', (value) => `${(value / 1000).toFixed(1)} ms`),
  ]);
}

keepOffServerCore();
try {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const measured = new Map();
    for (const contestant of rotated(CONTESTANTS, round)) {
      measured.set(contestant.name, await measure(contestant));
      process.stderr.write('.');
    }
    rounds.push(measured);
  }
  process.stderr.write('\n');
  console.log(`${WORKLOAD.name}: ratio to one server in memory, median of ${ROUNDS} rounds (and the figure).\n`);
  const head = ['servers', 'requests a second', 'CPU a request, of the servers', 'of the Redis', 'p99'];
  console.log(table(head, rowsOf(rounds)));
} finally {
  rmSync(dir, { recursive: true });
}
