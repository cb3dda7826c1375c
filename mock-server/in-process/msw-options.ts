/** What the in-process carrier is told, checked and made ready. A mistake is one sentence that names the field. */
import { isIP } from 'node:net';
import demoApps from '../../fixtures/apps.json' with { type: 'json' };
import keys from '../../fixtures/keys/keys.json' with { type: 'json' };
import type { KnownApp } from '../../src/control/mock-app.js';
import { CARRIER_HOST_NAMES } from '../../src/protocol/operations.js';
import { type AppInput, applyInput, type ConfiguredApp, defaultSettings } from '../carrier/apps/app-input.js';
import { createRandom } from '../carrier/sources.js';
import { type Configuration, type ConfigurationInput, toConfiguration } from '../cli/config.js';
import { checkOptionNames } from '../cli/option-names.js';
import { DEFAULT_HOST } from '../cli/option-rows.js';
import { UsageError } from '../cli/usage-error.js';
import { quote } from '../schemas/schema-problem.js';

/**
 * How the carrier is set up; all of it has a default.
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
  /** Settings of the carrier's own app, as a configuration file takes them: what is left out is that of the demo app. */
  readonly app?: AppInput;
  /** What a configuration file could say. The first of its apps is the carrier's own, in the demo app's place. */
  readonly configuration?: ConfigurationInput;
  /** The addresses that are the carrier's, with all that is below them; unless said, the two of the real one, over https. */
  readonly bases?: readonly string[];
  /** Draws ids, tokens and credentials from this text: the same each time. */
  readonly seed?: string;
  /** The address that requests come from, for the whitelists; 127.0.0.1 unless said. */
  readonly clientIp?: string;
}

export interface CarrierPlan {
  readonly configuration: Configuration;
  /** The carrier's own app, as its client knows it. */
  readonly app: KnownApp;
  /** At least one. */
  readonly bases: readonly [URL, ...URL[]];
  readonly clientIp: string;
  readonly seed: string | undefined;
}

const DEFAULT_BASES = CARRIER_HOST_NAMES.map((host) => `https://${host}`);
const DEFAULT_CLIENT_IP = '127.0.0.1';

/** Throws a UsageError for a mistake. */
export function planOf(options: CarrierHandlersOptions): CarrierPlan {
  checkOptionNames(options, OPTION_NAMES);
  const { bases = DEFAULT_BASES, clientIp = DEFAULT_CLIENT_IP, seed } = options;
  if (seed !== undefined && typeof seed !== 'string') throw new UsageError(`seed must be a text, found ${quote(seed)}`);
  if (typeof clientIp !== 'string' || isIP(clientIp) === 0) {
    throw new UsageError(`clientIp must be an address such as 203.0.113.7, found ${quote(clientIp)}`);
  }
  return { ...appPlan(options), bases: readBases(bases), clientIp, seed };
}

const OPTION_NAMES = [
  'app',
  'configuration',
  'bases',
  'seed',
  'clientIp',
] as const satisfies readonly (keyof CarrierHandlersOptions)[];

function readBases(bases: unknown): CarrierPlan['bases'] {
  if (!Array.isArray(bases)) throw new UsageError(`bases must be a list of addresses, found ${quote(bases)}`);
  const [first, ...others] = bases.map(readBase);
  if (first === undefined) throw new UsageError('bases must name at least one address; leave it out for the real ones');
  return [first, ...others];
}

function readBase(text: unknown): URL {
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
  const isBase =
    url !== undefined &&
    /^https?:$/.test(url.protocol) &&
    `${url.search}${url.hash}${url.username}${url.password}` === '';
  if (isBase && /\/_mock\/*$/.test(url.pathname)) {
    throw new UsageError(`bases must be without /_mock, which comes behind them by itself, found ${quote(text)}`);
  }
  if (isBase) return url;
  throw new UsageError(
    `bases must be http or https addresses without a query, such as "https://www.cmpassport.com", found ${quote(text)}`,
  );
}

/** The configuration with the carrier's own app in it, and that app. */
function appPlan({ app: changes = {}, configuration = {}, seed }: CarrierHandlersOptions) {
  if (typeof changes !== 'object' || changes === null) {
    throw new UsageError(`app must be settings of an app, found ${quote(changes)}`);
  }
  // Alone first: what is wrong with it must not be told of what is laid over it.
  toConfiguration(configuration, DEFAULT_HOST);
  const [own, ...others] = configuration.apps ?? (demoApps as readonly ConfiguredApp[]);
  if (own === undefined) {
    throw new UsageError(
      'configuration /apps must name at least one app, the carrier’s own; leave it out for the demo app',
    );
  }
  const input = { ...own, ...withoutGaps(changes) };
  const checked = configurationOf({ ...configuration, apps: [input, ...others] }, changes);
  const { appId, ...drawn } = defaultSettings(checked.settings, createRandom(seed));
  const defaults = { appId: input.appId, ...drawn };
  const settings = applyInput(defaults, { input, defaults });
  // Credentials that nobody gave are drawn once, here: the app is known before it is made.
  const { appKey, appSecret } = settings;
  const apps = [{ ...input, appKey, appSecret }, ...others];
  const { platformPublicKey } = checked.settings;
  const { controlTokenHash, ...shown } = settings;
  const app: KnownApp = {
    ...shown,
    ...privateHalves(settings),
    platformPublicKey,
    origin: 'configuration',
    hasControlToken: controlTokenHash !== null,
    controlToken: input.controlToken ?? undefined,
  };
  return { app, configuration: { ...checked, settings: { ...checked.settings, apps } } };
}

/** A field that is undefined was left out. */
function withoutGaps(changes: AppInput): AppInput & Partial<Pick<ConfiguredApp, 'appId'>> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

/** A mistake in what was given as `app` is told as such. */
function configurationOf(input: ConfigurationInput, changes: object): Configuration {
  try {
    return toConfiguration(input, DEFAULT_HOST);
  } catch (error) {
    const [, field = '', rest = ''] = /^\/apps\/0\/([^/ ]+)(.*)$/s.exec((error as Error).message) ?? [];
    throw field in changes ? new UsageError(`app /${field}${rest}`) : error;
  }
}

/** The private halves of the demo app's keys, for whoever kept them. */
function privateHalves({ appVerifyKey, appEncryptKey }: Pick<KnownApp, 'appVerifyKey' | 'appEncryptKey'>) {
  const { demoAppSign, demoAppDecrypt } = keys;
  return {
    ...(appVerifyKey === demoAppSign.publicKey && { appSignPrivateKey: demoAppSign.privateKey }),
    ...(appEncryptKey === demoAppDecrypt.publicKey && { appDecryptPrivateKey: demoAppDecrypt.privateKey }),
  };
}
