/** Sends valid requests during attacks on connections. All must succeed, and all resources must be freed afterwards. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { overConnections } from './client.js';
import { mintTokens } from './control.js';
import { unfreedProblems, untilFreed } from './freed-resources.js';
import { codeOf, LOAD_APP, loadBytes, SUCCESS } from './load.js';
import { type Figure, medianOf, megabytes } from './memory.js';
import type { StageInput, StageOutcome } from './stage.js';
import { startTarget, type Target } from './target.js';

/** The attacks and their numbers of connections: many idle ones, or few busy ones. The first is a control without an attack. */
const ATTACKS = [
  { kind: 'none', connections: 0 },
  { kind: 'slow headers', connections: 500 },
  { kind: 'slow bodies', connections: 500 },
  { kind: 'half-open', connections: 1000 },
  { kind: 'oversized headers', connections: 10 },
  { kind: 'oversized bodies', connections: 5 },
  { kind: 'pipelined', connections: 5 },
  { kind: 'aborted in the body', connections: 20 },
  { kind: 'aborted before the answer', connections: 20 },
  { kind: 'abandoned TLS handshakes', connections: 20 },
  { kind: 'opened and closed', connections: 20 },
] as const;
type Attack = (typeof ATTACKS)[number];

const WARM_UP_PHASES = 2;
const GOOD_CONNECTIONS = 4;
const GOOD_PACE_MS = 2;
// The store is full before the measurement, so that its growth does not look like a leak.
const LIMITS = { journalRecordsMax: 400, ledgerRecordsMax: 400 };
const OPERATION = 'loginTokenValidate';

export interface ConnectionsInput extends StageInput {
  /** The number of quiet and attacked phases for each attack. */
  readonly rounds?: number;
}

export async function connections({ size, rounds = 3, progress, enough }: ConnectionsInput): Promise<StageOutcome> {
  const target = await startTarget({
    configuration: { apps: [LOAD_APP], limits: { ...LIMITS, tokensMax: WARM_UP_PHASES * size } },
    https: true,
  });
  try {
    const problems: string[] = [];
    const figures: Figure[] = [];
    // Lets V8 compile the code, and fills the store.
    await sendGoodRequests(target, WARM_UP_PHASES * size, problems);
    const before = await target.held();
    for (const attack of ATTACKS) {
      if (enough.aborted) break;
      progress(attack.kind);
      figures.push(await measure(target, attack, { size, rounds, problems }));
    }
    const after = await untilFreed(target, before);
    problems.push(...unfreedProblems(before, after));
    figures.push(
      ['descriptors before and after', `${before.descriptors}, ${after.descriptors}`],
      ['heap before and after', `${megabytes(before.heapBytes)}, ${megabytes(after.heapBytes)}`],
    );
    return { figures, problems: [...problems, ...target.complaints()] };
  } finally {
    await target.stop();
  }
}

interface Measured {
  readonly size: number;
  readonly rounds: number;
  readonly problems: string[];
}

async function measure(target: Target, attack: Attack, { size, rounds, problems }: Measured): Promise<Figure> {
  const ratios: { p50: number; p99: number }[] = [];
  let opened = 0;
  for (let round = 0; round < rounds; round += 1) {
    const quiet = await sendGoodRequests(target, size, problems);
    const stop = await start(attack, target);
    const attacked = await sendGoodRequests(target, size, problems);
    opened += await stop();
    ratios.push({ p50: attacked.p50 / quiet.p50, p99: attacked.p99 / quiet.p99 });
  }
  // NaN if the attackers ended early.
  if (!(opened >= rounds * attack.connections))
    problems.push(`${attack.kind}: expected ${rounds * attack.connections} connections, found ${opened}`);
  const ratio = (pick: 'p50' | 'p99') => medianOf(ratios.map((one) => one[pick])).toFixed(2);
  return [
    `${attack.kind}: valid requests, attacked to quiet`,
    `p50 ${ratio('p50')}, p99 ${ratio('p99')} (${opened} connections)`,
  ];
}

/** Starts the attackers and waits until all connections are open. The returned function stops them and returns the number of connections. */
async function start(
  { kind, connections: count }: Attack,
  { url, httpsUrl = '' }: Target,
): Promise<() => Promise<number>> {
  const args = [resolve('bench/stress/attackers.mjs'), kind, url, httpsUrl, String(count)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  return async () => {
    child.kill('SIGTERM');
    return Number((await lines.next()).value);
  };
}

/** Measures the latencies of a steady stream of valid requests. */
async function sendGoodRequests(
  target: Target,
  count: number,
  problems: string[],
): Promise<{ p50: number; p99: number }> {
  const minted = await mintTokens(target.url, LOAD_APP.appId, { count });
  const bodies = minted.map(({ token }) => loadBytes({ operation: OPERATION, token }));
  const latencies: number[] = [];
  await overConnections(target.url, { count, connections: GOOD_CONNECTIONS }, async (index, connection) => {
    const startedMs = performance.now();
    const code = await connection.send(bodies[index] ?? Buffer.alloc(0)).then(codeOf, String);
    latencies.push(performance.now() - startedMs);
    if (code !== SUCCESS[OPERATION]) problems.push(`a good request gets ${code}`);
    await sleep(GOOD_PACE_MS);
  });
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}
