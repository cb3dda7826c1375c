/** The shell around the pure engine: read, decide, commit; again if another request got in first. */
import type { Carrier } from './carrier.js';
import { subscriberOf } from './carrier.js';
import { compileApp } from './engine/app-settings.js';
import { type Decision, decide } from './engine/decide.js';
import { readingsOf } from './engine/facts/situation.js';
import { force } from './engine/force.js';
import { callLimit } from './engine/quota.js';
import { render } from './engine/render.js';
import { type CarrierRequest, type Draft, type Exchange, parseDraft, toRequest } from './engine/request.js';
import type { ForeignToken, State } from './engine/state.js';
import { shortIdOf } from './engine/token-format.js';
import { chain, type MaybePromise } from './maybe-promise.js';
import { magicResultCode } from './outcomes/magic-tokens.js';
import { unmetByPersona } from './outcomes/personas.js';
import { type AppRecord, type Entry, SERVER_WORLD, type WorldId, type WorldView } from './state-store.js';
import { appNowMs } from './worlds/app-clock.js';
import { UNATTRIBUTED_SHORT_ID } from './worlds/apps.js';
import { writesOf } from './writes.js';

/** What a listener turns into bytes. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly requestId: string;
  readonly resultCode: string;
  readonly decidedBy: Decision['decidedBy'];
}

/** undefined for a path that is not the carrier's. */
export type Handle = (exchange: Exchange) => MaybePromise<Reply | undefined>;

/** One request on its way: what was drawn and measured for it once, however often it is decided. */
export interface Call {
  readonly draft: Draft;
  readonly realNowMs: number;
  readonly startedMs: number;
  readonly requestNumber: string;
  readonly taskId: string;
}

/** What was read for a call. */
interface Reading {
  readonly app: AppRecord | undefined;
  readonly tokenRevision: number;
  readonly state: State;
  readonly nowMs: number;
}

// A stale commit means that another request won: the next read sees its write and refuses. Two attempts suffice
// for a token; racing calls of one app on the last calls of a package may need more. This bound guards against a broken store.
const COMMIT_ATTEMPTS_MAX = 8;
const HTTP_OK = 200;

export function createHandle(carrier: Carrier): Handle {
  return (exchange) => {
    const draft = parseDraft(exchange);
    return draft === undefined ? undefined : answer(carrier, startCall(carrier, draft));
  };
}

function startCall({ clock, random }: Carrier, draft: Draft): Call {
  return {
    draft,
    startedMs: clock.elapsedMs(),
    realNowMs: clock.nowMs(),
    requestNumber: random.hex(16),
    taskId: random.hex(32),
  };
}

/** The carrier always answers: where the store is gone it says so with its own code. */
function answer(carrier: Carrier, call: Call): MaybePromise<Reply> {
  const failed = (error: unknown) => answerWithoutStore(carrier, call, error);
  try {
    const reply = attempt(carrier, call, COMMIT_ATTEMPTS_MAX);
    return reply instanceof Promise ? reply.catch(failed) : reply;
  } catch (error) {
    return failed(error);
  }
}

function attempt(carrier: Carrier, call: Call, attemptsLeft: number): MaybePromise<Reply> {
  if (attemptsLeft === 0) throw new Error(`no commit succeeded in ${COMMIT_ATTEMPTS_MAX} attempts`);
  return chain(read(carrier, call), (reading) => {
    const { reply, world, writes } = judge(carrier, call, reading);
    return chain(carrier.store.commit(world, writes), (outcome) => {
      if (outcome === 'stale') return attempt(carrier, call, attemptsLeft - 1);
      carrier.log.debug(() => requestLine(call, reply));
      return reply;
    });
  });
}

function read(carrier: Carrier, call: Call): MaybePromise<Reading> {
  const { appId, token, msgId } = call.draft;
  const view = carrier.store.readWorld(appId ?? SERVER_WORLD, { token, msgId });
  return chain(view, (own) =>
    chain(readForeignToken(carrier, call, own), (foreignToken) =>
      toReading(carrier, call, { view: own, foreignToken }),
    ),
  );
}

