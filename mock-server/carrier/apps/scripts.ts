/** The scripts of an app, for its operations and for phone numbers: set, viewed, removed. */
import { byOperation, type Operation } from '../../../src/protocol/operations.js';
import type { Carrier } from '../carrier.js';
import { stepsLeft } from '../outcomes/cursor.js';
import { numberScript } from '../outcomes/forced-outcome.js';
import { ratePrefix } from '../outcomes/frequency.js';
import type { ScriptRecord, Scripts } from '../outcomes/outcome.js';
import { formatScript } from '../outcomes/script.js';
import { subscriberOf } from '../outcomes/test-numbers.js';
import type { AppRecord, PartitionView } from '../store/state-store.js';
import { AppRemovedError, changeApp } from './apps.js';

export type ScriptText = Pick<ScriptRecord, 'text' | 'steps'>;

export interface ScriptKey {
  readonly appId: string;
  readonly operation: Operation;
}

export interface NumberScriptsKey {
  readonly appId: string;
  readonly phoneNumber: string;
}

// Some test numbers for each tester of a team. They are loaded with their app for every call.
export const NUMBERS_MAX = 100;

/** Replaces the script and starts at its first step. */
export async function setScript(
  carrier: Carrier,
  { appId, operation }: ScriptKey,
  { text, steps }: ScriptText,
) {
  const script = { text, steps, cursor: newCursor(carrier, `script:${operation}`) };
  await changeScripts(carrier, appId, (record) => ({
    ...record,
    scripts: { ...record.scripts, [operation]: script },
  }));
  return viewOf(script, new Map());
}

export async function viewScript(carrier: Carrier, { appId, operation }: ScriptKey) {
  const { app, counters } = await partitionOf(carrier, appId);
  return viewOf(app?.value.scripts?.[operation], counters);
}

export async function removeScript(
  carrier: Carrier,
  { appId, operation }: ScriptKey,
): Promise<void> {
  await changeScripts(carrier, appId, (record) => {
    const { [operation]: _, ...scripts } = record.scripts ?? {};
    return { ...record, scripts };
  });
}

/** Replaces the app's scripts for the number; each starts at its first step. Returns `full` if the limit is reached. */
export async function setNumberScripts(
  carrier: Carrier,
  { appId, phoneNumber }: NumberScriptsKey,
  texts: Partial<Readonly<Record<Operation, ScriptText>>>,
): Promise<'set' | 'full'> {
  const scripts: Scripts = Object.fromEntries(
    Object.entries(texts).map(([operation, text]) => {
      return [
        operation,
        { ...text, cursor: newCursor(carrier, `number:${phoneNumber}:${operation}`) },
      ];
    }),
  );
  let outcome: 'set' | 'full' = 'set';
  await changeScripts(carrier, appId, (record) => {
    const { [phoneNumber]: _, ...others } = record.numbers ?? {};
    const isEmpty = Object.keys(scripts).length === 0;
    outcome = !isEmpty && Object.keys(others).length >= NUMBERS_MAX ? 'full' : 'set';
    if (outcome === 'full') return record;
    return { ...record, numbers: isEmpty ? others : { ...others, [phoneNumber]: scripts } };
  });
  return outcome;
}

/** Makes the scripts of the configuration file effective again. */
export async function removeNumberScripts(carrier: Carrier, key: NumberScriptsKey): Promise<void> {
  await setNumberScripts(carrier, key, {});
}

export async function viewNumberScripts(
  carrier: Carrier,
  { appId, phoneNumber }: NumberScriptsKey,
) {
  return viewIn(carrier, await partitionOf(carrier, appId), phoneNumber);
}

/** The numbers for which the app has its own scripts, in ascending order. */
export async function listNumberScripts(carrier: Carrier, appId: string) {
  const view = await partitionOf(carrier, appId);
  const numbers = Object.keys(view.app?.value.numbers ?? {}).toSorted();
  return numbers.map((phoneNumber) => [phoneNumber, viewIn(carrier, view, phoneNumber)] as const);
}

/** Unique for each script, so that its count of used steps begins with 0. */
function newCursor({ random }: Carrier, of: string): string {
  return `${of}:${random.hex(16)}`;
}

/** Changes the scripts, and deletes the counts of used steps and the counts of rates of the scripts that are gone. */
async function changeScripts(
  carrier: Carrier,
  appId: string,
  change: (record: AppRecord) => AppRecord,
): Promise<void> {
  let before: readonly ScriptRecord[] = [];
  const changed = await changeApp(carrier, appId, (record) => {
    before = scriptsIn(record);
    return change(record);
  });
  if (changed === undefined) throw new AppRemovedError(appId);
  const kept = new Set(scriptsIn(changed).map(({ cursor }) => cursor));
  const gone = before.map(({ cursor }) => cursor).filter((cursor) => !kept.has(cursor));
  if (gone.length === 0) return;
  const { counters } = await partitionOf(carrier, appId);
  const names = [...counters.keys()].filter((name) =>
    gone.some((cursor) => name === cursor || name.startsWith(ratePrefix(cursor))),
  );
  await carrier.store.commit(
    appId,
    names.map((counter) => ({ kind: 'uncount', counter })),
  );
}

function scriptsIn({ scripts = {}, numbers = {} }: AppRecord): readonly ScriptRecord[] {
  return [scripts, ...Object.values(numbers)].flatMap((each) => Object.values(each));
}

async function partitionOf({ store }: Carrier, appId: string): Promise<PartitionView> {
  return store.readPartition(appId, { token: undefined, msgId: undefined });
}

function viewIn({ settings }: Carrier, { app, counters }: PartitionView, phoneNumber: string) {
  const subscriber = subscriberOf(settings, phoneNumber) ?? { phoneNumber };
  return byOperation((operation) =>
    viewOf(app && numberScript(app.value, operation, subscriber), counters),
  );
}

/** Both are scripts as text: `script` as given, '' without one; `remaining` with the steps that are left. */
function viewOf(script: ScriptRecord | undefined, counters: ReadonlyMap<string, number>) {
  if (script === undefined) return { script: '', remaining: '' };
  const { text, steps, cursor } = script;
  return { script: text, remaining: formatScript(stepsLeft(steps, counters.get(cursor) ?? 0)) };
}
