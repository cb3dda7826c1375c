/**
 * Compares builds of the mock with the hand-written server: requests a second, CPU time of a request, p99. All servers run
 * at the same time on one core and get load in turn, one second each, which is more stable than new processes on a noisy
 * machine. The hand-written server runs twice, as the control.
 * `node bench/throughput.mjs [--windows 10] [--workload "login MD5" …] [--mock dist/main.js …] [--after-control-calls]`
 */
import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  handWritten,
  MOCK,
  mock,
  mockAfterControlCalls,
  TOKENS_MAX,
  withRoom,
  withServers,
} from './lib/contestants.mjs';
import { assertSuccesses, send, wrk } from './lib/http.mjs';
import {
  cpuMicroseconds,
  keepLoadCoreAwake,
  keepOffServerCore,
  scratchFile,
} from './lib/processes.mjs';
import { comparison } from './lib/statistics.mjs';
import { WORKLOADS } from './lib/workloads.mjs';

const { values: flags } = parseArgs({
  options: {
    windows: { type: 'string', default: '10' },
    workload: { type: 'string', multiple: true, default: WORKLOADS.map(({ name }) => name) },
    mock: { type: 'string', multiple: true, default: [MOCK] },
    'after-control-calls': { type: 'boolean', default: false },
  },
});
const WARM_UP_SECONDS = 3;

/** The others are compared with the first. The second is its control. */
const contestants = [
  handWritten(),
  handWritten('hand-written again'),
  ...flags.mock.map(mock).map(withRoom),
  ...(flags['after-control-calls'] ? flags.mock.map(mockAfterControlCalls).map(withRoom) : []),
];

// Parts that differ in each response: ids, times, ciphertexts.
const VARYING = [
  [/"taskId":"[0-9a-f]{32}"/, '"taskId":"…"'],
  [/"(systemtime|timestamp)":"\d{17}"/, '"$1":"…"'],
  [/"msisdn":"[0-9A-F]{256}"/, '"msisdn":"…"'],
  [/X-Mock-Request-Id: \w{6}-[0-9a-f]{16}/, 'X-Mock-Request-Id: …'],
  [/X-Mock-Explanation: [^\n]+/, 'X-Mock-Explanation: …'],
  [/Date: [^\n]+/, 'Date: …'],
];

/** Sends the first request to each server. All must return the same bytes, and succeed. */
async function assertSameAnswers(servers, { path }, body) {
  const answers = [];
  for (const { url } of servers) {
    const { status, headers, text } = await send(url + path, { body });
    answers.push(
      VARYING.reduce(
        (all, [part, mask]) => all.replace(part, mask),
        `${status}\n${headers}\n${text}`,
      ),
    );
  }
  if (answers.some((answer) => answer !== answers[0]))
    throw new Error(`different responses:\n${answers.join('\n\n')}`);
  if (!answers[0].includes('X-Mock-Decided-By: allMet'))
    throw new Error(`not a success:\n${answers[0]}`);
}

/** A file of signed bodies. Signing is slow, so a window signs only what it may need. */
function signedBodies({ name, bodyOf }, tokens) {
  const path = scratchFile(`${name}.txt`, '');
  let signed = 0;
  return {
    path,
    signUpTo: (count) => {
      const bodies = tokens.slice(signed, count).map(bodyOf);
      signed += bodies.length;
      appendFileSync(path, bodies.map((body) => `${body}\n`).join(''));
    },
  };
}

async function load(server, { path, perSecondMax }, { bodies, seconds }) {
  const take = perSecondMax * seconds;
  bodies.signUpTo(server.sent + take);
  const before = cpuMicroseconds(server.pid);
  const run = await wrk({
    url: server.url,
    path,
    bodies: bodies.path,
    skip: server.sent,
    take,
    seconds,
  });
  server.sent += run.sent;
  server.runs.push({ ...run, cpu: (cpuMicroseconds(server.pid) - before) / run.requests });
}

async function measureWorkload(workload, started) {
  const windows = Number(flags.windows);
  const tokens = Math.min(TOKENS_MAX, workload.perSecondMax * (WARM_UP_SECONDS + windows));
  let minted;
  // A mock issues the tokens that the hand-written server gets.
  for (const [at, { url }] of [...started.entries()].toReversed())
    minted = await contestants[at].prepare(url, { ...workload, tokens }, minted);
  const bodies = signedBodies(workload, minted);
  await assertSameAnswers(started, workload, workload.bodyOf(minted[0]));
  const servers = started.map((server) => ({ ...server, sent: 1, runs: [] }));
  for (const server of servers) await load(server, workload, { bodies, seconds: WARM_UP_SECONDS });
  for (let window = 0; window < windows; window += 1) {
    for (const server of window % 2 === 0 ? servers : servers.toReversed())
      await load(server, workload, { bodies, seconds: 1 });
    process.stderr.write('.');
  }
  process.stderr.write('\n');
  for (const [at, { url, runs }] of servers.entries())
    assertSuccesses(runs, (await contestants[at].charged(url)) - 1);
  return servers.map(({ runs }) => runs.slice(1));
}

const COLUMNS = [
  { head: 'requests a second', figure: 'perSecond', show: (value) => value.toFixed(0) },
  { head: 'CPU a request', figure: 'cpu', show: (value) => `${value.toFixed(1)} µs` },
  { head: 'p99', figure: 'p99', show: (value) => `${(value / 1000).toFixed(1)} ms` },
];

keepOffServerCore();
keepLoadCoreAwake();
console.log(
  `Ratio to the hand-written server, median of ${flags.windows} windows (and the figure).`,
);
for (const name of flags.workload) {
  const workload = WORKLOADS.find((one) => one.name === name);
  if (workload === undefined) throw new Error(`unknown workload ${name}`);
  const measured = await withServers(contestants, (servers) => measureWorkload(workload, servers));
  console.log(`\n${name}\n\n${comparison(contestants, measured, COLUMNS)}`);
}