/** The token in the world that its text names, where the calling app does not have it. */
function readForeignToken(
  { store }: Carrier,
  { draft: { token }, realNowMs }: Call,
  own: WorldView,
): MaybePromise<ForeignToken | undefined> {
  const shortId = token === undefined || own.token !== undefined ? undefined : shortIdOf(token);
  if (shortId === undefined || shortId === own.app?.value.shortId) return undefined;
  return chain(store.get(SERVER_WORLD, 'shortId', shortId), (entry?: Entry<string>) => {
    if (entry === undefined) return undefined;
    const appId = entry.value;
    return chain(store.readWorld(appId, { token, msgId: undefined }), (view) =>
      view.token === undefined
        ? undefined
        : { appId, record: view.token.value, nowMs: appNowMs(view.clock?.value, realNowMs) },
    );
  });
}

function toReading(
  { settings }: Carrier,
  { draft, realNowMs }: Call,
  { view, foreignToken }: { readonly view: WorldView; readonly foreignToken: ForeignToken | undefined },
): Reading {
  const app = view.app?.value;
  const nowMs = app === undefined ? realNowMs : appNowMs(view.clock?.value, realNowMs);
  const packageNumber = app?.packageNumber ?? 0;
  const limited = app && callLimit(draft.row.operation, { settings: app.settings, packageNumber, nowMs });
  const token = app && view.token?.value;
  const known = token ?? foreignToken?.record;
  return {
    app,
    nowMs,
    tokenRevision: view.token?.revision ?? 0,
    state: {
      storeUp: true,
      app: app && compileApp(app.settings),
      token,
      foreignToken,
      unmetByPersona: unmetByPersona(known && subscriberOf(settings, known.phoneNumber)),
      callsUsed: limited === undefined ? 0 : (view.counters.get(limited.counter) ?? 0),
      packageNumber,
      msgIdSeen: view.msgIdSeen,
      carrierReadings: settings.readings,
      platformKey: settings.platformKey,
    },
  };
}

function judge(carrier: Carrier, call: Call, reading: Reading) {
  const { settings, random, clock } = carrier;
  const { app, nowMs, state, tokenRevision } = reading;
  const readings = readingsOf(state);
  const request = toRequest(call.draft, readings);
  const decision = decideOrForce(carrier, request, { call, state, nowMs });
  const accessToken = decision.grantsAccessToken ? random.hex(32) : undefined;
  const body = render(request, { decision, app: state.app, readings, nowMs, taskId: call.taskId, accessToken });
  const id = `${app?.shortId ?? UNATTRIBUTED_SHORT_ID}-${call.requestNumber}`;
  const world: WorldId = app?.settings.appId ?? SERVER_WORLD;
  const writes = writesOf(decision, {
    call,
    requestId: id,
    nowMs,
    state,
    tokenRevision,
    accessToken,
    accessTokenTtlMs: settings.accessTokenTtlMs,
    responseBody: body,
    durationMs: clock.elapsedMs() - call.startedMs,
  });
  const reply: Reply = {
    status: HTTP_OK,
    body,
    requestId: id,
    resultCode: decision.resultCode,
    decidedBy: decision.decidedBy,
  };
  return { reply, world, writes };
}

function decideOrForce(
  { settings }: Carrier,
  request: CarrierRequest,
  { call, state, nowMs }: { readonly call: Call; readonly state: State; readonly nowMs: number },
): Decision {
  const { draft } = call;
  const resultCode = magicResultCode(request.operation, draft.token);
  return resultCode === undefined
    ? decide(request, state, { nowMs, clientIp: draft.exchange.clientIp })
    : force(request, state, { resultCode, fallbackNumber: settings.subscribers[0].phoneNumber });
}

function requestLine({ draft }: Call, { resultCode, decidedBy, requestId }: Reply): string {
  const { row, appId = '-', exchange } = draft;
  return `${row.operation} ${resultCode} ${decidedBy} app ${JSON.stringify(appId)} from ${exchange.clientIp} request ${requestId}`;
}

function answerWithoutStore(carrier: Carrier, call: Call, error: unknown): Reply {
  const state: State = {
    storeUp: false,
    app: undefined,
    token: undefined,
    foreignToken: undefined,
    unmetByPersona: [],
    callsUsed: 0,
    packageNumber: 0,
    msgIdSeen: false,
    carrierReadings: carrier.settings.readings,
    platformKey: carrier.settings.platformKey,
  };
  const { reply } = judge(carrier, call, { app: undefined, nowMs: call.realNowMs, tokenRevision: 0, state });
  const reason = error instanceof Error ? error.message : String(error);
  carrier.log.error(`request ${reply.requestId} is not in the journal and was answered ${reply.decidedBy}: ${reason}`);
  return reply;
}
