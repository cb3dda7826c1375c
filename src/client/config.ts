/** What a client is made of, checked when it is made. The document, 1.2 and 2.3 and their notes. */
import { OPERATIONS } from '../protocol/operations.js';
import { ambientFetch, randomMsgId, systemNowMs } from './ambient.js';
import { CARRIER_URL, checkedBaseUrl } from './base-url.js';
import type { LoginSigning, VerifySigning } from './built-request.js';
import { checkCredential, checkSettings } from './check.js';
import { checkGivenSecrets, type Secret, type Secrets } from './credentials.js';
import { ConfigurationError } from './errors.js';
import type { Fetch } from './fetch.js';
import { checkModes, type Modes, modesOf } from './signing-modes.js';

/** The RSA keys: Base64 or PEM, private ones PKCS#8, public ones SPKI, 1024 bits or more. One pair may serve as both. */
export interface CmpassportKeys {
  /** The private half of 应用公钥1: signs at login and verify. */
  readonly appSignPrivateKey?: Secret | undefined;
  /** The private half of 应用公钥2: decrypts the number at login. */
  readonly appDecryptPrivateKey?: Secret | undefined;
  /** 平台公钥, which the portal shows: encrypts the number at verify. */
  readonly platformPublicKey?: Secret | undefined;
  /** 应用公钥1 as it is at the portal. It is not needed, and has the pair checked: swapped keys are found at once. */
  readonly appVerifyKey?: Secret | undefined;
  /** 应用公钥2 as it is at the portal, likewise. */
  readonly appEncryptKey?: Secret | undefined;
}

/** What requests are signed with; each a text, or a function that is asked before each call, so that it can rotate. */
export interface CmpassportCredentials {
  /** Verify signs with it, also in RSA mode; login with `signSecret: 'appKey'`. */
  readonly appKey?: Secret | undefined;
  /** APPSecret: login signs with it, by MD5. */
  readonly appSecret?: Secret | undefined;
  readonly keys?: CmpassportKeys | undefined;
}

/** Something to sign with: without any of the three no call is possible, which does not compile. */
type SomeCredentials = { readonly appKey: Secret } | { readonly appSecret: Secret } | { readonly keys: CmpassportKeys };

/** How a client is set up, beside its credentials. */
export interface CmpassportClientSettings {
  /** The app's id at the portal. */
  readonly appId: string;
  /** 验签方式 at login: `'appSecret'` unless said; `'appKey'` for an app of before 2018-12-26 that was never switched. */
  readonly signSecret?: 'appSecret' | 'appKey' | undefined;
  /**
   * How to sign. Unless said, login signs by `rsa` where both of the app's private keys are given, else by `md5`; verify
   * by `rsa` where appSignPrivateKey and platformPublicKey are given, else by `hmac`.
   */
  readonly signing?:
    | { readonly loginTokenValidate?: LoginSigning | undefined; readonly tokenValidate?: VerifySigning | undefined }
    | undefined;
  /** `https://www.cmpassport.com` unless said; a path behind the host is kept. */
  readonly baseUrl?: string | undefined;
  /**
   * True unless said. In production, answers and tokens that carry the mark of the mock are refused with ERR_MOCK, and
   * so is plain HTTP to another machine. Set it to false in tests, and nowhere else. A genuine token looks like one of
   * the mock's once in 62^4, some 14.8 million.
   */
  readonly production?: boolean | undefined;
  /**
   * How long a call may take, in milliseconds, all of it: secrets asked for, attempts to connect, the answer read. 5000
   * unless said: a user waits at a login screen, an answer comes within a second, and the token lives for two minutes.
   */
  readonly timeoutMs?: number | undefined;
  /**
   * How often to try to connect, at most; 3 unless said, 1 never tries again. Only what proves that nothing was sent is
   * tried again, after 100 ms and then after 300 ms.
   */
  readonly connectAttempts?: number | undefined;
  /** In the place of the global fetch, which keeps connections alive. It has to make one attempt only. */
  readonly fetch?: Fetch | undefined;
  /** Epoch milliseconds; the machine's clock unless said. */
  readonly nowMs?: (() => number) | undefined;
  /** 1 to 36 characters, another each time; a UUID unless said. */
  readonly newMsgId?: (() => string) | undefined;
}

/**
 * What a client is made of.
 *
 * @example
 * import { type CmpassportClientConfig, createCmpassportClient } from 'cmpassport-mock';
 *
 * declare const vault: { read(name: string): Promise<string> };
 *
 * const config: CmpassportClientConfig = {
 *   appId: '300011223344',
 *   appKey: () => vault.read('cmpassport/app-key'),
 *   appSecret: () => vault.read('cmpassport/app-secret'),
 * };
 * export const client = createCmpassportClient(config);
 */
