/** The state of an app besides its settings: its clock, with its current time, and its scripts. Other pages and tests may change it. */
import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { answerOf, control } from '../api/control-client.js';
import type { Clock, Operation, Outcomes, SubscriberOutcomes } from '../api/schemas.js';
import { appOf } from './app-names.js';
import { records } from './live-requests.js';
import { nowMs, tickMs } from './now.js';
import { selectedAppId } from './selected-app.js';

export interface SeenClock extends Clock {
  /** The machine's time at which it was loaded. */
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

/** Waits for a change of an app's state, and loads the state again. */
export async function changeAppState(appId: string, change: Promise<unknown>): Promise<void> {
  await change;
  await refreshAppState(appId);
}

const lastRequestId = computed(() => records.value.find(({ appId }) => appId === selectedAppId.value)?.id);

/** Loads the state of the selected app periodically and after each of its requests, while the component is mounted. */
export function useSelectedAppState(): void {
  const appId = selectedAppId.value;
  const lastRequest = lastRequestId.value;
  const exists = appId !== undefined && appOf(appId) !== undefined;
  useEffect(() => {
    if (!exists) return undefined;
    // Errors are ignored: the connection bar shows that the server is down.
    const refresh = () => {
      if (!document.hidden) refreshAppState(appId).catch(() => undefined);
    };
    refresh();
    const timer = setInterval(refresh, REFRESH_MS);
    return () => clearInterval(timer);
  }, [appId, exists, lastRequest]);
}

/** Updates with the page's tick. undefined until the clock is loaded. */
export function appNowMs(appId: string): number | undefined {
  // Subscribes to the tick. Its value is not used, because it is up to a quarter of a second old.
  void tickMs.value;
  const clock = appState(appId)?.clock;
  if (clock === undefined) return undefined;
  return clock.frozen ? clock.nowMs : clock.nowMs + nowMs() - clock.seenAtMs;
}
