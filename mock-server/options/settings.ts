/** What a server is configured with: the content of its configuration file, and its defaults. */

import { getHeapStatistics } from 'node:v8';
import demoApps from '../../fixtures/apps.json' with { type: 'json' };
import keys from '../../fixtures/keys/keys.json' with { type: 'json' };
import demoSubscribers from '../../fixtures/subscribers.json' with { type: 'json' };
import { byOperation, type Operation } from '../../src/protocol/operations.js';
import { DEFAULT_READINGS, type Readings } from '../../src/protocol/readings.js';
import { publicHalf, type RsaKey, readPrivateKey } from '../../src/protocol/rsa-keys.js';
import { sha256Hex } from '../../src/protocol/sign.js';
import { mergeReadings } from '../carrier/apps/app-input.js';
import { teamScope, teamsOf } from '../carrier/apps/locks.js';
import type { CarrierSettings } from '../carrier/carrier.js';
import type { ConfiguredApp, ConfiguredTeam, Nullable } from '../carrier/engine/app-settings.js';
import { type Calibration, observedReadings } from '../carrier/engine/calibration.js';
import { LOOPBACK_WHITELIST } from '../carrier/engine/ip-whitelist.js';
import { orderedRuleSets, type Precedence } from '../carrier/engine/rules.js';
import type { Scripts } from '../carrier/outcomes/outcome.js';
import { parseScript } from '../carrier/outcomes/script.js';
import type { Subscriber } from '../carrier/outcomes/test-numbers.js';
import { RECORD_BYTES_MAX } from '../carrier/store/journal-exchange.js';
import { DEFAULT_LIMITS, type StoreLimits } from '../carrier/store/state-store.js';
import { optionError } from './messages.js';

/** A subscriber of the file. `outcomes` has the script that its phone number forces, for each operation. */
export interface ConfiguredSubscriber extends Omit<Subscriber, 'scripts'> {
  readonly outcomes?: Partial<Readonly<Record<Operation, string>>>;
}

/** The content of the file. Every key is optional and has a default. */
export interface ConfigurationInput {
  readonly apps?: readonly ConfiguredApp[];
  readonly teams?: readonly ConfiguredTeam[];
  readonly subscribers?: readonly ConfiguredSubscriber[];
  readonly lifetimes?: { readonly tokenTtlMs?: number; readonly accessTokenTtlMs?: number };
  readonly readings?: Nullable<Readings>;
  /** The output of `contract calibrate`. */
  readonly calibration?: Calibration;
  /** The order of the rules of an operation, instead of that of the calibration. */
  readonly precedence?: Precedence;
  /** The private key of 平台公钥, for clients with a hard-coded public key. */
  readonly platformKey?: string;
  readonly limits?: Partial<StoreLimits>;
}

export interface Configuration {
  readonly settings: CarrierSettings;
  readonly limits: StoreLimits;
}

/** The apps of a server without a configuration. */
export const DEMO_APPS = demoApps as readonly ConfiguredApp[];

/** The document, 2: a token is valid for two minutes; 2.3: an accessToken for five. */
const TOKEN_TTL_MS = 2 * 60 * 1000;
const ACCESS_TOKEN_TTL_MS = 5 * 60 * 1000;

// The rest of the heap is for tokens, ledgers, pending requests and the garbage collector.
const HEAP_TO_JOURNALS = 3;

export function isLoopbackHost(host: string): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/.test(host);
}

/** A configuration without mistakes, with the defaults. */
export function withDefaults(
  input: ConfigurationInput,
  host: string,
  readings: Readings = DEFAULT_READINGS,
): Configuration {
  const {
    platformKey: privateKey = keys.platform.privateKey,
    apps = DEMO_APPS,
    teams = [],
    subscribers = demoSubscribers as readonly ConfiguredSubscriber[],
    lifetimes: { tokenTtlMs = TOKEN_TTL_MS, accessTokenTtlMs = ACCESS_TOKEN_TTL_MS } = {},
    limits,
    calibration,
  } = input;
  const defaults = { ...readings, ...(calibration && observedReadings(calibration)) };
  const platformKey = readPrivateKey(privateKey) as RsaKey;
  const ipWhitelist = isLoopbackHost(host) ? LOOPBACK_WHITELIST : null;
  return {
    limits: {
      ...DEFAULT_LIMITS,
      journalRecordsTotalMax: recordsIn(getHeapStatistics().heap_size_limit),
      ...limits,
    },
    settings: {
      platformKey,
      platformPublicKey: publicHalf(platformKey),
      apps,
      teams: teamsOf(teams),
      subscribers: subscribersOf(subscribers),
      readings: mergeReadings(defaults, { input: input.readings ?? {}, defaults }),
      calibration,
      rules: orderedRuleSets({ ...calibration?.precedence, ...input.precedence }),
      tokenTtlMs,
      accessTokenTtlMs,
      defaultIpWhitelist: byOperation(() => ipWhitelist),
    },
  };
}

/** Throws a UsageError if a team has the token of the server, which opens every app. */
export function refuseTokenOfServer({ teams }: CarrierSettings, controlToken: string | undefined) {
  const scope = controlToken === undefined ? undefined : teamScope(teams, controlToken);
  if (scope !== undefined) throw optionError('team.token-of-server', { team: scope.team });
}

/** The schema has checked the fields. */
function subscribersOf(
  configured: readonly ConfiguredSubscriber[],
): CarrierSettings['subscribers'] {
  return configured.map((subscriber) => {
    const { outcomes, ...others } = subscriber;
    return { ...others, ...(outcomes && { scripts: scriptsOf(subscriber) }) };
  }) as readonly Subscriber[] as CarrierSettings['subscribers'];
}

function scriptsOf(subscriber: ConfiguredSubscriber): Scripts {
  return Object.fromEntries(
    outcomesOf(subscriber).map(([operation, text]) => {
      // Each app counts its used steps. A script that changes in the file starts again; an unchanged one continues.
      const cursor = `number:${subscriber.phoneNumber}:${operation}:${sha256Hex(text)}`;
      return [operation, { text, steps: parseScript(operation, text), cursor }];
    }),
  ) as Scripts;
}

/** The script of each operation, in the order of the file. */
export function outcomesOf({ outcomes = {} }: ConfiguredSubscriber) {
  return Object.entries(outcomes) as readonly (readonly [Operation, string])[];
}

/** The default number of records of all journals together. */
export function recordsIn(heapBytes: number): number {
  return Math.min(
    DEFAULT_LIMITS.journalRecordsTotalMax,
    Math.floor(heapBytes / HEAP_TO_JOURNALS / RECORD_BYTES_MAX),
  );
}
