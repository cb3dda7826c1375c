/** What all apps of a server share: the carrier's key, the subscribers, the lifetimes, the clock and the random numbers. */

import type { Operation } from '../../src/protocol/operations.js';
import type { Readings } from '../../src/protocol/readings.js';
import type { RsaKey } from '../../src/protocol/rsa-keys.js';
import type { ConfiguredApp, Teams } from './engine/app-settings.js';
import type { Calibration } from './engine/calibration.js';
import type { Engine } from './engine/engine.js';
import type { RuleSets } from './engine/rules.js';
import type { Log } from './log.js';
import type { Subscriber } from './outcomes/test-numbers.js';
import type { Clock, Random } from './sources.js';
import type { BoundedMap } from './store/bounded.js';
import type { StateStore } from './store/state-store.js';
import type { Tallies } from './tallies.js';

/** Replaced as a whole when the configuration file changes. */
export interface CarrierSettings {
  /** The private half of 平台公钥. */
  readonly platformKey: RsaKey;
  /** 平台公钥 in the portal's format. */
  readonly platformPublicKey: string;
  /** The first is the default where a phone number is omitted. */
  readonly subscribers: readonly [Subscriber, ...Subscriber[]];
  /** The teams of the configuration file, by the hash of their control token. */
  readonly teams: Teams;
  /** The apps that the configuration file owns. */
  readonly apps: readonly ConfiguredApp[];
  /** The default readings of an app. */
  readonly readings: Readings;
  /** undefined if the carrier follows the document and public evidence only. */
  readonly calibration: Calibration | undefined;
  /** The rules in their order of precedence. */
  readonly rules: RuleSets;
  /** The default lifetime of an app's tokens. */
  readonly tokenTtlMs: number;
  readonly accessTokenTtlMs: number;
  /** The default whitelists of an app. */
  readonly defaultIpWhitelist: Readonly<Record<Operation, string | null>>;
}

export interface Carrier {
  readonly engine: Engine;
  readonly store: StateStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly tallies: Tallies;
  /** The ids of the requests that a test marked as expected. Of this server, also if others share the store. */
  readonly expected: BoundedMap<true>;
  settings: CarrierSettings;
  /**
   * The address of the control API, without a slash at the end. undefined before it listens, if it has no address, and if
   * the carrier's callers must not see it.
   */
  controlUrl?: string | undefined;
}
