/** What all worlds of one server share: the carrier's key, its subscribers, the lifetimes, and the sources of time and chance. */
import type { Bilingual, Language } from '../../src/protocol/bilingual.js';
import type { Operation } from '../../src/protocol/operations.js';
import type { RsaKey } from '../../src/protocol/rsa-keys.js';
import type { Tallies } from '../telemetry/metrics/tallies.js';
import type { ConfiguredApp } from './apps/app-input.js';
import type { Calibration } from './engine/calibration.js';
import type { Engine } from './engine/engine.js';
import type { Readings } from './engine/readings.js';
import type { Subscriber } from './outcomes/personas.js';
import type { Clock, Random } from './sources.js';
import type { StateStore } from './store/state-store.js';

/** Changed as a whole when the configuration file changes. */
export interface CarrierSettings {
  /** The private half of 平台公钥. */
  readonly platformKey: RsaKey;
  /** 平台公钥 in the portal's format. */
  readonly platformPublicKey: string;
  /** At least one: the first is who is meant where no number is given. */
  readonly subscribers: readonly [Subscriber, ...Subscriber[]];
  /** The apps that the configuration file owns. */
  readonly apps: readonly ConfiguredApp[];
  /** The readings of an app that names none. */
  readonly readings: Readings;
  /** undefined for a carrier by the document and public evidence. */
  readonly calibration: Calibration | undefined;
  /** How long a token lives that an app without a lifetime of its own gets. */
  readonly tokenTtlMs: number;
  readonly accessTokenTtlMs: number;
  /** What an app that names no list admits. */
  readonly defaultIpWhitelist: Readonly<Record<Operation, string | null>>;
}

export interface Carrier {
  /** How it decides. */
  readonly engine: Engine;
  readonly store: StateStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** What is counted for whoever asks for metrics. */
  readonly tallies: Tallies;
  settings: CarrierSettings;
  /**
   * The control API's own address, without a slash at its end; undefined before it listens, where it has none, and where
   * callers of the carrier are not to learn it.
   */
  controlUrl?: string | undefined;
}

/** The server's log; each line is one event. No message and no field contains a token, a number or a secret. */
export interface Log {
  error(message: Bilingual, more?: LogDetails): void;
  /** Written wherever info is. */
  warn(message: Bilingual, more?: LogDetails): void;
  info(message: Bilingual, more?: LogDetails): void;
  /** One for each request, so the entry is only made if it is written. */
  debug(entry: () => LogEntry): void;
}

/** Names are ours; what is undefined is left out. */
export type LogFields = Readonly<Record<string, unknown>>;

export interface LogDetails {
  /** What the message says, for machines. */
  readonly fields?: LogFields;
  /** Written with `--log-secrets` only. */
  readonly secrets?: (language: Language) => LogFields;
}

export interface LogEntry extends LogDetails {
  readonly message: Bilingual;
}

export function subscriberOf({ subscribers }: CarrierSettings, phoneNumber: string): Subscriber | undefined {
  return subscribers.find((subscriber) => subscriber.phoneNumber === phoneNumber);
}
