/** Spends the live calls of an operation on the mistakes that an unknown token hides: first what the carrier accepts. */
import type { Operation } from '../index.js';
import { FACTS } from '../kit/operations.js';
import { controlsOf } from './cases.js';
import { MISTAKES, type Mistake } from './mistakes.js';
import type { Ordered, Tried } from './order.js';
import { fitting } from './order.js';
import { ACCEPTED, type Hidden, type Observed, requestOf } from './precedence.js';
import { isOfReading } from './probes.js';
import type { RequestSender } from './send-request.js';

/** The result of a request with live tokens; without an outcome, there was none. */
export interface LiveResult {
  readonly outcome: string | undefined;
  readonly evidence: readonly string[];
}

type SendLive = (mistakes: readonly Mistake[]) => Promise<LiveResult>;

/** Whether this many more calls are allowed. */
export type IsAffordable = (calls: number) => boolean;

/** A mistake that is tried with a live token, with the codes that its refusal usually gets. */
export interface Suspect extends Hidden {
  readonly codes?: readonly string[];
}

/** What the calls of an operation have shown so far. */
export interface Exploring {
  readonly operation: Operation;
  /** What is known without live calls. */
  readonly observed: Observed;
  /** Whether a good request succeeds. */
  readonly isGood: boolean;
  readonly send: SendLive;
  readonly accepted: Ordered[];
  readonly refused: Tried[];
}

export interface ExploringOptions {
  readonly sender: RequestSender;
  readonly isAffordable: IsAffordable;
  readonly observed: Observed;
  readonly isGood: boolean;
  /** Of the good request: the msgid that a mistake repeats. */
  readonly msgId: string | undefined;
}

export function exploring(options: ExploringOptions): Exploring {
  const { observed, isGood } = options;
  const { operation } = observed;
  const send = liveSender(operation, options);
  return { operation, observed, isGood, send, accepted: [], refused: [] };
}

/** What an operation is known to do after its calls. */
export function observedBy(own: Exploring): Observed {
  const { observed, accepted, refused } = own;
  // Each comparison would be a call that can cost money.
  const placed = refused.filter(isPlaced).map((one) => ({ ...one, isCompared: false }));
  return {
    operation: observed.operation,
    ordered: [...observed.ordered, ...placed],
    accepted: [...observed.accepted, ...accepted.filter(isPlaced)],
    hidden: observed.hidden.filter((one) => isOpen(own, one)),
  };
}

/** Whether it is a check of the carrier, and not the request of a reading. */
function isPlaced({ check }: Mistake): boolean {
  return !isOfReading(check);
}

function isOpen({ accepted, refused }: Exploring, { check }: Mistake): boolean {
  return ![...accepted, ...refused].some((one) => one.check === check);
}

/** All that fit in one request, then the others. */
async function tryTogether(own: Exploring, mistakes: readonly Suspect[]): Promise<void> {
  const together = fitting(mistakes);
  if (together.length === 0) return;
  const others = mistakes.filter((one) => !together.includes(one));
  await divide(own, together, []);
  await tryTogether(own, others);
}

/**
 * Sends the mistakes in one request. After a refusal the likeliest one is left out, and those that now fit come in: if the
 * others are accepted, the refusal was its own. Returns the outcome of all together.
 */
async function divide(
  own: Exploring,
  mistakes: readonly Suspect[],
  waiting: readonly Suspect[],
): Promise<string | undefined> {
  const result = await own.send(mistakes);
  const { outcome } = result;
  if (outcome === undefined) return undefined;
  if (outcome === ACCEPTED || mistakes.length === 1) {
    for (const one of mistakes) note(own, one, result);
    return outcome;
  }
  const culprit = likeliest(mistakes, outcome);
  const others = mistakes.filter((one) => one !== culprit);
  const together = fitting([...others, ...waiting]);
  const without = await divide(
    own,
    together,
    waiting.filter((one) => !together.includes(one)),
  );
  // No calls are left. Values that are refused together usually have one code.
  const refused = without === undefined ? mistakes.filter(({ check }) => VALUE.test(check)) : [];
  const isAlone = without === ACCEPTED || together.length === others.length;
  const isItsOwn = isAlone && without !== undefined && without !== outcome;
  for (const one of isItsOwn ? [culprit] : refused) note(own, one, result);
  return outcome;
}

const VALUE = /\.value$/;

function likeliest(mistakes: readonly Suspect[], outcome: string): Suspect {
  const [first] = mistakes;
  const known = mistakes.find(({ codes = [] }) => codes.includes(outcome));
  return known ?? (first as Suspect);
}

