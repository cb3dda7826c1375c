/** Reads the files of `explain`, in the encodings that shells write: the request, and the app with its settings. */
import { closeSync, openSync, readSync } from 'node:fs';
import { isObject, type JsonObject } from '../../../src/protocol/json.js';
import { OPERATIONS, type Operation } from '../../../src/protocol/operations.js';
import { isRsaKey, notAKey, readPrivateKey } from '../../../src/protocol/rsa-keys.js';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { readPieces } from '../../../src/text/response-body.js';
import { fileError, readJson, UsageError } from '../../../src/text/usage-error.js';
import { applyInput, defaultSettings } from '../../carrier/apps/app-input.js';
import {
  type App,
  type AppInput,
  type ConfiguredApp,
  compileApp,
} from '../../carrier/engine/app-settings.js';
import { createRandom } from '../../carrier/sources.js';
import { UNKNOWN_SECRETS } from '../../explain/masked-secrets.js';
import { isMasked } from '../../explain/masked-values.js';
import { configurationProblem, refuse, toConfiguration } from '../../options/configuration.js';
import type { Configuration } from '../../options/settings.js';
import { explainError, requestFile } from './messages.js';

/** The checked content of a file. */
export interface AppFile {
  readonly configuration: Configuration;
  /** A single app without appId is the app of any request. */
  readonly idLeftOut: boolean;
  /** Whether the private key of 平台公钥 is the user's, and not the mock's default. */
  readonly platformKeyGiven: boolean;
}

export type SecretName = 'appKey' | 'appSecret';

/** The app of a request. */
export interface ChosenApp {
  /** undefined if the file has no app with the appid of the request. */
  readonly app: App | undefined;
  /** The secrets that the file omits. A placeholder replaces them. */
  readonly unknownSecrets: readonly SecretName[];
  /** Those that the file has, but masked. */
  readonly maskedSecrets: readonly SecretName[];
  /** The operations whose whitelist the file omits: every address is accepted. */
  readonly listsLeftOut: readonly Operation[];
  readonly otherApps: readonly App[];
}

// With a host other than loopback, an app without a whitelist accepts every address. The portal's whitelist is unknown.
const NOT_LOOPBACK = '0.0.0.0';

/** Fields of the control API's responses that its requests do not have. */
const RESPONSE_ONLY = [
  'platformPublicKey',
  'origin',
  'appSignPrivateKey',
  'appDecryptPrivateKey',
  'generateKeys',
  'hasControlToken',
  'generateControlToken',
];

// A single app has no pointer in its own file.
const SINGLE_APP = '/apps/0';

/** Throws a UsageError that names the file and the field. */
export function readAppFile(
  file: string,
  { platformKey, read }: { readonly platformKey: string | undefined; readonly read: ReadFile },
): AppFile {
  const value = readJsonFile(read, { file, flag: 'app' });
  const content = isObject(value) ? value : {};
  const { apps: list } = content;
  const isList = Array.isArray(list);
  const input: JsonObject = isList
    ? { ...content, apps: list.map(toConfiguredApp) }
    : { apps: [toConfiguredApp(value)] };
  const key = platformKey === undefined ? undefined : keyIn(platformKey, read);
  const withKey = key === undefined ? input : { ...input, platformKey: key };
  return {
    configuration: configurationOf(withKey, { file, hidden: isList ? '' : SINGLE_APP }),
    idLeftOut: !isList && isObject(value) && (value['appId'] ?? null) === null,
    platformKeyGiven: withKey['platformKey'] !== undefined,
  };
}

/** Converts a request or response body of the control API to an app of a configuration file. */
function toConfiguredApp(app: unknown): unknown {
  if (!isObject(app)) return app;
  const settings = Object.entries(app).filter(([name]) => !RESPONSE_ONLY.includes(name));
  return { ...Object.fromEntries(settings), appId: app['appId'] ?? '300000000000' };
}

function configurationOf(
  value: unknown,
  { file, hidden }: { readonly file: string; readonly hidden: string },
): Configuration {
  try {
    const problem = configurationProblem(value);
    refuse(problem && { ...problem, pointer: problem.pointer.replace(hidden, '') });
    return toConfiguration(value, NOT_LOOPBACK);
  } catch (error) {
    throw error instanceof UsageError ? fileError(`--app ${file}`, error) : error;
  }
}

function keyIn(file: string, read: ReadFile): string {
  const text = read({ file, flag: 'platform-key' }).trim();
  const key = readPrivateKey(text);
  if (isRsaKey(key)) return text;
  throw fileError(`--platform-key ${file}`, new UsageError(notAKey(key)));
}

