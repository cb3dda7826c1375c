/** A carrier with a store and a clock that the test chooses. */

import { createApp } from '../../mock-server/carrier/apps/apps.js';
import { applyConfiguredApps } from '../../mock-server/carrier/apps/configured-apps.js';
import type { Carrier } from '../../mock-server/carrier/carrier.js';
import type { AppInput } from '../../mock-server/carrier/engine/app-settings.js';
import { ENGINE } from '../../mock-server/carrier/engine/engine.js';
import { createRandom } from '../../mock-server/carrier/sources.js';
import { BoundedMap } from '../../mock-server/carrier/store/bounded.js';
import { createMemoryStore } from '../../mock-server/carrier/store/memory.js';
import type { AppRecord, StateStore } from '../../mock-server/carrier/store/state-store.js';
import { createTallies } from '../../mock-server/carrier/tallies.js';
import { toConfiguration } from '../../mock-server/options/configuration.js';
import type { ConfigurationInput } from '../../mock-server/options/settings.js';
import { silentLog } from '../../mock-server/telemetry/log.js';
import type { Language } from '../../src/text/bilingual.js';
import type { TestApp } from './mock.js';

const NO_APPS = toConfiguration({ apps: [] }, '127.0.0.1').settings;

export interface FakeClock {
  /** The real time. Each app's clock is relative to it. */
  nowMs: number;
}

export interface TestCarrier {
  readonly carrier: Carrier;
  readonly clock: FakeClock;
}

export interface CarrierOptions {
  readonly nowMs: number;
  readonly store?: StateStore;
  readonly settings?: Carrier['settings'];
  /** The server's language; by default English. */
  readonly language?: Language;
}

export function newCarrier(options: CarrierOptions): TestCarrier {
  const { nowMs, store = createMemoryStore(), settings = NO_APPS, language = 'en' } = options;
  const clock = { nowMs };
  const carrier: Carrier = {
    engine: ENGINE,
    store,
    clock: { nowMs: () => clock.nowMs, elapsedMs: () => 0 },
    random: createRandom('by hand'),
    log: { ...silentLog, language },
    tallies: createTallies(),
    expected: new BoundedMap(1000),
    settings,
  };
  return { carrier, clock };
}

/** 2026-11-25 12:00:00 in Beijing. */
export const NOON_MS = Date.UTC(2026, 10, 25, 4);

/** At noon, with the apps of a configuration. */
export async function configuredCarrier(
  configuration: ConfigurationInput = {},
  language: Language = 'en',
): Promise<TestCarrier> {
  const { limits, settings } = toConfiguration(configuration, '127.0.0.1');
  const made = newCarrier({ nowMs: NOON_MS, store: createMemoryStore(limits), settings, language });
  await applyConfiguredApps(made.carrier);
  return made;
}

/** Creates an app as the control API does. */
export async function addApp(carrier: Carrier, input: AppInput = {}): Promise<AppRecord> {
  const created = await createApp(carrier, input, 'api');
  if (typeof created === 'string') throw new Error(`cannot create the app: ${created}`);
  return created;
}

export function credentialsOf(
  { settings }: AppRecord,
  { settings: { platformPublicKey } }: Carrier,
): TestApp {
  const { appId, appKey, appSecret } = settings;
  return { appId, appKey, appSecret, platformPublicKey };
}

/** The same store behind a wait at each call, so that the steps of racing requests fall between one another's. */
export function slowStore(store: StateStore): StateStore {
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    readPartition: async (partition, at) => {
      const view = await store.readPartition(partition, at);
      // The memory store's counters are the live ones; what has been read must not change on the way back.
      const read = { ...view, counters: new Map(view.counters) };
      await turn();
      return read;
    },
    get: async (partition, collection, id) => {
      const entry = await store.get(partition, collection, id);
      await turn();
      return entry;
    },
    list: async (partition, collection) => {
      const values = await store.list(partition, collection);
      await turn();
      return values;
    },
    size: async (partition, collection) => {
      await turn();
      return store.size(partition, collection);
    },
    log: async (partition, log, newest) => {
      await turn();
      return store.log(partition, log, newest);
    },
    journal: (partition) => store.journal(partition),
    forget: (partition, ids) => store.forget(partition, ids),
    commit: async (partition, writes) => {
      await turn();
      return store.commit(partition, writes);
    },
    take: async (partition, counter, limit) => {
      await turn();
      return store.take(partition, counter, limit);
    },
    endDelivery: (partition, ended) => store.endDelivery(partition, ended),
    announceRemoval: (removal) => store.announceRemoval(removal),
    watchJournal: (listener, scope) => store.watchJournal(listener, scope),
    watchChanges: (listener) => store.watchChanges(listener),
    snapshots: store.snapshots,
    census: store.census,
    shared: store.shared,
    close: () => store.close(),
    drop: async (partition) => {
      await turn();
      await store.drop(partition);
    },
  };
}
