/** The port to where state is kept. Every app is a world; one more, the server's, has the list of apps and the requests of no app. */
import type { Operation } from '../../../src/protocol/operations.js';
import type { KeptExchange } from '../apps/kept-exchange.js';
import type { AppSettings } from '../engine/app-settings.js';
import type { Decision } from '../engine/decision.js';
import type { State, TokenRecord } from '../engine/state.js';
import type { NumberScripts, OutcomeSource, ScriptRecord, Step } from '../outcomes/outcome.js';
import type { MaybePromise } from './maybe-promise.js';

export type { ScriptRecord };

/** An app's id, or SERVER_WORLD. */
export type WorldId = string;

/** No app has the empty id. */
export const SERVER_WORLD: WorldId = '';

export interface AppRecord {
  readonly settings: AppSettings;
  /** What a reset goes back to. */
  readonly configured: AppSettings;
  /** Who made it: the configuration file or the control API. */
  readonly origin: 'configuration' | 'api';
  /** Who set the control token that counts. One set through the API stays until the app is deleted, whatever the file says. */
  readonly controlTokenFrom: 'configuration' | 'api';
  /** Six letters and digits that name this world in its tokens and request ids. */
  readonly shortId: string;
  /** Goes up each time that the call package is changed. */
  readonly packageNumber: number;
  /** Scripts by phone number. Here, since a decision loads its app anyway. */
  readonly numbers?: Readonly<Record<string, NumberScripts>> | undefined;
}

/** The app's clock: the real one and an offset, or a moment at which it stands. */
export interface ClockRecord {
  readonly offsetMs: number;
  readonly frozenAtMs: number | undefined;
}

export interface AccessTokenRecord {
  readonly taskId: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  readonly redeemed: boolean;
}

/** One request, with the facts and credentials that its decision used: an explanation asked for later does not change when the app does. */
export interface JournalRecord {
  readonly id: string;
  /** Orders the requests of all worlds; real time, since each world has its own clock. */
  readonly receivedAtMs: number;
  /** By the app's clock. */
  readonly atMs: number;
  /** As it was sent, known or not; undefined where it could not be read. */
  readonly appId: string | undefined;
  readonly operation: Operation;
  /** undefined where a script kept the carrier from deciding. */
  readonly resultCode: string | undefined;
  readonly decidedBy: Decision['decidedBy'];
  readonly charged: boolean;
  readonly taskId: string | undefined;
  readonly durationMs: number;
  readonly token: string | undefined;
  readonly exchange: KeptExchange;
  /** The step that was asked for, by a header or a script. */
  readonly outcome: Step | undefined;
  readonly outcomeBy: OutcomeSource | undefined;
  /** undefined where no answer begins. */
  readonly status: number | undefined;
  readonly responseBody: string;
  readonly state: State;
}

/** 话单: one line for each charged call. */
export interface LedgerRecord {
  readonly taskId: string;
  readonly operation: Operation;
  readonly resultCode: string;
  readonly atMs: number;
}

/** What a snapshot has beside the parts that are copied: when it was taken, by the app's clock, whether that stood, and of the app's record what is no setting. */
export interface SnapshotRecord {
  readonly atMs: number;
  readonly frozen: boolean;
  readonly packageNumber: number;
  readonly numbers: AppRecord['numbers'];
}

/** What a world keeps by id, one value an id. `app` and `clock` have the single id "". */
export interface Collections {
  readonly app: AppRecord;
  readonly clock: ClockRecord;
  readonly token: TokenRecord;
  readonly accessToken: AccessTokenRecord;
  readonly msgId: true;
  /** By operation. */
  readonly script: ScriptRecord;
  readonly snapshot: SnapshotRecord;
  /** In the server's world only: which app a short id names. */
  readonly shortId: string;
}
export type Collection = keyof Collections;
/** Those that can have many ids. */
export type LargeCollection = Exclude<Collection, 'app' | 'clock' | 'script'>;
export const ONLY = '';

/** What a world keeps in the order of writing, the oldest dropped beyond a bound. */
export interface Logs {
  readonly journal: JournalRecord;
  readonly ledger: LedgerRecord;
}
export type LogName = keyof Logs;

/** A value and its revision, which no other value of the same world ever had. */
export interface Entry<T> {
  readonly revision: number;
  readonly value: T;
}

/** A token of another app, and what tells that app's time. */
export interface ForeignView {
  readonly appId: string;
  readonly token: TokenRecord;
  readonly clock: ClockRecord | undefined;
}

/** What one decision needs of one world. */
export interface WorldView {
  readonly app: Entry<AppRecord> | undefined;
  readonly clock: Entry<ClockRecord> | undefined;
  readonly token: Entry<TokenRecord> | undefined;
  /** The token in the world that its text names, where this one does not have it. */
  readonly foreign: ForeignView | undefined;
  readonly msgIdSeen: boolean;
  readonly script: ScriptRecord | undefined;
  readonly counters: ReadonlyMap<string, number>;
}

export interface LogView<T> {
  /** Newest first. */
  readonly records: readonly T[];
  /** Everything ever appended since the log was last cleared, forgotten or not. */
  readonly appended: number;
  /** How many were dropped beyond the bound, by the label that they were appended with. */
  readonly evicted: ReadonlyMap<string, number>;
}

type Put = {
  readonly [C in Collection]: {
    readonly kind: 'put';
    readonly collection: C;
    readonly id: string;
    /** 0: there must be none yet. */
    readonly expectedRevision: number;
    readonly value: Collections[C];
  };
}[Collection];

