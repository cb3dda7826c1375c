/**
 * The cost of one test over HTTP: create an app, issue a token, exchange it, assert the call, delete the app. Compares the
 * mock with the hand-written server. `node bench/cycle.mjs [--rounds 5] [--mock dist/main.js]`
 */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { handWritten, isUp, MOCK, mock } from './lib/contestants.mjs';
import { onConnections, send } from './lib/http.mjs';
import { cpuMicroseconds, keepLoadCoreAwake, keepOffServerCore, withServer } from './lib/processes.mjs';
import { cellOf, measureRounds, table } from './lib/statistics.mjs';

const { values: flags } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, mock: { type: 'string', default: MOCK } },
});
// The number of workers of a typical test runner.
const WORKERS = 4;
const WARM_UP_SECONDS = 4;
const WINDOW_SECONDS = 3;
const MICROSECONDS_IN_A_MILLISECOND = 1000;

const SENT_AT = '20261125093619762';
const MSG_ID = 'bed1dc7f6cd645b9be9006ae08040c93';
const LOGIN = '/unisdk/rsapi/loginTokenValidate';

/** The others are compared with the first. The second is its control. */
const contestants = [handWritten(), handWritten('hand-written again'), mock(flags.mock)];

async function cycle(url, agent) {
  const call = async (method, path, { status, body = '' }) => {
    const answer = await send(url + path, { agent, method, body });
    if (answer.status !== status) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.text;
  };
  const app = JSON.parse(await call('POST', '/_mock/apps', { status: 201, body: '{}' }));
  const own = `/_mock/apps/${app.appId}`;
  const { token } = JSON.parse(await call('POST', `${own}/tokens`, { status: 201, body: '{}' }));
  const { resultCode } = JSON.parse(await call('POST', LOGIN, { status: 200, body: loginBody(app, token) }));
  const counted = JSON.stringify({ appId: app.appId, resultCode: '103000' });
  const { count } = JSON.parse(await call('POST', '/_mock/requests/count', { status: 200, body: counted }));
  if (resultCode !== '103000' || count !== 1) throw new Error(`resultCode ${resultCode}, counted ${count}`);
  await call('DELETE', own, { status: 204 });
}

function loginBody({ appId, appSecret }, token) {
  const fields = { version: '2.0', msgid: MSG_ID, systemtime: SENT_AT, strictcheck: '1', appid: appId, token };
  const text = `${appId}2.0${MSG_ID}${SENT_AT}1${token}${appSecret}`;
  return JSON.stringify({ ...fields, sign: createHash('md5').update(text).digest('hex').toUpperCase() });
}

/** Runs cycles for this time and resolves to their number. */
async function run(url, seconds) {
  const endMs = performance.now() + 1000 * seconds;
  let cycles = 0;
  await onConnections(WORKERS, async (agent) => {
    while (performance.now() < endMs) {
      await cycle(url, agent);
      cycles += 1;
    }
  });
  return cycles;
}

function measure(contestant) {
  return withServer(contestant, isUp, async ({ url, pid }) => {
    await run(url, WARM_UP_SECONDS);
    const before = cpuMicroseconds(pid);
    const startedMs = performance.now();
    const cycles = await run(url, WINDOW_SECONDS);
    const seconds = (performance.now() - startedMs) / MICROSECONDS_IN_A_MILLISECOND;
    return { perSecond: cycles / seconds, cpu: (cpuMicroseconds(pid) - before) / cycles };
  });
}

keepOffServerCore();
keepLoadCoreAwake();
const all = await measureRounds(contestants, Number(flags.rounds), measure);
const rows = all.map((measured, at) => [
  contestants[at].name,
  cellOf(all, measured, { figure: 'perSecond', show: (value) => value.toFixed(0) }),
  cellOf(all, measured, { figure: 'cpu', show: (value) => `${value.toFixed(0)} µs` }),
]);
console.log(`A test's five calls, ${WORKERS} tests at a time: ratio to the first, median of ${flags.rounds} rounds.\n`);
console.log(table(['server', 'cycles a second', 'CPU a cycle'], rows));
