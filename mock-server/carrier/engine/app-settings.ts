/** What an app is registered with at the developer portal, and the same made ready for deciding. */
import type { Bilingual } from '../../../src/protocol/bilingual.js';
import type { Operation } from '../../../src/protocol/operations.js';
import {
  isRsaKey,
  modulusBits,
  notAKey,
  publicExponent,
  type RsaKey,
  readPublicKey,
} from '../../../src/protocol/rsa-keys.js';
import { hmacKey } from '../../../src/protocol/sign.js';
import { compileIpWhitelist, type IpMatcher } from './ip-whitelist.js';
import type { Readings } from './readings.js';

export const CAPABILITIES = ['loginTokenValidate', 'tokenValidate', 'smsFallback'] as const;
export type Capability = (typeof CAPABILITIES)[number];

export const SIGN_SECRETS = ['appSecret', 'appKey'] as const;
export type SignSecret = (typeof SIGN_SECRETS)[number];

/** On one server. Each has a world of some kilobytes; a suite that never removes its apps should hear of it before memory runs out. */
export const APPS_MAX = 10_000;

export interface AppSettings {
  readonly appId: string;
  /** What people call it; null without a name. The carrier has no such setting. */
  readonly name: string | null;
  readonly appKey: string;
  readonly appSecret: string;
  /** 验签方式: which of the two login's MD5 is made with. */
  readonly signSecret: SignSecret;
  /** 应用公钥1: Base64 of the SPKI, or null where none is registered. */
  readonly appVerifyKey: string | null;
  /** 应用公钥2. */
  readonly appEncryptKey: string | null;
  readonly capabilities: readonly Capability[];
  /** In the portal's syntax; null admits anybody, "" nobody. */
  readonly ipWhitelist: Readonly<Record<Operation, string | null>>;
  readonly contracted: boolean;
  /** Calls a day without a contract, over the operations that the reading names. */
  readonly dailyQuota: number;
  /** Calls under the contract; null has no limit. */
  readonly callPackage: number | null;
  readonly tokenTtlMs: number;
  readonly readings: Readings;
  /** SHA-256 of the control token that the app has of its own; null where it has none. The portal knows no such thing. */
  readonly controlTokenHash: string | null;
}

/** An app made ready: keys parsed, lists compiled. */
export interface App {
  readonly settings: AppSettings;
  readonly admits: Readonly<Record<Operation, IpMatcher>>;
  readonly capabilities: ReadonlySet<Capability>;
  readonly verifyKey: RsaKey | undefined;
  readonly encryptKey: RsaKey | undefined;
  /** The secret of loginTokenValidate's MD5. */
  readonly md5Secret: string;
}

const compiled = new WeakMap<AppSettings, App>();

/** The app made ready, once for each settings object: settings are values and never change in place. */
export function compileApp(settings: AppSettings): App {
  const known = compiled.get(settings);
  if (known !== undefined) return known;
  const app = compile(settings);
  compiled.set(settings, app);
  return app;
}

function compile(settings: AppSettings): App {
  return {
    settings,
    admits: {
      loginTokenValidate: compileIpWhitelist(settings.ipWhitelist.loginTokenValidate),
      tokenValidate: compileIpWhitelist(settings.ipWhitelist.tokenValidate),
    },
    capabilities: new Set(settings.capabilities),
    verifyKey: publicKey(settings.appVerifyKey),
    encryptKey: publicKey(settings.appEncryptKey),
    md5Secret: settings[settings.signSecret],
  };
}

const hmacKeys = new WeakMap<AppSettings, ReturnType<typeof hmacKey>>();

/** appKey as the key of tokenValidate's HMAC, made once for each settings object that needs it. */
export function hmacKeyOf(settings: AppSettings): ReturnType<typeof hmacKey> {
  const known = hmacKeys.get(settings);
  if (known !== undefined) return known;
  const key = hmacKey(settings.appKey);
  hmacKeys.set(settings, key);
  return key;
}

function publicKey(text: string | null): RsaKey | undefined {
  const key = text === null ? undefined : registrableKey(text);
  return isRsaKey(key) ? key : undefined;
}

export const MODULUS_BITS_MIN = 1024;
// Beyond this one check costs milliseconds; nobody registers such a key.
export const MODULUS_BITS_MAX = 4096;
// RFC 8017, 3.1. Under 1 a signature is its own block, which anybody can write, and an even one has no private half.
const EXPONENT_MIN = 3n;

/** One sentence that says why a text cannot be registered as a public key; undefined where it can. */
export function publicKeyProblem(text: string): Bilingual | undefined {
  const key = registrableKey(text);
  return isRsaKey(key) ? undefined : key;
}

function registrableKey(text: string): RsaKey | Bilingual {
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
