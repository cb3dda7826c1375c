/** What a decision has to write, in the store's words: its effects, and its line in the journal. */

import type { Decision, Effect } from './engine/decide.js';
import type { State } from './engine/state.js';
import type { Call } from './judge.js';
import type { Step } from './outcomes/outcome.js';
import type { JournalRecord, Write } from './state-store.js';
import { settingsWeight, weightOf } from './worlds/journal.js';
import { keptExchange } from './worlds/kept-exchange.js';

export interface WriteInputs {
  readonly call: Call;
  readonly requestId: string;
  readonly nowMs: number;
  readonly state: State;
  readonly tokenRevision: number;
  readonly accessToken: string | undefined;
  readonly accessTokenTtlMs: number;
  /** What was asked for, by a header or a script. */
  readonly step: Step | undefined;
  readonly status: number | undefined;
  readonly responseBody: string;
  readonly durationMs: number;
}

const MICROSECONDS = 1000;

/** `decision` is undefined where a script kept the carrier from deciding. */
export function writesOf(decision: Decision | undefined, inputs: WriteInputs): readonly Write[] {
  const writes: Write[] = [];
  if (decision !== undefined) {
    for (const effect of decision.effects) writes.push(effectWrite(effect, decision, inputs));
  }
  writes.push(journalWrite(decision, inputs));
  return writes;
}

function effectWrite(effect: Effect, { resultCode }: Decision, inputs: WriteInputs): Write {
  const { call, requestId, nowMs, state, tokenRevision } = inputs;
  const { draft, taskId } = call;
  switch (effect.kind) {
    case 'useToken': {
      if (state.token === undefined) throw new Error('a token that was not read cannot be used up');
      const value = { ...state.token, usedBy: requestId };
      return { kind: 'put', collection: 'token', id: draft.token ?? '', expectedRevision: tokenRevision, value };
    }
    case 'countCall':
      return { kind: 'count', counter: effect.counter, limit: effect.limit };
    case 'charge': {
      const record = { taskId, operation: draft.row.operation, resultCode, atMs: nowMs };
      return { kind: 'append', log: 'ledger', record, label: draft.row.operation, bytes: 0 };
    }
    case 'grantAccessToken': {
      const value = { taskId, issuedAtMs: nowMs, expiresAtMs: nowMs + inputs.accessTokenTtlMs, redeemed: false };
      return { kind: 'put', collection: 'accessToken', id: inputs.accessToken ?? '', expectedRevision: 0, value };
    }
    case 'rememberMsgId':
      return { kind: 'put', collection: 'msgId', id: draft.msgId ?? '', expectedRevision: 0, value: true };
    default:
      return effect satisfies never;
  }
}

function journalWrite(decision: Decision | undefined, inputs: WriteInputs): Write {
  const { call, requestId, nowMs, state, step, status, responseBody, durationMs } = inputs;
  const { draft, taskId } = call;
  const { exchange, row, token } = draft;
  // The app's own text where it is known: the one that was sent is as long, and would be kept beside it.
  const appId = state.app?.settings.appId ?? draft.appId;
  const record: JournalRecord = {
    id: requestId,
    receivedAtMs: call.realNowMs,
    atMs: nowMs,
    appId,
    operation: row.operation,
    resultCode: decision?.resultCode,
    decidedBy: decision?.decidedBy ?? 'forced',
    charged: decision?.charged === true,
    taskId: decision && taskId,
    durationMs: Math.round(durationMs * MICROSECONDS) / MICROSECONDS,
    token,
    exchange: keptExchange(exchange),
    outcome: step,
    status,
    responseBody,
    state,
  };
  const bytes = weightOf(record) + settingsWeight(state.app);
  return { kind: 'append', log: 'journal', record, label: labelOf(record), bytes };
}

/** What a dropped record is counted under: its code, which tells the operation too; undecided ones by their operation. */
function labelOf({ resultCode, operation }: JournalRecord): string {
  return resultCode ?? operation;
}
