/**
 * The next step of a script. Pure: it yields the calls of the store that it needs, and its caller carries them out.
 * The store counts atomically, so no two requests get the same step.
 */

import { nextCheckAt, stepAt } from './cursor.js';
import { countersAt, type Frequency, ratePrefix } from './frequency.js';
import { isConditional, type ScriptRecord, type Step } from './outcome.js';

export type CounterCall =
  /** Adds one and returns the count before; at the limit, counts nothing and returns undefined. */
  | { readonly kind: 'take'; readonly counter: string; readonly limit: number }
  /** Deletes counters. */
  | { readonly kind: 'uncount'; readonly counters: readonly string[] };

export type Counting<T> = Generator<CounterCall, T, number | undefined>;

/** The app's counters and its time, as loaded. */
export interface Counted {
  readonly counters: ReadonlyMap<string, number>;
  readonly nowMs: number;
}

/** undefined if the script is finished, or if this call does not meet the condition of its next step. */
export function* nextStep(script: ScriptRecord, loaded: Counted): Counting<Step | undefined> {
  const { steps, cursor } = script;
  let used = loaded.counters.get(cursor) ?? 0;
  for (;;) {
    const next = stepAt(steps, used);
    if (next === undefined) return undefined;
    if (isConditional(next) && !(yield* isMet(next, cursor, loaded))) return undefined;
    if (next.times === null) return next;
    const limit = nextCheckAt(steps, used);
    const usedBefore = yield { kind: 'take', counter: cursor, limit };
    if (usedBefore !== undefined) return stepAt(steps, usedBefore);
    // Other requests used these steps since the counters were loaded.
    used = limit;
  }
}

/** Counts this call. */
function* isMet(
  { frequency, every = 1 }: Step,
  cursor: string,
  loaded: Counted,
): Counting<boolean> {
  if (frequency !== undefined) return yield* isAboveRate(frequency, cursor, loaded);
  const before = yield take(`${ratePrefix(cursor)}every`);
  return ((before ?? 0) + 1) % every === 0;
}

/** Counts this call and returns whether the calls exceed the rate. */
function* isAboveRate(
  frequency: Frequency,
  cursor: string,
  { counters, nowMs }: Counted,
): Counting<boolean> {
  const [current, ...earlier] = countersAt(frequency, cursor, nowMs);
  const before = earlier.reduce((sum, name) => sum + (counters.get(name) ?? 0), 0);
  // Each part of the time has its own counter. When a new part begins, the expired counters are deleted.
  const isStale = (name: string) => name.startsWith(ratePrefix(cursor)) && !earlier.includes(name);
  const stale = counters.has(current) ? [] : [...counters.keys()].filter(isStale);
  if (stale.length > 0) yield { kind: 'uncount', counters: stale };
  const counted = yield take(current);
  return before + (counted ?? 0) + 1 > frequency.calls;
}

function take(counter: string): CounterCall {
  return { kind: 'take', counter, limit: Number.MAX_SAFE_INTEGER };
}
