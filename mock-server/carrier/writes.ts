/** The writes of a reply: the effects of its decision and its record in the journal. */

import { type CarrierCall, elapsedMs } from './call.js';
import type { Carrier } from './carrier.js';
import type { Effect } from './engine/decision.js';
import type { LoadedState } from './load.js';
import type { ForcedOutcome } from './outcomes/forced-outcome.js';
import type { Delivery } from './reply.js';
import type { Result } from './result.js';
import { keptBody, keptName, toJournalExchange } from './store/journal-exchange.js';
import type { JournalRecord, RecordDelivery, Write } from './store/state-store.js';

interface Decided {
  readonly call: CarrierCall;
  readonly loaded: LoadedState;
  readonly forced: ForcedOutcome;
  readonly result: Result;
  readonly delivery: Delivery | undefined;
}

interface Writes {
  readonly writes: readonly Write[];
  readonly record: JournalRecord;
}

const REQUIRE_APP: Write = { kind: 'requireApp' };

export function writesOf(carrier: Carrier, decided: Decided): Writes {
  // Without it, a request that was loaded before its app was removed would be in the journal of the next app of that id.
  const writes: Write[] = decided.loaded.app === undefined ? [] : [REQUIRE_APP];
  for (const effect of decided.result.decision?.effects ?? [])
    writes.push(effectWrite(effect, carrier, decided));
  const record = journalRecord(decided, elapsedMs(carrier, decided.call));
  writes.push({ kind: 'append', log: 'journal', record });
  return { writes, record };
}

function effectWrite(effect: Effect, carrier: Carrier, decided: Decided): Write {
  switch (effect.kind) {
    case 'useToken':
      return useToken(decided);
    case 'countCall':
      return { kind: 'count', counter: effect.counter, limit: effect.limit };
    case 'charge':
      return charge(decided);
    case 'grantAccessToken':
      return grantAccessToken(carrier, decided);
    case 'rememberMsgId':
      return rememberMsgId(decided);
    default:
      return effect satisfies never;
  }
}

function useToken({ call, loaded, result }: Decided): Write {
  const { token } = loaded.state;
  if (token === undefined) throw new Error('the decision uses a token that was not loaded');
  return {
    kind: 'put',
    collection: 'token',
    id: call.draft.token ?? '',
    expectedRevision: loaded.tokenRevision,
    value: { record: token, usedBy: result.requestId },
  };
}

function charge({ call, loaded, result }: Decided): Write {
  const { draft, taskId } = call;
  const { operation } = draft.exchange.row;
  const resultCode = result.decision?.resultCode ?? '';
  return {
    kind: 'append',
    log: 'ledger',
    record: { taskId, operation, resultCode, atMs: loaded.nowMs },
  };
}

function grantAccessToken({ settings }: Carrier, { call, loaded, result }: Decided): Write {
  const issuedAtMs = loaded.nowMs;
  const expiresAtMs = issuedAtMs + settings.accessTokenTtlMs;
  return {
    kind: 'put',
    collection: 'accessToken',
    id: result.accessToken ?? '',
    expectedRevision: 0,
    value: { taskId: call.taskId, issuedAtMs, expiresAtMs, redeemed: false },
  };
}

function rememberMsgId({ call }: Decided): Write {
  return {
    kind: 'put',
    collection: 'msgId',
    id: call.draft.msgId ?? '',
    expectedRevision: 0,
    value: true,
  };
}

const PENDING: RecordDelivery = { state: 'pending' };

function journalRecord(decided: Decided, durationMs: number): JournalRecord {
  const { call, loaded, forced, result, delivery } = decided;
  const { draft, taskId } = call;
  const { exchange, token } = draft;
  const { state } = loaded;
  const { decision, status } = result;
  return {
    id: result.requestId,
    receivedAtMs: call.realNowMs,
    atMs: loaded.nowMs,
    // The text of a known app, so that the journal does not keep the same text twice.
    appId: state.app?.settings.appId ?? keptName(draft.appId),
    operation: exchange.row.operation,
    resultCode: result.resultCode,
    decidedBy: decision?.decidedBy ?? 'forced',
    charged: decision?.charged === true,
    taskId: decision && taskId,
    durationMs,
    delivery: delivery && PENDING,
    token: keptName(token),
    exchange: toJournalExchange(exchange),
    outcome: forced.source === 'token' ? undefined : forced.step,
    outcomeBy: forced.source,
    status,
    responseBody: keptBody(result.body),
    state,
  };
}
