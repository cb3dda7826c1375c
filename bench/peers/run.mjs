/**
 * Compares the mock with other tools that can replace a carrier, on the same two requests.
 * `npm run bench:peers -- [--rounds 5] [--part start-up|throughput|in-process] [--peer WireMock]`. --part and --peer can
 * be repeated. Run `npm ci --prefix bench/peers` first, and install wrk and Java.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { keepOffServerCore } from '../lib/processes.mjs';
import { IN_PROCESS, WAYS } from './in-process.mjs';
import { missing } from './lib/installed.mjs';
import { measureInProcess } from './lib/measure-in-process.mjs';
import { measureStartUp } from './lib/measure-start-up.mjs';
import { measureThroughput, signRequests } from './lib/measure-throughput.mjs';
import * as report from './lib/report.mjs';
import { measureRounds } from './lib/rounds.mjs';
import { OPERATIONS } from './operations.mjs';
import { SERVERS } from './servers.mjs';

const OURS = 2;
const MISTAKE = 2;

/** Each part measures its rows and yields tables with a heading. */
const PARTS = [
  { part: 'start-up', rows: SERVERS, measure: measureStart },
  {
    part: 'throughput',
    rows: SERVERS.map((row) => ({ ...row, programs: [...row.programs, 'wrk'] })),
    measure: measureLoad,
  },
  { part: 'in-process', rows: IN_PROCESS, measure: measureCalls },
];

async function* measureStart(rows, options) {
  const results = await measureRounds({ rows, ...options }, measureStartUp);
  yield { heading: 'Start and memory', text: report.comparison(report.START_UP, results) };
}

async function* measureLoad(rows, options) {
  for (const operation of OPERATIONS) {
    const requests = await signRequests(rows[0], operation);
    const results = await measureRounds({ rows, ...options }, (row) => measureThroughput(row, operation, requests));
    yield { heading: `Under load: ${operation.operation}`, text: report.comparison(report.THROUGHPUT, results) };
  }
}

async function* measureCalls(rows, options) {
  for (const operation of OPERATIONS) {
    for (const way of WAYS) {
      const results = await measureRounds({ rows, ...options }, (row) => measureInProcess(row, { way, operation }));
      const named = results.map(({ row, ...rest }) => ({ ...rest, row: way === 'fetch' ? row : directly(row) }));
      const heading = `In process: ${operation.operation}, ${way === 'fetch' ? 'with fetch' : 'without fetch'}`;
      yield { heading, text: report.comparison(report.IN_PROCESS, named) };
    }
  }
}

function directly(row) {
  return { ...row, name: `${row.name}, ${row.direct}` };
}

const USAGE = 'npm run bench:peers -- [--rounds <n>] [--part <name> …] [--peer <name> …]';

function refuse(lines) {
  for (const line of lines) console.error(line);
  process.exit(MISTAKE);
}

/** Returns the requested parts and rows. Each part includes the mock. */
function chosen({ part: parts, peer: peers }) {
  const names = [...SERVERS, ...IN_PROCESS].map(({ name }) => name);
  const unknown = [
    ...(parts ?? []).filter((name) => !PARTS.some(({ part }) => part === name)),
    ...(peers ?? []).filter((name) => !names.includes(name)),
  ];
  const known = `parts: ${PARTS.map(({ part }) => part).join(', ')}\npeers: ${names.join(', ')}`;
  if (unknown.length > 0) refuse([`unknown: ${unknown.join(', ')}`, known]);
  const wanted = PARTS.filter(({ part }) => parts?.includes(part) ?? true).map(({ rows, ...rest }) => ({
    ...rest,
    rows: rows.filter(({ name }, at) => at < OURS || (peers?.includes(name) ?? true)),
  }));
  return wanted.filter(({ rows }) => rows.length > OURS);
}

function readFlags() {
  try {
    return parseArgs({
      options: {
        rounds: { type: 'string', default: '5' },
        part: { type: 'string', multiple: true },
        peer: { type: 'string', multiple: true },
      },
    }).values;
  } catch (error) {
    return refuse([error.message, USAGE]);
  }
}

const flags = readFlags();
const rounds = Number(flags.rounds);
if (!Number.isInteger(rounds) || rounds < 1) refuse([`--rounds ${flags.rounds} is no number of rounds`]);
const parts = chosen(flags);
const rows = parts.flatMap((part) => part.rows);
const absent = missing(rows);
if (absent.length > 0) refuse(['Nothing was measured, because these are missing:', ...absent]);

keepOffServerCore();
console.log(
  `${report.machineAndVersions(rows)}\n${rounds} rounds; load average at the start ${loadavg()[0].toFixed(1)}`,
);
for (const { part, rows: partRows, measure } of parts) {
  const note = (text) => process.stderr.write(`${part}: ${text}\n`);
  for await (const { heading, text } of measure(partRows, { rounds, note })) console.log(`\n## ${heading}\n\n${text}`);
}
console.log(`\nload average at the end ${loadavg()[0].toFixed(1)}`);
