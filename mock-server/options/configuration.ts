/** Reads and checks the configuration file. An error is one sentence with the file, the field and what was found. */

import { readFile as readText } from 'node:fs/promises';
import { getHeapStatistics } from 'node:v8';
import demoApps from '../../fixtures/apps.json' with { type: 'json' };
import keys from '../../fixtures/keys/keys.json' with { type: 'json' };
import demoSubscribers from '../../fixtures/subscribers.json' with { type: 'json' };
import { byOperation, type Operation } from '../../src/protocol/operations.js';
import { isRsaKey, notAKey, publicHalf, type RsaKey, readPrivateKey } from '../../src/protocol/rsa-keys.js';
import { sha256Hex } from '../../src/protocol/sign.js';
import { bilingual } from '../../src/text/bilingual.js';
import { fileError, UsageError } from '../../src/text/usage-error.js';
import { mergeReadings } from '../carrier/apps/app-input.js';
import type { CarrierSettings } from '../carrier/carrier.js';
import { type ConfiguredApp, type Nullable, publicKeyProblem } from '../carrier/engine/app-settings.js';
import { type Calibration, observedReadings } from '../carrier/engine/calibration.js';
import { DEFAULT_READINGS, type Readings } from '../carrier/engine/readings.js';
import { orderedRuleSets, type Precedence } from '../carrier/engine/rules.js';
import type { Scripts } from '../carrier/outcomes/outcome.js';
import type { Subscriber } from '../carrier/outcomes/personas.js';
import { parseScript } from '../carrier/outcomes/script.js';
import { RECORD_BYTES_MAX } from '../carrier/store/journal-exchange.js';
import { DEFAULT_LIMITS, type StoreLimits } from '../carrier/store/state-store.js';
import { type SchemaProblem, schemaProblem } from '../schemas/schema-problem.js';
import { VALIDATORS } from '../schemas/validators.js';

/** A subscriber of the file. `outcomes` has the script that its phone number forces, for each operation. */
export interface ConfiguredSubscriber extends Omit<Subscriber, 'scripts'> {
  readonly outcomes?: Partial<Readonly<Record<Operation, string>>>;
}

/** The content of the file. Every key is optional and has a default. */
export interface ConfigurationInput {
  readonly apps?: readonly ConfiguredApp[];
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

/** The document, 2: a token is valid for two minutes; 2.3: an accessToken for five. */
const TOKEN_TTL_MS = 2 * 60 * 1000;
const ACCESS_TOKEN_TTL_MS = 5 * 60 * 1000;

// The rest of the heap is for tokens, ledgers, pending requests and the garbage collector.
const HEAP_TO_JOURNALS = 3;

export function isLoopbackHost(host: string): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/.test(host);
}

export interface ConfigurationFiles {
  readonly config?: string | undefined;
  readonly calibration?: string | undefined;
  /** Whether the latency of the calibration is applied. */
  readonly calibrationLatency?: boolean | undefined;
}

/** Reads the files. Rejects with a UsageError if one cannot be read or is invalid. */
export async function loadConfiguration(files: ConfigurationFiles, host: string): Promise<Configuration> {
  const calibration = (await readFile('calibration', files.calibration)) as Calibration | undefined;
  const configured: ConfigurationInput = (await readFile('config', files.config)) ?? {};
  if (calibration !== undefined && configured.calibration !== undefined)
    throw new UsageError({
      en: `configuration ${files.config}: contains a calibration, and --calibration is set too: omit one of them`,
      zh: `配置文件 ${files.config}：已含 calibration，又指定了 --calibration：请去掉其中一个`,
    });
  const { settings, limits } = toConfiguration({ ...configured, ...(calibration && { calibration }) }, host);
  return { limits, settings: { ...settings, appliesLatency: files.calibrationLatency === true } };
}

const FILES = {
  config: { name: { en: 'configuration', zh: '配置文件' }, problemIn: configurationProblem },
  calibration: { name: { en: 'calibration', zh: '校准文件' }, problemIn: calibrationProblem },
} as const;

async function readFile(kind: keyof typeof FILES, file: string | undefined): Promise<object | undefined> {
  if (file === undefined) return undefined;
  const { name, problemIn } = FILES[kind];
  try {
    const value = JSON.parse((await readText(file, 'utf8')).replace(/^\uFEFF/, ''));
    refuse(problemIn(value));
    return value;
  } catch (error) {
    throw fileError({ en: `${name.en} ${file}`, zh: `${name.zh} ${file}` }, error);
  }
}

/** Checks a configuration and fills in the defaults. Throws a UsageError that names the field. */
export function toConfiguration(value: unknown, host: string): Configuration {
  refuse(configurationProblem(value));
  const input = value as ConfigurationInput;
  const { lifetimes = {}, limits = {}, calibration } = input;
  const defaults = { ...DEFAULT_READINGS, ...(calibration && observedReadings(calibration)) };
  const platformKey = readPrivateKey(input.platformKey ?? keys.platform.privateKey) as RsaKey;
  const ipWhitelist = isLoopbackHost(host) ? '127.0.0.1,::1' : null;
  return {
    limits: { ...DEFAULT_LIMITS, journalRecordsTotalMax: recordsIn(getHeapStatistics().heap_size_limit), ...limits },
    settings: {
      platformKey,
      platformPublicKey: publicHalf(platformKey),
      apps: input.apps ?? (demoApps as readonly ConfiguredApp[]),
      subscribers: subscribersOf(input.subscribers ?? (demoSubscribers as readonly ConfiguredSubscriber[])),
      readings: mergeReadings(defaults, { input: input.readings ?? {}, defaults }),
      calibration,
      rules: orderedRuleSets({ ...calibration?.precedence, ...input.precedence }),
      appliesLatency: false,
      tokenTtlMs: lifetimes.tokenTtlMs ?? TOKEN_TTL_MS,
      accessTokenTtlMs: lifetimes.accessTokenTtlMs ?? ACCESS_TOKEN_TTL_MS,
      defaultIpWhitelist: byOperation(() => ipWhitelist),
    },
  };
}

