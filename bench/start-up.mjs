/**
 * The time and the CPU time from the start of the process to its first response, and its memory afterwards.
 * `node bench/start-up.mjs [--rounds 9] [--mock dist/main.js …]`
 * With NODE_EXTRA_CA_CERTS, every server reads that file too, which makes the ratios smaller.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { handWritten, MOCK, mock } from './lib/contestants.mjs';
import { ask } from './lib/http.mjs';
import {
  cpuMicroseconds,
  keepOffServerCore,
  residentMegabytes,
  withServer,
} from './lib/processes.mjs';
import { comparison, measureRounds } from './lib/statistics.mjs';

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    mock: { type: 'string', multiple: true, default: [MOCK] },
  },
});
const IDLE_MS = 500;
const MICROSECONDS_IN_A_MILLISECOND = 1000;

const EMPTY =
  'require("node:http").createServer((req, res) => res.end("ok")).listen(Number(process.argv[1]), "127.0.0.1")';
const CARRIER_CALL = { path: '/unisdk/rsapi/loginTokenValidate', body: '{}' };
const HEALTH_CALL = { path: '/_mock/health', method: 'GET' };

const empty = (port) => [process.execPath, '-e', EMPTY, port];
/** The others are compared with the first. The second is its control. */
const CASES = [
  { name: 'empty node:http server', command: empty, first: CARRIER_CALL },
  { name: 'empty node:http server again', command: empty, first: CARRIER_CALL },
  { name: 'hand-written', command: handWritten().command, first: CARRIER_CALL },
  ...flags.mock.map(mock).flatMap(({ name, command }) => [
    { name: `${name}, a carrier call first`, command, first: CARRIER_CALL },
    { name: `${name}, GET /_mock/health first`, command, first: HEALTH_CALL },
  ]),
];

function measureCase({ command, first: { path, ...call } }) {
  const isAnswered = async (url) => (await ask(url + path, call)) !== undefined;
  return withServer({ command }, isAnswered, async ({ pid, readyMs }) => {
    const cpuMs = cpuMicroseconds(pid) / MICROSECONDS_IN_A_MILLISECOND;
    await sleep(IDLE_MS);
    return { ms: readyMs, cpuMs, megabytes: residentMegabytes(pid) };
  });
}

keepOffServerCore();
const all = await measureRounds(CASES, Number(flags.rounds), measureCase);
console.log(
  'Ratio to the first, median of the rounds (and the figure). Memory is half a second after the response.\n',
);
const columns = [
  { head: 'start to first response', figure: 'ms', show: (value) => `${value.toFixed(0)} ms` },
  { head: 'CPU until then', figure: 'cpuMs', show: (value) => `${value.toFixed(0)} ms` },
  { head: 'resident memory', figure: 'megabytes', show: (value) => `${value.toFixed(0)} MB` },
];
console.log(comparison(CASES, all, columns));
