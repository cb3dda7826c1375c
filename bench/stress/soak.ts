/** A long run with a mix of valid and invalid calls. Memory must not grow, and all sums must be correct at the end. */
import type { Operation } from '../../contracts/index.js';
import { appNamed, control, mintTokens, resultOf, type Signed } from './client.js';
import {
  inParallel,
  PROBLEMS_MAX,
  type StageInput,
  type StageOutcome,
  startTarget,
  watchHeap,
} from './stage.js';

const AT_ONCE = 32;
const ROUND = 2_000;
const APP_ID = 'load';
// Small enough that the store drops old records for most of the run.
const LIMITS = { tokensMax: 10_000, journalRecordsMax: 5_000, ledgerRecordsMax: 5_000 };

/** A request with a fresh token, and its expected code. */
interface Kind {
  readonly operation: Operation;
  readonly code: string;
  readonly charged: boolean;
  readonly change?: Partial<Signed>;
  /** The expected code of each further request with the same token. */
  readonly again?: readonly string[];
}

const LOGIN = { operation: 'loginTokenValidate', charged: true, code: '103000' } as const;
const VERIFY = { operation: 'tokenValidate', charged: true, code: '000' } as const;
const KINDS: readonly Kind[] = [
  LOGIN,
  VERIFY,
  { ...LOGIN, again: ['104201'] },
  { ...VERIFY, again: ['606'] },
  { ...VERIFY, code: '001', change: { phoneNumber: '13800138001' } },
  { ...LOGIN, code: '103101', charged: false, change: { spoiled: true } },
  { ...VERIFY, code: '302', charged: false, change: { spoiled: true } },
  { ...LOGIN, code: '103119', charged: false, change: { appId: 'unknown' } },
];

export async function soak({ size, progress, enough }: StageInput): Promise<StageOutcome> {
  const target = await startTarget({ apps: [appNamed(APP_ID)], limits: LIMITS });
  const { url } = target;
  const problems: string[] = [];
  const sums = { sent: 0, toTheApp: 0, charged: 0 };
  const exchange = async ({ operation, code, charged, change, again }: Kind, token: string) => {
    for (const expected of [code, ...(again ?? [])]) {
      const found = await resultOf(url, { operation, token, appId: APP_ID, ...change }).catch(
        String,
      );
      if (found !== expected) problems.push(`${operation}: expected ${expected}, found ${found}`);
      sums.sent += 1;
      sums.toTheApp += Number(change?.appId === undefined);
      sums.charged += Number(charged && expected === code);
    }
  };
  const isOver = () => sums.sent >= size || enough.aborted || problems.length >= PROBLEMS_MAX;
  try {
    const heap = watchHeap(target, size);
    while (!isOver() && target.complaints.length === 0) {
      // A quarter of the kinds sends each token twice.
      const count = Math.ceil(Math.min(ROUND, size - sums.sent) / 1.25);
      const login = await mintTokens(url, APP_ID, { capability: 'loginTokenValidate', count });
      const verify = await mintTokens(url, APP_ID, { capability: 'tokenValidate', count });
      await inParallel({ count, atOnce: AT_ONCE }, async (index) => {
        const kind = KINDS[index % KINDS.length] ?? LOGIN;
        const tokens = kind.operation === 'loginTokenValidate' ? login : verify;
        await exchange(kind, tokens[index] ?? '');
      });
      await heap.at(sums.sent);
      progress(`${sums.sent} requests, ${problems.length} problems`);
    }
    return {
      figures: [['requests', `${sums.sent}`], ['charged', `${sums.charged}`], heap.figure()],
      problems: [
        ...problems,
        ...(await sumProblems(url, sums)),
        ...heap.problems(),
        ...target.complaints,
      ],
    };
  } finally {
    await target.stop();
  }
}

interface Counted {
  readonly count: number;
  readonly evicted: number;
}

/** Compares the server's sums with the sent requests. */
async function sumProblems(
  url: string,
  {
    sent,
    toTheApp,
    charged,
  }: { readonly sent: number; readonly toTheApp: number; readonly charged: number },
): Promise<readonly string[]> {
  const ledger = await control<{ readonly charged: number }>(
    url,
    'GET',
    `/apps/${APP_ID}/ledger?limit=1`,
  );
  const all = await control<Counted>(url, 'POST', '/requests/count', {});
  const { evicted } = await control<Counted>(url, 'GET', '/requests?limit=1');
  const own = await control<Counted>(url, 'POST', '/requests/count', { appId: APP_ID });
  const sums = [
    { name: 'charged in the ledger', found: ledger.charged, expected: charged },
    { name: 'kept and dropped by all journals', found: all.count + evicted, expected: sent },
    {
      name: 'kept by the journal of the app',
      found: own.count,
      expected: Math.min(toTheApp, LIMITS.journalRecordsMax),
    },
  ];
  return sums
    .filter(({ found, expected }) => found !== expected)
    .map(({ name, found, expected }) => `${name}: expected ${expected}, found ${found}`);
}
