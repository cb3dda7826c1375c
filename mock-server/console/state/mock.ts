/** The control API, called with the token and the language of this page. Its calls reject with a ControlError. */

import { computed, signal } from '@preact/signals';
import type { Mint, MintedToken } from '../../../src/control/api.js';
import { ControlError } from '../../../src/control/errors.js';
import { createTransport } from '../../../src/control/transport.js';
import { language } from '../messages/message.js';
import { BASE } from './carrier.js';

/** The page requests the control token when a call needs it, and keeps it in memory only. */
const controlToken = signal<string | undefined>(undefined);

/** A call was refused with a 401: the page shows the dialog. */
export const isTokenRequired = signal(false);

export const isTokenWrong = computed(
  () => isTokenRequired.value && controlToken.value !== undefined,
);

export function setToken(token: string): void {
  controlToken.value = token;
  isTokenRequired.value = false;
}

export function authorization(): Readonly<Record<string, string>> {
  return controlToken.value === undefined ? {} : { Authorization: `Bearer ${controlToken.value}` };
}

export const UNAUTHORIZED = 401;
export const UNAVAILABLE = 503;
const HEALTH_PAUSE_MS = 2000;

/** Why the server cannot answer requests, for example without its store; undefined if it can. */
export const unhealthy = signal<string | undefined>(undefined);
let isChecking = false;

/** Asks until the server is healthy again. */
async function checkHealth(): Promise<void> {
  if (isChecking) return;
  isChecking = true;
  try {
    await call('GET /health');
    unhealthy.value = undefined;
  } catch (error) {
    // Without a connection, the page shows that instead.
    unhealthy.value =
      error instanceof ControlError && error.status === UNAVAILABLE ? error.detail : undefined;
    if (unhealthy.value !== undefined) setTimeout(() => void checkHealth(), HEALTH_PAUSE_MS);
  } finally {
    isChecking = false;
  }
}

export async function authorizedFetch(
  url: string | URL | Request,
  init: RequestInit = {},
): Promise<Response> {
  const headers = { ...(init.headers as Record<string, string>), ...authorization() };
  const response = await fetch(url, {
    ...init,
    headers: { ...headers, 'accept-language': language.value },
    // A removal also arrives if the page is left.
    keepalive: init.method === 'DELETE',
  });
  if (response.status === UNAUTHORIZED) isTokenRequired.value = true;
  if (response.status === UNAVAILABLE) void checkHealth();
  return response;
}

/** `callOf(appId)` is without the beginning of the path, `/apps/:appId`. */
export const { call, own: callOf } = createTransport({ url: BASE, fetch: authorizedFetch });

/** A new token. */
export function mint(appId: string, body: Omit<Mint, 'count'>): Promise<MintedToken> {
  // A list only with a count.
  return callOf(appId)('POST /tokens', { body }) as Promise<MintedToken>;
}
