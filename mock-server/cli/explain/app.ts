/** The app that a request is explained against, read from its file. */
import { isObject } from '../../../src/protocol/json.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { isRsaKey, notAKey, readPrivateKey } from '../../../src/protocol/rsa-keys.js';
import { type AppInput, applyInput, type ConfiguredApp, defaultSettings } from '../../carrier/apps/app-input.js';
import { type App, compileApp } from '../../carrier/engine/app-settings.js';
import type { TokenCapability } from '../../carrier/engine/state.js';
import { createRandom } from '../../carrier/sources.js';
import type { OtherApp } from '../../explain/subject.js';
import { type Configuration, type ConfigurationInput, toConfiguration } from '../config.js';
import { UsageError } from '../usage-error.js';
import { type ReadFile, readJsonFile } from './files.js';

/** What a file says, checked. */
export interface AppFile {
  readonly configuration: Configuration;
  /** One app alone that leaves its appId out is the app of any request. */
  readonly idLeftOut: boolean;
  /** Whether the private half of 平台公钥 is somebody's own, and not the mock's. */
  readonly platformKeyGiven: boolean;
}

export type Secret = 'appKey' | 'appSecret';

/** The app of a request, as far as the file tells. */
export interface ChosenApp {
  /** undefined where the file has no app of the request's appid. */
  readonly app: App | undefined;
  /** Those that the file leaves out: a text that nobody signs with stands in their place. */
  readonly unknownSecrets: readonly Secret[];
  /** The capabilities whose list the file leaves out: they admit anybody. */
  readonly listsLeftOut: readonly TokenCapability[];
  readonly otherApps: readonly OtherApp[];
}

// An app that names no list: what the portal has is not known, so that it admits anybody, as it does beyond loopback.
const BEYOND_LOOPBACK = '0.0.0.0';
const ID_STAND_IN = '300000000000';
const SECRETS = ['appKey', 'appSecret'] as const satisfies readonly Secret[];
const LISTS: readonly TokenCapability[] = OPERATIONS.map(({ operation }) => operation);

/** What the control API answers beside what it takes. */
const ANSWERED_ONLY = [
  ...['platformPublicKey', 'origin', 'appSignPrivateKey', 'appDecryptPrivateKey', 'generateKeys'],
  ...['hasControlToken', 'generateControlToken'],
];

/** Throws a UsageError that names the file and the field. */
export function readAppFile(
  file: string,
  { platformKey, read }: { readonly platformKey: string | undefined; readonly read: ReadFile },
): AppFile {
  const value = readJsonFile(read, { file, flag: 'app' });
  const list = isObject(value) ? value['apps'] : undefined;
  const input = Array.isArray(list) ? { ...(value as object), apps: list.map(asTaken) } : { apps: [asTaken(value)] };
  const key = platformKey === undefined ? undefined : keyIn(platformKey, read);
  const pointers = Array.isArray(list) ? '' : ALONE;
  return {
    configuration: configurationOf({ file, pointers }, { ...input, ...(key !== undefined && { platformKey: key }) }),
    idLeftOut: !Array.isArray(list) && isObject(value) && (value['appId'] ?? null) === null,
    platformKeyGiven: key !== undefined || (input as ConfigurationInput).platformKey !== undefined,
  };
}

/** An app as the configuration file takes it. */
function asTaken(app: unknown): unknown {
  if (!isObject(app)) return app;
  const taken = Object.entries(app).filter(([name]) => !ANSWERED_ONLY.includes(name));
  return { ...Object.fromEntries(taken), appId: app['appId'] ?? ID_STAND_IN };
}

/** Where an app that stands alone is in what is checked. */
const ALONE = '/apps/0';

function configurationOf(
  { file, pointers }: { readonly file: string; readonly pointers: string },
  value: unknown,
): Configuration {
  try {
    return toConfiguration(value, BEYOND_LOOPBACK);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`--app ${file}: ${error.message.replace(pointers, '').trim()}`);
  }
}

function keyIn(file: string, read: ReadFile): string {
  const text = read({ file, flag: 'platform-key' }).trim();
  const key = readPrivateKey(text);
  if (isRsaKey(key)) return text;
  throw new UsageError(`--platform-key ${file}: ${notAKey(key).en}`);
}

/** By the request's appid; where it has none, the only app that there is. */
export function chooseApp({ configuration, idLeftOut }: AppFile, appId: string | undefined): ChosenApp {
  const { apps } = configuration.settings;
  const [first] = apps;
  const only = apps.length === 1 && (idLeftOut || appId === undefined) ? first : undefined;
  const chosen = only ?? apps.find((app) => app.appId === appId);
  const named = chosen && (idLeftOut && appId !== undefined ? { ...chosen, appId } : chosen);
  return {
    app: named && toApp(configuration, named),
    unknownSecrets: SECRETS.filter((secret) => (named?.[secret] ?? null) === null),
    listsLeftOut: LISTS.filter((list) => named?.ipWhitelist?.[list] === undefined),
    otherApps: apps.filter((app) => app !== chosen).map((app) => toOtherApp(configuration, app)),
  };
}

function toApp({ settings }: Configuration, input: AppInput): App {
  const unknown = { appKey: '<appKey>', appSecret: '<appSecret>' };
  const defaults = { ...defaultSettings(settings, createRandom()), ...unknown };
  return compileApp(applyInput(defaults, { input, defaults }));
}

function toOtherApp(configuration: Configuration, input: ConfiguredApp): OtherApp {
  const { verifyKey, encryptKey } = toApp(configuration, input);
  return { appId: input.appId, verifyKey, encryptKey };
}