/** The first mistake in the content of a configuration file. */
export function configurationProblem(value: unknown): SchemaProblem | undefined {
  return (
    schemaProblem(VALIDATORS.configuration, value) ??
    keyProblem(value as ConfigurationInput) ??
    outcomesProblem(value as ConfigurationInput) ??
    calibrationIn(value as ConfigurationInput) ??
    platformKeyProblem(value as ConfigurationInput)
  );
}

/** Throws a UsageError. */
export function refuse(problem: SchemaProblem | undefined): void {
  if (problem === undefined) return;
  const { pointer, detail } = problem;
  throw new UsageError(bilingual((language) => `${pointer} ${detail[language]}`.trim()));
}

function calibrationIn({ calibration }: ConfigurationInput): SchemaProblem | undefined {
  const problem = calibration && calibrationProblem(calibration);
  return problem && { ...problem, pointer: `/calibration${problem.pointer}` };
}

function calibrationProblem(value: unknown): SchemaProblem | undefined {
  const problem = schemaProblem(VALIDATORS.calibration, value);
  if (problem !== undefined) return problem;
  const ofOption = schemaProblem(VALIDATORS.configuration, { readings: observedReadings(value as Calibration) });
  return ofOption && { ...ofOption, pointer: `${ofOption.pointer}/option` };
}

/** The schema has checked the fields. */
function subscribersOf(configured: readonly ConfiguredSubscriber[]): CarrierSettings['subscribers'] {
  return configured.map(({ outcomes, ...subscriber }) => ({
    ...subscriber,
    ...(outcomes && { scripts: scriptsOf(subscriber.phoneNumber, outcomes) }),
  })) as readonly Subscriber[] as CarrierSettings['subscribers'];
}

function scriptsOf(phoneNumber: string, outcomes: NonNullable<ConfiguredSubscriber['outcomes']>): Scripts {
  return Object.fromEntries(
    Object.entries(outcomes).map(([operation, text]) => {
      // Each app counts its used steps. A script that changes in the file starts again; an unchanged one continues.
      const cursor = `number:${phoneNumber}:${operation}:${sha256Hex(text)}`;
      return [operation, { text, steps: parseScript(operation as Operation, text), cursor }];
    }),
  ) as Scripts;
}

function outcomesProblem({ subscribers = [] }: ConfigurationInput): SchemaProblem | undefined {
  for (const [at, { outcomes = {} }] of subscribers.entries()) {
    for (const [operation, text] of Object.entries(outcomes)) {
      const steps = parseScript(operation as Operation, text);
      if ('problem' in steps) return { pointer: `/subscribers/${at}/outcomes/${operation}`, detail: steps.problem };
    }
  }
  return undefined;
}

/** The default number of records of all journals together. */
export function recordsIn(heapBytes: number): number {
  return Math.min(DEFAULT_LIMITS.journalRecordsTotalMax, Math.floor(heapBytes / HEAP_TO_JOURNALS / RECORD_BYTES_MAX));
}

function platformKeyProblem({ platformKey }: ConfigurationInput): SchemaProblem | undefined {
  const key = platformKey === undefined ? undefined : readPrivateKey(platformKey);
  if (key === undefined || isRsaKey(key)) return undefined;
  return { pointer: '/platformKey', detail: notAKey(key) };
}

/** Checks what the schema cannot: whether keys are RSA keys, and whether ids and numbers are unique. */
function keyProblem({ apps = [], subscribers = [] }: ConfigurationInput): SchemaProblem | undefined {
  for (const [at, app] of apps.entries()) {
    for (const field of ['appVerifyKey', 'appEncryptKey'] as const) {
      const key = app[field];
      const detail = typeof key === 'string' ? publicKeyProblem(key) : undefined;
      if (detail !== undefined) return { pointer: `/apps/${at}/${field}`, detail };
    }
  }
  const ids = apps.map(({ appId }) => appId);
  const numbers = subscribers.map(({ phoneNumber }) => phoneNumber);
  return duplicateIn('apps', 'appId', ids) ?? duplicateIn('subscribers', 'phoneNumber', numbers);
}

function duplicateIn(list: string, field: string, values: readonly string[]): SchemaProblem | undefined {
  const seen = new Set<string>();
  const at = values.findIndex((value) => seen.size === seen.add(value).size);
  if (at === -1) return undefined;
  const found = JSON.stringify(values[at]);
  return {
    pointer: `/${list}/${at}/${field}`,
    detail: { en: `has the duplicate value ${found}`, zh: `重复出现，实际为 ${found}` },
  };
}