export function note(exploring: Exploring, mistake: Hidden, result: LiveResult): void {
  const { outcome, ...seen } = result;
  if (outcome === undefined || !isOpen(exploring, mistake)) return;
  const { unknownToken } = controlsOf(mistake.operation);
  // An expired token gets the code of the token too. For an unknown app, the token is that of another app.
  const isOfToken = !['token', 'appId'].includes(mistake.slot) && unknownToken.includes(outcome);
  if (outcome === ACCEPTED)
    exploring.accepted.push({ ...mistake, ...seen, outcome, isCompared: true });
  else if (!isOfToken) exploring.refused.push({ ...mistake, ...seen, outcome });
}

/** The mistakes that carriers often accept: one call can be enough. A calibration with few calls begins with it. */
export async function tryUsual(own: Exploring, readings: readonly Suspect[]): Promise<void> {
  const usual = [...own.observed.hidden.filter(isWorthACall).toSorted(byRefusal), ...readings];
  const together = fitting(usual);
  const waiting = usual.filter((one) => !together.includes(one));
  if (together.length > 0) await divide(own, together, waiting);
}

/** A carrier that reads the types of values reads them before the token, except for null. */
function isWorthACall({ isUsual, slot, check }: Mistake): boolean {
  return isUsual === true && (slot !== 'optional' || check.endsWith('.null'));
}

/** The mistake that is refused most often is first, so that it is left out first. No reading needs the one that is last. */
function byRefusal(one: Mistake, other: Mistake): number {
  return refusalRank(one) - refusalRank(other);
}

function refusalRank({ check }: Mistake): number {
  if (/\/(?:sentAt\.date|msgId\.value)$/.test(check)) return 0;
  return check.endsWith('/msgId.uuid') ? 2 : 1;
}

/** Codes that differ between carriers; the document states the others. */
const UNCERTAIN: readonly RegExp[] = [
  /^appKnown$/,
  /\/sign\.missing$/,
  /\/appId\.missing$/,
  /^tokenOfThisCapability$/,
];

/** As long as there are calls: uncertain codes, then values in one request, because carriers accept all of them, or some, then the others. */
export async function tryOthers(all: readonly Exploring[]): Promise<void> {
  for (const pattern of UNCERTAIN) await tryEach(all, pattern);
  for (const own of all) {
    const open = openMistakes(own);
    const values = open.filter(({ isUsual, check }) => isUsual !== true && VALUES.test(check));
    await tryTogether(own, [...values.toSorted(byRefusal), ...open.filter(isWorthACall)]);
  }
  for (const pattern of [/^(?:signValid|phoneNumReadable)$/, /./]) await tryEach(all, pattern);
}

async function tryEach(all: readonly Exploring[], pattern: RegExp): Promise<void> {
  for (const own of all)
    for (const one of openMistakes(own))
      if (one.isUsual !== true && pattern.test(one.check)) note(own, one, await own.send([one]));
}

const VALUES = /\/(?!sentAt\.)\w+\.value$|\/openType\.missing$/;

/** Those that an unknown token hides, and the token of the other operation. */
function openMistakes(own: Exploring): readonly Hidden[] {
  const others = MISTAKES.filter(
    (one) => one.operation === own.operation && one.token === 'other operation',
  ).map((one) => ({ ...one, evidence: [] }));
  return [...own.observed.hidden, ...others].filter((one) => isOpen(own, one));
}

/** Sends a request once, and only if there are calls for it. */
function liveSender(
  operation: Operation,
  { sender, isAffordable, msgId }: ExploringOptions,
): SendLive {
  const { success } = controlsOf(operation);
  const known = new Map<string, LiveResult>();
  const send: SendLive = async (mistakes) => {
    if (!isAffordable(1)) return { outcome: undefined, evidence: [] };
    const request = liveRequest(operation, mistakes, msgId);
    const { code, numberRight, evidence } = await sender.send(request);
    const isAccepted = code === success.code && numberRight;
    return { outcome: isAccepted ? ACCEPTED : code, evidence: [evidence] };
  };
  return async (mistakes) => {
    const key = mistakes
      .map(({ check }) => check)
      .toSorted()
      .join();
    const result = known.get(key) ?? (await send(mistakes));
    if (result.outcome !== undefined) known.set(key, result);
    return result;
  };
}

function liveRequest(
  operation: Operation,
  mistakes: readonly Mistake[],
  msgIdBefore: string | undefined,
) {
  const { before: _, ...testCase } = requestOf(operation, mistakes, '');
  const isOther = mistakes.some(({ token }) => token === 'other operation');
  const other = FACTS[operation].sharesTokensWith;
  return {
    ...{ operation, testCase, msgIdBefore, live: true },
    label: `mistakes-${operation}-live`,
    ...(isOther && other && { tokenOf: other }),
  };
}
