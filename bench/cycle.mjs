/**
 * The cost of one test over HTTP: create an app, issue a token, exchange it, assert the call, delete the app. Compares
 * builds of the mock. `node bench/cycle.mjs [--rounds 5] [--mock dist/main.js …]`
 */
import { parseArgs } from 'node:util';
import { isUp, MOCK, mock } from './lib/contestants.mjs';
import { onConnections, send } from './lib/http.mjs';
import { cpuMicroseconds, keepLoadCoreAwake, keepOffServerCore, withServer } from './lib/processes.mjs';
import { comparison, measureRounds } from './lib/statistics.mjs';
import { LOGIN, loginMd5Of } from './lib/workloads.mjs';

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    mock: { type: 'string', multiple: true, default: [MOCK] },
  },
});
// The number of workers of a typical test runner.
const WORKERS = 4;
const WARM_UP_SECONDS = 4;
const WINDOW_SECONDS = 3;

/** The others are compared with the first. The second is its control. */
const [first, ...others] = flags.mock.map(mock);
const contestants = [first, { ...first, name: `${first.name} again` }, ...others];

async function cycle(url, agent) {
  const call = async (method, path, { status, body = '' }) => {
    const answer = await send(url + path, { agent, method, body });
    if (answer.status !== status) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.text;
  };
  const app = JSON.parse(await call('POST', '/_mock/apps', { status: 201, body: '{}' }));
  const own = `/_mock/apps/${app.appId}`;
  const { token } = JSON.parse(await call('POST', `${own}/tokens`, { status: 201, body: '{}' }));
  const { resultCode } = JSON.parse(await call('POST', LOGIN, { status: 200, body: loginMd5Of(app, token) }));
  const counted = JSON.stringify({ appId: app.appId, resultCode: '103000' });
  const { count } = JSON.parse(await call('POST', '/_mock/requests/count', { status: 200, body: counted }));
  if (resultCode !== '103000' || count !== 1) throw new Error(`resultCode ${resultCode}, counted ${count}`);
  await call('DELETE', own, { status: 204 });
}

/** Runs cycles for this time and resolves to their number. */
async function run(url, seconds) {
  const endMs = performance.now() + seconds * 1000;
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
    const seconds = (performance.now() - startedMs) / 1000;
    return { perSecond: cycles / seconds, cpu: (cpuMicroseconds(pid) - before) / cycles };
  });
}

keepOffServerCore();
keepLoadCoreAwake();
const all = await measureRounds(contestants, Number(flags.rounds), measure);
console.log(`A test's five calls, ${WORKERS} tests at a time: ratio to the first, median of ${flags.rounds} rounds.\n`);
const columns = [
  { head: 'cycles a second', figure: 'perSecond', show: (value) => value.toFixed(0) },
  { head: 'CPU a cycle', figure: 'cpu', show: (value) => `${value.toFixed(0)} µs` },
];
console.log(comparison(contestants, all, columns));
