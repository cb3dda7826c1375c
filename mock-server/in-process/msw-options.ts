/** The options of createCarrierHandlers: their checks and defaults. An error is one sentence that names the field. */
import { isIP } from 'node:net';
import demoApps from '../../fixtures/apps.json' with { type: 'json' };
import keys from '../../fixtures/keys/keys.json' with { type: 'json' };
import type { KnownApp } from '../../src/control/mock-app.js';
import { CARRIER_HOST_NAMES } from '../../src/protocol/operations.js';
import { quote } from '../../src/text/shown-json.js';
import { UsageError } from '../../src/text/usage-error.js';
import { applyInput, defaultSettings } from '../carrier/apps/app-input.js';
import type { AppInput, ConfiguredApp } from '../carrier/engine/app-settings.js';
import { createRandom } from '../carrier/sources.js';
import { configurationProblem, refuse, toConfiguration } from '../options/configuration.js';
import { checkOptionNames } from '../options/option-kinds.js';
import { DEFAULT_HOST } from '../options/option-rows.js';
import type { Configuration, ConfigurationInput } from '../options/settings.js';

/**
 * The options of createCarrierHandlers. All are optional.
 *
 * @example
 * import { type CarrierHandlersOptions, createCarrierHandlers } from 'cmpassport-mock/msw';
 *
 * const options: CarrierHandlersOptions = {
 *   app: { appId: '300000000002', appSecret: 'C7B2094E1F6D4A58803A95E7D2146BFC', dailyQuota: 10 },
 *   bases: ['https://gateway.example/cmpassport'],
 * };
 * const carrier = createCarrierHandlers(options);
 * await carrier.assertNeverCalled();
 */
export interface CarrierHandlersOptions {
  /** Settings of the carrier's own app, as in a configuration file. Omitted settings are those of the demo app. */
  readonly app?: AppInput;
  /** The content of a configuration file. Its first app replaces the demo app as the carrier's own app. */
  readonly configuration?: ConfigurationInput;
  /** The base addresses of the carrier. By default the two addresses of the real carrier, with https. */
  readonly bases?: readonly string[];
  /** Generates ids, tokens and credentials from this text, the same each time. */
  readonly seed?: string;
  /** The client address of all requests, for the whitelists; by default 127.0.0.1. */
  readonly clientIp?: string;
}

export interface CarrierPlan {
  readonly configuration: Configuration;
  /** The carrier's own app, as the control client shows it. */
  readonly app: KnownApp;
  /** At least one. */
  readonly bases: readonly [URL, ...URL[]];
  readonly clientIp: string;
  readonly seed: string | undefined;
}

const OPTION_NAMES: readonly (keyof CarrierHandlersOptions)[] = [
  'app',
  'configuration',
  'bases',
  'seed',
  'clientIp',
];

/** Throws a UsageError. */
export function planOf(options: CarrierHandlersOptions): CarrierPlan {
  checkOptionNames(options, OPTION_NAMES);
  const realBases = CARRIER_HOST_NAMES.map((host) => `https://${host}`);
  const { bases = realBases, clientIp = '127.0.0.1', seed } = options;
  if (seed !== undefined && typeof seed !== 'string')
    throw new UsageError(`seed must be a string, found ${quote(seed)}`);
  if (typeof clientIp !== 'string' || isIP(clientIp) === 0) {
    throw new UsageError(
      `clientIp must be an address such as 203.0.113.7, found ${quote(clientIp)}`,
    );
  }
  return { ...appPlan(options), bases: readBases(bases), clientIp, seed };
}

function readBases(bases: unknown): CarrierPlan['bases'] {
  if (!Array.isArray(bases))
    throw new UsageError(`bases must be a list of addresses, found ${quote(bases)}`);
  const [first, ...others] = bases.map(readBase);
  if (first === undefined)
    throw new UsageError(
      'bases must contain at least one address, found []: omit it for the addresses of the real carrier',
    );
  return [first, ...others];
}

function readBase(text: unknown): URL {
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
  const isBase =
    url !== undefined &&
    /^https?:$/.test(url.protocol) &&
    `${url.search}${url.hash}${url.username}${url.password}` === '';
  if (isBase && /\/_mock\/*$/.test(url.pathname)) {
    throw new UsageError(
      `bases must not end with /_mock, which is added automatically, found ${quote(text)}`,
    );
  }
  if (isBase) return url;
  throw new UsageError(
    `bases must be http or https addresses without a query, such as "https://www.cmpassport.com", found ${quote(text)}`,
  );
}

/** Merges `app` into the first app of the configuration. Returns both. */
function appPlan({ app: changes = {}, configuration = {}, seed }: CarrierHandlersOptions) {
  if (typeof changes !== 'object' || changes === null) {
    throw new UsageError(`app must be settings of an app, found ${quote(changes)}`);
  }
  // Without `app` first, so that a mistake in the configuration is not reported as one in `app`.
  toConfiguration(configuration, DEFAULT_HOST);
  const [own, ...others] = configuration.apps ?? (demoApps as readonly ConfiguredApp[]);
  if (own === undefined) {
    throw new UsageError(
      'configuration /apps must contain at least one app, found []: omit it for the demo app',
    );
  }
  // An undefined field counts as omitted.
  const given = Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  );
  const input: ConfiguredApp = { ...own, ...given };
  const merged = { ...configuration, apps: [input, ...others] };
  refuseInApp(merged, changes);
  const checked = toConfiguration(merged, DEFAULT_HOST);
  const { appId, ...generated } = defaultSettings(checked.settings, createRandom(seed));
  const defaults = { appId: input.appId, ...generated };
  const settings = applyInput(defaults, { input, defaults });
  // Missing credentials are generated here, because the app is shown before it is created.
  const { appKey, appSecret } = settings;
  const apps = [{ ...input, appKey, appSecret }, ...others];
  const { platformPublicKey } = checked.settings;
  const { controlTokenHash, ...shown } = settings;
  const app: KnownApp = {
    ...shown,
    ...privateKeysOf(settings),
    platformPublicKey,
    origin: 'configuration',
    hasControlToken: controlTokenHash !== null,
    controlToken: input.controlToken ?? undefined,
  };
  return { app, configuration: { ...checked, settings: { ...checked.settings, apps } } };
}

/** Reports a mistake in the option `app` under that name. */
function refuseInApp(input: ConfigurationInput, changes: object): void {
  const problem = configurationProblem(input);
  const [, field = ''] = /^\/apps\/0\/([^/]+)/.exec(problem?.pointer ?? '') ?? [];
  const isOption = problem !== undefined && field in changes;
  refuse(isOption ? { ...problem, pointer: problem.pointer.replace('/apps/0', 'app ') } : problem);
}

/** The private keys of the demo app, for an app with its public keys. */
function privateKeysOf({
  appVerifyKey,
  appEncryptKey,
}: Pick<KnownApp, 'appVerifyKey' | 'appEncryptKey'>) {
  const { demoAppSign, demoAppDecrypt } = keys;
  return {
    ...(appVerifyKey === demoAppSign.publicKey && { appSignPrivateKey: demoAppSign.privateKey }),
    ...(appEncryptKey === demoAppDecrypt.publicKey && {
      appDecryptPrivateKey: demoAppDecrypt.privateKey,
    }),
  };
}
