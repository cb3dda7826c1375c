/** Finds the order in which a carrier checks for mistakes. Each mistake is tried alone before. */

import type { RecordedReply } from './calibration.js';
import { fitting, type Mistake } from './mistakes.js';

/** A mistake that was tried alone. */
export interface Tried extends Mistake {
  /** The code, or `HTTP 404` for a response without one. */
  readonly outcome: string;
  readonly reply: RecordedReply | undefined;
  readonly evidence: readonly string[];
}

/** The outcome of a request with several mistakes; undefined if there was none, or if it is not reliable. */
export type Ask = (mistakes: readonly Mistake[]) => Promise<string | undefined>;

/** In the order of the carrier. Mistakes with one outcome next to each other have no order. */
export interface Ordered extends Tried {
  /** Whether a request with it and with later mistakes showed its place. */
  readonly isCompared: boolean;
}

/**
 * Sends all mistakes in one request, then without those whose outcome it showed, until one outcome is left. Then each
 * mistake is sent with the later ones, because a carrier can use one code at several places.
 */
export async function orderOf(ask: Ask, tried: readonly Tried[]): Promise<readonly Ordered[]> {
  const groups = await groupsOf(ask, tried);
  const places = new Map<Tried, number>();
  for (const [at, { members }] of groups.entries()) {
    // The request with all mistakes has shown the place of a single one.
    for (const one of members) places.set(one, members.length === 1 ? at : await placeOf(ask, one, groups, at));
  }
  return groups.flatMap(({ members, isCompared }, at) => {
    const here = tried.filter((one) => places.get(one) === at);
    const moved = here.filter((one) => !members.includes(one));
    return [...here.filter((one) => members.includes(one)), ...moved].map((one) => ({ ...one, isCompared }));
  });
}

/** Mistakes with one outcome. */
interface Group {
  readonly members: readonly Tried[];
  readonly isCompared: boolean;
}

async function groupsOf(ask: Ask, tried: readonly Tried[]): Promise<readonly Group[]> {
  const groups: Group[] = [];
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
async function placeOf(ask: Ask, one: Tried, groups: readonly Group[], from: number): Promise<number> {
  let place = from;
  for (;;) {
    const together = fitting([one, ...groups.slice(place + 1).flatMap(({ members }) => members)]);
    if (together.every(({ outcome }) => outcome === one.outcome)) return place;
    const outcome = await ask(together);
    const next = groups.findIndex(({ members: [first] }, at) => at > place && first?.outcome === outcome);
    if (outcome === one.outcome || next === -1) return place;
    place = next;
  }
}
