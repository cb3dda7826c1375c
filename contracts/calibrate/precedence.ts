/** Tries each mistake alone without live tokens, and finds the order in which a carrier checks for mistakes. */
import type { Operation } from '../index.js';
import type { CaseRequest } from '../kit/case.js';
import { FACTS } from '../kit/operations.js';
import type { PlacedCheck, RecordedReply } from './calibration.js';
import { controlsOf } from './cases.js';
import type { Trust } from './judge.js';
import {
  fitting,
  hidesFields,
  MISTAKES,
  type Mistake,
  mergedWhen,
  OUTSIDE_FIELDS,
} from './mistakes.js';
import type { RequestResult, ResponseShape } from './request-result.js';
import type { Session } from './session.js';
import type { UsualResponses } from './usual-responses.js';

/** A mistake that was tried alone. */
export interface Tried extends Mistake {
  /** The code, or `HTTP 404` for a response without one. */
  readonly outcome: string;
  readonly reply: RecordedReply | undefined;
  readonly response?: ResponseShape | undefined;
  readonly evidence: readonly string[];
}

/** The outcome of a request with several mistakes; undefined if there was none, or if it is not reliable. */
export type Ask = (mistakes: readonly Mistake[]) => Promise<string | undefined>;

/** In the order of the carrier. Mistakes with one outcome next to each other have no order. */
export interface Ordered extends Tried {
  /** Whether a request with it and with later mistakes showed its place. */
  readonly isCompared: boolean;
}

/** What is known about the mistakes of an operation. */
export interface Observed {
  readonly operation: Operation;
  /** In the order of the carrier, up to the check of the token. */
  readonly ordered: readonly Ordered[];
  readonly accepted: readonly Ordered[];
  /** Those whose refusal a live token has shown, not yet in order. */
  readonly later?: readonly Tried[];
  /** They get the code of the token: accepted, or checked after the token. */
  readonly hidden: readonly Hidden[];
}

/** A mistake that an unknown token hides, with the requests that showed it. */
export interface Hidden extends Mistake {
  readonly evidence: readonly string[];
}

export const ACCEPTED = 'accepted';
/** An unknown token hides the mistake, so its check comes later. */
const AFTER_TOKEN = 'afterToken';

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
    reply: undefined,
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
    .map((one) => ({ ...one, outcome: ACCEPTED, reply: undefined, isCompared: true }));
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
    const { code: outcome, first, evidence } = await session.pair(freeRequest(trust, [mistake]));
    // A refusal of the token itself is no mistake behind it.
    if (outcome === trust.goodCode && mistake.slot !== 'token')
      hidden.push({ ...mistake, evidence });
    else if (outcome !== undefined)
      refused.push({ ...mistake, outcome, ...responseIn(first), evidence });
  }
  return { refused, hidden };
}

