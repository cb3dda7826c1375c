/**
 * The time from the start of the process to its first response, and its memory afterwards.
 * `node bench/start-up.mjs [--rounds 9] [--mock dist/main.js]`
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { handWritten, MOCK, mock } from './lib/contestants.mjs';
import { send } from './lib/http.mjs';
import { freePort, keepOffServerCore, residentMegabytes, spawnServer, stopServer } from './lib/processes.mjs';
import { cellOf, measureRounds, table } from './lib/statistics.mjs';

const { values: flags } = parseArgs({
  options: { rounds: { type: 'string', default: '9' }, mock: { type: 'string', default: MOCK } },
});
const POLL_MS = 2;
const IDLE_MS = 500;

const EMPTY =
  'require("node:http").createServer((req, res) => res.end("ok")).listen(Number(process.argv[1]), "127.0.0.1")';
const CARRIER_CALL = { path: '/unisdk/rsapi/loginTokenValidate', body: '{}' };
const HEALTH_CALL = { path: '/_mock/health', method: 'GET' };

const empty = (port) => ['-e', EMPTY, port];
/** The others are compared with the first. The second is its control. */
const CASES = [
  { name: 'empty node:http server', args: empty, first: CARRIER_CALL },
  { name: 'empty node:http server again', args: empty, first: CARRIER_CALL },
  { name: 'hand-written', args: handWritten().args, first: CARRIER_CALL },
  { name: 'mock, a carrier call first', args: mock(flags.mock).args, first: CARRIER_CALL },
  { name: 'mock, GET /_mock/health first', args: mock(flags.mock).args, first: HEALTH_CALL },
];

async function measureCase({ args, first: { path, ...call } }) {
  const port = await freePort();
  const startedMs = performance.now();
  const child = spawnServer(args(String(port)));
  const isAnswered = () => send(`http://127.0.0.1:${port}${path}`, call).then(Boolean, () => false);
  try {
    while (!(await isAnswered())) await sleep(POLL_MS);
    const ms = performance.now() - startedMs;
    await sleep(IDLE_MS);
    return { ms, megabytes: residentMegabytes(child.pid) };
  } finally {
    await stopServer(child);
  }
}

keepOffServerCore();
const all = await measureRounds(CASES, Number(flags.rounds), measureCase);
const rows = all.map((measured, at) => [
  CASES[at].name,
  cellOf(all, measured, { figure: 'ms', show: (value) => `${value.toFixed(0)} ms` }),
  cellOf(all, measured, { figure: 'megabytes', show: (value) => `${value.toFixed(0)} MB` }),
]);
console.log('Ratio to the first, median of the rounds (and the figure). Memory is half a second after the response.\n');
console.log(table(['server', 'start to first response', 'resident memory'], rows));
