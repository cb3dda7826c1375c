/** The shell around the pure engine: read, decide, commit; again if another request got in first. */
import type { Carrier } from './carrier.js';
import { subscriberOf } from './carrier.js';
import { compileApp } from './engine/app-settings.js';
import { type Draft, type Exchange, parseDraft } from './engine/request.js';
import type { ForeignToken, State } from './engine/state.js';
import { shortIdOf } from './engine/token-format.js';
import { type Call, judge, type Reading, type Reply } from './judge.js';
import { chain, type MaybePromise } from './maybe-promise.js';
import { endlessStep, stepAt, stepsBounded } from './outcomes/cursor.js';
import type { Step } from './outcomes/outcome.js';
import { headerStep } from './outcomes/outcome-header.js';
import { unmetByPersona } from './outcomes/personas.js';
import { type Answered, requestEntry } from './request-log.js';
import { type ForeignView, SERVER_WORLD, StoreUnavailableError, type WorldView } from './state-store.js';
import { appNowMs } from './worlds/app-clock.js';

/** undefined for a path that is not the carrier's. */
export type Handle = (exchange: Exchange) => MaybePromise<Reply | undefined>;

// A stale commit means that another request won: the next read sees its write and refuses. Two attempts suffice
// for a token; racing calls of one app on the last calls of a package may need more. This bound guards against a broken store.
const COMMIT_ATTEMPTS_MAX = 8;

export function createHandle(carrier: Carrier): Handle {
  return (exchange) => {
    const draft = parseDraft(exchange);
    if (draft === undefined) return undefined;
    const step = headerStep(draft.row.operation, exchange.rawHeaders);
    if (step !== undefined && 'problem' in step) return misuse(step.problem);
    return answer(carrier, startCall(carrier, draft), step);
  };
}

/** Our own header, wrong: the carrier knows nothing of it, so this is not its answer. */
function misuse(detail: string): Reply {
  const status = 400;
  return {
    status,
    contentType: 'application/problem+json',
    body: JSON.stringify({ type: 'about:blank', title: 'Invalid request', status, detail }),
    requestId: undefined,
    resultCode: undefined,
    decidedBy: undefined,
    delivery: undefined,
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
function answer(carrier: Carrier, call: Call, step: Step | undefined): MaybePromise<Reply> {
  const failed = (error: unknown) => answerWithoutStore(carrier, call, { error, step });
  try {
    const reply = attempt(carrier, call, { step, left: COMMIT_ATTEMPTS_MAX });
    return reply instanceof Promise ? reply.catch(failed) : reply;
  } catch (error) {
    return failed(error);
  }
}

interface Attempt {
  /** What a header asks for, or what an attempt before this one took from the script. */
  readonly step: Step | undefined;
  readonly left: number;
}

function attempt(carrier: Carrier, call: Call, { step, left }: Attempt): MaybePromise<Reply> {
  if (left === 0) throw new Error(`no commit succeeded in ${COMMIT_ATTEMPTS_MAX} attempts`);
  return chain(read(carrier, call), (reading) =>
    chain(step ?? scriptedStep(carrier, reading), (asked) => {
      const { reply, world, writes } = judge(carrier, call, reading, asked);
      return chain(carrier.store.commit(world, writes), (outcome) => {
        if (outcome === 'stale') return attempt(carrier, call, { step: asked, left: left - 1 });
        return answered(carrier, call, { reply, known: reading.app !== undefined });
      });
    }),
  );
}

/** The next step of the app's script, taken; undefined without one, and when it is finished. */
function scriptedStep({ store }: Carrier, { app, script, stepsUsed }: Reading): MaybePromise<Step | undefined> {
  if (app === undefined || script === undefined) return undefined;
  const { steps, cursor } = script;
  const bounded = stepsBounded(steps);
  if (stepsUsed >= bounded) return endlessStep(steps);
  // Counted at once, and by the store: no two racing requests get the same step.
  return chain(store.take(app.settings.appId, cursor, bounded), (used) =>
    used === undefined ? endlessStep(steps) : stepAt(steps, used),
  );
}

function read(carrier: Carrier, call: Call): MaybePromise<Reading> {
  const { appId, token, msgId, row } = call.draft;
  const tokenShortId = token === undefined ? undefined : shortIdOf(token);
  const view = carrier.store.readWorld(appId ?? SERVER_WORLD, { token, msgId, operation: row.operation, tokenShortId });
  return chain(view, (own) => toReading(carrier, call, own));
}

function foreignToken(foreign: ForeignView | undefined, realNowMs: number): ForeignToken | undefined {
  if (foreign === undefined) return undefined;
  const { appId, token, clock } = foreign;
  return { appId, record: token, nowMs: appNowMs(clock, realNowMs) };
}

function toReading({ engine, settings }: Carrier, { draft, realNowMs }: Call, view: WorldView): Reading {
  const app = view.app?.value;
  const nowMs = app === undefined ? realNowMs : appNowMs(view.clock?.value, realNowMs);
  const callLimit =
    app && engine.callLimit(draft.row.operation, { settings: app.settings, packageNumber: app.packageNumber, nowMs });
  const token = app && view.token?.value;
  const known = token ?? view.foreign?.token;
  return {
    app,
    nowMs,
    tokenRevision: view.token?.revision ?? 0,
    script: view.script,
    stepsUsed: view.script === undefined ? 0 : (view.counters.get(view.script.cursor) ?? 0),
    state: {
      storeUp: true,
      app: app && compileApp(app.settings),
      token,
      foreignToken: foreignToken(view.foreign, realNowMs),
      unmetByPersona: unmetByPersona(known && subscriberOf(settings, known.phoneNumber)),
      callLimit,
      callsUsed: callLimit === undefined ? 0 : (view.counters.get(callLimit.counter) ?? 0),
      msgIdSeen: view.msgIdSeen,
      carrierReadings: settings.readings,
      platformKey: settings.platformKey,
    },
  };
}

/** Counted, and told to whoever listens. */
function answered(
  { tallies, clock, log }: Carrier,
  call: Call,
  { reply, known }: Pick<Answered, 'reply' | 'known'>,
): Reply {
  const durationMs = clock.elapsedMs() - call.startedMs;
  tallies.requests.answered(call.draft.row.operation, reply, durationMs);
  log.debug(() => requestEntry({ call, reply, durationMs, known }));
  return reply;
}

function answerWithoutStore(
  carrier: Carrier,
  call: Call,
  { error, step }: { readonly error: unknown; readonly step: Step | undefined },
): Reply {
  const state: State = {
    storeUp: false,
    app: undefined,
    token: undefined,
    foreignToken: undefined,
    unmetByPersona: [],
    callLimit: undefined,
    callsUsed: 0,
    msgIdSeen: false,
    carrierReadings: carrier.settings.readings,
    platformKey: carrier.settings.platformKey,
  };
  const reading = { app: undefined, nowMs: call.realNowMs, tokenRevision: 0, state, script: undefined, stepsUsed: 0 };
  const { reply } = judge(carrier, call, reading, step);
  const { requestId, decidedBy } = reply;
  const told = (reason: unknown) =>
    `request ${requestId} is not in the journal and was answered ${decidedBy}: ${reason}`;
  const fields = { requestId, decidedBy };
  // A store that is gone has said so once; any other mistake is this program's, and nothing else would show it.
  if (error instanceof StoreUnavailableError) carrier.log.debug(() => ({ message: told(error.message), fields }));
  else carrier.log.error(told(error instanceof Error ? error.stack : error), { fields });
  return answered(carrier, call, { reply, known: false });
}
