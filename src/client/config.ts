/** The configuration of a client, and its checks at creation. The document, 1.2 and 2.3 and their notes. */
import { OPERATIONS, type RowOf } from '../protocol/operations.js';
import { ambientFetch, randomMsgId, systemNowMs } from './ambient.js';
import type { LoginSigning, VerifySigning } from './build-requests.js';
import {
  CARRIER_URL,
  checkCredential,
  checkedBaseUrl,
  checkSettings,
  isWhole,
  TIMEOUT_MS_MAX,
} from './check.js';
import {
  checkFixedSecrets,
  KEY_NAMES,
  type KeySecret,
  type Secret,
  type SecretField,
  type Secrets,
} from './credentials.js';
import { ConfigurationError } from './errors.js';
import type { Hooks, RequestEvent, ResponseEvent } from './hooks.js';
import type { Fetch } from './received.js';
import type { Signer } from './signed-request.js';

/** The RSA keys: KeyObjects, or Base64 or PEM of PKCS#8 and SPKI; 1024 bits or more. One pair may have both roles. */
export interface CmpassportKeys {
  /** The private key of 应用公钥1: signs at login and verify. */
  readonly appSignPrivateKey?: KeySecret | undefined;
  /** Signs instead of appSignPrivateKey, for a key that does not leave a key service (KMS, HSM). */
  readonly sign?: Signer | undefined;
  /** The private key of 应用公钥2: decrypts the number at login. */
  readonly appDecryptPrivateKey?: KeySecret | undefined;
  /** 平台公钥, which the portal shows: encrypts the number at verify. */
  readonly platformPublicKey?: KeySecret | undefined;
  /** 应用公钥1 as registered at the portal. Optional: if given, it must match appSignPrivateKey, so swapped keys are refused. */
  readonly appVerifyKey?: KeySecret | undefined;
  /** 应用公钥2 as registered at the portal. Optional: if given, it must match appDecryptPrivateKey. */
  readonly appEncryptKey?: KeySecret | undefined;
}

/** The credentials. Each is a text (a key may be a KeyObject), or a function that is called before each request, so that it can rotate. */
export interface CmpassportCredentials {
  /** Signs at verify, and is part of `phoneNum`, also with RSA. Signs at login with `signSecret: 'appKey'`. */
  readonly appKey?: Secret | undefined;
  /** APPSecret: signs at login with MD5. */
  readonly appSecret?: Secret | undefined;
  readonly keys?: CmpassportKeys | undefined;
}

/** At least one of the three is required for signing. A configuration without any does not compile. */
// The compiler names the last one if all are missing.
type SomeCredentials =
  | { readonly keys: CmpassportKeys }
  | { readonly appKey: Secret }
  | { readonly appSecret: Secret };

/** The settings of a client, without its credentials. */
export interface CmpassportClientSettings {
  /** The app's id at the portal. */
  readonly appId: string;
  /** 验签方式 at login. Default: `'appSecret'`. `'appKey'` is for an app from before 2018-12-26 that never switched. */
  readonly signSecret?: 'appSecret' | 'appKey' | undefined;
  /**
   * How to sign. By default, login uses `rsa` if both private keys of the app are given, else `md5`. Verify uses `rsa` if
   * appSignPrivateKey and platformPublicKey are given, else `hmac`.
   */
  readonly signing?:
    | {
        readonly loginTokenValidate?: LoginSigning | undefined;
        readonly tokenValidate?: VerifySigning | undefined;
      }
    | undefined;
  /** Default: `https://www.cmpassport.com`. A path after the host is kept. */
  readonly baseUrl?: string | undefined;
  /**
   * Default: true. In production, the client refuses tokens and responses with the mock's mark (ERR_MOCK), and plain HTTP
   * to another machine. Set it to false only in tests. A real token looks like one of the mock's once in 62^4, about 14.8
   * million.
   */
  readonly production?: boolean | undefined;
  /**
   * The maximum duration of a call in milliseconds, including loading the secrets, connecting and reading the response.
   * Default: 5000. A user waits at the login screen, a response takes less than a second, and a token lives two minutes.
   */
  readonly timeoutMs?: number | undefined;
  /**
   * The maximum number of connection attempts, 1 to 10. Default: 3. The client tries again only if a failure proves that
   * nothing was sent: after 100 ms, then after 300 ms.
   */
  readonly connectAttempts?: number | undefined;
  /** Replaces the global fetch, which keeps connections alive. It must make only one attempt per call. */
  readonly fetch?: Fetch | undefined;
  /** Returns epoch milliseconds. Default: the machine's clock. */
  readonly nowMs?: (() => number) | undefined;
  /** Returns 1 to 36 characters, new each time. Default: a UUID. */
  readonly newMsgId?: (() => string) | undefined;
  /** Called before each attempt to send. Its errors are ignored. */
  readonly onRequest?: ((event: RequestEvent) => void) | undefined;
  /** Called once at the end of each call that attempted to send. Its errors are ignored. */
  readonly onResponse?: ((event: ResponseEvent) => void) | undefined;
}