export type CmpassportClientConfig = CmpassportClientSettings & CmpassportCredentials & SomeCredentials;

/** A configuration that has been checked, with its defaults. */
export interface Settings {
  readonly appId: string;
  readonly secrets: Secrets;
  readonly modes: Modes;
  readonly baseUrl: string;
  readonly production: boolean;
  readonly timeoutMs: number;
  readonly connectAttempts: number;
  readonly fetch: Fetch;
  readonly nowMs: () => number;
  readonly newMsgId: () => string;
}

const TIMEOUT_MS = 5_000;
// What setTimeout can count to; beyond it, it fires at once.
const TIMEOUT_MS_MAX = 2 ** 31 - 1;
const CONNECT_ATTEMPTS = 3;
// More would not fit into the timeout, and a carrier that is down is not helped by them.
const CONNECT_ATTEMPTS_MAX = 10;

const SETTINGS = Object.keys({
  appId: true,
  appKey: true,
  appSecret: true,
  keys: true,
  signSecret: true,
  signing: true,
  baseUrl: true,
  production: true,
  timeoutMs: true,
  connectAttempts: true,
  fetch: true,
  nowMs: true,
  newMsgId: true,
} satisfies Readonly<Record<keyof (CmpassportClientSettings & CmpassportCredentials), true>>);

const KEYS = Object.keys({
  appSignPrivateKey: true,
  appDecryptPrivateKey: true,
  platformPublicKey: true,
  appVerifyKey: true,
  appEncryptKey: true,
} satisfies Readonly<Record<keyof CmpassportKeys, true>>);

/** @throws ConfigurationError that names the field */
export function checkedSettings(config: CmpassportClientConfig): Settings {
  checkNames(config);
  const { appId, baseUrl = CARRIER_URL, production = true, signSecret = 'appSecret' } = config;
  const { timeoutMs = TIMEOUT_MS, connectAttempts = CONNECT_ATTEMPTS } = config;
  const { fetch = ambientFetch, nowMs = systemNowMs, newMsgId = randomMsgId } = config;
  checkCredential('appId', appId);
  if (typeof production !== 'boolean') throw new ConfigurationError('production', 'must be true or false');
  checkedBaseUrl({ baseUrl, production });
  checkWhole('timeoutMs', timeoutMs, TIMEOUT_MS_MAX);
  checkWhole('connectAttempts', connectAttempts, CONNECT_ATTEMPTS_MAX);
  checkFunctions({ fetch, nowMs, newMsgId });
  if (signSecret !== 'appSecret' && signSecret !== 'appKey')
    throw new ConfigurationError('signSecret', 'must be appSecret or appKey');
  const secrets = secretsOfConfig(config);
  const modes = modesOf({ secrets, signSecret, signing: config.signing ?? {} });
  checkGivenSecrets(secrets);
  checkModes({ secrets, modes, signing: config.signing ?? {}, signSecret: config.signSecret });
  return { appId, secrets, modes, baseUrl, production, timeoutMs, connectAttempts, fetch, nowMs, newMsgId };
}

function checkNames(config: CmpassportClientConfig): void {
  checkSettings(config, { field: 'config', prefix: '', known: SETTINGS });
  const { keys = {}, signing = {} } = config;
  checkSettings(keys, { field: 'keys', known: KEYS });
  checkSettings(signing, { field: 'signing', known: OPERATIONS.map(({ operation }) => operation) });
}

function secretsOfConfig({ appKey, appSecret, keys = {} }: CmpassportCredentials): Secrets {
  return {
    appKey,
    appSecret,
    'keys.appSignPrivateKey': keys.appSignPrivateKey,
    'keys.appDecryptPrivateKey': keys.appDecryptPrivateKey,
    'keys.platformPublicKey': keys.platformPublicKey,
    'keys.appVerifyKey': keys.appVerifyKey,
    'keys.appEncryptKey': keys.appEncryptKey,
  };
}

function checkWhole(field: string, value: number, max: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= max) return;
  throw new ConfigurationError(field, `must be a whole number from 1 to ${max}`);
}

function checkFunctions(functions: Readonly<Record<string, unknown>>): void {
  for (const [field, value] of Object.entries(functions)) {
    if (typeof value !== 'function') throw new ConfigurationError(field, 'must be a function');
  }
}
