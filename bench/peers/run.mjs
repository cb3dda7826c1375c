/**
 * Compares the mock with other tools that can replace a carrier, on the same two requests.
 * `npm run bench:peers -- [--rounds 5] [--part start-up|throughput] [--peer WireMock]`. --part and --peer can
 * be repeated. Run `npm ci --prefix bench/peers` first, and install wrk and Java. A tool that is missing fails in its row.
 */
import { cpus, loadavg, release } from 'node:os';
import { parseArgs } from 'node:util';
import { keepOffServerCore } from '../lib/processes.mjs';
import { measureRounds, median, table } from '../lib/statistics.mjs';
import { measureStartUp, measureThroughput, signRequests } from './measure.mjs';
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

/** The mock is in every comparison. */
const rows = SERVERS.filter(({ name }) => name.startsWith(OURS) || (flags.peer ?? [name]).includes(name));

/** Prints a table. A figure has its ratio to the first row, with the minimum and maximum of the rounds. */
async function compare(heading, columns, measure) {
  // A row that failed once is not measured again.
  const failures = new Map();
  const all = await measureRounds(rows, Number(flags.rounds), async (row) =>
    failures.has(row) ? undefined : measure(row).catch(({ message }) => void failures.set(row, message)),
  );
  const cells = all.map((measured, at) => [
    rows[at].name,
    ...columns.map(({ figure, show }) => {
      if (failures.has(rows[at])) return '–';
      const ratios = measured.map((one, round) => one[figure] / all[0][round]?.[figure]);
      const [low, middle, high] = [Math.min(...ratios), median(ratios), Math.max(...ratios)].map((n) => n.toFixed(2));
      return `${show(median(measured.map((one) => one[figure])))}, ${middle} (${low}–${high})`;
    }),
    failures.has(rows[at]) ? `failed: ${failures.get(rows[at]).replaceAll('|', '\\|')}` : rows[at].does,
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
