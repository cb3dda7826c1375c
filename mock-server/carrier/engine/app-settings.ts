/** The settings of an app at the developer portal, and the compiled app that decisions use. */

import { signingsOf } from '../../../src/protocol/fields.js';
import type { SecretUse } from '../../../src/protocol/operations/description.js';
import { byOperation, OPERATIONS, type Operation } from '../../../src/protocol/operations.js';
import type { Capability, SignSecret } from '../../../src/protocol/portal.js';
import type { Readings } from '../../../src/protocol/readings.js';
import {
  isRsaKey,
  modulusBits,
  notAKey,
  publicExponent,
  type RsaKey,
  readPublicKey,
} from '../../../src/protocol/rsa-keys.js';
import { secretNameOf, signerWith } from '../../../src/protocol/signature.js';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { compileIpWhitelist, type IpMatcher } from './ip-whitelist.js';

/** Per server. Each app takes some kilobytes; a suite that never removes its apps gets an error before memory runs out. */
export const APPS_MAX = 10_000;

/** A team of the configuration. An app that gets its control token belongs to it from then on. */
export interface ConfiguredTeam {
  readonly name: string;
  readonly controlToken: string;
}

/** The names of the teams, by the hash of their control token. */
export type Teams = ReadonlyMap<string, string>;

// More than a company has back-end teams.
export const TEAMS_MAX = 1000;

/** null without a control token; `team:` and the name of the app's team; or the SHA-256 of the app's own control token. */
export type Lock = string | null;

/** By the name, so that a changed token of the team opens the same apps, and the earlier token opens none. */
export function lockOfTeam(team: string): string {
  return `team:${team}`;
}

export function isLockOfTeam(lock: Lock): boolean {
  return lock?.startsWith(lockOfTeam('')) === true;
}

export interface AppSettings {
  readonly appId: string;
  /** A display name; null without one. The carrier has no such setting. */
  readonly name: string | null;
  readonly appKey: string;
  readonly appSecret: string;
  /** 验签方式: the secret in loginTokenValidate's MD5. */
  readonly signSecret: SignSecret;
  /** 应用公钥1: Base64 of the SPKI; null if none is registered. */
  readonly appVerifyKey: string | null;
  /** 应用公钥2. */
  readonly appEncryptKey: string | null;
  readonly capabilities: readonly Capability[];
  /** In the portal's syntax; null admits every address, "" admits none. */
  readonly ipWhitelist: Readonly<Record<Operation, string | null>>;
  readonly contracted: boolean;
  /** Calls per day without a contract, for the operations that `daily-quota-covers` selects. */
  readonly dailyQuota: number;
  /** Calls under the contract; null means no limit. */
  readonly callPackage: number | null;
  readonly tokenTtlMs: number;
  readonly readings: Readings;
  /** What opens the app in the control API. The portal has no such setting. */
  readonly lock: Lock;
}

export type Nullable<T> = { readonly [K in keyof T]?: T[K] | null };

/** null is a value for `callPackage` and inside `ipWhitelist`; for other fields it means the default. */
export interface AppInput extends Nullable<Omit<AppSettings, 'ipWhitelist' | 'readings' | 'lock'>> {
  readonly ipWhitelist?: Partial<AppSettings['ipWhitelist']> | null;
  readonly readings?: Nullable<Readings> | null;
  /** Locks the app: control API calls for it then need this token or the server's. */
  readonly controlToken?: string | null;
}

/** An app of a configuration file: the settings that differ from the defaults, and its id. */
export type ConfiguredApp = AppInput & { readonly appId: string };

export interface SecretSigner {
  readonly secret: string;
  /** The signature of a complete string to sign. */
  readonly sign: (text: string) => string;
}

/** An app with parsed keys and compiled whitelists. */
export interface App {
  readonly settings: AppSettings;
  readonly admits: Readonly<Record<Operation, IpMatcher>>;
  readonly capabilities: ReadonlySet<Capability>;
  readonly verifyKey: RsaKey | undefined;
  readonly encryptKey: RsaKey | undefined;
  /** For each way to sign with a secret. */
  readonly signers: ReadonlyMap<SecretUse, SecretSigner>;
}

const compiled = new WeakMap<AppSettings, App>();

/** Compiles each settings object once: settings never change in place. */
export function compileApp(settings: AppSettings): App {
  const known = compiled.get(settings);
  if (known !== undefined) return known;
  const app: App = {
    settings,
    admits: byOperation((operation) => compileIpWhitelist(settings.ipWhitelist[operation])),
    capabilities: new Set(settings.capabilities),
    verifyKey: publicKey(settings.appVerifyKey),
    encryptKey: publicKey(settings.appEncryptKey),
    signers: new Map(SECRET_USES.map((use) => [use, signerOf(use, settings)])),
  };
  compiled.set(settings, app);
  return app;
}

const SECRET_USES: readonly SecretUse[] = OPERATIONS.flatMap(({ operation }) =>
  signingsOf(operation).flatMap(({ key }) => (key.by === 'rsa' ? [] : [key])),
);

function signerOf(use: SecretUse, settings: AppSettings): SecretSigner {
  const secret = settings[secretNameOf(use, settings)];
  return { secret, sign: signerWith(use, secret) };
}

function publicKey(text: string | null): RsaKey | undefined {
  const key = text === null ? undefined : parseKey(text);
  return isRsaKey(key) ? key : undefined;
}

export const MODULUS_BITS_MIN = 1024;
// One check of a larger key takes milliseconds, and such keys are not in use.
export const MODULUS_BITS_MAX = 4096;
// RFC 8017, 3.1. With exponent 1 anyone can forge a signature, and an even exponent has no private key.
const EXPONENT_MIN = 3n;

/** One sentence about why a text cannot be registered as a public key; undefined if it can. */
export function publicKeyProblem(text: string): Bilingual | undefined {
  const key = parseKey(text);
  return isRsaKey(key) ? undefined : key;
}

// The apps of a test suite have the same few keys.
const KEYS_MAX = 100;
const parsed = new Map<string, RsaKey>();

function parseKey(text: string): RsaKey | Bilingual {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const key = checkedKey(text);
  if (parsed.size >= KEYS_MAX) parsed.clear();
  if (isRsaKey(key)) parsed.set(text, key);
  return key;
}

function checkedKey(text: string): RsaKey | Bilingual {
  const key = readPublicKey(text);
  if (!isRsaKey(key)) return notAKey(key);
  const bits = modulusBits(key);
  if (bits < MODULUS_BITS_MIN || bits > MODULUS_BITS_MAX)
    return {
      en: `must be an RSA key of ${MODULUS_BITS_MIN} to ${MODULUS_BITS_MAX} bits, found one of ${bits}`,
      zh: `应为 ${MODULUS_BITS_MIN}–${MODULUS_BITS_MAX} 位的 RSA 密钥，实际为 ${bits} 位`,
    };
  const exponent = publicExponent(key);
  if (exponent < EXPONENT_MIN || exponent % 2n === 0n)
    return {
      en: `must be an RSA key with an odd exponent of ${EXPONENT_MIN} or more, found ${exponent}`,
      zh: `RSA 密钥的指数应为不小于 ${EXPONENT_MIN} 的奇数，实际为 ${exponent}`,
    };
  return key;
}
