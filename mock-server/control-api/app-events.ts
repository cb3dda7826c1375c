/** The event of /_mock/events about a changed app: its clock and its scripts. */
import { OPERATIONS } from '../../src/protocol/operations.js';
import { viewClock } from '../carrier/apps/app-clock.js';
import { findApp } from '../carrier/apps/apps.js';
import { listNumberScripts, viewScript } from '../carrier/apps/scripts.js';
import type { Carrier } from '../carrier/carrier.js';
import { type AppRecord, ONLY } from '../carrier/store/state-store.js';

export interface AppEvent {
  /** undefined if the event is about all apps. */
  readonly app: AppRecord | undefined;
  readonly text: string;
}

/** The settings of apps, or the list of them, changed. A caller may not see all apps, so it has no data. */
const APPS_CHANGED: AppEvent = { app: undefined, text: 'event: apps\ndata: {}\n\n' };

/** Resolves to undefined if the app does not exist any more. */
export async function appEventOf(carrier: Carrier, appId: string | undefined): Promise<AppEvent | undefined> {
  if (appId === undefined) return APPS_CHANGED;
  const app = (await findApp(carrier, appId))?.value;
  if (app === undefined) return undefined;
  const clock = (await carrier.store.get(appId, 'clock', ONLY))?.value;
  const outcomes = OPERATIONS.map(
    async ({ operation }) => [operation, await viewScript(carrier, { appId, operation })] as const,
  );
  const numbers = await listNumberScripts(carrier, appId);
  const state = {
    appId,
    clock: viewClock(clock, carrier.clock.nowMs()),
    outcomes: Object.fromEntries(await Promise.all(outcomes)),
    subscribers: numbers.map(([phoneNumber, scripts]) => ({ phoneNumber, outcomes: scripts })),
  };
  return { app, text: `event: app\ndata: ${JSON.stringify(state)}\n\n` };
}
