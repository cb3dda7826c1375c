/** The interface of a store. Each app's state is a partition; the server's partition has the list of apps and the requests with an unknown app. */

import type { Operation } from '../../../src/protocol/operations.js';
import { BilingualError } from '../../../src/text/bilingual.js';
import type { AppSettings } from '../engine/app-settings.js';
import type { Decision } from '../engine/decision.js';
import type { State, TokenRecord } from '../engine/state.js';
import type { OutcomeSource } from '../outcomes/forced-outcome.js';
import type { Scripts, Step } from '../outcomes/outcome.js';
import type { DeliveryFailure } from '../reply.js';
import type { JournalExchange } from './journal-exchange.js';
import type { MaybePromise } from './maybe-promise.js';

/** An appId, or SERVER_PARTITION. */
export type PartitionId = string;

/** No appId is empty. */
export const SERVER_PARTITION: PartitionId = '';

export interface AppRecord {
  readonly settings: AppSettings;
  /** The settings after a reset. */
  readonly configured: AppSettings;
  /** What created the app: the configuration file, the console, or another caller of the control API. */
  readonly origin: 'configuration' | 'console' | 'api';
  /** The source of the effective control token. A token set through the API replaces that of the file until the app is deleted. */
  readonly controlTokenFrom: 'configuration' | 'api';
  /** Six letters and digits that identify the app in its tokens and request ids. */
  readonly shortId: string;
  /** Increases with each change of the call package. */
  readonly packageNumber: number;
  /** The scripts of the app, and those of phone numbers. Part of this record because a decision loads it anyway. */
  readonly scripts?: Scripts | undefined;
  readonly numbers?: Readonly<Record<string, Scripts>> | undefined;
}

/** The app's clock: the real time plus an offset, or the time at which it is frozen. */
export interface ClockRecord {
  readonly offsetMs: number;
  readonly frozenAtMs: number | undefined;
}

/** A token as it was issued, shared by those that were minted together, and the id of the request that used it. */
export interface StoredToken {
  readonly record: TokenRecord;
  readonly usedBy?: string | undefined;
}

export interface AccessTokenRecord {
  readonly taskId: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  readonly redeemed: boolean;
}

/** One request with the state that decided it, so that a later change of the app does not change its explanation. */
export interface JournalRecord {
  readonly id: string;
  /** Orders the requests of all apps. In real time, because each app has its own clock. */
  readonly receivedAtMs: number;
  /** By the app's clock. */
  readonly atMs: number;
  /** As sent, even if unknown; undefined if it could not be parsed. */
  readonly appId: string | undefined;
  /** The operation of the path; for a path that the carrier does not have, the one that the body resembles. */
  readonly operation: Operation;
  /** undefined if a script prevented the decision, and for a path that the carrier does not have. */
  readonly resultCode: string | undefined;
  readonly decidedBy: Decision['decidedBy'];
  readonly charged: boolean;
  readonly taskId: string | undefined;
  /** Until the decision. */
  readonly durationMs: number;
  /** undefined for a response that was sent at once. All that changes in a record: a script may delay or break a response. */
  delivery?: RecordDelivery | undefined;
  readonly token: string | undefined;
  readonly exchange: JournalExchange;
  /** The step that a header or a script forced. */
  readonly outcome: Step | undefined;
  /** What forced it; for a magic token, without a step. */
  readonly outcomeBy: OutcomeSource | undefined;
  /** undefined if no response was sent. */
  readonly status: number | undefined;
  readonly responseBody: string;
  readonly state: State;
}

/** Times are real. `delivered`: the whole response was handed to the connection. */
export type RecordDelivery =
  | { readonly state: 'pending' }
  | { readonly state: 'delivered'; readonly atMs: number }
  | { readonly state: 'notDelivered'; readonly atMs: number; readonly reason: DeliveryFailure };

/** 话单: one line for each charged call. */
export interface LedgerRecord {
  readonly taskId: string;
  readonly operation: Operation;
  readonly resultCode: string;
  readonly atMs: number;
}

/** What a snapshot has in addition to the copied parts: the app's clock, and the parts of the app's record that are not settings. */
export interface SnapshotRecord {
  readonly atMs: number;
  readonly frozen: boolean;
  readonly packageNumber: number;
  readonly scripts: AppRecord['scripts'];
  readonly numbers: AppRecord['numbers'];
}

