/** The selected app, and the state of apps besides their settings: clocks with their current time, scripts, and private keys. Other pages and tests may change clocks and scripts: the event stream reports it. */
import { computed, effect, signal, untracked } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SignedRequest, SigningOptions } from '../../../src/control/api.js';
import type { AppCallFunction } from '../../../src/control/calls/calls.js';
import { appChange, type ChangedApp, connection, records } from './live-requests.js';
import { callOf } from './mock.js';
import { nowMs, tickMs } from './now.js';
import { needsPrivateKey, OPERATIONS } from './operations.js';
import { place } from './place.js';
import { appOf, apps } from './server-data.js';

const named = computed<string | undefined>(() => {
  const { view, opened, parameters } = place.value;
  switch (view) {
    case 'apps':
      return opened;
    case 'requests':
      return records.value.find(({ id }) => id === opened)?.appId ?? parameters['appId'];
    case 'handset':
    case 'outcomes':
      return parameters['app'];
    default:
      return view satisfies never;
  }
});

const lastNamed = signal<string | undefined>(undefined);
effect(() => {
  if (named.value !== undefined) lastNamed.value = named.value;
});

/** undefined if the server has no app. A link may name an app that does not exist. */
export const selectedAppId = computed<string | undefined>(() => {
  const last = lastNamed.value;
  return named.value ?? (last !== undefined && appOf(last) ? last : apps.value?.[0]?.appId);
});

/** With the machine's time at which it was loaded. */
export type AppState = ChangedApp & { readonly seenAtMs: number };

const states = signal<Readonly<Record<string, AppState>>>({});

export function appState(appId: string): AppState | undefined {
  return states.value[appId];
}

export async function refreshAppState(appId: string): Promise<void> {
  const own = callOf(appId);
  const [clock, { subscribers }, ...outcomes] = await Promise.all([
    own('GET /clock'),
    own('GET /subscribers'),
    ...OPERATIONS.map(
      async (operation) =>
        [operation, await own('GET /outcomes/:operation', { operation })] as const,
    ),
  ]);
  keepState({
    appId,
    clock,
    subscribers,
    outcomes: Object.fromEntries(outcomes) as AppState['outcomes'],
  });
}

function keepState(state: ChangedApp): void {
  states.value = { ...states.peek(), [state.appId]: { ...state, seenAtMs: nowMs() } };
}

// Errors are ignored: the connection bar shows that the server is down.
effect(() => {
  const change = appChange.value;
  if (change === 'several')
    untracked(() => refreshAppState(selectedAppId.value ?? '').catch(() => undefined));
  else if (change !== undefined) keepState(change);
});

/** Changes an app's clock or scripts, and loads them again. */
export async function changeAppState(
  appId: string,
  change: (own: AppCallFunction) => Promise<unknown>,
): Promise<void> {
  await change(callOf(appId));
  await refreshAppState(appId);
}

/** Also of its settings. */
export async function changeApp(...change: Parameters<typeof changeAppState>): Promise<void> {
  await changeAppState(...change);
  await apps.reload();
}

export function setToRealTime(own: AppCallFunction): Promise<unknown> {
  return own('PUT /clock', { body: { atMs: nowMs(), frozen: false } });
}

/** Loads the state of the selected app when it is selected and after a reconnect. */
export function useSelectedAppState(): void {
  const appId = selectedAppId.value;
  const isPresent =
    appId !== undefined && appOf(appId) !== undefined && connection.value === 'open';
  useEffect(() => {
    if (isPresent) refreshAppState(appId).catch(() => undefined);
  }, [appId, isPresent]);
}

/** Updates with the page's tick. undefined until the clock is loaded. */
export function appNowMs(appId: string): number | undefined {
  // Subscribes to the tick. Its value is not used, because it is up to a quarter of a second old.
  void tickMs.value;
  const state = appState(appId);
  if (state === undefined) return undefined;
  const { clock, seenAtMs } = state;
  return clock.frozen ? clock.nowMs : clock.nowMs + nowMs() - seenAtMs;
}

interface PrivateKeys {
  /** The private key of 应用公钥1. */
  readonly sign?: string | undefined;
  /** The private key of 应用公钥2. */
  readonly decrypt?: string | undefined;
}

const known = signal<Readonly<Record<string, PrivateKeys>>>({});

export function privateKeysOf(appId: string): PrivateKeys {
  return known.value[appId] ?? {};
}

export function rememberPrivateKeys(appId: string, keys: PrivateKeys): void {
  known.value = { ...known.value, [appId]: { ...known.value[appId], ...keys } };
}

/** A correctly signed request, not sent. Rejects without the private key that signs: the page has it only if it generated the key or the user typed it. */
export function signedRequest(
  appId: string,
  options: Omit<SigningOptions, 'privateKey'>,
): Promise<SignedRequest> {
  const isRsa =
    options.signing === undefined ? needsPrivateKey(options.operation) : options.signing === 'rsa';
  const { sign } = privateKeysOf(appId);
  return callOf(appId)('POST /signed-requests', {
    body: { ...options, ...(isRsa && sign !== undefined && { privateKey: sign }) },
  });
}
