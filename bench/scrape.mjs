/**
 * The cost of /_mock/metrics: the duration of a scrape with few and with a million tokens, and the wait of another request
 * in the meantime. `node bench/scrape.mjs [--rounds 9] [--mock dist/main.js]`
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { MOCK, mintMock, mock, withServer } from './lib/contestants.mjs';
import { call, keepOffServerCore, post } from './lib/processes.mjs';
import { median, table } from './lib/statistics.mjs';
import { APP } from './lib/workloads.mjs';

const { values: flags } = parseArgs({
  options: { rounds: { type: 'string', default: '9' }, mock: { type: 'string', default: MOCK } },
});
const ROUNDS = Number(flags.rounds);
const KEPT = [1000, 1_000_000];
const MINT = { capability: 'loginTokenValidate', phoneNumber: '13800138000' };
const PAUSE_MS = 50;

async function timed(send) {
  const startedMs = performance.now();
  await send();
  return performance.now() - startedMs;
}

/** Sends requests in turn until the scrape ends, and returns the longest wait. */
async function longestWait(url, scraped) {
  let hasEnded = false;
  scraped.then(() => {
    hasEnded = true;
  });
  let longest = 0;
  while (!hasEnded) longest = Math.max(longest, await timed(() => call(`${url}/_mock/health/live`)));
  return longest;
}

async function scrape(url) {
  const text = await (await fetch(`${url}/_mock/metrics`)).text();
  if (!text.includes('cmpassport_mock_tokens_live')) throw new Error(`expected metrics, found ${text.slice(0, 200)}`);
}

async function measure(kept) {
  return withServer(mock(flags.mock), async ({ url }) => {
    await post(`${url}/_mock/apps`, APP);
    await mintMock(url, { ...MINT, count: kept });
    const first = await timed(() => scrape(url));
    const [scrapes, waits] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      await sleep(PAUSE_MS);
      scrapes.push(await timed(() => scrape(url)));
      waits.push(await longestWait(url, scrape(url)));
    }
    return [first, median(scrapes), median(waits)].map((ms) => `${ms.toFixed(1)} ms`);
  });
}

keepOffServerCore();
const rows = [];
for (const kept of KEPT) rows.push([String(kept), ...(await measure(kept))]);
console.log(
  'A scrape, and the longest wait of another request during a scrape. Medians, except for the first scrape.\n',
);
console.log(table(['tokens kept', 'first scrape', 'scrape', 'wait meanwhile'], rows));