/** The values of a partition, by id. `app` and `clock` have the single id "". */
export interface Collections {
  readonly app: AppRecord;
  readonly clock: ClockRecord;
  readonly token: StoredToken;
  readonly accessToken: AccessTokenRecord;
  readonly msgId: true;
  readonly snapshot: SnapshotRecord;
  /** Only in the server's partition: the appId of a short id. */
  readonly shortId: string;
}
export type Collection = keyof Collections;
/** The collections that can have many ids. */
export type LargeCollection = Exclude<Collection, 'app' | 'clock'>;
export const ONLY = '';

/** The logs of a partition, in the order of writing. The oldest records are dropped above a limit. */
export interface Logs {
  readonly journal: JournalRecord;
  readonly ledger: LedgerRecord;
}
export type LogName = keyof Logs;

/** A value and its revision, which no other value of the partition ever had. */
export interface Entry<T> {
  readonly revision: number;
  readonly value: T;
}

export interface ForeignView {
  readonly appId: string;
  readonly token: StoredToken;
  readonly clock: ClockRecord | undefined;
}

export interface PartitionView {
  readonly app: Entry<AppRecord> | undefined;
  readonly clock: Entry<ClockRecord> | undefined;
  readonly token: Entry<StoredToken> | undefined;
  /** The token in the partition that its text identifies, if this partition does not have it. */
  readonly foreign: ForeignView | undefined;
  readonly msgIdSeen: boolean;
  readonly counters: ReadonlyMap<string, number>;
}

export const EMPTY_VIEW: PartitionView = {
  app: undefined,
  clock: undefined,
  token: undefined,
  foreign: undefined,
  msgIdSeen: false,
  counters: new Map(),
};

export interface LogView<T> {
  /** Newest first. */
  readonly records: readonly T[];
  /** All records appended since the log was last cleared. */
  readonly appended: number;
  /** How many of them were dropped above the limit. */
  readonly evicted: number;
}

export type Put = {
  readonly [C in Collection]: {
    readonly kind: 'put';
    readonly collection: C;
    readonly id: string;
    /** 0 for a new id. */
    readonly expectedRevision: number;
    readonly value: Collections[C];
  };
}[Collection];

export type Append = {
  readonly [L in LogName]: {
    readonly kind: 'append';
    readonly log: L;
    readonly record: Logs[L];
  };
}[LogName];

export type PartitionPart = Collection | LogName | 'counters';

export type Write =
  | Put
  | Append
  /** Adds one, unless the limit is reached. */
  | { readonly kind: 'count'; readonly counter: string; readonly limit: number | null }
  /** Deletes a counter. */
  | { readonly kind: 'uncount'; readonly counter: string }
  | { readonly kind: 'remove'; readonly collection: Collection; readonly id: string }
  | { readonly kind: 'clear'; readonly parts: readonly PartitionPart[] }
  /** Makes the commit stale if the partition has no app: it may have been removed since it was loaded. */
  | { readonly kind: 'requireApp' };

export type CommitOutcome = 'committed' | 'stale';

/** What to load from a partition in addition to its app: a token, a msgid. */
export interface At {
  readonly token: string | undefined;
  readonly msgId: string | undefined;
  /** Returns the short id in the text of a token, to find a token of another app; by default only own tokens are found. */
  readonly shortIdOf?: (token: string) => string | undefined;
}

/** Called with each journal record after it was written. */
export type JournalListener = (record: JournalRecord) => void;

/** What happened to records that were written before. */
export type JournalChange =
  | { readonly kind: 'delivered'; readonly record: JournalRecord }
  | ({ readonly kind: 'removed' } & Removal);

/** Removed records of one journal. */
export interface Removal {
  /** One that ends with `*` means all that begin so. */
  readonly ids: readonly string[];
  /** undefined for the journal of the requests without a known app. */
  readonly app?: { readonly settings: Pick<AppSettings, 'appId' | 'lock'> } | undefined;
}

export type JournalChangeListener = (change: JournalChange) => void;

/** A record whose delivery was pending, and how it ended. */
export interface EndedDelivery {
  readonly record: JournalRecord;
  readonly delivery: RecordDelivery;
}

/** The requests of this server, or of all servers that share the store. */
export type JournalScope = 'own' | 'all';

/** The store cannot be reached or refuses a command. Not a bug of this program. */
export class StoreUnavailableError extends BilingualError {
  override readonly name = 'StoreUnavailableError';
}

