/** Tries each mistake alone without live tokens, and finds the order in which a carrier checks for mistakes. */
import type { Operation } from '../index.js';
import type { CaseRequest } from '../kit/case.js';
import { FACTS } from '../kit/operations.js';
import type { PlacedCheck } from './calibration.js';
import { controlsOf } from './cases.js';
import type { Trust } from './judge.js';
import { MISTAKES, type Mistake, mergedWhen, OUTSIDE_FIELDS } from './mistakes.js';
import { type Ask, fitting, type Ordered, orderOf, type Tried } from './order.js';
import type { Session } from './session.js';

/** What is known about the mistakes of an operation. */
export interface Observed {
  readonly operation: Operation;
  /** In the order of the carrier, up to the check of the token. */
  readonly ordered: readonly Ordered[];
  readonly accepted: readonly Ordered[];
  /** They get the code of the token: accepted, or checked after the token. */
  readonly hidden: readonly Hidden[];
}

function isOfUrl({ slot }: Mistake): boolean {
  return slot === 'method' || slot === 'path';
}

/** Without a live token: the token that was never issued is an additional mistake of each request. */
export async function observeFree(session: Session, trust: Trust): Promise<Observed> {
  const { operation, goodCode } = trust;
  const own = MISTAKES.filter(
    (one) => one.operation === operation && !isOfUrl(one) && one.token !== 'other operation',
  );
  const tried = await tryAll(session, trust, own);
  const { refused, hidden, accepted } = withoutTwins(tried);
  const unknownToken: Tried = {
    operation,
    check: 'tokenKnown',
    name: { en: 'unknown token', zh: 'token 不存在' },
    slot: 'token',
    when: {},
    token: { text: FACTS[operation].unknownToken },
    outcome: goodCode,
    evidence: [],
  };
  return {
    operation,
    ordered: await orderOf(freeAsk(session, trust), [...refused, unknownToken]),
    accepted,
    hidden,
  };
}

/** A mistake with the outcome of another one is the same for the carrier: it accepts null, and the field is then missing. */
function withoutTwins({ refused, hidden }: Awaited<ReturnType<typeof tryAll>>) {
  const outcomes = new Map(refused.map(({ check, outcome }) => [check, outcome]));
  const isTwin = ({ check, sameAs }: Mistake) =>
    sameAs !== undefined && outcomes.get(check) === outcomes.get(sameAs);
  const accepted = [...refused, ...hidden]
    .filter(isTwin)
    .map((one) => ({ ...one, outcome: ACCEPTED, isCompared: true }));
  return {
    refused: refused.filter((one) => !isTwin(one)),
    hidden: hidden.filter((one) => !isTwin(one)),
    accepted,
  };
}

async function tryAll(session: Session, trust: Trust, mistakes: readonly Mistake[]) {
  const refused: Tried[] = [];
  const hidden: Hidden[] = [];
  for (const mistake of mistakes) {
    const { code: outcome, evidence } = await session.pair(freeRequest(trust, [mistake]));
    // A refusal of the token itself is no mistake behind it.
    if (outcome === trust.goodCode && mistake.slot !== 'token')
      hidden.push({ ...mistake, evidence });
    else if (outcome !== undefined) refused.push({ ...mistake, outcome, evidence });
  }
  return { refused, hidden };
}

/** After everything else, because a gateway can answer them or drop them. */
export async function observeUrl(
  session: Session,
  trust: Trust,
  observed: Observed,
): Promise<Observed> {
  const own = MISTAKES.filter((one) => one.operation === trust.operation && isOfUrl(one));
  const ask = freeAsk(session, trust);
  const { refused, hidden } = await tryAll(session, trust, own);
  let ordered = observed.ordered;
  for (const one of (await orderOf(ask, refused)).toReversed()) {
    const outcome = await ask(fitting([one, ...observed.ordered], one));
    // What a gateway refuses before it.
    const before =
      outcome === one.outcome ? [] : ordered.filter((each) => each.outcome === outcome);
    const at = ordered.findLastIndex((each) => before.includes(each)) + 1;
    ordered = ordered.toSpliced(at, 0, { ...one, isCompared: true });
  }
  return {
    ...observed,
    ordered,
    hidden: [...observed.hidden, ...hidden],
  };
}

