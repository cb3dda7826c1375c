/**
 * The time from the start of the process to its first response, and its memory afterwards.
 * `node bench/start-up.mjs [--rounds 9] [--mock dist/main.js]`
 */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { handWritten, MOCK, mock } from './lib/contestants.mjs';
import { freePort, keepOffServerCore, residentMegabytes, spawnServer, stopServer } from './lib/processes.mjs';
import { median, rotated, table, unlessNoisy } from './lib/statistics.mjs';

const { values: flags } = parseArgs({
  options: { rounds: { type: 'string', default: '9' }, mock: { type: 'string', default: MOCK } },
});
const ROUNDS = Number(flags.rounds);
const POLL_MS = 2;
const IDLE_MS = 500;

const CARRIER_CALL = 'POST /unisdk/rsapi/loginTokenValidate HTTP/1.1\r\nHost: mock\r\nContent-Length: 2\r\n\r\n{}';
const HEALTH_CALL = 'GET /_mock/health HTTP/1.1\r\nHost: mock\r\n\r\n';
const EMPTY = fileURLToPath(new URL('lib/empty-server.mjs', import.meta.url));

const empty = { args: (port) => [EMPTY, port] };
const CASES = [
  { name: 'empty node:http server', ...empty, first: CARRIER_CALL },
  { name: 'empty node:http server again', ...empty, first: CARRIER_CALL },
  { name: 'hand-written', args: handWritten().args, first: CARRIER_CALL },
  { name: 'mock, a carrier call first', args: mock(flags.mock).args, first: CARRIER_CALL },
  { name: 'mock, GET /_mock/health first', args: mock(flags.mock).args, first: HEALTH_CALL },
];
const [BASE, CONTROL] = CASES;

async function measureCase({ args, first }) {
  const port = await freePort();
  const startedMs = performance.now();
  const child = spawnServer(args(String(port)));
  try {
    while (!(await isAnswered(port, first))) await sleep(POLL_MS);
    const ms = performance.now() - startedMs;
    await sleep(IDLE_MS);
    return { ms, megabytes: residentMegabytes(child.pid) };
  } finally {
    await stopServer(child);
  }
}

/** Resolves to false if nothing listens yet. */
function isAnswered(port, request) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    const end = (answered) => {
      socket.destroy();
      resolve(answered);
    };
    socket.on('data', () => end(true));
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
  });
}

keepOffServerCore();
const rounds = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const measured = new Map();
  for (const one of rotated(CASES, round)) measured.set(one, await measureCase(one));
  rounds.push(measured);
  process.stderr.write('.');
}
process.stderr.write('\n');
const ratioOf = (one) => median(rounds.map((measured) => measured.get(one).ms / measured.get(BASE).ms));
const control = ratioOf(CONTROL);
const rows = CASES.map((one) => [
  one.name,
  `${median(rounds.map((measured) => measured.get(one).ms)).toFixed(0)} ms`,
  unlessNoisy(ratioOf(one).toFixed(2), control),
  `${median(rounds.map((measured) => measured.get(one).megabytes)).toFixed(0)} MB`,
]);
console.log('Start to first response, medians, and resident memory half a second later.\n');
console.log(table(['server', 'first response', 'ratio to the first', 'memory'], rows));
