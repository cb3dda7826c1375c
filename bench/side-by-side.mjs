/**
 * Compares builds of the mock and the hand-written server (twice, as a control). All run at the same time and get load in
 * turn for one second each, which is more stable than new processes on a noisy machine.
 * `node bench/side-by-side.mjs [--windows 10] [--workload "login MD5"] [--mock dist/main.js] [--mock other/dist/main.js]`
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { handWritten, MOCK, mock } from './lib/contestants.mjs';
import { wrk } from './lib/load.mjs';
import {
  cpuMicroseconds,
  freePort,
  keepLoadCoreAwake,
  keepOffServerCore,
  spawnServer,
  stopServer,
  untilAnswers,
} from './lib/processes.mjs';
import { median, table } from './lib/statistics.mjs';
import { WORKLOADS } from './lib/workloads.mjs';

const { values: flags } = parseArgs({
  options: {
    windows: { type: 'string', default: '10' },
    workload: { type: 'string', default: 'login MD5' },
    mock: { type: 'string', multiple: true, default: [MOCK] },
  },
});
const WARM_UP_SECONDS = 3;
const MICROSECONDS_IN_A_SECOND = 1_000_000;
const workload = WORKLOADS.find(({ name }) => name === flags.workload);
if (workload === undefined)
  throw new Error(`unknown workload ${flags.workload}. Use one of ${WORKLOADS.map(({ name }) => name).join(', ')}.`);

const contestants = [
  ...flags.mock.map((main) => ({ ...mock(main), name: main })),
  handWritten(),
  handWritten('hand-written again'),
];

async function start(contestant) {
  const port = await freePort();
  const child = spawnServer(contestant.args(String(port)));
  const url = `http://127.0.0.1:${port}`;
  await untilAnswers(url);
  return { contestant, child, url, skip: 0, cpu: [], perSecond: [] };
}

async function load(server, seconds, bodies) {
  const before = cpuMicroseconds(server.child.pid);
  const { path } = workload;
  const { requests, microseconds, sent } = await wrk({ url: server.url, path, bodies, skip: server.skip, seconds });
  server.skip += sent;
  const cpu = (cpuMicroseconds(server.child.pid) - before) / requests;
  return { cpu, perSecond: (requests * MICROSECONDS_IN_A_SECOND) / microseconds };
}

keepOffServerCore();
const letSleep = keepLoadCoreAwake();
const dir = mkdtempSync(join(tmpdir(), 'bench-'));
const servers = [];
try {
  let tokens;
  for (const contestant of contestants) {
    const server = await start(contestant);
    servers.push(server);
    tokens = await contestant.prepare(server.url, workload, tokens);
  }
  const bodies = join(dir, 'bodies.txt');
  writeFileSync(bodies, `${tokens.map(workload.bodyOf).join('\n')}\n`);
  for (const server of servers) await load(server, WARM_UP_SECONDS, bodies);
  for (let window = 0; window < Number(flags.windows); window += 1) {
    for (const server of window % 2 === 0 ? servers : servers.toReversed()) {
      const { cpu, perSecond } = await load(server, 1, bodies);
      server.cpu.push(cpu);
      server.perSecond.push(perSecond);
    }
    process.stderr.write('.');
  }
  process.stderr.write('\n');
} finally {
  for (const { child } of servers) await stopServer(child);
  letSleep();
  rmSync(dir, { recursive: true });
}

const handWrittenServers = servers.slice(-2);
const handWrittenMean = (figure) =>
  handWrittenServers.reduce((sum, server) => sum + median(server[figure]), 0) / handWrittenServers.length;
const rows = servers.map((server) => {
  const cell = (figure, show) => {
    const value = median(server[figure]);
    return `${(value / handWrittenMean(figure)).toFixed(2)} (${show(value)})`;
  };
  const perSecond = cell('perSecond', (value) => value.toFixed(0));
  return [server.contestant.name, perSecond, cell('cpu', (value) => `${value.toFixed(1)} µs`)];
});
console.log(`${workload.name}: ratio to the mean of both hand-written servers, median of ${flags.windows} windows.\n`);
console.log(table(['server', 'requests a second', 'CPU a request'], rows));