/**
 * The configuration of a client: settings and credentials.
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
export type CmpassportClientConfig = CmpassportClientSettings &
  CmpassportCredentials &
  SomeCredentials;

/** A checked configuration with its defaults. */
export interface Settings extends Hooks {
  readonly appId: string;
  readonly secrets: Secrets;
  readonly sign: Signer | undefined;
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
const CONNECT_ATTEMPTS = 3;
// More attempts would not fit into the timeout, and only add load to a carrier that is down.
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
  onRequest: true,
  onResponse: true,
} satisfies Readonly<Record<keyof (CmpassportClientSettings & CmpassportCredentials), true>>);

/** @throws ConfigurationError that names the field */
export function checkedSettings(config: CmpassportClientConfig): Settings {
  checkNames(config);
  const { appId, baseUrl = CARRIER_URL, production = true } = config;
  const { timeoutMs = TIMEOUT_MS, connectAttempts = CONNECT_ATTEMPTS } = config;
  const { fetch = ambientFetch, nowMs = systemNowMs, newMsgId = randomMsgId } = config;
  const { onRequest, onResponse, keys: { sign } = {} } = config;
  checkCredential('appId', appId);
  if (typeof production !== 'boolean')
    throw new ConfigurationError('production', 'must be true or false');
  checkedBaseUrl(baseUrl, production);
  checkWhole('timeoutMs', timeoutMs, TIMEOUT_MS_MAX);
  checkWhole('connectAttempts', connectAttempts, CONNECT_ATTEMPTS_MAX);
  checkFunctions({ fetch, nowMs, newMsgId, onRequest, onResponse, 'keys.sign': sign });
  checkSigners(config);
  const secrets = secretsOf(config);
  checkFixedSecrets(secrets);
  const modes = modesOf(secrets, config);
  const checked = {
    appId,
    baseUrl,
    production,
    timeoutMs,
    connectAttempts,
    fetch,
    nowMs,
    newMsgId,
  };
  return { ...checked, secrets, modes, sign, onRequest, onResponse };
}

function checkNames(config: CmpassportClientConfig): void {
  checkSettings(config, { field: 'config', prefix: '', known: SETTINGS });
  const { keys = {}, signing = {} } = config;
  checkSettings(keys, { field: 'keys', known: [...KEY_NAMES, 'sign'] });
  checkSettings(signing, { field: 'signing', known: WITH_A_CHOICE });
}

function checkFunctions(functions: Readonly<Record<string, unknown>>): void {
  for (const [field, value] of Object.entries(functions)) {
    if (value !== undefined && typeof value !== 'function') {
      throw new ConfigurationError(field, 'must be a function');
    }
  }
}

function checkSigners({ keys = {}, signSecret }: CmpassportClientConfig): void {
  if (keys.sign !== undefined && keys.appSignPrivateKey !== undefined) {
    throw new ConfigurationError(
      'keys.sign',
      'replaces keys.appSignPrivateKey, found both. Remove one of them.',
    );
  }
  if (signSecret !== undefined && signSecret !== 'appSecret' && signSecret !== 'appKey') {
    throw new ConfigurationError('signSecret', 'must be appSecret or appKey');
  }
}

