/**
 * The first pass of `--each-reading`: decides the recorded requests again under another option, one after the other, with
 * the tokens, msgids and counters that the earlier ones left. Pure. It cannot see what a client sends after another answer.
 */
import type { Readings } from '../../../../src/protocol/readings.js';
import type { Decision, Effect } from '../../../carrier/engine/decision.js';
import type { ForeignToken, State, TokenRecord } from '../../../carrier/engine/state.js';
import type { Result } from '../../../carrier/result.js';
import type { JournalRecord } from '../../../carrier/store/state-store.js';
import {
  type Deciding,
  decideAgain,
  type Recorded,
  recordedOf,
  withReadings,
} from '../decide-again.js';
import type { Alternative } from './alternatives.js';

/** The recorded requests of a run, in their order. */
export interface Recording {
  readonly deciding: Deciding;
  readonly records: readonly JournalRecord[];
}

export interface Affected {
  readonly alternative: Alternative;
  /** The requests with another answer, or with another effect that a test can read. */
  readonly records: readonly JournalRecord[];
}

/** The alternatives that change an answer of the run. */
export function affectedBy(
  { deciding, records }: Recording,
  alternatives: readonly Alternative[],
): readonly Affected[] {
  const decided = records.map(recordedOf).map((recorded) => ({
    recorded,
    result: decideAgain(deciding, recorded),
  }));
  return alternatives
    .map((alternative) => {
      const isChanged = changeDetector(deciding, alternative);
      const changed = decided.filter(({ recorded, result }) => isChanged(recorded, result));
      return { alternative, records: changed.map(({ recorded }) => recorded.record) };
    })
    .filter((affected) => affected.records.length > 0);
}

function changeDetector(deciding: Deciding, { id, option }: Alternative) {
  const replay = newReplay();
  const current = deciding.settings.readings[id];
  // A test that sets the reading of its app keeps it.
  const change = (readings: Readings): Readings =>
    readings[id] === current ? { ...readings, [id]: option } : readings;
  return (recorded: Recorded, before: Result): boolean => {
    const state = withLimit(deciding, recorded, withReadings(recorded.record.state, change));
    const after = decideAgain(deciding, recorded, stateIn(replay, recorded, state));
    advance(replay, recorded, { before, after });
    return shownOf(before) !== shownOf(after);
  };
}

/** What a client or a test can tell apart. */
function shownOf({ status, resultCode, headers, body, decision }: Result): string {
  const effects = effectsOf(decision).filter(({ kind }) => kind !== 'rememberMsgId');
  return JSON.stringify([status, resultCode, headers, body, effects]);
}

function effectsOf(decision: Decision | undefined): readonly Effect[] {
  return decision?.effects ?? [];
}

/** What the earlier requests left under the other option. */
interface Replay {
  /** The tokens that were used in the recorded run: one that is unused later was restored by a test. */
  readonly usedBefore: Set<string>;
  readonly used: Set<string>;
  readonly msgIds: Set<string>;
  /** By counter: how many calls more than in the recorded run. */
  readonly counted: Map<string, number>;
}

function newReplay(): Replay {
  return { usedBefore: new Set(), used: new Set(), msgIds: new Set(), counted: new Map() };
}

/** The recorded state, with what differs under the other option. */
function stateIn(replay: Replay, { record, draft }: Recorded, state: State): State {
  const { appId = '' } = record;
  const { token, foreignToken, callLimit, callsUsed } = state;
  return {
    ...state,
    token: token && tokenIn(replay, keyOf(appId, draft.token), token),
    foreignToken: foreignToken && foreignIn(replay, foreignToken, draft.token),
    msgIdSeen: replay.msgIds.has(keyOf(appId, draft.msgId)),
    callsUsed: callsUsed + (replay.counted.get(keyOf(appId, callLimit?.counter)) ?? 0),
  };
}

function foreignIn(replay: Replay, foreign: ForeignToken, token: string | undefined): ForeignToken {
  return { ...foreign, record: tokenIn(replay, keyOf(foreign.appId, token), foreign.record) };
}

const ANOTHER_REQUEST = 'another request';

function tokenIn({ usedBefore, used }: Replay, key: string, token: TokenRecord): TokenRecord {
  if (token.usedBy === undefined && usedBefore.delete(key)) used.delete(key);
  return { ...token, usedBy: used.has(key) ? ANOTHER_REQUEST : undefined };
}

function keyOf(appId: string, name: string | undefined): string {
  return `${appId} ${name}`;
}

interface Decided {
  readonly before: Result;
  readonly after: Result;
}

function advance(replay: Replay, { record, draft }: Recorded, decided: Decided): void {
  const { appId = '' } = record;
  const { usedBefore, used, msgIds, counted } = replay;
  const count = (effect: Effect, by: number) => {
    if (effect.kind !== 'countCall') return;
    const key = keyOf(appId, effect.counter);
    counted.set(key, (counted.get(key) ?? 0) + by);
  };
  for (const effect of effectsOf(decided.before.decision)) {
    count(effect, -1);
    if (effect.kind === 'useToken') usedBefore.add(keyOf(appId, draft.token));
  }
  for (const effect of effectsOf(decided.after.decision)) {
    count(effect, 1);
    if (effect.kind === 'useToken') used.add(keyOf(appId, draft.token));
    if (effect.kind === 'rememberMsgId') msgIds.add(keyOf(appId, draft.msgId));
  }
}

/** With the limit that applies under the other option. A package does not depend on it. */
function withLimit({ engine }: Deciding, { record }: Recorded, state: State): State {
  const settings = state.app?.settings;
  if (settings === undefined || settings.contracted) return state;
  const { operation, atMs: nowMs } = record;
  return {
    ...state,
    callLimit: engine.callLimit(operation, { settings, packageNumber: 0, nowMs }),
  };
}