type Append = {
  readonly [L in LogName]: {
    readonly kind: 'append';
    readonly log: L;
    readonly record: Logs[L];
    readonly label: string;
    /** What it counts for against the bound in bytes. */
    readonly bytes: number;
  };
}[LogName];

export type Part = Collection | LogName | 'counters';

export type Write =
  | Put
  | Append
  /** One more, unless that would be more than the limit. */
  | { readonly kind: 'count'; readonly counter: string; readonly limit: number | null }
  /** Forgets a count. */
  | { readonly kind: 'uncount'; readonly counter: string }
  | { readonly kind: 'remove'; readonly collection: Collection; readonly id: string }
  | { readonly kind: 'clear'; readonly parts: readonly Part[] }
  /** Drops the requests of the journal that named an app. */
  | { readonly kind: 'forget'; readonly appId: string };

export type CommitOutcome = 'committed' | 'stale';

/** What is looked up in a world beside its app: a token, a msgid, the script of an operation. */
export interface At {
  readonly token: string | undefined;
  readonly msgId: string | undefined;
  readonly operation?: Operation;
  /** The short id in the token's text. */
  readonly tokenShortId?: string | undefined;
}

/** Hears of each journal record when it has been written. */
export type JournalListener = (record: JournalRecord) => void;

/** Of the requests that this server answered, or of those of every server that shares the store. */
export type JournalScope = 'own' | 'all';

/** The store cannot be reached, or refuses what it is asked: not a mistake of this program. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

export interface StateStore {
  /** Everything that a decision needs, in one go; of a world that is not there, a view of nothing. */
  readWorld(world: WorldId, at: At): MaybePromise<WorldView>;
  get<C extends Collection>(world: WorldId, collection: C, id: string): MaybePromise<Entry<Collections[C]> | undefined>;
  list<C extends Collection>(world: WorldId, collection: C): MaybePromise<ReadonlyMap<string, Collections[C]>>;
  /** How many ids a collection has, of those that have many. */
  size(world: WorldId, collection: LargeCollection): MaybePromise<number>;
  /** All that is kept, or as many of the newest as are wanted. */
  log<L extends LogName>(world: WorldId, log: L, newest?: number): MaybePromise<LogView<Logs[L]>>;
  /** All of the writes, or none of them and `stale`: a revision has moved on, or a bounded count is full. */
  commit(world: WorldId, writes: readonly Write[]): MaybePromise<CommitOutcome>;
  /** Counts one, and says how many were counted before; undefined, and nothing counted, where that would be more than the limit. */
  take(world: WorldId, counter: string, limit: number): MaybePromise<number | undefined>;
  drop(world: WorldId): MaybePromise<void>;
  /** Until the returned function is called. All, unless the scope is said. */
  watchJournal(listener: JournalListener, scope?: JournalScope): () => void;
  /** undefined where the store cannot keep copies. */
  readonly snapshots: Snapshots | undefined;
  /** Whether other servers keep their state here too. */
  readonly shared: boolean;
  /** Lets go of what it holds open; nothing may be asked of it afterwards. */
  close(): MaybePromise<void>;
  /** undefined where the store does not count what it keeps. */
  readonly census?: Census;
}

/** Counts of what is kept, for whoever asks for metrics: made when they are asked for. */
export interface Census {
  /** How many records journals have dropped beyond their bounds at this server's writes, whatever became of their apps since. */
  journalEvictions(): MaybePromise<number>;
  /** The tokens of a world, by its clock's time. */
  tokens(world: WorldId, nowMs: number): MaybePromise<TokenCount>;
}

export interface TokenCount {
  readonly kept: number;
  /** Neither used up nor too old; undefined where the store would have to look at each. */
  readonly live: number | undefined;
}

// Each is a copy of all that an app has: a suite saves one and restores it, over and over.
export const SNAPSHOTS_MAX = 10;

/** Copies of parts of a world, kept until the world is dropped. */
export interface Snapshots {
  /** Keeps a copy under an id; beyond a bound of copies the oldest goes. */
  save(world: WorldId, id: string, parts: readonly Part[]): void;
  /** Puts a copy back, as often as wanted; false where there is none. */
  restore(world: WorldId, id: string): boolean;
}

// Credentials handed out with 001 live five minutes; this many in a world outlast any test.
export const ACCESS_TOKENS_MAX = 100_000;
// As many as a busy day of calls, kept only under the reading that refuses a msgid sent twice.
export const MSG_IDS_MAX = 100_000;
// One a day by the app's clock, and one for each change of the call package: 27 years of days.
export const COUNTERS_MAX = 10_000;

/** Bounds on what is kept, each for one world but the one over all journals. */
export interface StoreLimits {
  readonly tokensMax: number;
  readonly journalRecordsMax: number;
  readonly journalBytesMax: number;
  /** Of all worlds together, where they share a memory. */
  readonly journalBytesTotalMax: number;
  readonly ledgerRecordsMax: number;
}

export const DEFAULT_LIMITS: StoreLimits = {
  // A load test's worth: about 300 MB at the bound.
  tokensMax: 1_000_000,
  // More than anybody scrolls through, and a search over all of them stays under a millisecond.
  journalRecordsMax: 10_000,
  // Ten thousand ordinary requests are about 15 MB; it is bodies of 64 KiB that this guards against.
  journalBytesMax: 32 * 1024 * 1024,
  // 350 000 ordinary requests. A server takes a quarter of its heap where that is less.
  journalBytesTotalMax: 512 * 1024 * 1024,
  // An account of a load test; `charged` stays exact beyond it.
  ledgerRecordsMax: 100_000,
};
