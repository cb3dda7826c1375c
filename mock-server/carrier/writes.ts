/** The writes of a reply: the effects of its decision and its record in the journal. */

import type { Call } from './call.js';
import type { Effect } from './engine/decision.js';
import type { LoadedState } from './load.js';
import type { Result } from './reply.js';
import type { ForcedStep } from './scripted-step.js';
import { keptBody, keptName, toJournalExchange } from './store/journal-exchange.js';
import type { JournalRecord, Write } from './store/state-store.js';

export interface Completed {
  readonly call: Call;
  readonly loaded: LoadedState;
  readonly forced: ForcedStep;
  readonly result: Result;
  readonly requestId: string;
  readonly durationMs: number;
  readonly accessTokenTtlMs: number;
}

const REQUIRE_APP: Write = { kind: 'requireApp' };

export function writesOf(completed: Completed): readonly Write[] {
  // Without it, a request that was loaded before its app was removed would be in the journal of the next app of that id.
  const writes: Write[] = completed.loaded.app === undefined ? [] : [REQUIRE_APP];
  for (const effect of completed.result.decision?.effects ?? []) writes.push(effectWrite(effect, completed));
  writes.push(journalWrite(completed));
  return writes;
}

function effectWrite(effect: Effect, completed: Completed): Write {
  const { call, loaded, result, requestId } = completed;
  const { draft, taskId } = call;
  const { nowMs } = loaded;
  switch (effect.kind) {
    case 'useToken': {
      const { token } = loaded.state;
      if (token === undefined) throw new Error('the decision uses a token that was not loaded');
      const value = { ...token, usedBy: requestId };
      const expectedRevision = loaded.tokenRevision;
      return { kind: 'put', collection: 'token', id: draft.token ?? '', expectedRevision, value };
    }
    case 'countCall':
      return { kind: 'count', counter: effect.counter, limit: effect.limit };
    case 'charge': {
      const { operation } = draft.exchange.row;
      const record = { taskId, operation, resultCode: result.decision?.resultCode ?? '', atMs: nowMs };
      return { kind: 'append', log: 'ledger', record };
    }
    case 'grantAccessToken': {
      const expiresAtMs = nowMs + completed.accessTokenTtlMs;
      const value = { taskId, issuedAtMs: nowMs, expiresAtMs, redeemed: false };
      return { kind: 'put', collection: 'accessToken', id: result.accessToken ?? '', expectedRevision: 0, value };
    }
    case 'rememberMsgId':
      return { kind: 'put', collection: 'msgId', id: draft.msgId ?? '', expectedRevision: 0, value: true };
    default:
      return effect satisfies never;
  }
}

function journalWrite({ call, loaded, forced, result, requestId, durationMs }: Completed): Write {
  const { draft, taskId } = call;
  const { exchange, token } = draft;
  const { state } = loaded;
  const { decision, status } = result;
  const record: JournalRecord = {
    id: requestId,
    receivedAtMs: call.realNowMs,
    atMs: loaded.nowMs,
    // The text of a known app, so that the journal does not keep the same text twice.
    appId: state.app?.settings.appId ?? keptName(draft.appId),
    operation: exchange.row.operation,
    resultCode: decision?.resultCode,
    decidedBy: decision?.decidedBy ?? 'forced',
    charged: decision?.charged === true,
    taskId: decision && taskId,
    durationMs,
    token: keptName(token),
    exchange: toJournalExchange(exchange),
    outcome: forced.step,
    outcomeBy: forced.source,
    status,
    responseBody: keptBody(result.body),
    state,
  };
  return { kind: 'append', log: 'journal', record };
}
