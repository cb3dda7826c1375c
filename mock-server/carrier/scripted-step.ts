/** The next step of a script, taken from it: no other request gets the same. */
import type { Call } from './call.js';
import type { Carrier } from './carrier.js';
import type { LoadedState } from './load.js';
import { stepAt, takeableUpTo } from './outcomes/cursor.js';
import { countersAt, type Frequency, ratePrefix } from './outcomes/frequency.js';
import { magicResultCode } from './outcomes/magic-tokens.js';
import type { OutcomeSource, Step } from './outcomes/outcome.js';
import { chain, type MaybePromise } from './store/maybe-promise.js';
import type { ScriptRecord } from './store/state-store.js';

/** What a test asks for, perhaps nothing, and by what. */
export interface Asked {
  readonly step: Step | undefined;
  readonly by: OutcomeSource | undefined;
}

const NOTHING: Asked = { step: undefined, by: undefined };

/** Of the app's script; else, where no magic token goes before it, of the number's. */
export function askedByScript(carrier: Carrier, { draft }: Call, loaded: LoadedState): MaybePromise<Asked> {
  const { app, script, numberScript } = loaded;
  if (app === undefined || (script === undefined && numberScript === undefined)) return NOTHING;
  const { appId } = app.settings;
  const stepOf = (one: ScriptRecord | undefined) =>
    one && nextStep({ carrier, loaded, script: one, appId }, loaded.counters.get(one.cursor) ?? 0);
  return chain<Step | undefined, Asked>(stepOf(script), (step) => {
    if (step !== undefined) return { step, by: 'script' };
    if (magicResultCode(draft.exchange.row.operation, draft.token) !== undefined) return NOTHING;
    return chain<Step | undefined, Asked>(stepOf(numberScript), (own) =>
      own === undefined ? NOTHING : { step: own, by: 'numberScript' },
    );
  });
}

interface Place {
  readonly carrier: Carrier;
  readonly loaded: LoadedState;
  readonly script: ScriptRecord;
  readonly appId: string;
}

/** undefined when the script is finished, and below the rate of the step that is next. */
function nextStep(place: Place, used: number): MaybePromise<Step | undefined> {
  const next = stepAt(place.script.steps, used);
  if (next?.frequency === undefined) return next && take(place, next, used);
  return chain(isBeyond(place, next.frequency), (beyond) => (beyond ? take(place, next, used) : undefined));
}

function take(place: Place, next: Step, used: number): MaybePromise<Step | undefined> {
  if (next.times === null) return next;
  const { carrier, script, appId } = place;
  const limit = takeableUpTo(script.steps, used);
  // Counted at once, and by the store: no two racing requests get the same step.
  return chain(carrier.store.take(appId, script.cursor, limit), (taken) =>
    taken === undefined ? nextStep(place, limit) : stepAt(script.steps, taken),
  );
}

/** Counts this call, and says whether there are more than the rate allows. */
function isBeyond({ carrier, loaded, script, appId }: Place, frequency: Frequency): MaybePromise<boolean> {
  const { counters, nowMs } = loaded;
  const [current, ...earlier] = countersAt(frequency, script.cursor, nowMs);
  const before = earlier.reduce((sum, name) => sum + (counters.get(name) ?? 0), 0);
  const stale = counters.has(current) ? [] : staleCounters(loaded, script, earlier);
  const forgotten = stale.length === 0 ? undefined : carrier.store.commit(appId, stale);
  return chain<unknown, boolean>(forgotten, () =>
    chain(carrier.store.take(appId, current, Number.MAX_SAFE_INTEGER), (counted = 0) => {
      return before + counted + 1 > frequency.calls;
    }),
  );
}

/** Each part of the time has a counter of its own: with a new one, those that no longer count are forgotten. */
function staleCounters({ counters }: LoadedState, { cursor }: ScriptRecord, kept: readonly string[]) {
  return [...counters.keys()]
    .filter((name) => name.startsWith(ratePrefix(cursor)) && !kept.includes(name))
    .map((counter) => ({ kind: 'uncount', counter }) as const);
}
