/** The app of a failed case that `--keep` leaves in a mock. */
import type { KeptApp } from './result.js';
import type { WireAnswer } from './wire.js';

export interface KeptAppInputs {
  /** The URL of the control API and console. */
  readonly controlUrl: string;
  readonly appId: string;
  readonly curl: string;
  /** Undefined if no request reached the mock. */
  readonly answer: WireAnswer | undefined;
}

export function keptApp({ controlUrl, appId, curl, answer }: KeptAppInputs): KeptApp {
  const requestId = answer?.headers['x-mock-request-id'];
  if (requestId === undefined) return { appId, curl };
  const query = new URLSearchParams({ appId });
  const console = `${controlUrl}/#/requests/${encodeURIComponent(requestId)}?${query}`;
  return { appId, curl, requestId, console };
}