function freeAsk(session: Session, trust: Trust): Ask {
  return async (mistakes) => (await session.pair(freeRequest(trust, mistakes))).code;
}

function freeRequest({ operation, goodCode }: Trust, mistakes: readonly Mistake[]) {
  const own = mistakes.flatMap(({ token }) => (typeof token === 'object' ? [token.text] : []));
  const [text = FACTS[operation].unknownToken] = own;
  const testCase = { ...requestOf(operation, mistakes, goodCode), given: { token: { text } } };
  return { operation, testCase, label: `mistakes-${operation}`, isAnyCodeBefore: true };
}

export function requestOf(
  operation: Operation,
  mistakes: readonly Mistake[],
  goodCode: string,
): CaseRequest {
  const repeats = mistakes.some(({ repeatsMsgId }) => repeatsMsgId === true);
  return {
    id: controlsOf(operation).success.case,
    when: { ...mergedWhen(mistakes), ...(repeats && { msgId: 'as before' }) },
    ...(repeats && { before: [{ call: {}, resultCode: goodCode }] }),
  };
}

export const ACCEPTED = 'accepted';
/** An unknown token hides the mistake, so its check comes later. */
const AFTER_TOKEN = 'afterToken';

/** A mistake that an unknown token hides, with the requests that showed it. */
export interface Hidden extends Mistake {
  readonly evidence: readonly string[];
}

/** The token's operation, where the token is looked up; then the order of the document. */
const RANKS: readonly RegExp[] = [
  /^tokenOfThisCapability$/,
  /\.(?:missing|empty)$/,
  /^(?:parametersValid|valuesAreStrings)\//,
  /^appKnown$/,
  /^signValid$/,
  /^phoneNumReadable$/,
];

/** An app that gets the code of the token is not found where the token is looked up. */
function rankOf(one: Mistake & { readonly outcome?: string }): number {
  const { check, operation, outcome = '' } = one;
  if (check === APP_KNOWN && controlsOf(operation).unknownToken.includes(outcome)) return 0;
  const at = RANKS.findIndex((pattern) => pattern.test(check));
  return at === -1 ? RANKS.length : at;
}

const APP_KNOWN = 'appKnown';

/**
 * The checks in order, with those that were not seen. A mistake that carriers can accept counts as accepted; another one is
 * checked after the token that hides it. The checks after the token are not compared, because each call can cost money.
 */
export function withHidden(
  ordered: readonly Ordered[],
  hidden: readonly Hidden[],
): { readonly ordered: readonly Ordered[]; readonly accepted: readonly Ordered[] } {
  const unseen = hidden.filter(({ token }) => token !== 'other operation');
  const isAccepted = ({ isUsual, slot }: Hidden) =>
    isUsual === true || OUTSIDE_FIELDS.includes(slot);
  const tokenAt = ordered.findIndex(({ check }) => check === 'tokenKnown') + 1;
  const later = [
    ...ordered.slice(tokenAt),
    ...unseen.filter((one) => !isAccepted(one)).map((one) => unseenAs(one, AFTER_TOKEN)),
  ].toSorted((one, other) => rankOf(one) - rankOf(other));
  return {
    ordered: [...ordered.slice(0, tokenAt), ...later],
    accepted: unseen.filter(isAccepted).map((one) => unseenAs(one, ACCEPTED)),
  };
}

function unseenAs(mistake: Hidden, outcome: string): Ordered {
  return { ...mistake, outcome, isCompared: false };
}

/** The result for the file: the refused ones in order, then the accepted ones. */
export function placedChecks({ ordered, hidden, accepted }: Observed): readonly PlacedCheck[] {
  const all = withHidden(ordered, hidden);
  return [...all.ordered, ...all.accepted, ...accepted].map((one) => ({
    check: one.check,
    name: one.name,
    outcome: one.outcome,
    isCompared: one.isCompared,
    evidence: one.evidence,
  }));
}