export interface StateStore {
  /** Loads everything that a decision needs in one call. The view of a partition that does not exist is empty. */
  readPartition(partition: PartitionId, at: At): MaybePromise<PartitionView>;
  get<C extends Collection>(
    partition: PartitionId,
    collection: C,
    id: string,
  ): MaybePromise<Entry<Collections[C]> | undefined>;
  list<C extends Collection>(
    partition: PartitionId,
    collection: C,
  ): MaybePromise<ReadonlyMap<string, Collections[C]>>;
  /** The number of ids in a collection. */
  size(partition: PartitionId, collection: LargeCollection): MaybePromise<number>;
  /** All records, or only the newest ones. */
  log<L extends LogName>(
    partition: PartitionId,
    log: L,
    newest?: number,
  ): MaybePromise<LogView<Logs[L]>>;
  /**
   * The journal, newest first: the records in the order of their commits, some at a time, so that a caller can read a
   * journal without holding all of it.
   */
  journal(partition: PartitionId): AsyncIterable<readonly JournalRecord[]>;
  /** Removes records from the journal, as if they had never been written. */
  forget(partition: PartitionId, ids: ReadonlySet<string>): MaybePromise<void>;
  /** Applies all writes or none. Returns `stale` if a revision has changed or a counter has reached its limit. */
  commit(partition: PartitionId, writes: readonly Write[]): MaybePromise<CommitOutcome>;
  /** Adds one to a counter and returns the count before; at the limit, counts nothing and returns undefined. */
  take(partition: PartitionId, counter: string, limit: number): MaybePromise<number | undefined>;
  /** Replaces the delivery of a record of the journal, if it is still there. */
  endDelivery(partition: PartitionId, ended: EndedDelivery): MaybePromise<void>;
  /** Reports removed records to the listeners of `watchChanges`. */
  announceRemoval(removal: Removal): MaybePromise<void>;
  drop(partition: PartitionId): MaybePromise<void>;
  /** Watches until the returned function is called. The default scope is `all`. */
  watchJournal(listener: JournalListener, scope?: JournalScope): () => void;
  /** Watches the changes of all servers that share the store, until the returned function is called. */
  watchChanges(listener: JournalChangeListener): () => void;
  /** undefined if the store does not support snapshots. */
  readonly snapshots: Snapshots | undefined;
  /** True if other servers may share the store. */
  readonly shared: boolean;
  /** Closes connections. The store must not be used afterwards. */
  close(): MaybePromise<void>;
  readonly census: Census;
}

/** Counts for the metrics, made on request. */
export interface Census {
  /** How many journal records the writes of this server have dropped, including those of apps that were deleted since. */
  journalEvictions(): MaybePromise<number>;
  /** The tokens of a partition, at the time of its clock. */
  tokens(partition: PartitionId, nowMs: number): MaybePromise<TokenCount>;
}

export interface TokenCount {
  readonly kept: number;
  /** Neither used up nor expired; undefined if the store would have to read each token. */
  readonly live: number | undefined;
}

// Each copies the whole state of an app. A suite saves one and restores it repeatedly.
export const SNAPSHOTS_MAX = 10;

/** Copies of parts of a partition, kept until the partition is dropped. */
export interface Snapshots {
  /** Saves a copy under an id. Above the limit, the oldest copy is dropped. */
  save(partition: PartitionId, id: string, parts: readonly PartitionPart[]): void;
  /** Restores a copy, any number of times; false if it does not exist. */
  restore(partition: PartitionId, id: string): boolean;
}

// A credential of 001 lives five minutes; this many per app are enough for any test.
export const ACCESS_TOKENS_MAX = 100_000;
// The calls of a busy day. Only kept with the reading that refuses a repeated msgid.
export const MSG_IDS_MAX = 100_000;
// One per day of the app's clock and one per change of the call package: enough for 27 years of days.
export const COUNTERS_MAX = 10_000;

/** Limits of the store, each for one partition except `journalRecordsTotalMax`. */
export interface StoreLimits {
  readonly tokensMax: number;
  readonly journalRecordsMax: number;
  /** For all journals together. */
  readonly journalRecordsTotalMax: number;
  readonly ledgerRecordsMax: number;
}

export const DEFAULT_LIMITS: StoreLimits = {
  // Enough for a load test: about 75 MB at the limit.
  tokensMax: 300_000,
  // More than people scroll through, and a search over all of them takes less than a millisecond.
  journalRecordsMax: 10_000,
  // 150 MB of ordinary requests. A server keeps fewer if its heap is small.
  journalRecordsTotalMax: 100_000,
  // Enough for a load test; `charged` stays exact above it.
  ledgerRecordsMax: 100_000,
};
