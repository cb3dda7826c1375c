/** Loads everything that a decision needs, in one call of the store. */

import type { Operation } from '../../src/protocol/operations.js';
import { appNowMs } from './apps/app-clock.js';
import type { CarrierCall } from './call.js';
import type { Carrier } from './carrier.js';
import { compileApp } from './engine/app-settings.js';
import { moduleOf } from './engine/operations/operations.js';
import type { ForeignToken, State, TokenRecord } from './engine/state.js';
import { numberScript, type ScriptedNumber } from './outcomes/forced-outcome.js';
import type { ScriptRecord } from './outcomes/outcome.js';
import { subscriberOf, unmetByNumber } from './outcomes/test-numbers.js';
import type { MaybePromise } from './store/maybe-promise.js';
import {
  type AppRecord,
  EMPTY_VIEW,
  type ForeignView,
  type PartitionView,
  SERVER_PARTITION,
  type StoredToken,
} from './store/state-store.js';

export interface LoadedState {
  readonly app: AppRecord | undefined;
  readonly tokenRevision: number;
  readonly state: State;
  /** By the app's clock. */
  readonly nowMs: number;
  /** The app's script for the operation. */
  readonly script: ScriptRecord | undefined;
  /** The script of the presented token's number for the operation. */
  readonly numberScript: ScriptRecord | undefined;
  /** The app's counters, by name. */
  readonly counters: ReadonlyMap<string, number>;
}

type LoadInput = Pick<CarrierCall, 'draft' | 'realNowMs'>;

/** What the store has for a request. */
export function readStored(
  { store }: Carrier,
  { draft }: Pick<LoadInput, 'draft'>,
): MaybePromise<PartitionView> {
  const { exchange, appId, token, msgId } = draft;
  const { shortIdOf } = moduleOf(exchange.row.operation).tokens;
  return store.readPartition(appId ?? SERVER_PARTITION, { token, msgId, shortIdOf });
}

/** The state if the store cannot be reached. */
export function loadedWithoutStore(carrier: Carrier, call: CarrierCall): LoadedState {
  const loaded = loadedFrom(carrier, call, EMPTY_VIEW);
  return { ...loaded, state: { ...loaded.state, storeUp: false } };
}

export function loadedFrom(carrier: Carrier, input: LoadInput, view: PartitionView): LoadedState {
  const { settings } = carrier;
  const { operation } = input.draft.exchange.row;
  const own =
    view.app === undefined
      ? partWithoutApp(input)
      : partOfApp(carrier, input, view.app.value, view);
  const foreign = view.foreign && foreignToken(view.foreign, input.realNowMs);
  const known = own.token ?? foreign?.record;
  const subscriber = known && subscriberOf(settings, known.phoneNumber);
  return {
    app: own.record,
    nowMs: own.nowMs,
    tokenRevision: view.token?.revision ?? 0,
    ...scriptsFor(own.record, operation, subscriber ?? known),
    counters: view.counters,
    state: {
      storeUp: true,
      app: own.app,
      token: own.token,
      foreignToken: foreign,
      unmetByNumber: unmetByNumber(subscriber),
      callLimit: own.callLimit,
      callsUsed: callsUsed(view, own.callLimit),
      msgIdSeen: view.msgIdSeen,
      carrierReadings: settings.readings,
      platformKey: settings.platformKey,
    },
  };
}

/** What depends on the app of the request. */
interface AppPart extends Pick<State, 'app' | 'token' | 'callLimit'> {
  readonly record: AppRecord | undefined;
  readonly nowMs: number;
}

function partWithoutApp({ realNowMs }: LoadInput): AppPart {
  return {
    record: undefined,
    nowMs: realNowMs,
    app: undefined,
    token: undefined,
    callLimit: undefined,
  };
}

function partOfApp(
  { engine }: Carrier,
  input: LoadInput,
  record: AppRecord,
  view: PartitionView,
): AppPart {
  const { draft, realNowMs } = input;
  const { settings, packageNumber } = record;
  const nowMs = appNowMs(view.clock?.value, realNowMs);
  return {
    record,
    nowMs,
    app: compileApp(settings),
    token: view.token && tokenOf(view.token.value),
    callLimit: engine.callLimit(draft.exchange.row.operation, { settings, packageNumber, nowMs }),
  };
}

function scriptsFor(
  app: AppRecord | undefined,
  operation: Operation,
  number: ScriptedNumber | undefined,
) {
  return {
    script: app?.scripts?.[operation],
    numberScript: app && number && numberScript(app, operation, number),
  };
}

function callsUsed({ counters }: PartitionView, callLimit: State['callLimit']): number {
  return callLimit === undefined ? 0 : (counters.get(callLimit.counter) ?? 0);
}

export function tokenOf({ record, usedBy }: StoredToken): TokenRecord {
  return usedBy === undefined ? record : { ...record, usedBy };
}

function foreignToken({ appId, token, clock }: ForeignView, realNowMs: number): ForeignToken {
  return { appId, record: tokenOf(token), nowMs: appNowMs(clock, realNowMs) };
}
