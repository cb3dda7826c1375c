/** Moves an app's clock while its tokens are exchanged. The time of each response must be possible, and must match the code. */
import { beijingTimeToMs } from '../../contracts/sign/time.js';
import { type Connection, overConnections } from './client.js';
import { ClockModel, type ClockState, type Span } from './clock-model.js';
import { control, type MintedToken, mintTokens } from './control.js';
import { codeOf, LOAD_APP, loadBytes, SUCCESS } from './load.js';
import { type Random, randomAt } from './random.js';
import type { Reply } from './replies.js';
import type { StageInput, StageOutcome } from './stage.js';
import { startTarget, type Target } from './target.js';

const CONNECTIONS = 4;
const DEPTH = 4;
const ROUND = 200;
const PROBLEMS_MAX = 20;
const TTL_MS = 120_000;
// Low enough that some days run out of calls.
const DAILY_QUOTA = 150;
const DAY_MS = 86_400_000;
const BEIJING_MS = 8 * 3_600_000;
const RANGE = { minMs: 0, maxMs: Date.UTC(9999, 11, 31, 15, 59, 59, 999) };
const OPERATION = 'loginTokenValidate';
const APP = { ...LOAD_APP, contracted: false, dailyQuota: DAILY_QUOTA, tokenTtlMs: TTL_MS };
const { appId } = APP;

interface Run {
  readonly url: string;
  readonly model: ClockModel;
  readonly random: Random;
  readonly codes: Map<string, number>;
  /** Successes, and refusals because of the quota, by the day in Beijing. */
  readonly days: Map<number, { successes: number; refused: number }>;
  readonly observations: Observation[];
  readonly problems: string[];
  moves: number;
}

export async function clock({ size, seed, progress, enough }: StageInput): Promise<StageOutcome> {
  const target = await startTarget({ configuration: { apps: [APP] } });
  try {
    const run = newRun(target, seed);
    for (let done = 0; done < size; done += ROUND) {
      await runRound(run);
      progress(`${done + ROUND} exchanges, ${run.moves} moves, ${run.problems.length} problems`);
      if (enough.aborted || run.problems.length >= PROBLEMS_MAX) break;
    }
    const { charged } = await control<{ readonly charged: number }>(target.url, 'GET', `/apps/${appId}/ledger?limit=1`);
    const successes = run.codes.get(SUCCESS[OPERATION]) ?? 0;
    const ledger = charged === successes ? [] : [`the ledger has ${charged} calls, expected ${successes}`];
    return {
      figures: [
        ['moves of the clock', String(run.moves)],
        ['days in Beijing with calls', String(run.days.size)],
        ['days whose quota ran out', String([...run.days.values()].filter(({ refused }) => refused > 0).length)],
        ...[...run.codes].map(([code, times]) => [code, String(times)] as const),
      ],
      problems: [...run.problems, ...quotaProblems(run), ...ledger, ...target.complaints()],
    };
  } finally {
    await target.stop();
  }
}

function newRun({ url }: Target, seed: number): Run {
  const model = new ClockModel(RANGE);
  return {
    url,
    model,
    random: randomAt(seed),
    codes: new Map(),
    days: new Map(),
    observations: [],
    problems: [],
    moves: 0,
  };
}

/** Moves the clock while other connections issue and exchange tokens. */
async function runRound(run: Run): Promise<void> {
  let moving = true;
  const mover = (async () => {
    while (moving) await move(run);
  })();
  const share = { count: ROUND, connections: CONNECTIONS, depth: DEPTH };
  await overConnections(run.url, share, (_, connection) => mintAndExchange(run, connection));
  moving = false;
  await mover;
  for (const observation of run.observations.splice(0)) judge(run, observation);
  run.model.settle();
}

interface Clock {
  readonly nowMs: number;
  readonly offsetMs: number;
  readonly frozen: boolean;
}

type Move = (random: Random, nowMs: number) => { readonly method: 'PUT' | 'POST'; readonly body: object };

const put = (body: object) => ({ method: 'PUT', body }) as const;
const midnightAfter = (nowMs: number) => (Math.floor((nowMs + BEIJING_MS) / DAY_MS) + 1) * DAY_MS - BEIJING_MS;

