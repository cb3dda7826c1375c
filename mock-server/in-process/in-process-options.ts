/** The options of a carrier in process: their checks and defaults. An error is one sentence that names the field. */
import { isIP } from 'node:net';
import keys from '../../fixtures/keys/keys.json' with { type: 'json' };
import type { KnownApp } from '../../src/control/mock-app.js';
import { CARRIER_HOSTS } from '../../src/protocol/hosts.js';
import { applyInput, defaultSettings } from '../carrier/apps/app-input.js';
import type { CarrierSettings } from '../carrier/carrier.js';
import type { AppInput, ConfiguredApp } from '../carrier/engine/app-settings.js';
import { createRandom } from '../carrier/sources.js';
import { configurationProblem, refuse, toConfiguration } from '../options/configuration.js';
import { checkOptionNames } from '../options/option-kinds.js';
import { DEFAULT_HOST } from '../options/option-rows.js';
import { type Configuration, type ConfigurationInput, DEMO_APPS } from '../options/settings.js';
import { handlerError } from './messages.js';

/**
 * The options of createCarrierFetch and of createCarrierHandlers. All are optional.
 *
 * @example
 * import { type CarrierFetchOptions, createCarrierFetch } from 'cmpassport-mock/fetch';
 *
 * const options: CarrierFetchOptions = {
 *   app: { appId: '300000000002', appSecret: 'C7B2094E1F6D4A58803A95E7D2146BFC', dailyQuota: 10 },
 *   bases: ['https://gateway.example/cmpassport'],
 * };
 * const carrier = createCarrierFetch(options);
 * await carrier.assertNeverCalled();
 */
export interface CarrierFetchOptions {
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

const OPTION_NAMES: readonly (keyof CarrierFetchOptions)[] = [
  'app',
  'configuration',
  'bases',
  'seed',
  'clientIp',
];

/** Throws a UsageError. */
export function planOf(options: CarrierFetchOptions): CarrierPlan {
  checkOptionNames(options, OPTION_NAMES);
  const { bases = REAL_BASES, clientIp = '127.0.0.1', seed } = options;
  if (seed !== undefined && typeof seed !== 'string') {
    throw handlerError('handlers.seed', { found: seed });
  }
  if (typeof clientIp !== 'string' || isIP(clientIp) === 0) {
    throw handlerError('handlers.client-ip', { found: clientIp });
  }
  return { ...appPlan(options), bases: readBases(bases), clientIp, seed };
}

const REAL_BASES = CARRIER_HOSTS.map((host) => `https://${host}`);

function readBases(bases: unknown): CarrierPlan['bases'] {
  if (!Array.isArray(bases)) throw handlerError('handlers.bases-not-a-list', { found: bases });
  const [first, ...others] = bases.map(readBase);
  if (first === undefined) throw handlerError('handlers.no-base');
  return [first, ...others];
}

function readBase(text: unknown): URL {
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !isBase(url)) throw handlerError('handlers.base', { found: text });
  if (/\/_mock\/*$/.test(url.pathname)) {
    throw handlerError('handlers.base-of-control-api', { found: text });
  }
  return url;
}

function isBase({ protocol, search, hash, username, password }: URL): boolean {
  return /^https?:$/.test(protocol) && `${search}${hash}${username}${password}` === '';
}

/** Merges `app` into the first app of the configuration. Returns both. */
function appPlan({ app: changes = {}, configuration = {}, seed }: CarrierFetchOptions) {
  if (typeof changes !== 'object' || changes === null) {
    throw handlerError('handlers.app', { found: changes });
  }
  // Without `app` first, so that a mistake in the configuration is not reported as one in `app`.
  toConfiguration(configuration, DEFAULT_HOST);
  const [own, ...others] = configuration.apps ?? DEMO_APPS;
  if (own === undefined) throw handlerError('handlers.no-app');
  const input: ConfiguredApp = { ...own, ...withoutUndefined(changes) };
  const merged = { ...configuration, apps: [input, ...others] };
  refuseInApp(merged, changes);
  const checked = toConfiguration(merged, DEFAULT_HOST);
  const app = ownApp(input, { settings: checked.settings, seed });
  // Missing credentials are generated here, because the app is shown before it is created.
  const { appKey, appSecret } = app;
  const apps = [{ ...input, appKey, appSecret }, ...others];
  return { app, configuration: { ...checked, settings: { ...checked.settings, apps } } };
}

/** An undefined field counts as omitted. */
function withoutUndefined(changes: AppInput) {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

/** The carrier's own app, as the control client shows it. */
function ownApp(
  input: ConfiguredApp,
  { settings, seed }: { readonly settings: CarrierSettings; readonly seed: string | undefined },
): KnownApp {
  const { appId, ...generated } = defaultSettings(settings, createRandom(seed));
  const defaults = { appId: input.appId, ...generated };
  const { lock, ...shown } = applyInput(defaults, { input, defaults, teams: settings.teams });
  return {
    ...shown,
    ...privateKeysOf(shown),
    platformPublicKey: settings.platformPublicKey,
    origin: 'configuration',
    hasControlToken: lock !== null,
    controlToken: input.controlToken ?? undefined,
  };
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
