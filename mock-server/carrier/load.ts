/** Loads everything that a decision needs, in one call of the store. */

import { appNowMs } from './apps/app-clock.js';
import { numberScript } from './apps/scripts.js';
import type { Call } from './call.js';
import { type Carrier, subscriberOf } from './carrier.js';
import { compileApp } from './engine/app-settings.js';
import { moduleOf } from './engine/operations/operations.js';
import type { ForeignToken, State } from './engine/state.js';
import type { ScriptRecord } from './outcomes/outcome.js';
import { unmetByNumber } from './outcomes/test-numbers.js';
import { chain, type MaybePromise } from './store/maybe-promise.js';
import {
  type AppRecord,
  EMPTY_VIEW,
  type ForeignView,
  type PartitionView,
  SERVER_PARTITION,
  tokenOf,
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

type LoadInput = Pick<Call, 'draft' | 'realNowMs'>;

export function load(carrier: Carrier, call: LoadInput): MaybePromise<LoadedState> {
  const { appId, token, msgId } = call.draft;
  const { shortIdOf } = moduleOf(call.draft.exchange.row.operation).tokens;
  const view = carrier.store.readPartition(appId ?? SERVER_PARTITION, { token, msgId, shortIdOf });
  return chain(view, (read) => loadedFrom(carrier, call, read));
}

/** The state if the store cannot be reached. */
export function loadedWithoutStore(carrier: Carrier, call: Call): LoadedState {
  const loaded = loadedFrom(carrier, call, EMPTY_VIEW);
  return { ...loaded, state: { ...loaded.state, storeUp: false } };
}

function loadedFrom({ engine, settings }: Carrier, { draft, realNowMs }: LoadInput, view: PartitionView): LoadedState {
  const { operation } = draft.exchange.row;
  const app = view.app?.value;
  const nowMs = app === undefined ? realNowMs : appNowMs(view.clock?.value, realNowMs);
  const callLimit =
    app && engine.callLimit(operation, { settings: app.settings, packageNumber: app.packageNumber, nowMs });
  const token = app && view.token && tokenOf(view.token.value);
  const foreign = view.foreign && foreignToken(view.foreign, realNowMs);
  const known = token ?? foreign?.record;
  const subscriber = known && subscriberOf(settings, known.phoneNumber);
  return {
    app,
    nowMs,
    tokenRevision: view.token?.revision ?? 0,
    script: app?.scripts?.[operation],
    numberScript: app && known && numberScript(app, operation, subscriber ?? known),
    counters: view.counters,
    state: {
      storeUp: true,
      app: app && compileApp(app.settings),
      token,
      foreignToken: foreign,
      unmetByNumber: unmetByNumber(subscriber),
      callLimit,
      callsUsed: callLimit === undefined ? 0 : (view.counters.get(callLimit.counter) ?? 0),
      msgIdSeen: view.msgIdSeen,
      carrierReadings: settings.readings,
      platformKey: settings.platformKey,
    },
  };
}

function foreignToken({ appId, token, clock }: ForeignView, realNowMs: number): ForeignToken {
  return { appId, record: tokenOf(token), nowMs: appNowMs(clock, realNowMs) };
}
