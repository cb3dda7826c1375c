/** Runs the cases: selects those that can run here, limits their cost, and returns their results. */

import type { Bilingual, Words } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import { type Case, type CaseFile, type Choice, chosenRows, codesOf } from '../kit/case.js';
import { inJobs } from '../kit/jobs.js';
import { OPERATIONS } from '../kit/operations.js';
import { liveCalls, type Need, needsOf, type Provider, signingModeOf } from '../kit/provider.js';
import { type CaseResult, NOT_RUN_AFTER_MAX_FAILURES, resultOf } from '../kit/result.js';
import type { RunContext } from '../kit/send-case.js';
import { rowOfCode } from './check-answer.js';
import { runCase } from './run-case.js';

export interface SuiteChoice extends Choice {
  readonly disabled: readonly { readonly case: string; readonly reason: Words }[];
}

export interface Spending {
  /** The maximum number of calls with a live token; undefined: none. */
  readonly limit: number | undefined;
  /** Whether calls cost nothing, as with a mock. */
  readonly free: boolean;
}

export interface PlanOptions {
  readonly provider: Pick<Provider, 'has'>;
  readonly choice: SuiteChoice;
  readonly spending: Spending;
}

export interface RunOptions extends RunContext {
  /** The pause between two cases. */
  readonly gapMs: number;
  /** The number of parallel jobs; 1 by default. */
  readonly jobs?: number;
  readonly onResult: (result: CaseResult) => void;
  /** Whether to run no further case. */
  readonly shouldStop?: (done: readonly CaseResult[]) => boolean;
}

/** A case, its cost, and the reason if it does not run. */
export interface Planned {
  readonly operation: Operation;
  readonly testCase: Case;
  /** The number of calls that could be charged. */
  readonly cost: number;
  readonly notRun?: { readonly status: 'skip' | 'disabled'; readonly reason: Words };
}

const SKIP_REASONS: readonly { readonly need: Need; readonly reason: Bilingual }[] = [
  { need: 'control', reason: { en: 'needs the control API', zh: '需要控制接口' } },
  ...OPERATIONS.map((need) => ({ need, reason: capability(need) })),
  {
    need: 'patience',
    reason: { en: 'waits 121 s: needs --patient', zh: '要等 121 秒：需要 --patient' },
  },
  { need: 'rsa', reason: { en: 'needs RSA keys', zh: '需要 RSA 密钥' } },
  { need: 'smsFallback', reason: capability('smsFallback') },
  { need: 'token', reason: { en: 'needs live tokens', zh: '需要有效的 token' } },
];

function capability(name: string): Bilingual {
  return { en: `needs the capability ${name}`, zh: `需要 ${name} 能力` };
}

const NO_LIMIT: Bilingual = {
  en: 'could be charged, and there is no spend limit',
  zh: '可能计费，没有设花费上限',
};

/** In the order of the files. The spend limit is used in this order too. */
export function planOf(files: readonly CaseFile[], options: PlanOptions): readonly Planned[] {
  const { choice, spending } = options;
  let remaining = spending.limit ?? 0;
  const rows = files.map(({ operation, cases }) => ({ operation, rows: cases }));
  return chosenRows(rows, choice).map(({ operation, row: testCase }) => {
    const cost = spending.free ? 0 : liveCalls(testCase);
    const notRun = reasonNotToRun({ operation, testCase, cost }, remaining, options);
    if (notRun === undefined) remaining -= cost;
    return { operation, testCase, cost, ...(notRun !== undefined && { notRun }) };
  });
}

function reasonNotToRun(
  { operation, testCase, cost }: Planned,
  remaining: number,
  { choice, provider: { has }, spending: { limit } }: PlanOptions,
): Planned['notRun'] {
  const disabled = choice.disabled.find(({ case: id }) => id === testCase.id);
  if (disabled !== undefined) return { status: 'disabled', reason: disabled.reason };
  const needs = needsOf(operation, testCase);
  const lacking = SKIP_REASONS.find(({ need }) => needs.includes(need) && !has.has(need));
  if (lacking !== undefined) return { status: 'skip', reason: lacking.reason };
  if (cost <= remaining) return undefined;
  const beyond = { en: `beyond the spend limit of ${limit}`, zh: `超出花费上限（${limit} 次）` };
  return { status: 'skip', reason: limit === undefined ? NO_LIMIT : beyond };
}

export function runSuite(
  plan: readonly Planned[],
  options: RunOptions,
): Promise<readonly CaseResult[]> {
  return inJobs(plan, {
    jobs: options.jobs ?? 1,
    run: resultsOf(plan, options),
    onResult: options.onResult,
  });
}

/** Pauses between two cases that run. */
function resultsOf(
  plan: readonly Planned[],
  options: RunOptions,
): (planned: Planned) => Promise<CaseResult> {
  const done: CaseResult[] = [];
  const bases = new Map<Case, Promise<CaseResult>>();
  const run = async ({ operation, testCase }: Planned) => {
    if (done.length > 0 && options.gapMs > 0) await options.sources.wait(options.gapMs);
    const result = await runCase(operation, testCase, options);
    done.push(result);
    return result;
  };
  const runBase = async (base: Planned) => {
    const result = await run(base);
    return { ...result, about: { ...result.about, isBase: true } as const };
  };
  const baseResult = (base: Planned) => {
    const known = bases.get(base.testCase) ?? runBase(base);
    bases.set(base.testCase, known);
    return known;
  };
  return async (planned) => {
    const { operation, testCase, notRun } = planned;
    const without = (verdict: Pick<CaseResult, 'status' | 'reason'>) =>
      resultOf('provider', operation, testCase, { differences: [], ...verdict });
    if (notRun !== undefined) return without(notRun);
    if (options.shouldStop?.(done) === true)
      return without({ status: 'skip', reason: NOT_RUN_AFTER_MAX_FAILURES });
    const base = baseOf(planned, plan);
    if (base === planned) return baseResult(base);
    const refusal = base && refusedIn(await baseResult(base));
    return refusal === undefined ? run(planned) : without({ status: 'skip', reason: refusal });
  };
}

/** The first case of the plan whose request is the valid one, with the operation and the algorithm of the case. */
function baseOf(planned: Planned, plan: readonly Planned[]): Planned | undefined {
  const { operation, testCase } = planned;
  const signing = signingModeOf(operation, testCase);
  return plan.find(
    (one) =>
      one.operation === operation &&
      one.notRun === undefined &&
      isValid(one) &&
      signingModeOf(operation, one.testCase) === signing,
  );
}

function isValid({ operation, testCase }: Planned): boolean {
  const { given = {}, before, when, forms, simultaneous, then } = testCase;
  const { signing: _, ...others } = given;
  const isUnchanged = (before ?? when ?? forms ?? simultaneous) === undefined;
  const succeeds = codesOf(then).every((code) => rowOfCode(operation, code)?.charged === true);
  return isUnchanged && Object.keys(others).length === 0 && succeeds;
}

/** A case that changes the valid request says nothing where that is refused. */
function refusedIn({ id, code, differences }: CaseResult): Bilingual | undefined {
  const isRefused = differences.some(({ rule }) => rule === 'code' || rule === 'json');
  if (!isRefused || code === undefined) return undefined;
  return {
    en: `not judged: the valid request (${id}) is refused with ${code}`,
    zh: `无法判断：正确的请求（${id}）被拒绝，返回 ${code}`,
  };
}
