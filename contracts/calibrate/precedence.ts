/** Tries each mistake alone, first without live tokens, then with them, and finds the order of the mistakes. */
import type { Operation } from '../index.js';
import type { CaseRequest } from '../kit/case.js';
import { FACTS } from '../kit/operations.js';
import type { PlacedCheck, RecordedReply } from './calibration.js';
import { controlsOf } from './cases.js';
import type { Trust } from './judge.js';
import { fitting, MISTAKES, type Mistake, mergedWhen } from './mistakes.js';
import type { RequestSender } from './send-request.js';
import type { Session } from './session.js';

/** A mistake that was tried alone. */
interface Tried extends Mistake {
  /** The code, or `HTTP 404` for a response without one. */
  readonly outcome: string;
  readonly reply: RecordedReply | undefined;
  readonly evidence: readonly string[];
}

/** The outcome of a request with several mistakes; undefined if there was none, or if it is not reliable. */
type Ask = (mistakes: readonly Mistake[]) => Promise<string | undefined>;

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
  /** They get the code of the token: accepted, or checked after the token. */
  readonly hidden: readonly Mistake[];
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
  const { refused, hidden } = await tryAll(session, trust, own);
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
    accepted: [],
    hidden,
  };
}

async function tryAll(session: Session, trust: Trust, mistakes: readonly Mistake[]) {
  const refused: Tried[] = [];
  const hidden: Mistake[] = [];
  for (const mistake of mistakes) {
    const { code: outcome, first, evidence } = await session.pair(freeRequest(trust, [mistake]));
    // A refusal of the token itself is no mistake behind it.
    if (outcome === trust.goodCode && mistake.slot !== 'token') hidden.push(mistake);
    else if (outcome !== undefined)
      refused.push({ ...mistake, outcome, reply: first.reply, evidence });
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
  const first: Ordered[] = [];
  for (const one of await orderOf(ask, refused)) {
    const outcome = await ask(fitting([one, ...observed.ordered]));
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

function requestOf(
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

const ACCEPTED = 'accepted';

/** The result of a request with live tokens; without an outcome, there was none. */
interface LiveResult {
  readonly outcome: string | undefined;
  readonly reply: RecordedReply | undefined;
  readonly evidence: readonly string[];
}

type SendLive = (mistakes: readonly Mistake[]) => Promise<LiveResult>;

/** The mistakes by what happened to them. */
interface LiveOutcomes {
  readonly accepted: Ordered[];
  readonly refused: Tried[];
  /** Without an outcome of their own. */
  readonly left: Mistake[];
}

/**
 * With live tokens: the hidden mistakes, and the order of those that are checked after the token.
 *
 * @param isAffordable Whether this many more calls are allowed.
 */
export async function observeLive(
  sender: RequestSender,
  isAffordable: (calls: number) => boolean,
  { operation, hidden, ...observed }: Observed,
): Promise<Observed> {
  const send = liveSender(operation, sender, isAffordable);
  const outcomes: LiveOutcomes = { accepted: [], refused: [], left: [] };
  const otherToken = MISTAKES.filter(
    (one) => one.operation === operation && one.token === 'other operation',
  );
  const usual = hidden.filter(({ isUsual }) => isUsual === true);
  const others = hidden.filter(({ isUsual }) => isUsual !== true);
  const notTogether = await tryTogether(send, usual, outcomes);
  for (const mistake of [...others, ...otherToken, ...notTogether]) {
    await tryAlone(send, mistake, outcomes);
  }
  const ask: Ask = async (mistakes) => (await send(mistakes)).outcome;
  const later = await orderedByFirsts(ask, outcomes.refused);
  return {
    operation,
    ordered: [...observed.ordered, ...later],
    accepted: [...observed.accepted, ...outcomes.accepted],
    hidden: outcomes.left,
  };
}

/** One call is enough for several mistakes if the carrier accepts them all. Returns the others. */
async function tryTogether(
  send: SendLive,
  mistakes: readonly Mistake[],
  outcomes: LiveOutcomes,
): Promise<readonly Mistake[]> {
  const together = fitting(mistakes);
  const later = mistakes.filter((one) => !together.includes(one));
  const [first, ...more] = together;
  if (first === undefined) return [];
  if (more.length === 0) {
    await tryAlone(send, first, outcomes);
    return tryTogether(send, later, outcomes);
  }
  const { outcome, ...seen } = await send(together);
  if (outcome !== ACCEPTED) return [...together, ...(await tryTogether(send, later, outcomes))];
  for (const one of together)
    outcomes.accepted.push({ ...one, ...seen, outcome, isCompared: true });
  return tryTogether(send, later, outcomes);
}

async function tryAlone(send: SendLive, mistake: Mistake, outcomes: LiveOutcomes): Promise<void> {
  const { outcome, ...seen } = await send([mistake]);
  const { unknownToken } = controlsOf(mistake.operation);
  // An expired token gets the code of the token too.
  const isOfToken = mistake.slot !== 'token' && unknownToken.includes(outcome ?? '');
  if (outcome === ACCEPTED)
    outcomes.accepted.push({ ...mistake, ...seen, outcome, isCompared: true });
  else if (outcome === undefined || isOfToken) outcomes.left.push(mistake);
  else outcomes.refused.push({ ...mistake, ...seen, outcome });
}

function liveSender(
  operation: Operation,
  sender: RequestSender,
  isAffordable: (calls: number) => boolean,
): SendLive {
  const { success } = controlsOf(operation);
  return async (mistakes) => {
    const request = liveRequest(operation, mistakes);
    const { before = [] } = request.testCase;
    if (!isAffordable(before.length + 1))
      return { outcome: undefined, reply: undefined, evidence: [] };
    const { code, numberRight, reply, evidence } = await sender.send(request);
    const isAccepted = code === success.code && numberRight;
    return { outcome: isAccepted ? ACCEPTED : code, reply, evidence: [evidence] };
  };
}

/** Each call can cost money, so only the first mistake of each outcome is compared. The others get its place. */
async function orderedByFirsts(ask: Ask, refused: readonly Tried[]): Promise<readonly Ordered[]> {
  const isFirst = ({ outcome }: Tried, at: number) =>
    refused.findIndex((one) => one.outcome === outcome) === at;
  const others = refused.filter((one, at) => !isFirst(one, at));
  return (await orderOf(ask, refused.filter(isFirst))).flatMap((first) => [
    first,
    ...others
      .filter(({ outcome }) => outcome === first.outcome)
      .map((one) => ({ ...one, isCompared: false })),
  ]);
}

function liveRequest(operation: Operation, mistakes: readonly Mistake[]) {
  const form = requestOf(operation, mistakes, controlsOf(operation).success.code);
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

/** The result for the file: the refused ones in order, then the accepted ones. */
export function placedChecks({ ordered, accepted }: Observed): readonly PlacedCheck[] {
  return [...ordered, ...accepted].map(({ check, name, outcome, reply, isCompared, evidence }) => ({
    check,
    name,
    outcome: reply === undefined ? outcome : 'reply',
    ...(reply && { reply }),
    isCompared,
    evidence,
  }));
}

// The order in which a carrier checks for mistakes.

/**
 * Sends all mistakes in one request, then without those whose outcome it showed, until one outcome is left. Then each
 * mistake is sent with the later ones, because a carrier can use one code at several places.
 */
async function orderOf(ask: Ask, tried: readonly Tried[]): Promise<readonly Ordered[]> {
  const groups = await groupsOf(ask, tried);
  const places = new Map<Tried, number>();
  for (const [at, { members }] of groups.entries()) {
    // The request with all mistakes has shown the place of a single one.
    for (const one of members)
      places.set(one, members.length === 1 ? at : await placeOf(ask, one, groups, at));
  }
  return groups.flatMap(({ members, isCompared }, at) => {
    const here = tried.filter((one) => places.get(one) === at);
    const moved = here.filter((one) => !members.includes(one));
    return [...here.filter((one) => members.includes(one)), ...moved].map((one) => ({
      ...one,
      isCompared,
    }));
  });
}

/** Mistakes with one outcome. */
interface OutcomeGroup {
  readonly members: readonly Tried[];
  readonly isCompared: boolean;
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

/** The group that the mistake follows, from the group of its outcome on. */
async function placeOf(
  ask: Ask,
  one: Tried,
  groups: readonly OutcomeGroup[],
  from: number,
): Promise<number> {
  let place = from;
  for (;;) {
    const together = fitting([one, ...groups.slice(place + 1).flatMap(({ members }) => members)]);
    if (together.every(({ outcome }) => outcome === one.outcome)) return place;
    const outcome = await ask(together);
    const next = groups.findIndex(
      ({ members: [first] }, at) => at > place && first?.outcome === outcome,
    );
    if (outcome === one.outcome || next === -1) return place;
    place = next;
  }
}
