/** The result of a call: withheld by a forced step; or decided or forced, and rendered. The reply that has it. */

import { type Readings, readingsAt } from '../../src/protocol/readings.js';
import { UNATTRIBUTED_SHORT_ID } from './apps/apps.js';
import type { CarrierCall } from './call.js';
import type { Carrier, CarrierSettings } from './carrier.js';
import type { ForcedCode } from './engine/decide.js';
import type { Decision } from './engine/decision.js';
import { readingsOf } from './engine/facts/situation.js';
import type { CarrierRequest } from './engine/request.js';
import type { LoadedState } from './load.js';
import { faultOf, isWithheld, type Step, type Withheld } from './outcomes/outcome.js';
import type { Delivery, Reply } from './reply.js';
import { inOnePiece } from './store/journal-exchange.js';

export interface Result {
  readonly requestId: string;
  /** undefined if a script prevented the decision. */
  readonly decision: Decision | undefined;
  /** undefined if nothing was decided, and for a recorded response without a code. */
  readonly resultCode: string | undefined;
  /** The credential for the SMS code (短验辅助), if the decision grants one. */
  readonly accessToken: string | undefined;
  /** undefined if no response is sent. */
  readonly status: number | undefined;
  /** The HTTP headers that carry fields: names and values in turn. */
  readonly headers: readonly string[];
  readonly body: string;
}

const JSON_TYPE = 'application/json;charset=UTF-8';
const HTTP_OK = 200;

/** A response that is not rendered. */
const UNRENDERED = {
  decision: undefined,
  resultCode: undefined,
  accessToken: undefined,
  headers: [],
  body: '',
} as const;

type Deciding = Pick<Carrier, 'engine' | 'settings'> & {
  readonly random: Pick<Carrier['random'], 'hex'>;
};
type Call = Pick<CarrierCall, 'draft' | 'taskId' | 'requestNumber'>;
type Loaded = Pick<LoadedState, 'app' | 'state' | 'nowMs'>;

export function resultOf(
  carrier: Deciding,
  call: Call,
  loaded: Loaded,
  step: Step | undefined,
): Result {
  const requestId = requestIdOf(call, loaded);
  if (step !== undefined && isWithheld(step.outcome))
    return { ...UNRENDERED, requestId, status: statusOf(step.outcome) };
  const { engine, settings } = carrier;
  const { draft } = call;
  const { state, nowMs } = loaded;
  const readings = readingsAt(readingsOf(state), draft.exchange.row.operation);
  const request = engine.toRequest(draft, readings);
  const decision = engine.decide(request, state, {
    nowMs,
    clientIp: draft.exchange.clientIp,
    rules: settings.rules,
    forced: step && forcedCode(step, settings),
  });
  if (decision.bareStatus !== undefined)
    return { ...UNRENDERED, requestId, decision, status: decision.bareStatus };
  const rendered = renderedResult(carrier, { call, loaded, request, readings, decision });
  const isMalformed = step?.outcome.kind === 'malformed';
  const body = isMalformed ? cutOff(rendered.body) : rendered.body;
  return { requestId, decision, resultCode: decision.resultCode, ...rendered, body };
}

interface Decided {
  readonly call: Call;
  readonly loaded: Loaded;
  readonly request: CarrierRequest;
  readonly readings: Readings;
  readonly decision: Decision;
}

function renderedResult(
  { engine, settings, random }: Deciding,
  { call: { taskId }, loaded: { state, nowMs }, request, readings, decision }: Decided,
) {
  const { operation } = request;
  const accessToken = decision.grantsAccessToken ? random.hex(32) : undefined;
  const { texts, statuses } = settings.calibration ?? {};
  const text = texts?.[operation]?.[decision.resultCode];
  const status = statuses?.[operation]?.[decision.resultCode] ?? HTTP_OK;
  const inputs = { decision, app: state.app, readings, text, nowMs, taskId, accessToken };
  return { accessToken, status, ...engine.render(request, inputs) };
}

/** Joined, because a template literal keeps its parts, and the journal and the used token keep the id. */
function requestIdOf({ requestNumber }: Call, { app }: Loaded): string {
  return [app?.shortId ?? UNATTRIBUTED_SHORT_ID, requestNumber].join('-');
}

function statusOf(outcome: Withheld): number | undefined {
  return outcome.kind === 'status' ? outcome.status : undefined;
}

function forcedCode({ outcome }: Step, { subscribers }: CarrierSettings): ForcedCode | undefined {
  if (outcome.kind !== 'code') return undefined;
  return { ...outcome, fallbackNumber: subscribers[0].phoneNumber };
}

/** Half of it is not valid JSON, and lacks some of the fields. */
function cutOff(body: string): string {
  return inOnePiece(body.slice(0, body.length / 2));
}

interface ReplyInputs extends Pick<Reply, 'delivery' | 'onEnd'> {
  readonly controlUrl?: string | undefined;
}

export function replyOf(result: Result, { controlUrl, delivery, onEnd }: ReplyInputs): Reply {
  const { requestId, decision, resultCode, headers, body } = result;
  const { status = HTTP_OK } = result;
  return {
    status,
    contentType: JSON_TYPE,
    headers,
    body,
    requestId,
    explanationUrl: controlUrl && `${controlUrl}/_mock/requests/${requestId}/explanation`,
    resultCode,
    decidedBy: decision?.decidedBy ?? 'forced',
    delivery,
    onEnd,
  };
}

export function deliveryOf(step: Step | undefined): Delivery | undefined {
  const fault = step && faultOf(step.outcome);
  const delayMs = step?.delayMs ?? 0;
  return delayMs === 0 && fault === undefined ? undefined : { delayMs, fault };
}
