/** Tries each mistake alone, first without live tokens, then with them, and finds the order of the mistakes. */
import type { Operation } from '../index.js';
import type { CaseRequest } from '../kit/case.js';
import { FACTS } from '../kit/operations.js';
import type { PlacedCheck } from './calibration.js';
import { controlsOf } from './cases.js';
import { fitting, mergedWhen } from './combined-mistakes.js';
import { codeOfPair, type Trust } from './judge.js';
import { MISTAKES, type Mistake } from './mistakes.js';
import { type Ask, type Ordered, orderOf, type Tried } from './order.js';
import type { RequestResult } from './request-result.js';
import type { RequestSender } from './send-request.js';
import type { Session } from './session.js';

/** What is known about the mistakes of an operation. */
export interface Observed {
  readonly operation: Operation;
  /** In the order of the carrier, up to the check of the token. */
  readonly ordered: readonly Ordered[];
  readonly accepted: readonly Accepted[];
  /** They get the code of the token: accepted, or checked after the token. */
  readonly hidden: readonly Mistake[];
}

interface Accepted {
  readonly mistake: Mistake;
  readonly evidence: readonly string[];
}

const URL_SLOTS = ['method', 'path'];

function isOfUrl({ slot }: Mistake): boolean {
  return URL_SLOTS.includes(slot);
}

/** Without a live token: the token that was never issued is an additional mistake of each request. */
export async function observeFree(session: Session, trust: Trust): Promise<Observed> {
  const { operation, goodCode } = trust;
  const own = MISTAKES.filter((one) => one.operation === operation && !isOfUrl(one) && one.token !== 'other operation');
  const ask = freeAsk(session, trust);
  const { refused, hidden } = await tryAll(session, trust, own);
  const unknownToken: Tried = { mistake: tokenMistake(operation), outcome: goodCode, reply: undefined, evidence: [] };
  return { operation, ordered: await orderOf(ask, [...refused, unknownToken]), accepted: [], hidden };
}

function tokenMistake(operation: Operation): Mistake {
  const name = { en: 'unknown token', zh: 'token 不存在' };
  return {
    operation,
    check: 'tokenKnown',
    name,
    slot: 'token',
    when: {},
    token: { text: FACTS[operation].unknownToken },
  };
}

async function tryAll(session: Session, trust: Trust, mistakes: readonly Mistake[]) {
  const refused: Tried[] = [];
  const hidden: Mistake[] = [];
  for (const mistake of mistakes) {
    const pair = await session.pair(freeRequest(trust, [mistake]));
    const outcome = codeOfPair(pair);
    // A refusal of the token itself is no mistake behind it.
    if (outcome === trust.goodCode && mistake.slot !== 'token') hidden.push(mistake);
    else if (outcome !== undefined)
      refused.push({ mistake, outcome, reply: pair[0].reply, evidence: pair.map(({ evidence }) => evidence) });
  }
  return { refused, hidden };
}

/** After everything else, because a gateway can answer them or drop them. */
export async function observeUrl(session: Session, trust: Trust, observed: Observed): Promise<Observed> {
  const own = MISTAKES.filter((one) => one.operation === trust.operation && isOfUrl(one));
  const ask = freeAsk(session, trust);
  const { refused, hidden } = await tryAll(session, trust, own);
  const later = observed.ordered.map(({ mistake }) => mistake);
  const first: Ordered[] = [];
  for (const one of await orderOf(ask, refused)) {
    const { outcome } = await ask(fitting([one.mistake, ...later]));
    if (outcome === one.outcome) first.push({ ...one, isCompared: true });
  }
  return { ...observed, ordered: [...first, ...observed.ordered], hidden: [...observed.hidden, ...hidden] };
}

function freeAsk(session: Session, trust: Trust): Ask {
  return async (mistakes) => {
    const pair = await session.pair(freeRequest(trust, mistakes));
    return { outcome: codeOfPair(pair), evidence: pair.map(({ evidence }) => evidence) };
  };
}

function freeRequest({ operation, goodCode }: Trust, mistakes: readonly Mistake[]) {
  const own = mistakes.flatMap(({ token }) => (typeof token === 'object' ? [token.text] : []));
  const [text = FACTS[operation].unknownToken] = own;
  const form = requestOf(operation, mistakes, goodCode);
  const testCase = { ...form, given: { token: { text } } };
  return { operation, testCase, label: `mistakes-${operation}`, onlyMsgIdBefore: true };
}

function requestOf(operation: Operation, mistakes: readonly Mistake[], goodCode: string): CaseRequest {
  const repeats = mistakes.some(({ repeatsMsgId }) => repeatsMsgId === true);
  return {
    id: controlsOf(operation).success.case,
    when: { ...mergedWhen(mistakes), ...(repeats && { msgId: 'as before' }) },
    ...(repeats && { before: [{ call: {}, resultCode: goodCode }] }),
  };
}

