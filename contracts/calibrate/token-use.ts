/** Whether a refused call uses up its token: a refused call, then a good one with the same token. */
import { type Bilingual, LIST_COMMA } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import { FACTS } from '../kit/operations.js';
import { controlsOf } from './cases.js';
import { openFinding, type ProbeFinding } from './judge.js';
import { MISTAKES, type Mistake, OUTSIDE_FIELDS } from './mistakes.js';
import { isCode, type Ordered, type Tried } from './order.js';
import type { Observed } from './precedence.js';
import type { RequestResult } from './read-answer.js';
import { REASONS } from './reasons.js';
import type { RequestSender, RequestToSend } from './send-request.js';
import type { LiveControls } from './session.js';

export const TOKEN_USE = 'refused-call-uses-token';

/** A mistake whose refusal may use up the token. */
interface Trial {
  readonly operation: Operation;
  readonly mistake: Mistake;
  /** Whether the carrier checks it after the token. */
  readonly reachesToken: boolean;
}

interface Result extends Trial {
  /** undefined if the responses do not show it. */
  readonly isUsed: boolean | undefined;
  readonly problem?: Bilingual;
  /** What the refused call got. */
  readonly refusal?: Refusal | undefined;
  readonly evidence: readonly string[];
}

type Refusal = Pick<RequestResult, 'code'>;

export interface TokenUse {
  readonly finding: ProbeFinding;
  /** The mistakes that were tried, for the report. */
  readonly note: Bilingual;
  /** The codes of the mistakes that are checked after the token. */
  readonly refused: readonly Tried[];
}

/** Calls for one trial, and for its repetition. */
export const TRIAL_CALLS = 2;
export const REPEATED_CALLS = 3;

export interface TokenUseOptions {
  readonly sender: RequestSender;
  readonly controls: LiveControls;
  readonly isAffordable: (calls: number) => boolean;
  readonly needsLive: (calls: number) => Bilingual;
}

export async function observeTokenUse(
  options: TokenUseOptions,
  all: readonly Observed[],
): Promise<TokenUse> {
  const results: Result[] = [];
  for (const observed of all) {
    const { before, after } = trialsOf(observed, all);
    const reached = after && (await tried(options, after));
    // A carrier that keeps the token after its check keeps it before too.
    const isKept = reached?.isUsed === false;
    const early = isKept || before === undefined ? undefined : await tried(options, before);
    results.push(...[reached, early].filter((one) => one !== undefined));
  }
  const named = (language: 'en' | 'zh') =>
    results
      .map(({ operation, mistake }) => `${operation} ${mistake.name[language]}`)
      .join(LIST_COMMA[language]);
  return {
    finding: tokenUseFinding(results, options.needsLive),
    note: { en: `tried: ${named('en')}`, zh: `试过：${named('zh')}` },
    refused: results.flatMap(refusedIn),
  };
}

function refusedIn({ mistake, reachesToken, refusal, evidence }: Result): readonly Tried[] {
  if (!reachesToken || refusal?.code === undefined) return [];
  const { unknownToken } = controlsOf(mistake.operation);
  if (mistake.slot !== 'token' && unknownToken.includes(refusal.code)) return [];
  return [{ ...mistake, outcome: refusal.code, evidence }];
}

/** One mistake that is checked before the token, and one that is checked after it. */
function trialsOf({ operation, ordered, hidden }: Observed, all: readonly Observed[]) {
  const tokenAt = ordered.findIndex(({ check }) => check === 'tokenKnown');
  const usable = ordered.slice(0, Math.max(tokenAt, 0)).filter(isOfField);
  const before = usable.find(({ check }) => check === 'signValid') ?? usable[0];
  const isObserved = all.some((one) => one.operation === FACTS[operation].sharesTokensWith);
  const isOther = (one: Mistake) =>
    isObserved && one.operation === operation && one.token === 'other operation';
  const after = hidden.find(({ check }) => check === 'signValid') ?? MISTAKES.find(isOther);
  const trial = (mistake: Mistake, reachesToken: boolean): Trial => ({
    ...{ operation, mistake, reachesToken },
  });
  return { before: before && trial(before, false), after: after && trial(after, true) };
}

