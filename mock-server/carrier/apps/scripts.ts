/** The scripts of an app's operations: set, viewed, removed. */
import type { Operation } from '../../../src/protocol/operations.js';
import type { Carrier } from '../carrier.js';
import { stepsLeft } from '../outcomes/cursor.js';
import { ratePrefix } from '../outcomes/frequency.js';
import { formatScript } from '../outcomes/script.js';
import type { ScriptRecord, StateStore, Write } from '../store/state-store.js';
import { commitToApp } from './apps.js';

export interface ScriptView {
  /** As given; "" without a script. */
  readonly script: string;
  /** The remaining steps as a script; "" if the script is finished. */
  readonly remaining: string;
}

const NONE: ScriptView = { script: '', remaining: '' };
const CURSOR_DIGITS = 16;

export type ScriptText = Pick<ScriptRecord, 'text' | 'steps'>;

export interface ScriptKey {
  readonly appId: string;
  readonly operation: Operation;
}

/** Replaces the script and starts at its first step. */
export async function setScript(
  { store, random }: Carrier,
  { appId, operation }: ScriptKey,
  script: ScriptText,
): Promise<ScriptView> {
  const value: ScriptRecord = { ...script, cursor: newCursor(random, `script:${operation}`) };
  for (;;) {
    const entry = await store.get(appId, 'script', operation);
    const put: Write = {
      kind: 'put',
      collection: 'script',
      id: operation,
      expectedRevision: entry?.revision ?? 0,
      value,
    };
    const forget = await forgetCounters(store, appId, entry?.value);
    if ((await commitToApp(store, appId, [put, ...forget])) === 'committed') return viewOf(value, new Map());
  }
}

export async function viewScript({ store }: Carrier, { appId, operation }: ScriptKey): Promise<ScriptView> {
  const { script, counters } = await store.readPartition(appId, { token: undefined, msgId: undefined, operation });
  return viewOf(script, counters);
}

export async function removeScript({ store }: Carrier, { appId, operation }: ScriptKey): Promise<void> {
  const entry = await store.get(appId, 'script', operation);
  const forget = await forgetCounters(store, appId, entry?.value);
  await commitToApp(store, appId, [{ kind: 'remove', collection: 'script', id: operation }, ...forget]);
}

/** Unique for each script, so that its count of used steps begins with 0. */
export function newCursor(random: Carrier['random'], of: string): string {
  return `${of}:${random.hex(CURSOR_DIGITS)}`;
}

/** The writes that delete a script's count of used steps and the counts of its rates. */
export async function forgetCounters(
  store: StateStore,
  appId: string,
  script: ScriptRecord | undefined,
): Promise<readonly Write[]> {
  if (script === undefined) return [];
  const { cursor, steps } = script;
  const hasRate = steps.some(({ frequency }) => frequency !== undefined);
  const { counters } = hasRate ? await store.readPartition(appId, { token: undefined, msgId: undefined }) : NO_COUNTERS;
  const rates = [...counters.keys()].filter((name) => name.startsWith(ratePrefix(cursor)));
  return [cursor, ...rates].map((counter) => ({ kind: 'uncount', counter }));
}

const NO_COUNTERS = { counters: new Map<string, number>() };

export function viewOf(script: ScriptRecord | undefined, counters: ReadonlyMap<string, number>): ScriptView {
  if (script === undefined) return NONE;
  const { text, steps, cursor } = script;
  return { script: text, remaining: formatScript(stepsLeft(steps, counters.get(cursor) ?? 0)) };
}
