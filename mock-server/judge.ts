/** One reading of a call made into a reply and the writes that it needs: decided by the rules, or as a test asked for it. */
import type { Carrier } from './carrier.js';
import type { Decision } from './engine/decide.js';
import { readingsOf } from './engine/facts/situation.js';
import { force } from './engine/force.js';
import type { CarrierRequest, Draft } from './engine/request.js';
import type { State } from './engine/state.js';
import { magicResultCode } from './outcomes/magic-tokens.js';
import { type Fault, isWithheld, type Outcome, type Step, type Withheld } from './outcomes/outcome.js';
import { type AppRecord, type ScriptRecord, SERVER_WORLD, type WorldId, type Write } from './state-store.js';
import { UNATTRIBUTED_SHORT_ID } from './worlds/apps.js';
import { copied } from './worlds/kept-exchange.js';
import { writesOf } from './writes.js';

/** How an answer gets on its way, where it is not at once and whole. */
export interface Delivery {
  readonly delayMs: number;
  readonly fault: Fault | undefined;
}

/** What a listener turns into bytes. */
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** undefined where nothing was journalled. */
  readonly requestId: string | undefined;
  /** undefined where nothing was decided. */
  readonly resultCode: string | undefined;
  readonly decidedBy: Decision['decidedBy'] | undefined;
  readonly delivery: Delivery | undefined;
}

/** One request on its way: what was drawn and measured for it once, however often it is decided. */
export interface Call {
  readonly draft: Draft;
  readonly realNowMs: number;
  readonly startedMs: number;
  readonly requestNumber: string;
  readonly taskId: string;
}

/** What was read for a call. */
export interface Reading {
  readonly app: AppRecord | undefined;
  readonly tokenRevision: number;
  readonly state: State;
  readonly nowMs: number;
  /** Of the operation called. */
  readonly script: ScriptRecord | undefined;
  readonly stepsUsed: number;
}

export interface Judgement {
  readonly reply: Reply;
  readonly world: WorldId;
  readonly writes: readonly Write[];
}

export const JSON_TYPE = 'application/json;charset=UTF-8';
const HTTP_OK = 200;

/** `step` is what a header or a script asks for; without one, a magic token may. */
export function judge(carrier: Carrier, call: Call, reading: Reading, step: Step | undefined): Judgement {
  return step !== undefined && isWithheld(step.outcome)
    ? withhold(carrier, call, reading, { step, outcome: step.outcome })
    : answer(carrier, call, reading, step);
}

function answer(carrier: Carrier, call: Call, reading: Reading, step: Step | undefined): Judgement {
  const { engine, settings, random } = carrier;
  const { app, nowMs, state } = reading;
  const readings = readingsOf(state);
  const request = engine.toRequest(call.draft, readings);
  const decision = decideOrForce(carrier, request, { call, reading, outcome: step?.outcome });
  const accessToken = decision.grantsAccessToken ? random.hex(32) : undefined;
  const rendered = engine.render(request, {
    decision,
    app: state.app,
    readings,
    nowMs,
    taskId: call.taskId,
    accessToken,
  });
  const body = step?.outcome.kind === 'malformed' ? cut(rendered) : rendered;
  const { resultCode, decidedBy } = decision;
  const requestId = requestIdOf(call, app);
  const writes = writesOf(decision, {
    call,
    requestId,
    nowMs,
    state,
    tokenRevision: reading.tokenRevision,
    accessToken,
    accessTokenTtlMs: settings.accessTokenTtlMs,
    step,
    status: HTTP_OK,
    responseBody: body,
    durationMs: carrier.clock.elapsedMs() - call.startedMs,
  });
  const delivery = step && deliveryOf(step);
  const reply: Reply = { status: HTTP_OK, contentType: JSON_TYPE, body, requestId, resultCode, decidedBy, delivery };
  return { reply, world: worldOf(app), writes };
}

function decideOrForce(
  { engine, settings }: Carrier,
  request: CarrierRequest,
  { call, reading, outcome }: { readonly call: Call; readonly reading: Reading; readonly outcome: Outcome | undefined },
): Decision {
  const { draft } = call;
  const { state, nowMs } = reading;
  const resultCode = outcome === undefined ? magicResultCode(request.operation, draft.token) : codeOf(outcome);
  return resultCode === undefined
    ? engine.decide(request, state, { nowMs, clientIp: draft.exchange.clientIp })
    : force(request, state, { resultCode, fallbackNumber: settings.subscribers[0].phoneNumber });
}

function codeOf(outcome: Outcome): string | undefined {
  return outcome.kind === 'code' ? outcome.resultCode : undefined;
}

/** What comes before a decision: written down, and nothing else. */
function withhold(
  { clock, settings }: Carrier,
  call: Call,
  { app, nowMs, state }: Reading,
  { step, outcome }: { readonly step: Step; readonly outcome: Withheld },
): Judgement {
  const requestId = requestIdOf(call, app);
  const status = outcome.kind === 'status' ? outcome.status : undefined;
  const writes = writesOf(undefined, {
    call,
    requestId,
    nowMs,
    state,
    tokenRevision: 0,
    accessToken: undefined,
    accessTokenTtlMs: settings.accessTokenTtlMs,
    step,
    status,
    responseBody: '',
    durationMs: clock.elapsedMs() - call.startedMs,
  });
  const reply: Reply = {
    status: status ?? HTTP_OK,
    contentType: JSON_TYPE,
    body: '',
    requestId,
    resultCode: undefined,
    decidedBy: 'forced',
    delivery: deliveryOf(step),
  };
  return { reply, world: worldOf(app), writes };
}

function requestIdOf({ requestNumber }: Call, app: AppRecord | undefined): string {
  return `${app?.shortId ?? UNATTRIBUTED_SHORT_ID}-${requestNumber}`;
}

function worldOf(app: AppRecord | undefined): WorldId {
  return app?.settings.appId ?? SERVER_WORLD;
}

/** Half of it: no parser takes it for JSON, and no scanner finds all that it looks for. */
function cut(body: string): string {
  return copied(body.slice(0, body.length / 2));
}

function deliveryOf({ delayMs, outcome }: Step): Delivery | undefined {
  const fault = faultOf(outcome);
  return delayMs === 0 && fault === undefined ? undefined : { delayMs, fault };
}

function faultOf(outcome: Outcome): Fault | undefined {
  switch (outcome.kind) {
    case 'reset':
    case 'hang':
    case 'lose':
    case 'truncate':
    case 'drip':
      return outcome;
    case 'code':
    case 'pass':
    case 'status':
    case 'malformed':
      return undefined;
    default:
      return outcome satisfies never;
  }
}
