/** A long run with a mix of valid and invalid calls. Memory must not grow, and all sums must be correct at the end. */
import type { Operation } from '../../contracts/index.js';
import { type Connection, overConnections } from './client.js';
import { control, journalOf, mintTokens } from './control.js';
import { codeOf, LOAD_APP, type LoadRequest, loadBytes, OTHER_PHONE_NUMBER, PHONE_NUMBER, SUCCESS } from './load.js';
import { memoryFigures, memoryProblems, watchMemory } from './memory.js';
import { type Random, randomAt } from './random.js';
import type { StageInput, StageOutcome } from './stage.js';
import { startTarget, type Target } from './target.js';

const CONNECTIONS = 4;
const DEPTH = 8;
const ROUND = 2_000;
const SAMPLES = 100;
const PROBLEMS_MAX = 20;
const LOOKED_UP_A_ROUND = 3;

// Small enough that the store is full after an eighth of the default size, so the server drops old records for most of the run.
const LIMITS = { tokensMax: 10_000, journalRecordsMax: 5_000, ledgerRecordsMax: 5_000 };

/** A request with a fresh token, and its expected code. */
interface Kind {
  readonly share: number;
  readonly operation: Operation;
  readonly code: string;
  readonly charged: boolean;
  readonly change?: Pick<LoadRequest, 'phoneNumber' | 'spoiled' | 'appId'>;
  /** The expected code of a second request with the same token. */
  readonly again?: string;
}

const LOGIN = { operation: 'loginTokenValidate', charged: true, code: SUCCESS.loginTokenValidate } as const;
const VERIFY = { operation: 'tokenValidate', charged: true, code: SUCCESS.tokenValidate } as const;
const KINDS: readonly Kind[] = [
  { ...LOGIN, share: 40 },
  { ...VERIFY, share: 25 },
  { ...LOGIN, share: 5, again: '104201' },
  { ...VERIFY, share: 5, again: '606' },
  { ...VERIFY, share: 8, code: '001', change: { phoneNumber: OTHER_PHONE_NUMBER } },
  { ...LOGIN, share: 7, code: '103101', charged: false, change: { spoiled: true } },
  { ...VERIFY, share: 5, code: '302', charged: false, change: { spoiled: true } },
  { ...LOGIN, share: 5, code: '103119', charged: false, change: { appId: 'unknown' } },
];
const WEIGHTED_KINDS: readonly Kind[] = KINDS.flatMap((kind) => Array.from({ length: kind.share }, () => kind));

interface Sums {
  sent: number;
  /** Sent with the existing app. */
  known: number;
  charged: number;
  readonly codes: Map<string, number>;
  readonly problems: string[];
}

export async function soak({ size, seed, progress, enough }: StageInput): Promise<StageOutcome> {
  const target = await startTarget({ configuration: { apps: [LOAD_APP], limits: LIMITS } });
  try {
    const sums: Sums = { sent: 0, known: 0, charged: 0, codes: new Map(), problems: [] };
    const memory = watchMemory(target, { total: size, parts: SAMPLES });
    await memory.at(0);
    for (let round = 0; sums.sent < size; round += 1) {
      await runRound(target, sums, { kinds: Math.min(ROUND, size - sums.sent), random: randomAt(seed, round) });
      await memory.at(sums.sent);
      progress(`${sums.sent} requests, ${sums.problems.length} problems`);
      if (enough.aborted || target.complaints().length > 0 || sums.problems.length >= PROBLEMS_MAX) break;
    }
    const problems = [...sums.problems, ...(await sumProblems(target.url, sums)), ...target.complaints()];
    return {
      figures: [
        ['requests', String(sums.sent)],
        ['charged', String(sums.charged)],
        ...[...sums.codes]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([code, times]) => [code, String(times)] as const),
        ...memoryFigures(memory.samples),
      ],
      problems: [...problems, ...memoryProblems(memory.samples)],
    };
  } finally {
    await target.stop();
  }
}

interface Round {
  readonly kinds: number;
  readonly random: Random;
}

async function runRound({ url }: Target, sums: Sums, { kinds, random }: Round): Promise<void> {
  const drawn = Array.from({ length: kinds }, () => random.pick(WEIGHTED_KINDS));
  const tokens = new Map<Kind, readonly string[]>();
  for (const kind of KINDS) {
    const count = drawn.filter((one) => one === kind).length;
    if (count === 0) continue;
    const minted = await mintTokens(url, LOAD_APP.appId, {
      capability: kind.operation,
      phoneNumber: PHONE_NUMBER,
      count,
    });
    tokens.set(
      kind,
      minted.map(({ token }) => token),
    );
  }
  const sendings = KINDS.flatMap((kind) => (tokens.get(kind) ?? []).map((token) => ({ kind, token })));
  const order = shuffled(sendings, random);
  await overConnections(
    url,
    { count: order.length, connections: CONNECTIONS, depth: DEPTH },
    async (index, connection) => {
      const sending = order[index];
      if (sending !== undefined) await sendKind(sending, connection, sums);
    },
  );
  for (const { kind, token } of order.slice(-LOOKED_UP_A_ROUND)) {
    const { status } = await control<{ readonly status: string }>(
      url,
      'GET',
      `/apps/${LOAD_APP.appId}/tokens/${token}`,
    );
    const expected = kind.charged ? 'used' : 'live';
    if (status !== expected) sums.problems.push(`after ${kind.code}, a token is ${status}, expected ${expected}`);
  }
}

interface Sending {
  readonly kind: Kind;
  readonly token: string;
}

/** Sends the request, and again after its response if the kind has `again`. */
async function sendKind({ kind, token }: Sending, connection: Connection, sums: Sums): Promise<void> {
  const bytes = loadBytes({ operation: kind.operation, token, ...kind.change });
  for (const expected of [kind.code, kind.again]) {
    if (expected === undefined) return;
    const code = await connection.send(bytes).then(codeOf, String);
    sums.sent += 1;
    if (kind.change?.appId === undefined) sums.known += 1;
    if (kind.charged && expected === kind.code) sums.charged += 1;
    sums.codes.set(code, (sums.codes.get(code) ?? 0) + 1);
    if (code !== expected) sums.problems.push(`${kind.operation}: expected ${expected}, found ${code}`);
  }
}

function shuffled<T>(list: readonly T[], random: Random): readonly T[] {
  const order = [...list];
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = random.below(at + 1);
    [order[at], order[other]] = [order[other] as T, order[at] as T];
  }
  return order;
}

/** Compares the server's sums with the sent requests. */
async function sumProblems(url: string, { sent, known, charged }: Sums): Promise<readonly string[]> {
  const { appId } = LOAD_APP;
  const ledger = await control<{ readonly charged: number }>(url, 'GET', `/apps/${appId}/ledger?limit=1`);
  const own = await journalOf(url, appId);
  const all = await control<{ readonly evicted: number }>(url, 'GET', '/requests?limit=1');
  const journals = await control<{ readonly count: number }>(url, 'POST', '/requests/count', {});
  const sums = [
    { name: 'charged in the ledger', found: ledger.charged, expected: charged },
    // Requests with an unknown app have their own journal, which may have dropped records.
    { name: 'kept and dropped by all journals', found: journals.count + all.evicted, expected: sent },
    { name: "kept by the app's journal", found: own.kept, expected: Math.min(known, LIMITS.journalRecordsMax) },
  ];
  return sums
    .filter(({ found, expected }) => found !== expected)
    .map(({ name, found, expected }) => `${name}: expected ${expected}, found ${found}`);
}
