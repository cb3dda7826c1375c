/** A reply, which a listener turns into bytes. */
import type { Bilingual } from '../../src/text/bilingual.js';
import type { Decision } from './engine/decision.js';
import type { Fault } from './outcomes/outcome.js';

/** How a response is sent, if not at once and complete. */
export interface Delivery {
  readonly delayMs: number;
  readonly fault: Fault | undefined;
}

/** Why a caller did not get the whole response. */
export type DeliveryFailure =
  /** A script or header forced it. */
  | 'reset'
  | 'truncated'
  | 'clientClosed'
  | 'serverStopped'
  /** Too many responses wait, or this one waited too long. */
  | 'limit';

export interface Reply {
  readonly status: number;
  readonly contentType: string;
  /** The carrier's own headers: names and values in turn. */
  readonly headers: readonly string[];
  readonly body: string;
  /** undefined if the request is not in the journal. */
  readonly requestId: string | undefined;
  /** The address of the request's explanation; undefined without an explanation or without an address of the control API. */
  readonly explanationUrl: string | undefined;
  /** undefined if nothing was decided. */
  readonly resultCode: string | undefined;
  readonly decidedBy: Decision['decidedBy'] | undefined;
  readonly delivery: Delivery | undefined;
  /**
   * Called when a response with a `delivery` is handed to the connection as a whole, and when any response fails.
   * undefined if the request is not in the journal.
   */
  readonly onEnd: ((failure?: DeliveryFailure) => void) | undefined;
}

export interface PlainProblem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

export const INVALID_REQUEST: Bilingual = { en: 'Invalid request', zh: '请求无效' };

/** An error of the mock itself, for which the carrier has no result. RFC 9457. */
export function problemReply(problem: PlainProblem): Reply {
  return {
    status: problem.status,
    contentType: 'application/problem+json; charset=utf-8',
    headers: [],
    body: problemBody(problem),
    requestId: undefined,
    explanationUrl: undefined,
    resultCode: undefined,
    decidedBy: undefined,
    delivery: undefined,
    onEnd: undefined,
  };
}

export function problemBody({ status, title, detail }: PlainProblem): string {
  return JSON.stringify({ type: 'about:blank', title, status, detail });
}