/** Advances by less than, almost and exactly a token's lifetime, over midnight in Beijing, back, and to both limits. Freezes and unfreezes. */
const MOVES: readonly Move[] = [
  (random) => ({ method: 'POST', body: { by: `${random.below(TTL_MS / 4)}ms` } }),
  () => ({ method: 'POST', body: { by: `${TTL_MS - 1}ms` } }),
  () => ({ method: 'POST', body: { by: `${TTL_MS}ms` } }),
  () => put({ frozen: true }),
  () => put({ frozen: false }),
  (_, nowMs) => put({ atMs: inRange(midnightAfter(nowMs) - 1), frozen: true }),
  (_, nowMs) => put({ atMs: inRange(midnightAfter(nowMs)) }),
  (_, nowMs) => put({ atMs: inRange(nowMs - DAY_MS), frozen: false }),
  (random, nowMs) => put({ atMs: inRange(nowMs - random.below(TTL_MS)) }),
  (random) => put({ atMs: Date.now() + random.below(DAY_MS), frozen: false }),
  () => put({ atMs: RANGE.minMs }),
  () => put({ atMs: RANGE.maxMs, frozen: false }),
];

function inRange(ms: number): number {
  return Math.min(Math.max(ms, RANGE.minMs), RANGE.maxMs);
}

async function move(run: Run): Promise<void> {
  const path = `/apps/${appId}/clock`;
  const before = await control<Clock>(run.url, 'GET', path);
  const { method, body } = run.random.pick(MOVES)(run.random, before.nowMs);
  const sentMs = Date.now();
  const after = await control<Clock>(run.url, method, method === 'POST' ? `${path}/advance` : path, body);
  run.model.moved(stateOf(after), { sentMs, receivedMs: Date.now() });
  run.moves += 1;
}

function stateOf({ nowMs, offsetMs, frozen }: Clock): ClockState {
  return frozen ? { frozenAtMs: nowMs } : { offsetMs };
}

/** An issued and exchanged token with its times. It is checked after the round, when all moves are known. */
interface Observation {
  readonly minted: MintedToken;
  readonly mint: Span;
  readonly exchange: Span;
  readonly reply: Reply;
}

async function mintAndExchange(run: Run, connection: Connection): Promise<void> {
  const mintSentMs = Date.now();
  const [minted] = await mintTokens(run.url, appId, { count: 1 });
  if (minted === undefined) throw new Error('the server issued no token');
  const mint = { sentMs: mintSentMs, receivedMs: Date.now() };
  const sentMs = Date.now();
  const reply = await connection.send(loadBytes({ operation: OPERATION, token: minted.token }));
  run.observations.push({ minted, mint, exchange: { sentMs, receivedMs: Date.now() }, reply });
}

function judge(run: Run, { minted, mint, exchange, reply }: Observation): void {
  const code = codeOf(reply);
  const nowMs = beijingTimeToMs(/"systemtime":"(\d+)"/.exec(reply.body)?.[1] ?? '');
  run.codes.set(code, (run.codes.get(code) ?? 0) + 1);
  const { issuedAtMs, expiresAtMs } = minted;
  check(run, run.model.canShow(issuedAtMs, mint), `impossible time of a token: ${issuedAtMs}`);
  if (nowMs === undefined) {
    check(run, false, `no time in ${reply.body}`);
    return;
  }
  check(run, run.model.canShow(nowMs, exchange), `impossible time of a response: ${nowMs}`);
  const expected = expectedCode(run, minted, { nowMs, code });
  check(run, code === expected, `${code} at ${nowMs} for a token of ${issuedAtMs} to ${expiresAtMs}`);
}

/** The time of the response decides whether the token is live. Whether a call was left is checked with the sums of the day. */
function expectedCode(
  { days }: Run,
  { issuedAtMs, expiresAtMs }: MintedToken,
  { nowMs, code }: { nowMs: number; code: string },
): string {
  if (nowMs < issuedAtMs || nowMs >= expiresAtMs) return '104201';
  const day = Math.floor((nowMs + BEIJING_MS) / DAY_MS);
  const sums = days.get(day) ?? { successes: 0, refused: 0 };
  days.set(day, sums);
  if (code === '105312') {
    sums.refused += 1;
    return code;
  }
  sums.successes += 1;
  return SUCCESS[OPERATION];
}

/** No day may have more successes than its quota. A day with refusals must have exactly as many. */
function quotaProblems({ days }: Run): readonly string[] {
  return [...days].flatMap(([day, { successes, refused }]) =>
    successes > DAILY_QUOTA || (refused > 0 && successes !== DAILY_QUOTA)
      ? [`day ${day}: ${successes} successes and ${refused} refused, with a quota of ${DAILY_QUOTA}`]
      : [],
  );
}

function check({ problems }: Run, holds: boolean, problem: string): void {
  if (!holds && problems.length < PROBLEMS_MAX) problems.push(problem);
}