function responseIn({ reply, response }: RequestResult) {
  return { reply, response };
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
  const first: Ordered[] = [];
  for (const one of await orderOf(ask, refused)) {
    const outcome = await ask(fitting([one, ...observed.ordered], one));
    if (outcome === one.outcome) first.push({ ...one, isCompared: true });
  }
  return {
    ...observed,
    ordered: [...first, ...observed.ordered],
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
  return { operation, testCase, label: `mistakes-${operation}`, onlyMsgIdBefore: true };
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

/** The result for the file: the refused ones in order, then those that were not seen, then the accepted ones. */
export function placedChecks(
  { operation, ordered, hidden, accepted }: Observed,
  usual: UsualResponses,
): readonly PlacedCheck[] {
  return [...ordered, ...hidden.flatMap(notSeen), ...accepted].map((one) => ({
    check: one.check,
    name: one.name,
    outcome: one.reply === undefined ? one.outcome : 'reply',
    ...(one.reply && { reply: one.reply }),
    ...(one.outcome !== ACCEPTED && usual.ownOf(operation, one.outcome, one.response)),
    isCompared: one.isCompared,
    evidence: one.evidence,
  }));
}

/** A mistake that carriers can accept counts as accepted. Another one is checked after the token that hides it. */
function notSeen(mistake: Hidden): readonly Ordered[] {
  if (mistake.token === 'other operation') return [];
  const isAccepted = mistake.isUsual === true || OUTSIDE_FIELDS.includes(mistake.slot);
  const outcome = isAccepted ? ACCEPTED : AFTER_TOKEN;
  return [{ ...mistake, outcome, reply: undefined, isCompared: false }];
}

// The order in which a carrier checks for mistakes.

/** Mistakes with one outcome, next to each other. */
interface OutcomeGroup {
  readonly members: readonly Tried[];
  readonly isCompared: boolean;
}

/**
 * Sends all mistakes in one request, then without those whose outcome it showed, until one outcome is left. Then each
 * mistake is sent with the later ones, because a carrier can use one code at several places.
 */
export async function orderOf(ask: Ask, tried: readonly Tried[]): Promise<readonly Ordered[]> {
  const remembered = remembering(ask);
  const { early, others } = withoutTokens(tried);
  const first = await groupsOf(remembered, others);
  const start = first.findIndex(({ members }) => !members.every(hidesFields));
  let groups: readonly OutcomeGroup[] = first.toSpliced(Math.max(start, 0), 0, ...early);
  // Each round moves mistakes to a later place. The limit is for a carrier whose order changes.
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const moved = await moveLater(remembered, groups);
    if (moved === undefined) break;
    groups = moved;
  }
  return groups.flatMap(({ members, isCompared }) =>
    members.map((one) => ({ ...one, isCompared })),
  );
}

const ROUNDS_MAX = 40;

/** The format of a token is checked before it is looked up, and no request has two tokens: these begin at the first place. */
function withoutTokens(tried: readonly Tried[]) {
  const known = tried.find(({ check }) => check === 'tokenKnown');
  const isEarly = ({ slot, outcome }: Tried) =>
    known !== undefined && slot === 'token' && outcome !== known.outcome;
  const tokens = tried.filter(isEarly);
  const outcomes = [...new Set(tokens.map(({ outcome }) => outcome))];
  return {
    early: outcomes.map((outcome) => ({
      members: tokens.filter((one) => one.outcome === outcome),
      isCompared: true,
    })),
    others: tried.filter((one) => !isEarly(one)),
  };
}

/** A request is sent once. */
function remembering(ask: Ask): Ask {
  const known = new Map<string, string | undefined>();
  return async (mistakes) => {
    const key = mistakes
      .map(({ check }) => check)
      .toSorted()
      .join();
    if (!known.has(key)) known.set(key, await ask(mistakes));
    return known.get(key);
  };
}

async function groupsOf(ask: Ask, tried: readonly Tried[]): Promise<readonly OutcomeGroup[]> {
  const groups: OutcomeGroup[] = [];
  let rest = tried;
  while (new Set(rest.map(({ outcome }) => outcome)).size > 1) {
    const outcome = await ask(fitting(rest));
    const members = rest.filter((one) => one.outcome === outcome);
    if (members.length === 0) return [...groups, { members: rest, isCompared: false }];
    groups.push({ members, isCompared: true });
    rest = rest.filter((one) => one.outcome !== outcome);
  }
  return rest.length === 0 ? groups : [...groups, { members: rest, isCompared: groups.length > 0 }];
}

/** The groups with each mistake after those that are reported before it; undefined if all are at their place. */
async function moveLater(
  ask: Ask,
  groups: readonly OutcomeGroup[],
): Promise<readonly OutcomeGroup[] | undefined> {
  for (const [at, { members }] of groups.entries()) {
    const later = groups.slice(at + 1);
    const moves = new Map<Tried, OutcomeGroup>();
    for (const one of members) {
      const earlier = await reportedBefore(ask, one, later);
      if (earlier !== undefined) moves.set(one, earlier);
    }
    if (moves.size > 0) return groups.flatMap((group) => withMoved(group, moves));
  }
  return undefined;
}

/** The later group that the carrier reports instead of the mistake. */
async function reportedBefore(
  ask: Ask,
  one: Tried,
  later: readonly OutcomeGroup[],
): Promise<OutcomeGroup | undefined> {
  const others = later.flatMap(({ members }) =>
    members.filter(({ outcome }) => outcome !== one.outcome),
  );
  const together = fitting([one, ...others], one);
  if (together.length === 1) return undefined;
  const outcome = await ask(together);
  if (outcome === one.outcome) return undefined;
  return later.find(({ members: [first] }) => first?.outcome === outcome);
}

/** The group without the moved mistakes, and after it those that follow it. */
function withMoved(
  group: OutcomeGroup,
  moves: ReadonlyMap<Tried, OutcomeGroup>,
): readonly OutcomeGroup[] {
  const members = group.members.filter((one) => !moves.has(one));
  const followers = [...moves].flatMap(([one, earlier]) => (earlier === group ? [one] : []));
  return [
    ...(members.length === 0 ? [] : [{ ...group, members }]),
    ...(followers.length === 0 ? [] : [{ members: followers, isCompared: true }]),
  ];
}
