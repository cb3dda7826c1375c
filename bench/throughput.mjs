/**
 * Compares the mock with the hand-written server, on one core: requests a second, CPU time of a request, p99.
 * `node bench/throughput.mjs [--rounds 5] [--workload "login MD5"] [--mock dist/main.js]`
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assertSameAnswers } from './lib/answers.mjs';
import { handWritten, MOCK, mock, mockAfterControlCalls, withServer } from './lib/contestants.mjs';
import { measure } from './lib/load.mjs';
import { keepLoadCoreAwake, keepOffServerCore } from './lib/processes.mjs';
import { median, rotated, table, unlessNoisy } from './lib/statistics.mjs';
import { WORKLOADS } from './lib/workloads.mjs';

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    workload: { type: 'string', multiple: true },
    mock: { type: 'string', default: MOCK },
  },
});
const ROUNDS = Number(flags.rounds);
const WARM_UP_SECONDS = 6;
const WINDOW_SECONDS = 2;

const theMock = mock(flags.mock);
const afterControlCalls = mockAfterControlCalls(flags.mock);
// Twice, as a control: their difference is the noise of this machine.
const [handWrittenOnce, handWrittenAgain] = [handWritten(), handWritten('hand-written again')];
const contestants = [theMock, afterControlCalls, handWrittenOnce, handWrittenAgain];

/** Returns the input of every process of a workload: tokens, and a file of bodies that are signed once. */
async function signBodies(workload, dir) {
  const tokens = await withServer(theMock, ({ url }) => theMock.prepare(url, workload));
  const bodies = join(dir, `${workload.name.replace(' ', '-')}.txt`);
  writeFileSync(bodies, `${tokens.map(workload.bodyOf).join('\n')}\n`);
  return { tokens, bodies };
}

async function measureFresh(contestant, workload, { tokens, bodies }) {
  return withServer(contestant, async (server) => {
    const ready = await contestant.prepare(server.url, workload, tokens);
    if (ready.some((token, at) => token !== tokens[at])) throw new Error('the seed produced other tokens than before');
    const { path } = workload;
    const { charged } = contestant;
    const seconds = { warmUpSeconds: WARM_UP_SECONDS, windowSeconds: WINDOW_SECONDS };
    return measure(server, { path, bodies, charged, ...seconds });
  });
}

async function measureWorkload(workload, dir) {
  const inputs = await signBodies(workload, dir);
  await assertSameAnswers([theMock, handWrittenOnce], workload, inputs.tokens);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const measured = new Map();
    for (const contestant of rotated(contestants, round)) {
      measured.set(contestant, await measureFresh(contestant, workload, inputs));
      process.stderr.write('.');
    }
    rounds.push({
      mock: measured.get(theMock),
      afterControlCalls: measured.get(afterControlCalls),
      once: measured.get(handWrittenOnce),
      again: measured.get(handWrittenAgain),
    });
  }
  return { workload, rounds };
}

/** Returns, for one figure, the medians of a mock and of the hand-written server, their ratio, and the control's ratio. */
function compare(rounds, { who, figure }) {
  const hand = ({ once, again }) => (once[figure] + again[figure]) / 2;
  return {
    mock: median(rounds.map((round) => round[who][figure])),
    hand: median(rounds.map(hand)),
    ratio: median(rounds.map((round) => round[who][figure] / hand(round))),
    control: median(rounds.map(({ once, again }) => again[figure] / once[figure])),
  };
}

function row({ workload, rounds }, who) {
  const cell = (figure, show) => {
    const { mock, hand, ratio, control } = compare(rounds, { who, figure });
    const text = `${ratio.toFixed(2)} (${show(mock)} : ${show(hand)}), control ${control.toFixed(2)}`;
    return unlessNoisy(text, control);
  };
  return [
    who === 'mock' ? workload.name : `${workload.name}, after control calls`,
    cell('perSecond', (value) => value.toFixed(0)),
    cell('cpu', (value) => `${value.toFixed(1)} µs`),
    cell('p99', (value) => `${(value / 1000).toFixed(1)} ms`),
  ];
}

keepOffServerCore();
const letSleep = keepLoadCoreAwake();
const dir = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  const results = [];
  for (const workload of WORKLOADS.filter(({ name }) => flags.workload?.includes(name) ?? true)) {
    results.push(await measureWorkload(workload, dir));
  }
  process.stderr.write('\n');
  const head = ['workload', 'requests a second', 'CPU a request', 'p99'];
  console.log('Ratio mock to hand-written, median of the rounds (mock : hand-written), and hand-written to itself.\n');
  console.log(
    table(
      head,
      results.flatMap((result) => [row(result, 'mock'), row(result, 'afterControlCalls')]),
    ),
  );
  const requests = results.flatMap(({ rounds }) => rounds.flatMap((round) => Object.values(round)));
  const total = requests.reduce((sum, { requests }) => sum + requests, 0);
  console.log(`\n${ROUNDS} rounds; all ${total} measured requests succeeded and were charged.`);
} finally {
  letSleep();
  rmSync(dir, { recursive: true });
}
