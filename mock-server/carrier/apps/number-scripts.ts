/** The scripts of a number: the app's, or else those of the configuration file. */
import { OPERATIONS, type Operation } from '../../../src/protocol/operations.js';
import { type Carrier, subscriberOf } from '../carrier.js';
import type { NumberScripts, ScriptRecord } from '../outcomes/outcome.js';
import type { AppRecord } from '../store/state-store.js';
import { changeApp, findApp } from './apps.js';
import { forgetCounters, newCursor, type ScriptText, type ScriptView, viewOf } from './scripts.js';

// Some test numbers for each tester of a team. They are loaded with their app for every call.
export const NUMBERS_MAX = 100;

export interface NumberScriptsKey {
  readonly appId: string;
  readonly phoneNumber: string;
}

export type NumberView = Readonly<Record<Operation, ScriptView>>;

/** Replaces the app's scripts for the number; each starts at its first step. Returns `full` if the limit is reached. */
export async function setNumberScripts(
  carrier: Carrier,
  { appId, phoneNumber }: NumberScriptsKey,
  texts: Partial<Readonly<Record<Operation, ScriptText>>>,
): Promise<'set' | 'full'> {
  const scripts: NumberScripts = Object.fromEntries(
    Object.entries(texts).map(([operation, text]) => {
      const cursor = newCursor(carrier.random, `number:${phoneNumber}:${operation}`);
      return [operation, { ...text, cursor }];
    }),
  );
  return replace(carrier, { appId, phoneNumber }, scripts);
}

/** Makes the scripts of the configuration file effective again. */
export async function removeNumberScripts(carrier: Carrier, key: NumberScriptsKey): Promise<void> {
  await replace(carrier, key, {});
}

async function replace(
  carrier: Carrier,
  { appId, phoneNumber }: NumberScriptsKey,
  scripts: NumberScripts,
): Promise<'set' | 'full'> {
  let before: NumberScripts = {};
  let outcome: 'set' | 'full' = 'set';
  await changeApp(carrier, appId, (record) => {
    const { [phoneNumber]: old = {}, ...others } = record.numbers ?? {};
    const isEmpty = Object.keys(scripts).length === 0;
    before = old;
    outcome = !isEmpty && Object.keys(others).length >= NUMBERS_MAX ? 'full' : 'set';
    if (outcome === 'full') return record;
    return { ...record, numbers: isEmpty ? others : { ...others, [phoneNumber]: scripts } };
  });
  if (outcome === 'set') await forget(carrier, appId, before);
  return outcome;
}

async function forget({ store }: Carrier, appId: string, scripts: NumberScripts): Promise<void> {
  for (const script of Object.values(scripts)) await store.commit(appId, await forgetCounters(store, appId, script));
}

export async function viewNumberScripts(
  carrier: Carrier,
  { appId, phoneNumber }: NumberScriptsKey,
): Promise<NumberView> {
  return viewIn(carrier, await scriptsOf(carrier, appId), phoneNumber);
}

/** The numbers for which the app has its own scripts, in ascending order. */
export async function listNumberScripts(
  carrier: Carrier,
  appId: string,
): Promise<readonly (readonly [phoneNumber: string, view: NumberView])[]> {
  const scripts = await scriptsOf(carrier, appId);
  const numbers = Object.keys(scripts.app?.numbers ?? {}).toSorted();
  return numbers.map((phoneNumber) => [phoneNumber, viewIn(carrier, scripts, phoneNumber)]);
}

interface AppScripts {
  readonly app: AppRecord | undefined;
  readonly counters: ReadonlyMap<string, number>;
}

async function scriptsOf(carrier: Carrier, appId: string): Promise<AppScripts> {
  const app = (await findApp(carrier, appId))?.value;
  const { counters } = await carrier.store.readPartition(appId, { token: undefined, msgId: undefined });
  return { app, counters };
}

function viewIn({ settings }: Carrier, { app, counters }: AppScripts, phoneNumber: string): NumberView {
  const subscriber = subscriberOf(settings, phoneNumber);
  const views = OPERATIONS.map(({ operation }) => {
    const script = app && numberScript(app, operation, subscriber ?? { phoneNumber });
    return [operation, viewOf(script, counters)] as const;
  });
  return Object.fromEntries(views) as NumberView;
}

/** The app's own script has precedence over the configuration file's. */
export function numberScript(
  { numbers }: Pick<AppRecord, 'numbers'>,
  operation: Operation,
  { phoneNumber, scripts }: { readonly phoneNumber: string; readonly scripts?: NumberScripts },
): ScriptRecord | undefined {
  return numbers?.[phoneNumber]?.[operation] ?? scripts?.[operation];
}
