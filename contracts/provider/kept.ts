/** Where `--keep` left what a failed case made, in a mock. */
import type { Kept } from '../results/result.js';
import type { WireAnswer } from './subject.js';

export interface KeptCall {
  /** Of the control API, which has the console too. */
  readonly controlUrl: string;
  readonly appId: string;
  readonly curl: string;
  /** Undefined where the mock was not asked. */
  readonly answer: WireAnswer | undefined;
}

export function keptOf({ controlUrl, appId, curl, answer }: KeptCall): Kept {
  const requestId = answer?.headers['x-mock-request-id'];
  if (requestId === undefined) return { appId, curl };
  const query = new URLSearchParams({ appId });
  const console = `${controlUrl}/#/requests/${encodeURIComponent(requestId)}?${query}`;
  return { appId, curl, requestId, console };
}