export interface LiveOptions {
  readonly sender: RequestSender;
  /** Whether this many more calls are allowed. */
  readonly isAffordable: (calls: number) => boolean;
}

/** With live tokens: the hidden mistakes, and the order of those that are checked after the token. */
export async function observeLive({ sender, isAffordable }: LiveOptions, observed: Observed): Promise<Observed> {
  const { operation, hidden } = observed;
  const accepted: Accepted[] = [];
  const refused: Tried[] = [];
  const left: Mistake[] = [];
  const send = async (mistakes: readonly Mistake[]) => {
    const request = liveRequest(operation, mistakes);
    return isAffordable(callsOf(request.testCase)) ? sender.send(request) : undefined;
  };
  const note = (mistakes: readonly Mistake[], result: RequestResult | undefined): boolean => {
    const outcome = outcomeOf(result);
    const evidence = result === undefined ? [] : [result.evidence];
    if (outcome === ACCEPTED) accepted.push(...mistakes.map((mistake) => ({ mistake, evidence })));
    else if (mistakes.length > 1) return false;
    // An expired token gets the code of the token too.
    else if (outcome === undefined || (isTokenCode(operation, outcome) && mistakes[0]?.slot !== 'token'))
      left.push(...mistakes);
    else refused.push(...mistakes.map((mistake) => ({ mistake, outcome, reply: result?.reply, evidence })));
    return true;
  };
  let usual = hidden.filter(({ isUsual }) => isUsual === true);
  const alone = [...hidden.filter(({ isUsual }) => isUsual !== true), ...otherToken(operation)];
  while (usual.length > 0) {
    const together = fitting(usual);
    usual = usual.filter((one) => !together.includes(one));
    // One call is enough if the carrier accepts them all.
    if (!note(together, await send(together))) alone.push(...together);
  }
  for (const mistake of alone) note([mistake], await send([mistake]));
  const ask: Ask = async (mistakes) => {
    const result = await send(mistakes);
    return { outcome: outcomeOf(result), evidence: result === undefined ? [] : [result.evidence] };
  };
  const ordered = [...observed.ordered, ...(await orderedByFirsts(ask, refused))];
  return { operation, ordered, accepted: [...observed.accepted, ...accepted], hidden: left };
}

/** Each call can cost money, so only the first mistake of each outcome is compared. The others get its place. */
async function orderedByFirsts(ask: Ask, refused: readonly Tried[]): Promise<readonly Ordered[]> {
  const firsts = refused.filter(({ outcome }, at) => refused.findIndex((one) => one.outcome === outcome) === at);
  return (await orderOf(ask, firsts)).flatMap((first) => [
    first,
    ...refused.flatMap((one) =>
      one.outcome === first.outcome && one.mistake !== first.mistake ? [{ ...one, isCompared: false }] : [],
    ),
  ]);
}

function isTokenCode(operation: Operation, code: string): boolean {
  return controlsOf(operation).unknownToken.includes(code);
}

const ACCEPTED = 'accepted';

function outcomeOf(result: RequestResult | undefined): string | undefined {
  if (result?.code === undefined) return undefined;
  return result.code === controlsOf(result.operation).success.code && result.numberRight ? ACCEPTED : result.code;
}

function otherToken(operation: Operation): readonly Mistake[] {
  return MISTAKES.filter((one) => one.operation === operation && one.token === 'other operation');
}

function liveRequest(operation: Operation, mistakes: readonly Mistake[]) {
  const { success } = controlsOf(operation);
  const form = requestOf(operation, mistakes, success.code);
  const before = form.before?.map((step) => ({ ...step, token: 'new' as const }));
  const isOther = mistakes.some(({ token }) => token === 'other operation');
  const other = FACTS[operation].sharesTokensWith;
  return {
    operation,
    testCase: { ...form, ...(before && { before }) },
    label: `mistakes-${operation}-live`,
    live: true,
    ...(isOther && other && { tokenOf: other }),
  };
}

function callsOf({ before = [] }: CaseRequest): number {
  return before.length + 1;
}

/** The result for the file: the refused ones in order, then the accepted ones. */
export function placedChecks({ ordered, accepted }: Observed): readonly PlacedCheck[] {
  return [
    ...ordered.map(({ mistake, outcome, reply, evidence, isCompared }) => ({
      check: mistake.check,
      name: mistake.name,
      outcome: reply === undefined ? outcome : 'reply',
      ...(reply && { reply }),
      isCompared,
      evidence,
    })),
    ...accepted.map(({ mistake, evidence }) => ({
      check: mistake.check,
      name: mistake.name,
      outcome: ACCEPTED,
      isCompared: true,
      evidence,
    })),
  ];
}
