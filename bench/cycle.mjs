/**
 * The cost of one test over HTTP: create an app, issue a token, exchange it, assert the call, delete the app. Compares the
 * mock with the hand-written server. `node bench/cycle.mjs [--rounds 5] [--mock dist/main.js]`
 */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { handWritten, MOCK, mock, withServer } from './lib/contestants.mjs';
import { KeepAlive } from './lib/keep-alive.mjs';
import { cpuMicroseconds, keepLoadCoreAwake, keepOffServerCore } from './lib/processes.mjs';
import { median, rotated, table, unlessNoisy } from './lib/statistics.mjs';

const { values: flags } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, mock: { type: 'string', default: MOCK } },
});
const ROUNDS = Number(flags.rounds);
// The number of workers of a typical test runner.
const WORKERS = 4;
const WARM_UP_SECONDS = 4;
const WINDOW_SECONDS = 3;
const MICROSECONDS_IN_A_SECOND = 1_000_000;

const SENT_AT = '20261125093619762';
const MSG_ID = 'bed1dc7f6cd645b9be9006ae08040c93';
const LOGIN = '/unisdk/rsapi/loginTokenValidate';

const theMock = mock(flags.mock);
const handWrittenOnce = handWritten();
const handWrittenAgain = handWritten('hand-written again');
const contestants = [theMock, handWrittenOnce, handWrittenAgain];

async function cycle(client) {
  const app = JSON.parse(await client.call('POST', '/_mock/apps', { status: 201, body: '{}' }));
  const own = `/_mock/apps/${app.appId}`;
  const { token } = JSON.parse(await client.call('POST', `${own}/tokens`, { status: 201, body: '{}' }));
  const { resultCode } = JSON.parse(await client.call('POST', LOGIN, { status: 200, body: loginBody(app, token) }));
  const counted = JSON.stringify({ appId: app.appId, resultCode: '103000' });
  const { count } = JSON.parse(await client.call('POST', '/_mock/requests/count', { status: 200, body: counted }));
  if (resultCode !== '103000' || count !== 1) throw new Error(`resultCode ${resultCode}, counted ${count}`);
  await client.call('DELETE', own, { status: 204, body: '' });
}

function loginBody({ appId, appSecret }, token) {
  const fields = { version: '2.0', msgid: MSG_ID, systemtime: SENT_AT, strictcheck: '1', appid: appId, token };
  const text = `${appId}2.0${MSG_ID}${SENT_AT}1${token}${appSecret}`;
  return JSON.stringify({ ...fields, sign: createHash('md5').update(text).digest('hex').toUpperCase() });
}

/** Runs cycles for this time and resolves to their number. */
async function run(clients, seconds) {
  const endMs = performance.now() + 1000 * seconds;
  let cycles = 0;
  const work = async (client) => {
    while (performance.now() < endMs) {
      await cycle(client);
      cycles += 1;
    }
  };
  await Promise.all(clients.map(work));
  return cycles;
}

async function measure(contestant) {
  return withServer(contestant, async ({ url, pid }) => {
    const clients = await Promise.all(Array.from({ length: WORKERS }, () => KeepAlive.to(Number(new URL(url).port))));
    await run(clients, WARM_UP_SECONDS);
    const before = cpuMicroseconds(pid);
    const startedMs = performance.now();
    const cycles = await run(clients, WINDOW_SECONDS);
    const microseconds = 1000 * (performance.now() - startedMs);
    const cpu = (cpuMicroseconds(pid) - before) / cycles;
    for (const client of clients) client.close();
    return { perSecond: (cycles * MICROSECONDS_IN_A_SECOND) / microseconds, cpu };
  });
}

keepOffServerCore();
const letSleep = keepLoadCoreAwake();
try {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const measured = new Map();
    for (const contestant of rotated(contestants, round)) {
      measured.set(contestant, await measure(contestant));
      process.stderr.write('.');
    }
    rounds.push(contestants.map((contestant) => measured.get(contestant)));
  }
  process.stderr.write('\n');
  const row = (figure, show) => {
    const hand = ([, one, two]) => (one[figure] + two[figure]) / 2;
    const control = median(rounds.map(([, one, two]) => two[figure] / one[figure]));
    const ratio = median(rounds.map((round) => round[0][figure] / hand(round)));
    const shown = [median(rounds.map(([mine]) => mine[figure])), median(rounds.map(hand))].map(show);
    return unlessNoisy(`${ratio.toFixed(2)} (${shown.join(' : ')}), control ${control.toFixed(2)}`, control);
  };
  const perSecond = row('perSecond', (value) => value.toFixed(0));
  const cpu = row('cpu', (value) => `${value.toFixed(0)} µs`);
  console.log(`A test's five calls, ${WORKERS} tests at a time: mock to hand-written, median of ${ROUNDS} rounds.\n`);
  console.log(table(['cycles a second', 'CPU a cycle'], [[perSecond, cpu]]));
} finally {
  letSleep();
}
