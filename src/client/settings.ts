/** The settings of a client, a row for each: its type, check and default. The comments of the rows are published. */
import { OPERATIONS } from '../protocol/operations.js';
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
import { type CmpassportKeys, KEY_NAMES, type Secret } from './credentials.js';
import { ConfigurationError } from './errors.js';
import type { RequestEvent, ResponseEvent } from './hooks.js';
import type { Fetch } from './received.js';

/** @throws ConfigurationError */
type Check = (field: string, value: unknown, production: boolean) => void;

interface Setting<T> {
  readonly check: Check;
  /** The value if the setting is omitted. */
  readonly omitted: T | undefined;
}
interface WithDefault<T> extends Setting<T> {
  readonly omitted: T;
}

function setting<T>(check: Check): Setting<T> {
  return { check, omitted: undefined };
}

function withDefault<T>(omitted: T, check: Check): WithDefault<T> {
  return { check, omitted };
}

const TIMEOUT_MS = 5_000;
const CONNECT_ATTEMPTS = 3;
// More attempts would not fit into the timeout, and only add load to a carrier that is down.
const CONNECT_ATTEMPTS_MAX = 10;

/** The operations with several ways to sign. */
const WITH_A_CHOICE = OPERATIONS.filter(({ signings }) => signings.length > 1).map(
  ({ operation }) => operation,
);

/** `mustBe` ends the message. */
function valueWhere(isValid: (value: unknown) => boolean, mustBe: string): Check {
  return (field, value) => {
    if (!isValid(value)) throw new ConfigurationError(field, `must be ${mustBe}`);
  };
}

const FUNCTION = valueWhere((value) => typeof value === 'function', 'a function');

function wholeTo(max: number): Check {
  return valueWhere((value) => isWhole(value, max), `a whole number from 1 to ${max}`);
}

function names(known: readonly string[]): Check {
  return (field, value) => checkSettings(value, { field, known });
}

const REQUIRED = {
  /** The app's id at the portal. */
  appId: setting<string>(checkCredential),
};

/** Their values are checked together, and those of functions before each call. */
const CREDENTIALS = {
  /**
   * Signs at verify, and is part of `phoneNum`, also with RSA. Signs at login with `signSecret: 'appKey'`. Decrypts the
   * number of h5TokenValidate.
   */
  appKey: setting<Secret>(() => undefined),
  /** APPSecret: signs at login with MD5. */
  appSecret: setting<Secret>(() => undefined),
  /** The keys of an app with RSA. */
  keys: setting<CmpassportKeys>(names(KEY_NAMES)),
};

const OPTIONAL = {
  /** 验签方式 at login. Default: `'appSecret'`. `'appKey'` is for an app from before 2018-12-26 that never switched. */
  signSecret: setting<'appSecret' | 'appKey'>(
    valueWhere((value) => value === 'appSecret' || value === 'appKey', 'appSecret or appKey'),
  ),
  /**
   * How to sign. By default, login uses `rsa` if both private keys of the app are given, else `md5`. Verify uses `rsa` if
   * appSignPrivateKey and platformPublicKey are given, else `hmac`. h5TokenValidate always uses RSA.
   */
  signing: setting<{
    readonly loginTokenValidate?: LoginSigning | undefined;
    readonly tokenValidate?: VerifySigning | undefined;
  }>(names(WITH_A_CHOICE)),
  /** Default: `https://www.cmpassport.com`. A path after the host is kept. */
  baseUrl: withDefault<string>(
    CARRIER_URL,
    (_, value, production) => void checkedBaseUrl(value, production),
  ),
  /**
   * Default: true. In production, the client refuses tokens and responses with the mock's mark (ERR_MOCK), and plain HTTP
   * to another machine. Set it to false only in tests. A real token looks like one of the mock's once in 62^4, about 14.8
   * million.
   */
  production: withDefault<boolean>(
    true,
    valueWhere((value) => typeof value === 'boolean', 'true or false'),
  ),
  /**
   * The maximum duration of a call in milliseconds, including loading the secrets, connecting and reading the response.
   * Default: 5000. A user waits at the login screen, a response takes less than a second, and a token lives two minutes.
   */
  timeoutMs: withDefault<number>(TIMEOUT_MS, wholeTo(TIMEOUT_MS_MAX)),
  /**
   * The maximum number of connection attempts, 1 to 10. Default: 3. The client tries again only if a failure proves that
   * nothing was sent: after 100 ms, then after 300 ms.
   */
  connectAttempts: withDefault<number>(CONNECT_ATTEMPTS, wholeTo(CONNECT_ATTEMPTS_MAX)),
  /** Replaces the global fetch, which keeps connections alive. It must make only one attempt per call. */
  fetch: withDefault<Fetch>(ambientFetch, FUNCTION),
  /** Returns epoch milliseconds. Default: the machine's clock. */
  nowMs: withDefault<() => number>(systemNowMs, FUNCTION),
  /** Returns 1 to 36 characters, new each time. Default: a UUID. */
  newMsgId: withDefault<() => string>(randomMsgId, FUNCTION),
  /** Called before each attempt to send. Its errors are ignored. */
  onRequest: setting<(event: RequestEvent) => void>(FUNCTION),
  /** Called once at the end of each call that attempted to send. Its errors are ignored. */
  onResponse: setting<(event: ResponseEvent) => void>(FUNCTION),
};