/** Chooses the app with the request's appid, or the only app if the request has no appid. */
export function chooseApp(file: AppFile, appId: string | undefined): ChosenApp {
  const { configuration } = file;
  const { apps } = configuration.settings;
  const only = onlyApp(file, appId);
  const chosen = only ?? apps.find((app) => app.appId === appId);
  const others = only === undefined ? apps.filter((app) => app !== chosen) : [];
  const maskedSecrets = secretsWhere(chosen, isMasked);
  return {
    app: chosen && toApp(configuration, { ...chosen, ...nulls(maskedSecrets) }),
    unknownSecrets: secretsWhere(chosen, (text) => text === undefined || isMasked(text)),
    maskedSecrets,
    listsLeftOut: OPERATIONS.map(({ operation }) => operation).filter(
      (list) => chosen?.ipWhitelist?.[list] === undefined,
    ),
    otherApps: others.map((app) => toApp(configuration, app)),
  };
}

const SECRETS = ['appKey', 'appSecret'] as const;

function secretsWhere(
  app: ConfiguredApp | undefined,
  is: (text: string | undefined) => boolean,
): readonly SecretName[] {
  return SECRETS.filter((secret) => is(app?.[secret] ?? undefined));
}

function nulls(names: readonly SecretName[]): Partial<Record<SecretName, null>> {
  return Object.fromEntries(names.map((name) => [name, null]));
}

/** The only app of the file, for a request without an appid; for any request if the file has no id. */
function onlyApp(
  { configuration, idLeftOut }: AppFile,
  appId: string | undefined,
): ConfiguredApp | undefined {
  const [first, ...others] = configuration.settings.apps;
  if (first === undefined || others.length > 0) return undefined;
  if (appId === undefined) return first;
  return idLeftOut ? { ...first, appId } : undefined;
}

function toApp({ settings }: Configuration, input: AppInput): App {
  const defaults = { ...defaultSettings(settings, createRandom()), ...UNKNOWN_SECRETS };
  return compileApp(applyInput(defaults, { input, defaults, teams: settings.teams }));
}

export interface NamedFile {
  readonly file: string;
  /** The flag that names the file; undefined for the request. */
  readonly flag?: string;
}

export type ReadFile = (named: NamedFile) => string;

/** What a file is, before its problem. */
function named({ file, flag }: NamedFile): string | Bilingual {
  return flag === undefined ? requestFile('named', { file }) : `--${flag} ${file}`;
}

const KIB = 1024;
const MIB = KIB * KIB;
/** The largest inputs are HAR files and logs. JavaScript has no text of more than 512 MiB. */
const INPUT_BYTES_MAX = 64 * MIB;

/** Throws a UsageError that names the file. */
export function readTextFile(read: NamedFile): string {
  try {
    return toText(bytesOf(read.file));
  } catch (error) {
    throw fileError(named(read), error);
  }
}

/** In pieces, because a pipe or a device has no size. */
function bytesOf(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const piece = Buffer.alloc(64 * KIB);
    const pieces: Buffer[] = [];
    let total = 0;
    for (let length = readSync(file, piece); length > 0; length = readSync(file, piece)) {
      total += length;
      if (total > INPUT_BYTES_MAX) throw tooLarge();
      pieces.push(Buffer.from(piece.subarray(0, length)));
    }
    return Buffer.concat(pieces);
  } finally {
    closeSync(file);
  }
}

/** Throws a UsageError if there is too much. */
export async function readStandardText(input: AsyncIterable<unknown>): Promise<string> {
  const pieces = await readPieces(input, { bytesMax: INPUT_BYTES_MAX });
  if (pieces === undefined) throw requestError(undefined, tooLarge().words);
  return toText(Buffer.concat(pieces));
}

/** A problem in the content of a request. The file is undefined for standard input. */
export function requestError(file: string | undefined, problem: Bilingual): UsageError {
  return file === undefined
    ? explainError('explain.standard-input', { problem })
    : explainError('explain.request', { file, problem });
}

function tooLarge(): UsageError {
  return explainError('explain.file-too-large', { max: INPUT_BYTES_MAX / MIB });
}

/** UTF-8, or UTF-16 with a byte order mark, which PowerShell writes. */
function toText(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
}

/** Throws a UsageError that names the file if it is not JSON. */
export function readJsonFile(read: ReadFile, file: NamedFile): unknown {
  const text = read(file);
  try {
    return readJson(text);
  } catch (error) {
    throw fileError(named(file), error);
  }
}
