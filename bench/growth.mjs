/**
 * The cost of a request with 1 000, 100 000 and 1 000 000 tokens in the store, and with an empty and a full journal.
 * `node bench/growth.mjs [--rounds 3] [--mock dist/main.js]`
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { burst } from './lib/burst.mjs';
import { MOCK, mintMock, withServer } from './lib/contestants.mjs';
import { call, cpuMicroseconds, keepOffServerCore } from './lib/processes.mjs';
import { median, rotated, table, unlessNoisy } from './lib/statistics.mjs';
import { APP, WORKLOADS } from './lib/workloads.mjs';

const { values: flags } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, mock: { type: 'string', default: MOCK } },
});
const ROUNDS = Number(flags.rounds);
const [workload] = WORKLOADS;
const BURST = 1_000;
// After these bursts, V8 has compiled the code, and a journal of ten thousand records is full.
const WARM_UP_BURSTS = 11;
const MEASURED_BURSTS = 15;

/** The store always has `tokens` tokens: each burst issues as many as it uses, and the oldest are dropped. */
const CASES = [
  { name: '1 000 tokens', tokens: 1_000, journal: 'full' },
  { name: '1 000 tokens again', tokens: 1_000, journal: 'full' },
  { name: '100 000 tokens', tokens: 100_000, journal: 'full' },
  { name: '1 000 000 tokens', tokens: 1_000_000, journal: 'full' },
  { name: 'empty journal', tokens: 1_000, journal: 'empty' },
];
const [BASE, CONTROL] = CASES;

async function measureCase({ tokens, journal }, dir) {
  const configuration = join(dir, `${tokens}.json`);
  writeFileSync(configuration, JSON.stringify({ apps: [APP], limits: { tokensMax: tokens } }));
  const args = (port) => [flags.mock, '--port', port, '--log', 'error', '--config', configuration];
  return withServer({ args }, async ({ url, pid }) => {
    await mintMock(url, { ...workload, count: tokens });
    let spent = 0;
    for (let round = 0; round < WARM_UP_BURSTS + MEASURED_BURSTS; round += 1) {
      if (journal === 'empty') await call(`${url}/_mock/requests?appId=${APP.appId}`, { method: 'DELETE' });
      const minted = await mintMock(url, { ...workload, count: BURST });
      const bodies = minted.map(workload.bodyOf);
      const before = cpuMicroseconds(pid);
      const successes = await burst(url + workload.path, bodies, '"resultCode":"103000"');
      if (successes !== BURST) throw new Error(`expected ${BURST} successes, found ${successes}`);
      if (round >= WARM_UP_BURSTS) spent += cpuMicroseconds(pid) - before;
    }
    return spent / (MEASURED_BURSTS * BURST);
  });
}

keepOffServerCore();
const dir = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const measured = new Map();
    for (const one of rotated(CASES, round)) {
      measured.set(one, await measureCase(one, dir));
      process.stderr.write('.');
    }
    rounds.push(measured);
  }
  process.stderr.write('\n');
  const ratioOf = (one) => median(rounds.map((measured) => measured.get(one) / measured.get(BASE)));
  const control = ratioOf(CONTROL);
  console.log('CPU time a request (login MD5, 16 connections, unsaturated), median of the rounds.\n');
  const rows = CASES.map((one) => [
    one.name,
    `${median(rounds.map((measured) => measured.get(one))).toFixed(1)} µs`,
    unlessNoisy(ratioOf(one).toFixed(2), control),
  ]);
  console.log(table(['kept', 'CPU a request', 'ratio to the first'], rows));
} finally {
  rmSync(dir, { recursive: true });
}
