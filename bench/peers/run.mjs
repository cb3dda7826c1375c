/**
 * Compares the mock with other tools that can replace a carrier, on the same two requests.
 * `npm run bench:peers -- [--rounds 5] [--part start-up|throughput|in-process] [--peer WireMock]`. --part and --peer can
 * be repeated. Run `npm ci --prefix bench/peers` first, and install wrk and Java. A tool that is missing fails in its row.
 */
import { cpus, loadavg, release } from 'node:os';
import { parseArgs } from 'node:util';
import { keepOffServerCore } from '../lib/processes.mjs';
import { measureRounds, median, table } from '../lib/statistics.mjs';
import { measureInProcess, measureStartUp, measureThroughput, signRequests } from './measure.mjs';
import { OPERATIONS } from './operations.mjs';
import { IN_PROCESS, SERVERS } from './tools.mjs';

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    part: { type: 'string', multiple: true, default: ['start-up', 'throughput', 'in-process'] },
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
const IN_PROCESS_FIGURES = [
  { head: 'per second', figure: 'perSecond', show: whole('') },
  { head: 'CPU', figure: 'cpu', show: (value) => `${value.toFixed(1)} µs` },
];
const THROUGHPUT = [
  ...IN_PROCESS_FIGURES,
  { head: 'p99', figure: 'p99', show: (value) => `${(value / 1000).toFixed(1)} ms` },
];

/** Prints a table. A figure has its ratio to the first row, with the minimum and maximum of the rounds. */
async function compare(heading, { rows, columns }, measure) {
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

/** The mock is in every comparison. */
const chosen = (rows) => rows.filter(({ name }) => name.startsWith(OURS) || (flags.peer ?? [name]).includes(name));

keepOffServerCore();
const machine = `${cpus().length} × ${cpus()[0].model}, Linux ${release()}, Node ${process.versions.node}`;
console.log(`${machine}; ${flags.rounds} rounds; load average ${loadavg()[0].toFixed(1)}`);
if (flags.part.includes('start-up'))
  await compare('Start and memory', { rows: chosen(SERVERS), columns: START_UP }, measureStartUp);
if (flags.part.includes('throughput'))
  for (const operation of OPERATIONS) {
    const requests = await signRequests(SERVERS[0], operation);
    await compare(`Under load: ${operation.operation}`, { rows: chosen(SERVERS), columns: THROUGHPUT }, (row) =>
      measureThroughput(row, operation, requests),
    );
  }
if (flags.part.includes('in-process'))
  for (const operation of OPERATIONS)
    for (const way of ['fetch', 'direct'])
      await compare(
        `In process: ${operation.operation}, ${way === 'fetch' ? 'with fetch' : 'without fetch'}`,
        { rows: chosen(IN_PROCESS), columns: IN_PROCESS_FIGURES },
        (row) => measureInProcess(row, { way, operation }),
      );
