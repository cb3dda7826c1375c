/** What a call results in, and the reply, which a listener turns into bytes. */
import type { Bilingual } from '../../src/text/bilingual.js';
import type { Decision } from './engine/decision.js';
import { type Fault, faultOf, type Step } from './outcomes/outcome.js';

export interface Result {
  readonly requestId: string;
  /** undefined if a script prevented the decision. */
  readonly decision: Decision | undefined;
  /** The credential for the SMS code (短验辅助), if the decision grants one. */
  readonly accessToken: string | undefined;
  /** undefined if no response is sent. */
  readonly status: number | undefined;
  /** undefined for the media type of the document. */
  readonly contentType: string | undefined;
  /** The HTTP headers that carry fields: names and values in turn. */
  readonly headers: readonly string[];
  readonly body: string;
}

/** undefined if nothing was decided, and for a recorded response without a code. */
export function sentCode({ decision }: Pick<Result, 'decision'>): string | undefined {
  return decision?.reply === undefined ? decision?.resultCode : undefined;
}

/** How a response is sent, if not at once and complete. */
export interface Delivery {
  readonly delayMs: number;
  readonly fault: Fault | undefined;
}

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
}

const JSON_TYPE = 'application/json;charset=UTF-8';
export const HTTP_OK = 200;

interface ReplyInputs {
  readonly step: Step | undefined;
  /** The carrier's latency, unless the step has a delay or a fault. */
  readonly latencyMs: number;
  readonly controlUrl?: string | undefined;
}

export function replyOf(result: Result, { step, latencyMs, controlUrl }: ReplyInputs): Reply {
  const { requestId, decision, status = HTTP_OK, contentType = JSON_TYPE, headers, body } = result;
  return {
    status,
    contentType,
    headers,
    body,
    requestId,
    explanationUrl: controlUrl && `${controlUrl}/_mock/requests/${requestId}/explanation`,
    resultCode: sentCode(result),
    decidedBy: decision?.decidedBy ?? 'forced',
    delivery: deliveryOf(step, latencyMs),
  };
}

function deliveryOf(step: Step | undefined, latencyMs: number): Delivery | undefined {
  const fault = step && faultOf(step.outcome);
  const stepDelayMs = step?.delayMs ?? 0;
  const delayMs = stepDelayMs === 0 && fault === undefined ? latencyMs : stepDelayMs;
  return delayMs === 0 && fault === undefined ? undefined : { delayMs, fault };
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
  };
}

export function problemBody({ status, title, detail }: PlainProblem): string {
  return JSON.stringify({ type: 'about:blank', title, status, detail });
}
