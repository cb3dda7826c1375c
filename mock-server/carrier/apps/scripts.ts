/** The scripted outcomes of an app's operation: set, looked at, forgotten. */
import type { Operation } from '../../../src/protocol/operations.js';
import type { Carrier } from '../carrier.js';
import { stepsLeft } from '../outcomes/cursor.js';
import { ratePrefix } from '../outcomes/frequency.js';
import type { Step } from '../outcomes/outcome.js';
import { formatScript } from '../outcomes/script.js';
import type { ScriptRecord, StateStore, Write } from '../store/state-store.js';

export interface ScriptView {
  /** As it was given; "" without one. */
  readonly script: string;
  /** The steps not yet used, as text; "" when it is finished. */
  readonly remaining: string;
}

const NONE: ScriptView = { script: '', remaining: '' };
const NO_COUNTERS = { counters: new Map<string, number>() };
const CURSOR_DIGITS = 16;

export interface ScriptPlace {
  readonly appId: string;
  readonly operation: Operation;
}

/** In place of the one before, from its first step. */
export async function setScript(
  { store, random }: Carrier,
  { appId, operation }: ScriptPlace,
  { text, steps }: { readonly text: string; readonly steps: readonly Step[] },
): Promise<ScriptView> {
  const cursor = `script:${operation}:${random.hex(CURSOR_DIGITS)}`;
  for (;;) {
    const entry = await store.get(appId, 'script', operation);
    const value: ScriptRecord = { text, steps, cursor };
    const put: Write = {
      kind: 'put',
      collection: 'script',
      id: operation,
      expectedRevision: entry?.revision ?? 0,
      value,
    };
    const forget = await forgetCounters(store, appId, entry?.value);
    if ((await store.commit(appId, [put, ...forget])) === 'committed') return viewOf(value, 0);
  }
}

export async function viewScript({ store }: Carrier, { appId, operation }: ScriptPlace): Promise<ScriptView> {
  const { script, counters } = await store.readWorld(appId, { token: undefined, msgId: undefined, operation });
  return script === undefined ? NONE : viewOf(script, counters.get(script.cursor) ?? 0);
}

export async function removeScript({ store }: Carrier, { appId, operation }: ScriptPlace): Promise<void> {
  const entry = await store.get(appId, 'script', operation);
  const forget = await forgetCounters(store, appId, entry?.value);
  await store.commit(appId, [{ kind: 'remove', collection: 'script', id: operation }, ...forget]);
}

/** Where a script stands, and what its rates have counted. */
async function forgetCounters(
  store: StateStore,
  appId: string,
  script: ScriptRecord | undefined,
): Promise<readonly Write[]> {
  if (script === undefined) return [];
  const { cursor, steps } = script;
  const hasRate = steps.some(({ frequency }) => frequency !== undefined);
  const { counters } = hasRate ? await store.readWorld(appId, { token: undefined, msgId: undefined }) : NO_COUNTERS;
  const rates = [...counters.keys()].filter((name) => name.startsWith(ratePrefix(cursor)));
  return [cursor, ...rates].map((counter) => ({ kind: 'uncount', counter }));
}

function viewOf({ text, steps }: ScriptRecord, used: number): ScriptView {
  return { script: text, remaining: formatScript(stepsLeft(steps, used)) };
}