type TypeOf<Row> = Row extends Setting<infer T> ? T : never;
type Optional<Rows> = { readonly [Name in keyof Rows]?: TypeOf<Rows[Name]> | undefined };
type Flat<Fields> = { [Name in keyof Fields]: Fields[Name] };

/**
 * The settings of a client, without its credentials.
 *
 * @interface
 */
export type CmpassportClientSettings = Flat<
  { readonly [Name in keyof typeof REQUIRED]: TypeOf<(typeof REQUIRED)[Name]> } & Optional<
    typeof OPTIONAL
  >
>;

/**
 * The credentials. Each is a text (a key may be a KeyObject), or a function that is called before each request, so that it can rotate.
 *
 * @interface
 */
export type CmpassportCredentials = Optional<typeof CREDENTIALS>;

/** Without keys, no operation signs with RSA. */
interface WithoutKeys {
  readonly keys?: undefined;
  readonly signing?:
    | {
        readonly loginTokenValidate?: Exclude<LoginSigning, 'rsa'> | undefined;
        readonly tokenValidate?: Exclude<VerifySigning, 'rsa'> | undefined;
      }
    | undefined;
}

/** At least one of the three is required for signing. A configuration without any does not compile. */
// The compiler names the last one if all are missing.
type SomeCredentials =
  | { readonly keys: CmpassportKeys }
  | (WithoutKeys & { readonly appKey: Secret })
  | (WithoutKeys & { readonly appSecret: Secret });

/**
 * The configuration of a client: settings and credentials.
 *
 * @example
 * import { type CmpassportClientConfig, createCmpassportClient } from 'cmpassport-client';
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

/** The checked values of the settings, with their defaults. */
export type SettingValues = Pick<CmpassportClientSettings, keyof typeof REQUIRED> & {
  readonly [Name in keyof typeof OPTIONAL]: (typeof OPTIONAL)[Name]['omitted'];
};

const ROWS: Readonly<Record<string, Setting<unknown>>> = {
  ...REQUIRED,
  ...CREDENTIALS,
  ...OPTIONAL,
};

/** Checks each setting. @throws ConfigurationError that names it */
export function settingValues(
  config: CmpassportClientConfig,
): SettingValues & CmpassportCredentials {
  checkSettings(config, { field: 'config', prefix: '', known: Object.keys(ROWS) });
  const given: Readonly<Record<string, unknown>> = { ...config };
  const { production = OPTIONAL.production.omitted } = config;
  const values = Object.entries(ROWS).map(([name, { check, omitted }]) => {
    const value = given[name] === undefined ? omitted : given[name];
    if (value !== undefined || name in REQUIRED) check(name, value, production);
    return [name, value];
  });
  return Object.fromEntries(values) as SettingValues & CmpassportCredentials;
}
