/** The mistakes that an unknown token hides, with live tokens: what the carrier accepts, and the order of the others. */

import type { Operation } from '../index.js';
import { FACTS } from '../kit/operations.js';
import type { RecordedReply } from './calibration.js';
import { controlsOf } from './cases.js';
import { fitting, MISTAKES, type Mistake } from './mistakes.js';
import { type Ask, type Ordered, orderOf, type Tried } from './order.js';
import { ACCEPTED, type Hidden, type Observed, requestOf } from './precedence.js';
import type { ResponseShape } from './request-result.js';
import type { RequestSender } from './send-request.js';

/** The result of a request with live tokens; without an outcome, there was none. */
interface LiveResult {
  readonly outcome: string | undefined;
  readonly reply: RecordedReply | undefined;
  readonly response?: ResponseShape | undefined;
  readonly evidence: readonly string[];
}

type SendLive = (mistakes: readonly Mistake[]) => Promise<LiveResult>;

/** Whether this many more calls are allowed. */
export type IsAffordable = (calls: number) => boolean;

/** The mistakes by what happened to them. */
interface LiveOutcomes {
  readonly accepted: Ordered[];
  readonly refused: Tried[];
  /** Without an outcome of their own. */
  readonly left: Hidden[];
}

const noOutcomes = (): LiveOutcomes => ({ accepted: [], refused: [], left: [] });

/** For what carriers often accept, one call can be enough. A calibration with few calls begins with it. */
export async function observeUsual(
  sender: RequestSender,
  isAffordable: IsAffordable,
  observed: Observed,
): Promise<Observed> {
  const { operation, hidden } = observed;
  const outcomes = noOutcomes();
  const usual = hidden.filter(isWorthACall).toSorted(byRefusal);
  await tryTogether(liveSender(operation, sender, isAffordable), usual, outcomes);
  const rest = hidden.filter((one) => !usual.includes(one));
  return {
    ...observed,
    accepted: [...observed.accepted, ...outcomes.accepted],
    later: outcomes.refused,
    hidden: [...rest, ...outcomes.left],
  };
}

/** A carrier that reads the types of values reads them before the token, except for null. */
function isWorthACall({ isUsual, slot, check }: Mistake): boolean {
  return isUsual === true && (slot !== 'optional' || check.endsWith('.null'));
}

/** The mistake that is refused most often is first: without it, one call shows that the carrier accepts the others. */
function byRefusal(one: Mistake, other: Mistake): number {
  return Number(OFTEN_REFUSED.test(other.check)) - Number(OFTEN_REFUSED.test(one.check));
}

const OFTEN_REFUSED = /\/sentAt\.date$/;

/** Returns whether all were accepted. If all but one were, the refusal of all together was that of the one. */
async function tryTogether(
  send: SendLive,
  mistakes: readonly Hidden[],
  outcomes: LiveOutcomes,
): Promise<void> {
  const together = fitting(mistakes);
  if (together.length === 0) return;
  await divide(send, together, outcomes);
  await tryTogether(
    send,
    mistakes.filter((one) => !together.includes(one)),
    outcomes,
  );
}

async function divide(
  send: SendLive,
  mistakes: readonly Hidden[],
  outcomes: LiveOutcomes,
): Promise<boolean> {
  const [first, ...rest] = mistakes;
  if (first === undefined) return true;
  const result = await send(mistakes);
  if (result.outcome === ACCEPTED) {
    for (const one of mistakes)
      outcomes.accepted.push({ ...one, ...result, outcome: ACCEPTED, isCompared: true });
    return true;
  }
  const areOthersAccepted = await divide(send, rest, outcomes);
  if (areOthersAccepted) note(first, result, outcomes);
  else note(first, await send([first]), outcomes);
  return false;
}

function note(mistake: Hidden, { outcome, ...seen }: LiveResult, outcomes: LiveOutcomes): void {
  const { unknownToken } = controlsOf(mistake.operation);
  // An expired token gets the code of the token too. For an unknown app, the token is that of another app.
  const isOfToken =
    !['token', 'appId'].includes(mistake.slot) && unknownToken.includes(outcome ?? '');
  if (outcome === ACCEPTED)
    outcomes.accepted.push({ ...mistake, ...seen, outcome, isCompared: true });
  else if (outcome === undefined || isOfToken) outcomes.left.push(mistake);
  else outcomes.refused.push({ ...mistake, ...seen, outcome });
}

/** The other hidden mistakes, those first whose outcome is the least certain, and their order. */
export async function observeOthers(
  sender: RequestSender,
  isAffordable: IsAffordable,
  { later = [], hidden, ...observed }: Observed,
): Promise<Observed> {
  const { operation } = observed;
  const send = liveSender(operation, sender, isAffordable);
  const outcomes: LiveOutcomes = { ...noOutcomes(), refused: [...later] };
  const otherToken = MISTAKES.filter(
    (one) => one.operation === operation && one.token === 'other operation',
  ).map((one) => ({ ...one, evidence: [] }));
  const isOther = ({ isUsual }: Mistake) => isUsual !== true;
  const others = byCertainty([...hidden.filter(isOther), ...otherToken]);
  const values = others.filter(({ check }) => VALUE.test(check));
  const first = others.findIndex((one) => values.includes(one));
  for (const [at, one] of others.entries()) {
    if (at === first && values.length > 1) await tryValues(send, values, outcomes);
    const isKnown = outcomes.accepted.some(({ check }) => check === one.check);
    if (!isKnown) note(one, await send([one]), outcomes);
  }
  const ask: Ask = async (mistakes) => (await send(mistakes)).outcome;
  const ordered = await orderedByFirsts(ask, outcomes.refused);
  return {
    operation,
    ordered: [...observed.ordered, ...ordered],
    accepted: [...observed.accepted, ...outcomes.accepted],
    hidden: [...hidden.filter((one) => !isOther(one)), ...outcomes.left],
  };
}

/** What carriers do in different ways, before what the document states. */
const UNCERTAIN: readonly RegExp[] = [
  /^appKnown$/,
  /^parametersValid\/sign\.missing$/,
  /^tokenOfThisCapability$/,
  /^parametersValid\/appId\.missing$/,
  /\.value$/,
  /^(?:signValid|phoneNumReadable)$/,
];

const VALUE = /\.value$/;

/** Carriers that do not check values accept them all. */
async function tryValues(
  send: SendLive,
  mistakes: readonly Hidden[],
  { accepted }: LiveOutcomes,
): Promise<void> {
  const result = await send(mistakes);
  if (result.outcome !== ACCEPTED) return;
  for (const one of mistakes)
    accepted.push({ ...one, ...result, outcome: ACCEPTED, isCompared: true });
}

function byCertainty(mistakes: readonly Hidden[]): readonly Hidden[] {
  const rank = ({ check }: Mistake) => {
    const at = UNCERTAIN.findIndex((pattern) => pattern.test(check));
    return at === -1 ? UNCERTAIN.length : at;
  };
  return mistakes.toSorted((one, other) => rank(one) - rank(other));
}

function liveSender(
  operation: Operation,
  sender: RequestSender,
  isAffordable: IsAffordable,
): SendLive {
  const { success } = controlsOf(operation);
  return async (mistakes) => {
    const request = liveRequest(operation, mistakes);
    const { before = [] } = request.testCase;
    if (!isAffordable(before.length + 1))
      return { outcome: undefined, reply: undefined, evidence: [] };
    const { code, numberRight, reply, response, evidence } = await sender.send(request);
    const isAccepted = code === success.code && numberRight;
    return { outcome: isAccepted ? ACCEPTED : code, reply, response, evidence: [evidence] };
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
