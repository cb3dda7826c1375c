/** Uses the next step of a script. No two requests get the same one. */

import type { CarrierCall } from './call.js';
import type { Carrier } from './carrier.js';
import type { LoadedState } from './load.js';
import { nextCheckAt, stepAt } from './outcomes/cursor.js';
import { countersAt, type Frequency, ratePrefix } from './outcomes/frequency.js';
import { magicResultCode } from './outcomes/magic-tokens.js';
import {
  type ForcedStep,
  isConditional,
  type ScriptRecord,
  type Step,
} from './outcomes/outcome.js';
import { chain, type MaybePromise } from './store/maybe-promise.js';

const NOTHING: ForcedStep = { step: undefined, source: undefined };

/** From the app's script, or else from the number's script. A magic token has precedence over the number's script. */
export function scriptedStep(
  carrier: Carrier,
  { draft }: CarrierCall,
  loaded: LoadedState,
): MaybePromise<ForcedStep> {
  const { app, script, numberScript } = loaded;
  if (app === undefined || (script === undefined && numberScript === undefined)) return NOTHING;
  const { appId } = app.settings;
  const stepOf = (record: ScriptRecord | undefined) =>
    record &&
    nextStepOf({ carrier, loaded, script: record, appId }, loaded.counters.get(record.cursor) ?? 0);
  return chain<Step | undefined, ForcedStep>(stepOf(script), (step) => {
    if (step !== undefined) return { step, source: 'script' };
    if (magicResultCode(draft.exchange.row.operation, draft.token) !== undefined) return NOTHING;
    return chain<Step | undefined, ForcedStep>(stepOf(numberScript), (numberStep) =>
      numberStep === undefined ? NOTHING : { step: numberStep, source: 'numberScript' },
    );
  });
}

interface ScriptContext {
  readonly carrier: Carrier;
  readonly loaded: LoadedState;
  readonly script: ScriptRecord;
  readonly appId: string;
}

/** undefined if the script is finished, or if this call does not meet the condition of its next step. */
function nextStepOf(context: ScriptContext, used: number): MaybePromise<Step | undefined> {
  const next = stepAt(context.script.steps, used);
  if (next === undefined || !isConditional(next)) return next && useStep(context, next, used);
  return chain(isMet(context, next), (met) => (met ? useStep(context, next, used) : undefined));
}

/** Counts this call. */
function isMet(context: ScriptContext, { frequency, every }: Step): MaybePromise<boolean> {
  if (frequency !== undefined) return isAboveRate(context, frequency);
  const { carrier, script, appId } = context;
  const counter = `${ratePrefix(script.cursor)}every`;
  return chain(carrier.store.take(appId, counter, Number.MAX_SAFE_INTEGER), (before = 0) => {
    return (before + 1) % (every ?? 1) === 0;
  });
}

function useStep(context: ScriptContext, next: Step, used: number): MaybePromise<Step | undefined> {
  if (next.times === null) return next;
  const { carrier, script, appId } = context;
  const limit = nextCheckAt(script.steps, used);
  // The store counts atomically, so two racing requests do not get the same step.
  return chain(carrier.store.take(appId, script.cursor, limit), (usedBefore) =>
    usedBefore === undefined ? nextStepOf(context, limit) : stepAt(script.steps, usedBefore),
  );
}

/** Counts this call and returns whether the calls exceed the rate. */
function isAboveRate(
  { carrier, loaded, script, appId }: ScriptContext,
  frequency: Frequency,
): MaybePromise<boolean> {
  const { counters, nowMs } = loaded;
  const [current, ...earlier] = countersAt(frequency, script.cursor, nowMs);
  const before = earlier.reduce((sum, name) => sum + (counters.get(name) ?? 0), 0);
  // Each part of the time has its own counter. When a new part begins, the expired counters are deleted.
  const isStale = (name: string) =>
    name.startsWith(ratePrefix(script.cursor)) && !earlier.includes(name);
  const stale = counters.has(current) ? [] : [...counters.keys()].filter(isStale);
  const uncounted = stale.map((counter) => ({ kind: 'uncount', counter }) as const);
  const forgotten = stale.length === 0 ? undefined : carrier.store.commit(appId, uncounted);
  return chain<unknown, boolean>(forgotten, () =>
    chain(carrier.store.take(appId, current, Number.MAX_SAFE_INTEGER), (counted = 0) => {
      return before + counted + 1 > frequency.calls;
    }),
  );
}
