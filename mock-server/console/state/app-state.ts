/** The state of an app that is no setting: its clock, and the scripts that wait. Another page, or a test, may change it. */
import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { answerOf, control } from '../api/control-client.js';
import type { Clock, Operation, Outcomes, SubscriberOutcomes } from '../api/schemas.js';
import { appOf } from './app-names.js';
import { records } from './live-requests.js';
import { nowMs } from './now.js';
import { selectedAppId } from './selected-app.js';

export interface SeenClock extends Clock {
  /** By the machine's clock. */
  readonly seenAtMs: number;
}

export interface AppState {
  readonly clock: SeenClock;
  readonly scripts: Readonly<Record<Operation, Outcomes>>;
  /** The numbers that the app has scripts for. */
  readonly numbers: readonly SubscriberOutcomes[];
}

const REFRESH_MS = 3000;

const states = signal<Readonly<Record<string, AppState>>>({});

export function appState(appId: string): AppState | undefined {
  return states.value[appId];
}

export async function refreshAppState(appId: string): Promise<void> {
  const params = { path: { appId } };
  const script = (operation: Operation) =>
    answerOf(control.GET('/_mock/apps/{appId}/outcomes/{operation}', { params: { path: { appId, operation } } }));
  const [clock, loginTokenValidate, tokenValidate, { subscribers }] = await Promise.all([
    answerOf(control.GET('/_mock/apps/{appId}/clock', { params })),
    script('loginTokenValidate'),
    script('tokenValidate'),
    answerOf(control.GET('/_mock/apps/{appId}/subscribers', { params })),
  ]);
  const state = {
    clock: { ...clock, seenAtMs: nowMs() },
    scripts: { loginTokenValidate, tokenValidate },
    numbers: subscribers,
  };
  states.value = { ...states.value, [appId]: state };
}

/** Does something to the state of an app, and shows what came of it. */
export async function changeAppState(appId: string, change: Promise<unknown>): Promise<void> {
  await change;
  await refreshAppState(appId);
}

const lastRequestId = computed(() => records.value.find(({ appId }) => appId === selectedAppId.value)?.id);

/** Keeps the state of the selected app fresh while the component is there: now and then, and after each of its requests. */
export function useSelectedAppState(): void {
  const appId = selectedAppId.value;
  const lastRequest = lastRequestId.value;
  const isThere = appId !== undefined && appOf(appId) !== undefined;
  useEffect(() => {
    if (!isThere) return undefined;
    // The bar at the top shows that a server is gone.
    const refresh = () => {
      if (!document.hidden) refreshAppState(appId).catch(() => undefined);
    };
    refresh();
    const again = setInterval(refresh, REFRESH_MS);
    return () => clearInterval(again);
  }, [appId, isThere, lastRequest]);
}
