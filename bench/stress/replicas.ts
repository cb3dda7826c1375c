/**
 * Three servers over one Redis (`appendfsync always`), with a fault in each round. No token wins twice, no charged call is
 * lost, and at the end each token is used, charged, in the ledger and in the journal exactly once.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DURABLE, findRedis, startRedis } from '../../test/support/redis.js';
import { appNamed, control, mintTokens, resultOf } from './client.js';
import { FAULTS, type Fault, type FaultyParts } from './faults.js';
import {
  inParallel,
  PROBLEMS_MAX,
  type Restartable,
  type StageInput,
  type StageOutcome,
  startRestartable,
} from './stage.js';

const REPLICAS = 3;
const TOKENS = 100;
/** Each server gets each token once during the fault. */
const REQUESTS = TOKENS * REPLICAS;
const AT_ONCE = 24;
const SUCCESS = '103000';
const NO_ANSWER = 'no response';
/** Codes of a request whose token may be unused afterwards. */
const OPEN: readonly string[] = ['103211', NO_ANSWER];
const EXPECTED: readonly string[] = [SUCCESS, '104201', ...OPEN];
const TRIES_MAX = 100;
const TRY_AGAIN_MS = 100;
const NOT_INSTALLED = 'neither redis-server nor valkey-server is installed';
const RECORD = 'bench/stress/replicas.json';

/** What was counted with a fault, in all rounds. */
export interface FaultCounts {
  readonly id: string;
  readonly rounds: number;
  readonly requests: number;
  /** Without a result, or with the code for an unreachable store. */
  readonly failed: number;
  readonly tokens: number;
  readonly wonTwice: number;
  readonly charged: number;
  readonly used: number;
  readonly ledger: number;
  readonly journal: number;
}

/** The last measurement, as `--record` writes it. */
export interface Measurement {
  readonly date: string;
  readonly node: string;
  readonly faults: readonly FaultCounts[];
}

interface Scene extends Omit<FaultyParts, 'replica' | 'replicas'> {
  readonly replicas: readonly Restartable[];
}

export async function replicas(input: StageInput): Promise<StageOutcome> {
  const program = findRedis();
  if (program === undefined) return { figures: [['skipped', NOT_INSTALLED]], problems: [] };
  const redis = await startRedis(program, DURABLE);
  const started: Restartable[] = [];
  try {
    for (let count = 0; count < REPLICAS; count += 1)
      started.push(await startRestartable(['--store', redis.url], { apps: [] }));
    return await rounds(input, { redis, replicas: started });
  } finally {
    await Promise.all(started.map((replica) => replica.stop()));
    await redis.stop();
  }
}

async function rounds(input: StageInput, scene: Scene): Promise<StageOutcome> {
  const { size, progress, enough, record } = input;
  const counts = new Map<string, FaultCounts>(FAULTS.map(({ id }) => [id, none(id)]));
  const problems: string[] = [];
  let sent = 0;
  for (
    let number = 0;
    sent < size && problems.length < PROBLEMS_MAX && !enough.aborted;
    number += 1
  ) {
    const fault = FAULTS[number % FAULTS.length];
    if (fault === undefined) break;
    const round = await runRound(scene, fault, number);
    problems.push(...round.problems);
    counts.set(fault.id, sum(counts.get(fault.id) ?? none(fault.id), round.counts));
    sent += round.counts.requests;
    progress(`${sent} requests, ${problems.length} problems`);
  }
  const faults = [...counts.values()];
  if (record === true) write(faults);
  return {
    figures: [['requests', `${sent}`], ...faults.map(figure)],
    problems: [...problems, ...scene.replicas.flatMap(({ complaints }) => complaints)],
  };
}