function secretsOf({ appKey, appSecret, keys = {} }: CmpassportClientConfig): Secrets {
  const { sign: _, ...secrets } = keys;
  const named = Object.entries(secrets).map(([name, key]) => [`keys.${name}`, key]);
  return { appKey, appSecret, ...Object.fromEntries(named) };
}

/** The operations with several ways to sign. */
const WITH_A_CHOICE = OPERATIONS.filter(({ signings }) => signings.length > 1).map(
  ({ operation }) => operation,
);

function checkWhole(field: string, value: number, max: number): void {
  if (isWhole(value, max)) return;
  throw new ConfigurationError(field, `must be a whole number from 1 to ${max}`);
}

/** The client's method for each operation. */
const METHODS = {
  loginTokenValidate: 'getPhoneNumber',
  tokenValidate: 'verifyPhoneNumber',
  h5TokenValidate: 'h5TokenValidate',
} as const;

/** An operation that the client can call. */
export type CalledOperation = keyof typeof METHODS;

export type SigningOf<O extends CalledOperation> = RowOf<O>['signings'][number]['name'];

/** How an operation is signed. */
export interface Mode<By extends string = string> {
  readonly by: By;
  /** The required secrets. Without RSA, the first signs. */
  readonly needs: readonly SecretField[];
}

type Modes = { readonly [O in CalledOperation]: Mode<SigningOf<O>> };

/** An operation with an explicit setting must be possible; without any, at least one must be. @throws ConfigurationError */
function modesOf(
  secrets: Secrets,
  { signSecret, signing = {}, keys }: CmpassportClientConfig,
): Modes {
  const signs: readonly SecretField[] = keys?.sign === undefined ? ['keys.appSignPrivateKey'] : [];
  const rsa = (...needs: readonly SecretField[]) =>
    ({ by: 'rsa', needs: [...signs, ...needs] }) as const;
  const login = modeOf('loginTokenValidate', signing.loginTokenValidate, {
    first: { by: 'md5', needs: [signSecret ?? 'appSecret'] },
    byRsa: rsa('keys.appDecryptPrivateKey'),
    secrets,
  });
  const verify = modeOf('tokenValidate', signing.tokenValidate, {
    first: { by: 'hmac', needs: ['appKey'] },
    byRsa: rsa('keys.platformPublicKey', 'appKey'),
    secrets,
  });
  if (signSecret !== undefined) checkNeeds('loginTokenValidate', login, secrets);
  if (![login, verify].some(({ needs }) => isGiven(secrets, needs)))
    throw new ConfigurationError(
      'appSecret',
      'is missing, and no other credential can sign. getPhoneNumber needs appSecret or both private keys, verifyPhoneNumber needs appKey.',
    );
  // The appKey decrypts the number.
  return { loginTokenValidate: login, tokenValidate: verify, h5TokenValidate: rsa('appKey') };
}

/** By default RSA, if what it needs is given. */
function modeOf<By extends string>(
  operation: CalledOperation,
  chosen: string | undefined,
  {
    first,
    byRsa,
    secrets,
  }: { readonly first: Mode<By>; readonly byRsa: Mode<'rsa'>; readonly secrets: Secrets },
): Mode<By | 'rsa'> {
  if (chosen === undefined) return isGiven(secrets, byRsa.needs) ? byRsa : first;
  const mode = [first, byRsa].find(({ by }) => by === chosen);
  if (mode === undefined)
    throw new ConfigurationError(`signing.${operation}`, `must be ${first.by} or rsa`);
  checkNeeds(operation, mode, secrets);
  return mode;
}

function isGiven(secrets: Secrets, fields: readonly SecretField[]): boolean {
  return fields.every((field) => secrets[field] !== undefined);
}

/** @throws ConfigurationError for the first missing secret */
export function checkNeeds(
  operation: CalledOperation,
  { by, needs }: Mode,
  secrets: Secrets,
): void {
  const missing = needs.find((field) => secrets[field] === undefined);
  if (missing === undefined) return;
  throw new ConfigurationError(
    missing,
    `is missing. ${METHODS[operation]} needs it to sign with ${by}.`,
  );
}
