/** Requests that compete: for a token, a quota, a step of a script, an app that is deleted, a clock that moves. */
import { appNamed, control, mintTokens, resultOf } from './client.js';
import {
  inParallel,
  PROBLEMS_MAX,
  type StageInput,
  type StageOutcome,
  startTarget,
} from './stage.js';

const AT_ONCE = 32;
const APP_ID = 'contested';
const QUOTA = 10;
const OWN_APP = `/apps/${APP_ID}`;

/** How many requests got each code. */
type Codes = ReadonlyMap<string, number>;

interface Race {
  readonly name: string;
  readonly settings?: object;
  /** Competing requests use one token, or each its own. */
  readonly tokens: 'one' | 'each';
  /** Runs before the requests. */
  readonly before?: (url: string) => Promise<unknown>;
  /** Runs at the same time. */
  readonly during?: (url: string) => Promise<unknown>;
  readonly isRight: (codes: Codes, charged: number) => boolean;
}

const of = (codes: Codes, code: string) => codes.get(code) ?? 0;
/** Exactly `wins` succeed, all others get the code, and each success is charged once. */
const onlyWins = (wins: number, otherCode: string) => (codes: Codes, charged: number) =>
  of(codes, '103000') === wins && of(codes, otherCode) === AT_ONCE - wins && charged === wins;

const RACES: readonly Race[] = [
  { name: 'a token works once', tokens: 'one', isRight: onlyWins(1, '104201') },
  {
    name: 'a daily quota',
    settings: { contracted: false, dailyQuota: QUOTA },
    tokens: 'each',
    isRight: onlyWins(QUOTA, '105312'),
  },
  {
    name: 'a call package',
    settings: { callPackage: QUOTA },
    tokens: 'each',
    isRight: onlyWins(QUOTA, '105312'),
  },
  {
    name: 'each step of a script is used once',
    tokens: 'each',
    before: (url) =>
      control(url, 'PUT', `${OWN_APP}/outcomes/loginTokenValidate`, {
        script: `103211*${AT_ONCE - QUOTA}`,
      }),
    isRight: onlyWins(QUOTA, '103211'),
  },
  {
    name: 'a clock that passes the end of a token',
    settings: { tokenTtlMs: 120_000 },
    tokens: 'each',
    during: (url) => control(url, 'POST', `${OWN_APP}/clock/advance`, { by: '2m' }),
    isRight: (codes, charged) =>
      of(codes, '103000') + of(codes, '104201') === AT_ONCE && of(codes, '103000') === charged,
  },
  {
    name: 'a deleted app leaves no record to the next app with its id',
    tokens: 'each',
    during: async (url) => {
      await control(url, 'DELETE', OWN_APP);
      await control(url, 'POST', '/apps', appNamed(APP_ID));
    },
    // A token that was issued before is unknown to the new app, so a call that it charges used an old token.
    isRight: (codes, charged) =>
      of(codes, '103000') + of(codes, '104201') + of(codes, '103119') === AT_ONCE && charged === 0,
  },
];

export async function races({ size, progress, enough }: StageInput): Promise<StageOutcome> {
  const target = await startTarget({ apps: [] });
  const { url } = target;
  const problems: string[] = [];
  let sent = 0;
  try {
    for (
      let round = 0;
      sent < size && problems.length < PROBLEMS_MAX && !enough.aborted;
      round += 1
    ) {
      const race = RACES[round % RACES.length];
      if (race === undefined) break;
      const problem = await run(url, race);
      if (problem !== undefined) problems.push(problem);
      sent += AT_ONCE;
      progress(`${sent} requests, ${problems.length} problems`);
    }
    return { figures: [['requests', `${sent}`]], problems: [...problems, ...target.complaints] };
  } finally {
    await target.stop();
  }
}

async function run(url: string, race: Race): Promise<string | undefined> {
  const { name, settings, tokens, before, during, isRight } = race;
  await control(url, 'POST', '/apps', appNamed(APP_ID, settings));
  const minted = await mintTokens(url, APP_ID, { count: AT_ONCE });
  await before?.(url);
  const codes = new Map<string, number>();
  const other = during?.(url);
  await inParallel({ count: AT_ONCE, atOnce: AT_ONCE }, async (index) => {
    const token = minted[tokens === 'one' ? 0 : index] ?? '';
    const code = await resultOf(url, {
      operation: 'loginTokenValidate',
      token,
      appId: APP_ID,
    }).catch(String);
    codes.set(code, (codes.get(code) ?? 0) + 1);
  });
  await other;
  const { charged } = await control<{ readonly charged: number }>(
    url,
    'GET',
    `${OWN_APP}/ledger?limit=1`,
  );
  await control(url, 'DELETE', OWN_APP);
  if (isRight(codes, charged)) return undefined;
  return `${name}: ${[...codes].map(([code, times]) => `${times} × ${code}`).join(', ')}; ${charged} charged`;
}