async function runRound(scene: Scene, fault: Fault, number: number) {
  const { replicas: servers } = scene;
  const urls = servers.map(({ url }) => url);
  const [url = ''] = urls;
  const replica = servers[number % servers.length];
  if (replica === undefined) throw new Error('no servers');
  const appId = `round-${number}`;
  await control(url, 'POST', '/apps', appNamed(appId));
  const tokens = await mintTokens(url, appId, { count: TOKENS });
  const wins = new Map<string, number>();
  const problems: string[] = [];
  let requests = 0;
  let failed = 0;
  const exchange = async (at: string, token: string): Promise<string> => {
    const operation = 'loginTokenValidate';
    const code = await resultOf(at, { operation, token, appId }).catch(() => NO_ANSWER);
    requests += 1;
    if (OPEN.includes(code)) failed += 1;
    if (code === SUCCESS) wins.set(token, (wins.get(token) ?? 0) + 1);
    if (!EXPECTED.includes(code)) problems.push(`${fault.id}: unexpected result ${code}`);
    return code;
  };

  let acting: Promise<void> | undefined;
  await inParallel({ count: REQUESTS, atOnce: AT_ONCE }, async (index) => {
    if (index === TOKENS) acting = fault.act({ ...scene, replica });
    const turn = Math.floor(index / TOKENS) + index;
    await exchange(urls[turn % urls.length] ?? '', tokens[index % TOKENS] ?? '');
  });
  await acting;
  await Promise.all(servers.map((server) => server.untilReady()));
  await inParallel({ count: TOKENS, atOnce: AT_ONCE }, (index) =>
    untilDecided(() => exchange(urls[index % urls.length] ?? '', tokens[index] ?? '')),
  );

  const stored = await storedCounts(url, appId, tokens);
  const wonTwice = [...wins.values()].filter((times) => times > 1).length;
  const counted = { rounds: 1, requests, failed, tokens: TOKENS, wonTwice, ...stored };
  await control(url, 'DELETE', `/apps/${appId}`);
  return { counts: counted, problems: [...problems, ...problemsIn(fault.id, counted)] };
}

async function untilDecided(exchange: () => Promise<string>): Promise<void> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    if (!OPEN.includes(await exchange())) return;
    await sleep(TRY_AGAIN_MS);
  }
}

interface Ledger {
  readonly charged: number;
  readonly records: readonly { readonly taskId: string }[];
}

/** What the store has of an app after the fault. */
async function storedCounts(url: string, appId: string, tokens: readonly string[]) {
  const path = `/apps/${appId}`;
  const { charged, records } = await control<Ledger>(url, 'GET', `${path}/ledger?limit=1000`);
  const successes = { appId, resultCode: SUCCESS };
  const { count } = await control<{ count: number }>(url, 'POST', '/requests/count', successes);
  let used = 0;
  await inParallel({ count: tokens.length, atOnce: AT_ONCE }, async (index) => {
    const token = tokens[index] ?? '';
    const { status } = await control<{ status: string }>(url, 'GET', `${path}/tokens/${token}`);
    if (status === 'used') used += 1;
  });
  const ledger = new Set(records.map(({ taskId }) => taskId)).size;
  return { charged, used, ledger, journal: count };
}

type RoundCounts = Omit<FaultCounts, 'id'>;

function problemsIn(id: string, round: RoundCounts): readonly string[] {
  const { wonTwice, tokens, charged, used, ledger, journal } = round;
  const twice = wonTwice > 0 ? [`${id}: ${wonTwice} tokens won twice`] : [];
  const isRight = [charged, used, ledger, journal].every((count) => count === tokens);
  const sums = `${charged} charged, ${used} used, ${ledger} in the ledger, ${journal} in the journal`;
  return isRight ? twice : [...twice, `${id}: of ${tokens} tokens, ${sums}`];
}

function none(id: string): FaultCounts {
  const stored = { charged: 0, used: 0, ledger: 0, journal: 0 };
  return { id, rounds: 0, requests: 0, failed: 0, tokens: 0, wonTwice: 0, ...stored };
}

function sum(one: FaultCounts, other: RoundCounts): FaultCounts {
  return {
    id: one.id,
    rounds: one.rounds + other.rounds,
    requests: one.requests + other.requests,
    failed: one.failed + other.failed,
    tokens: one.tokens + other.tokens,
    wonTwice: one.wonTwice + other.wonTwice,
    charged: one.charged + other.charged,
    used: one.used + other.used,
    ledger: one.ledger + other.ledger,
    journal: one.journal + other.journal,
  };
}

function figure(counts: FaultCounts): readonly [string, string] {
  const { id, rounds: times, requests, failed, wonTwice, tokens } = counts;
  const { charged, used, ledger, journal } = counts;
  const sums = `${tokens} tokens: ${charged} charged, ${used} used, ${ledger} in the ledger, ${journal} in the journal`;
  return [
    id,
    `${times} times, ${requests} requests, ${failed} failed, ${wonTwice} won twice, ${sums}`,
  ];
}

function write(faults: readonly FaultCounts[]): void {
  const date = new Date().toISOString().slice(0, 10);
  const measurement: Measurement = { date, node: process.versions.node, faults };
  writeFileSync(RECORD, `${JSON.stringify(measurement, undefined, 2)}\n`);
}