/** A refusal with a code for a field other than the token. */
function isOfField({ slot, covers, outcome }: Ordered): boolean {
  const isUsable = isCode(outcome) && covers === undefined;
  return isUsable && slot !== 'token' && !OUTSIDE_FIELDS.includes(slot);
}

async function tried(options: TokenUseOptions, trial: Trial): Promise<Result | undefined> {
  const { controls, isAffordable } = options;
  const { operation } = trial;
  const calls = TRIAL_CALLS + (controls.isKnown(operation) ? 0 : 1);
  if (!isAffordable(calls)) return undefined;
  const control = await controls.of(operation);
  if (!controls.isSuccess(control)) {
    const problem = REASONS.notSuccessful(control.code ?? control.reason);
    return { ...trial, isUsed: undefined, problem, evidence: [control.evidence] };
  }
  const result = await sendTrial(options, trial);
  const evidence = [control.evidence, ...result.evidence];
  if (result.isUsed !== true) return { ...trial, ...result, evidence };
  // An expired token gets the same code, so the result counts only if it is repeated and other tokens work.
  if (!isAffordable(REPEATED_CALLS)) return { ...trial, isUsed: undefined, evidence };
  const again = await sendTrial(options, trial);
  const last = await controls.again(operation);
  const isUsed = again.isUsed === true && controls.isSuccess(last) ? true : undefined;
  return { ...trial, isUsed, evidence: [...evidence, ...again.evidence, last.evidence] };
}

async function sendTrial({ sender, controls }: TokenUseOptions, { operation, mistake }: Trial) {
  const goodCase = (own: Operation) => ({ id: controlsOf(own).success.case });
  const send = (request: Omit<RequestToSend, 'live' | 'label'>) =>
    sender.send({ ...request, live: true, label: TOKEN_USE });
  if (mistake.token !== 'other operation') {
    const before = [{ call: mistake.when, resultCode: '' }];
    const testCase = { ...goodCase(operation), before };
    const result = await send({ operation, testCase, isAnyCodeBefore: true });
    const isRefused = result.earlier !== undefined && result.earlier.code !== SUCCESS(operation);
    return {
      isUsed: isRefused ? isUsedIn(controls, result) : undefined,
      refusal: isRefused ? result.earlier : undefined,
      evidence: [result.evidence],
    };
  }
  const own = FACTS[operation].sharesTokensWith ?? operation;
  const refused = await send({ operation, testCase: goodCase(operation), tokenOf: own });
  const { issued } = refused;
  if (refused.code === undefined || controls.isSuccess(refused))
    return { isUsed: undefined, evidence: [refused.evidence] };
  const good = { operation: own, testCase: goodCase(own) };
  const result = await send({ ...good, issued, isSameToken: true });
  return {
    isUsed: isUsedIn(controls, result),
    refusal: refused,
    evidence: [refused.evidence, result.evidence],
  };
}

const SUCCESS = (operation: Operation) => controlsOf(operation).success.code;

function isUsedIn(controls: LiveControls, result: RequestResult): boolean | undefined {
  if (controls.isSuccess(result)) return false;
  return controlsOf(result.operation).unknownToken.includes(result.code ?? '') ? true : undefined;
}

function tokenUseFinding(
  results: readonly Result[],
  needsLive: TokenUseOptions['needsLive'],
): ProbeFinding {
  const evidence = results.flatMap((result) => result.evidence);
  const open = (reason: Bilingual) => openFinding(reason, evidence, true);
  const unclear = results.find(({ isUsed }) => isUsed === undefined);
  if (unclear !== undefined) return open(unclear.problem ?? REASONS.tokenUseUnclear());
  const seenAt = (reaches: boolean) => [
    ...new Set(results.filter((one) => one.reachesToken === reaches).map(({ isUsed }) => isUsed)),
  ];
  const after = seenAt(true);
  if (after.length === 0) return open(needsLive(TRIAL_CALLS));
  if (after.join() === 'false') return { options: ['no'], evidence };
  const before = seenAt(false);
  if (after.length > 1 || before.length > 1) return open(REASONS.disagree());
  if (before.length === 0) return open(needsLive(TRIAL_CALLS));
  return { options: [before[0] === true ? 'yes' : 'reached'], evidence };
}
