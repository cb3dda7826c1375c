/** The order in which a carrier checks for mistakes, from its responses to requests with several of them. */
import { FACTS } from '../kit/operations.js';
import { type Mistake, OUTSIDE_FIELDS } from './mistakes.js';

/** A mistake that was tried alone. */
export interface Tried extends Mistake {
  /** The code, or `http-404` for a response without one. */
  readonly outcome: string;
  readonly evidence: readonly string[];
}

export function isCode(outcome: string): boolean {
  return /^\d+$/.test(outcome);
}

/** The outcome of a request with several mistakes; undefined if there was none, or if it is not reliable. */
export type Ask = (mistakes: readonly Mistake[]) => Promise<string | undefined>;

/** In the order of the carrier. Mistakes with one outcome next to each other have no order. */
export interface Ordered extends Tried {
  /** Whether a request with it and with later mistakes showed its place. */
  readonly isCompared: boolean;
}

interface Comparing {
  readonly ask: Ask;
  /** By mistake: those that the carrier reports after it. */
  readonly after: Map<Tried, Set<Tried>>;
  /** By mistake: one of these is reported before it. */
  readonly before: Map<Tried, readonly Tried[]>;
}

/**
 * Sends all mistakes in one request, which shows the outcome that is first. The mistakes with this outcome that are
 * before all others are its group; a carrier can use one code at several places. Then the same with the others.
 */
export async function orderOf(ask: Ask, tried: readonly Tried[]): Promise<readonly Ordered[]> {
  const { early, others, like } = byToken(tried);
  const comparing: Comparing = { ask: remembering(ask), after: new Map(), before: new Map() };
  const ordered: Ordered[] = [];
  let rest: readonly Tried[] = [...early, ...others];
  while (outcomesOf(rest).length > 1) {
    const first = await firstOf(comparing, rest);
    if (first.length === 0) break;
    ordered.push(...first.map((one) => ({ ...one, isCompared: true })));
    rest = rest.filter((one) => !first.includes(one));
  }
  const isCompared = outcomesOf(rest).length === 1 && ordered.length > 0;
  return [...ordered, ...rest.map((one) => ({ ...one, isCompared }))].flatMap((one) =>
    one.check === TOKEN_KNOWN
      ? [...like.map((twin) => ({ ...twin, isCompared: one.isCompared })), one]
      : [one],
  );
}

const TOKEN_KNOWN = 'tokenKnown';

/**
 * No request has two tokens. A damaged token with a code of its own is refused for its format, before a token is looked
 * up; one with the code of an unknown token is like it.
 */
function byToken(tried: readonly Tried[]) {
  const known = tried.find(({ check }) => check === TOKEN_KNOWN);
  const isDamaged = ({ slot, check }: Tried) =>
    known !== undefined && slot === 'token' && check !== TOKEN_KNOWN;
  const damaged = tried.filter(isDamaged);
  return {
    early: damaged.filter(({ outcome }) => outcome !== known?.outcome),
    others: tried.filter((one) => !isDamaged(one)),
    like: damaged.filter(({ outcome }) => outcome === known?.outcome),
  };
}

function outcomesOf(tried: readonly Tried[]): readonly string[] {
  return [...new Set(tried.map(({ outcome }) => outcome))];
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

/** The mistakes that the carrier reports before all others. */
async function firstOf(comparing: Comparing, rest: readonly Tried[]): Promise<readonly Tried[]> {
  const together = fitting(rest);
  const outcome = await comparing.ask(together);
  // The first of all can be a mistake that does not fit into the request.
  const outcomes = outcomesOf(rest).toSorted((one) => (one === outcome ? -1 : 0));
  for (const candidate of outcomes) {
    const first: Tried[] = [];
    for (const one of rest.filter((other) => other.outcome === candidate))
      if (await isBefore(comparing, one, rest)) first.push(one);
    if (first.length > 0) return first;
  }
  return together.filter((one) => one.outcome === outcome);
}

/** Whether the mistake is reported before each of the others that fits in a request with it. */
async function isBefore(
  comparing: Comparing,
  one: Tried,
  others: readonly Tried[],
): Promise<boolean> {
  const { ask, after, before } = comparing;
  if (before.get(one)?.every((other) => others.includes(other)) === true) return false;
  const known = after.get(one) ?? new Set();
  after.set(one, known);
  const open = others.filter((other) => other.outcome !== one.outcome && !known.has(other));
  const together = fitting([one, ...open], one);
  if (together.length === 1) return true;
  const outcome = await ask(together);
  if (outcome !== one.outcome) {
    before.set(
      one,
      together.filter((other) => other.outcome === outcome),
    );
    return false;
  }
  for (const other of together) known.add(other);
  return isBefore(comparing, one, others);
}

/**
 * The mistakes that fit in one request: the first of each slot, without those that another one hides.
 *
 * @param kept A mistake that no other one may hide.
 */
export function fitting<M extends Mistake>(mistakes: readonly M[], kept?: M): readonly M[] {
  const visible = mistakes.filter((one) => kept === undefined || !hides(one, kept));
  const firsts = visible.filter(
    ({ slot }, at) => visible.findIndex((one) => one.slot === slot) === at,
  );
  return firsts.filter((one) => !firsts.some((other) => hides(other, one)));
}

/** Nothing fits in an unreadable body, and no field in an object that is missing or at a place that is not read. */
function hides({ slot, covers = [] }: Mistake, other: Mistake): boolean {
  if (slot === 'body') return !OUTSIDE_FIELDS.includes(other.slot);
  const paths = pathsOf(other);
  const isCovered = (path: string) => covers.some((prefix) => `${path}/`.startsWith(`${prefix}/`));
  return slot !== other.slot && paths.length > 0 && paths.every(isCovered);
}

/** The fields that a mistake changes. */
function pathsOf({ operation, when, token, repeatsMsgId }: Mistake): readonly string[] {
  const { request } = FACTS[operation];
  const patches = [...(when.fields ?? []), ...(when.signed ?? [])];
  return [
    ...patches.map(({ path }) => path),
    ...Object.keys(when.derived ?? {}),
    ...(token === undefined ? [] : [request.token]),
    ...(repeatsMsgId === true ? [request.msgId] : []),
    ...(when.timeOffset === undefined ? [] : [request.time]),
  ];
}
