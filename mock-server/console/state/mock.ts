/** The control API, called with the token and the language of this page. Its calls reject with a ControlError. */

import { computed, signal } from '@preact/signals';
import { createMockApp } from '../../../src/control/create-mock-app.js';
import { ControlError } from '../../../src/control/errors.js';
import { connectMock } from '../../../src/control/mock.js';
import type { KnownApp, MockApp } from '../../../src/control/mock-app.js';
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
const UNAVAILABLE = 503;
const HEALTH_PAUSE_MS = 2000;

/** Why the server cannot answer requests, for example without its store; undefined if it can. */
export const unhealthy = signal<string | undefined>(undefined);
let isChecking = false;

/** Asks until the server is healthy again. */
async function checkHealth(): Promise<void> {
  if (isChecking) return;
  isChecking = true;
  try {
    await mock.health();
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

const CONNECTION = { url: BASE, fetch: authorizedFetch };

export const mock = connectMock(CONNECTION);

/** For calls that `mock` does not have. */
export const transport = createTransport(CONNECTION);

/** The calls of an app. It has no settings: those are in `apps`. */
export function mockApp(appId: string): MockApp {
  return createMockApp(transport, { appId } as KnownApp, { removable: true });
}
