/**
 * Compares one server in memory with one, two and three servers on one Redis: requests a second, CPU time of a request,
 * p99. `node bench/store.mjs [--rounds 5] [--servers 3] [--mock dist/main.js]`
 */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { MOCK, mintMock, mock, mockCommand, withServers } from './lib/contestants.mjs';
import { assertSuccesses, CONNECTIONS, call, wrk } from './lib/http.mjs';
import {
  cpuMicroseconds,
  keepOffServerCore,
  LOAD_CORE,
  scratchFile,
  withServer,
} from './lib/processes.mjs';
import { comparison, measureRounds } from './lib/statistics.mjs';
import { APP, WORKLOADS } from './lib/workloads.mjs';

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    servers: { type: 'string', default: '3' },
    mock: { type: 'string', default: MOCK },
  },
});
const [WORKLOAD] = WORKLOADS;
const WARM_UP_SECONDS = 4;
const WINDOW_SECONDS = 2;
const SETTLE_MS = 300;
// More than a server consumes in warm-up and window.
const TOKENS = { memory: 300_000, redis: 150_000 };

const { charged } = mock(flags.mock);

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

// On the load's core, so that the server does not share its core.
const REDIS = {
  core: LOAD_CORE,
  command: (port) => [
    'redis-server',
    '--port',
    port,
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
  ],
};

/** Runs a Redis without persistence until `use` ends. */
function withRedis(use) {
  return withServer(REDIS, isListening, ({ port, pid }) =>
    use({ address: `redis://127.0.0.1:${port}`, pid }),
  );
}

function isListening(url) {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false)).end();
  });
}

function measure(contestant) {
  const run = (more, redisPid) => {
    const servers = Array(contestant.servers).fill({ command: mockCommand(flags.mock, more) });
    return withServers(servers, (running) => measureLoad(contestant.store, running, redisPid));
  };
  if (contestant.store === 'memory') return run([]);
  return withRedis(({ address, pid }) => run(['--store', address], pid));
}

/** The servers share the requests, and each gets its own. */
async function measureLoad(store, servers, redisPid) {
  await call(`${servers[0].url}/_mock/apps`, { body: APP });
  const files = [];
  for (const { url } of servers) {
    const count = Math.floor(TOKENS[store] / servers.length);
    const tokens = await mintMock(url, { ...WORKLOAD, count });
    files.push(scratchFile(`${files.length}.txt`, `${tokens.map(WORKLOAD.bodyOf).join('\n')}\n`));
  }
  const connections = Math.ceil(CONNECTIONS / servers.length);
  const load = { path: WORKLOAD.path, take: TOKENS[store], connections };
  const all = (skips, seconds) =>
    Promise.all(
      servers.map(({ url }, at) =>
        wrk({ ...load, url, bodies: files[at], skip: skips[at], seconds }),
      ),
    );
  const cpuOf = (pids) => pids.reduce((sum, pid) => sum + cpuMicroseconds(pid), 0);
  const pids = servers.map(({ pid }) => pid);
  const redisPids = redisPid === undefined ? [] : [redisPid];
  const warmUps = await all(Array(servers.length).fill(0), WARM_UP_SECONDS);
  await sleep(SETTLE_MS);
  const before = [cpuOf(pids), cpuOf(redisPids)];
  const skips = warmUps.map(({ sent }) => sent);
  const windows = await all(skips, WINDOW_SECONDS);
  const spent = [cpuOf(pids) - before[0], cpuOf(redisPids) - before[1]];
  await sleep(SETTLE_MS);
  assertSuccesses([...warmUps, ...windows], await charged(servers[0].url));
  const requests = windows.reduce((sum, window) => sum + window.requests, 0);
  return {
    perSecond: windows.reduce((sum, window) => sum + window.perSecond, 0),
    cpu: spent[0] / requests,
    redisCpu: spent[1] / requests,
    p99: Math.max(...windows.map(({ p99 }) => p99)),
  };
}

keepOffServerCore();
const all = await measureRounds(CONTESTANTS, Number(flags.rounds), measure);
const microseconds = (value) => `${value.toFixed(1)} µs`;
console.log(
  `${WORKLOAD.name}: ratio to one server in memory, median of ${flags.rounds} rounds (and the figure).\n`,
);
const columns = [
  { head: 'requests a second', figure: 'perSecond', show: (value) => value.toFixed(0) },
  { head: 'CPU of the servers', figure: 'cpu', show: microseconds },
  { head: 'CPU of the Redis', figure: 'redisCpu', show: microseconds, isRatio: false },
  { head: 'p99', figure: 'p99', show: (value) => `${(value / 1000).toFixed(1)} ms` },
];
console.log(comparison(CONTESTANTS, all, columns));
