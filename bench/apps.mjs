/**
 * The cost of a refused login, including the log line that names the mistake, and of an explanation, with ten and with ten
 * thousand apps, in memory and on Redis. `node bench/apps.mjs [--rounds 5] [--mock dist/main.js]`
 */
import { parseArgs } from 'node:util';
import { MOCK, withServer } from './lib/contestants.mjs';
import { KeepAlive } from './lib/keep-alive.mjs';
import { cpuMicroseconds, keepOffServerCore } from './lib/processes.mjs';
import { withRedis } from './lib/redis.mjs';
import { median, rotated, table, unlessNoisy } from './lib/statistics.mjs';

const { values: flags } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, mock: { type: 'string', default: MOCK } },
});
const ROUNDS = Number(flags.rounds);
const FEW = 10;
const MANY = 10_000;
const CALLS = 60;
const WARM_UP_CALLS = 40;
const LOGIN = '/unisdk/rsapi/loginTokenValidate';
const UNSIGNED = {
  version: '2.0',
  msgid: 'bed1dc7f6cd645b9be9006ae08040c93',
  systemtime: '20261125093619762',
  strictcheck: '0',
  sign: 'D41D8CD98F00B204E9800998ECF8427E',
};

const CASES = [
  { name: 'memory', apps: FEW },
  { name: 'memory', apps: FEW },
  { name: 'memory', apps: MANY },
  { name: 'Redis', apps: FEW, onRedis: true },
  { name: 'Redis', apps: FEW, onRedis: true },
  { name: 'Redis', apps: MANY, onRedis: true },
];

/** The log is written, because it explains refusals, but not shown. */
function contestant(args) {
  return { args: (port) => [flags.mock, '--port', port, ...args], stderr: 'ignore' };
}

async function measure({ apps, onRedis = false }) {
  const run = (args) => withServer(contestant(args), (server) => measureCalls(server, apps));
  return onRedis ? withRedis(({ address }) => run(['--store', address])) : run([]);
}

async function measureCalls({ url, pid }, apps) {
  const client = await KeepAlive.to(Number(new URL(url).port));
  const { apps: existing } = JSON.parse(await client.call('GET', '/_mock/apps', { status: 200, body: '' }));
  let app;
  for (let count = existing.length; count < apps; count += 1) {
    app = JSON.parse(await client.call('POST', '/_mock/apps', { status: 201, body: '{}' }));
  }
  const { appId } = app;
  const tokens = `/_mock/apps/${appId}/tokens`;
  const { token } = JSON.parse(await client.call('POST', tokens, { status: 201, body: '{}' }));
  const body = JSON.stringify({ ...UNSIGNED, appid: appId, token });
  const refuse = () => client.call('POST', LOGIN, { status: 200, body });
  const refused = await cost(pid, refuse);
  const { requests } = JSON.parse(
    await client.call('GET', `/_mock/requests?appId=${appId}&limit=1`, { status: 200, body: '' }),
  );
  const path = `/_mock/requests/${requests[0].id}/explanation`;
  const explained = await cost(pid, () => client.call('GET', path, { status: 200, body: '' }));
  client.close();
  return { refused, explained };
}

/** Returns the server's CPU time of one call, in microseconds. */
async function cost(pid, call) {
  for (let left = WARM_UP_CALLS; left > 0; left -= 1) await call();
  const before = cpuMicroseconds(pid);
  for (let left = CALLS; left > 0; left -= 1) await call();
  return (cpuMicroseconds(pid) - before) / CALLS;
}

keepOffServerCore();
const rounds = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const measured = new Map();
  for (const one of rotated(CASES, round)) {
    measured.set(one, await measure(one));
    process.stderr.write('.');
  }
  rounds.push(CASES.map((one) => measured.get(one)));
}
process.stderr.write('\n');

function row({ name, apps }, at) {
  const base = CASES.findIndex((one) => one.name === name);
  const cell = (figure) => {
    const ratio = median(rounds.map((round) => round[at][figure] / round[base][figure]));
    const control = median(rounds.map((round) => round[base + 1][figure] / round[base][figure]));
    const value = median(rounds.map((round) => round[at][figure]));
    return unlessNoisy(`${ratio.toFixed(2)} (${value.toFixed(0)} µs)`, control);
  };
  return [name, String(apps), cell('refused'), cell('explained')];
}

console.log(`CPU time of a call, ratio to the first row of the same store, median of ${ROUNDS} rounds.\n`);
console.log(table(['store', 'apps', 'refused login, logged', 'explanation'], CASES.map(row)));
