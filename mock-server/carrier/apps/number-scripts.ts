/** The scripts of a number: an app's own for it, and those of the configuration file where the app has none. */
import { OPERATIONS, type Operation } from '../../../src/protocol/operations.js';
import { type Carrier, subscriberOf } from '../carrier.js';
import type { NumberScripts, ScriptRecord } from '../outcomes/outcome.js';
import type { AppRecord } from '../store/state-store.js';
import { changeApp, findApp } from './apps.js';
import { forgetCounters, newCursor, type ScriptText, type ScriptView, viewOf } from './scripts.js';

// Some test numbers for each of a team's testers. They are loaded with their app, at every call.
export const NUMBERS_MAX = 100;

export interface NumberPlace {
  readonly appId: string;
  readonly phoneNumber: string;
}

export type NumberView = Readonly<Record<Operation, ScriptView>>;

/** In place of those that the app had for the number, each from its first step; `full` beyond the bound. */
export async function setNumberScripts(
  carrier: Carrier,
  { appId, phoneNumber }: NumberPlace,
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

/** Those of the configuration file count again. */
export async function removeNumberScripts(carrier: Carrier, place: NumberPlace): Promise<void> {
  await replace(carrier, place, {});
}

async function replace(
  carrier: Carrier,
  { appId, phoneNumber }: NumberPlace,
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

export async function viewNumberScripts(carrier: Carrier, { appId, phoneNumber }: NumberPlace): Promise<NumberView> {
  return viewIn(carrier, await scriptsOf(carrier, appId), phoneNumber);
}

/** Of the numbers that the app itself has scripts for, in the order of the numbers. */
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
  const { counters } = await carrier.store.readWorld(appId, { token: undefined, msgId: undefined });
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

/** The app's own script goes before that of the configuration file. */
export function numberScript(
  { numbers }: Pick<AppRecord, 'numbers'>,
  operation: Operation,
  { phoneNumber, scripts }: { readonly phoneNumber: string; readonly scripts?: NumberScripts },
): ScriptRecord | undefined {
  return numbers?.[phoneNumber]?.[operation] ?? scripts?.[operation];
}
