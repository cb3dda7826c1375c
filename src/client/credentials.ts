/** Loads the secrets and keys before each call, and checks them. The document, notes of 1.2 and 2.3. */

import { isRsaKey, publicHalf } from '../protocol/rsa-keys.js';
import { checkCredential, kindOf } from './check.js';
import { ConfigurationError, SecretUnavailableError } from './errors.js';
import { type KeyKind, type RsaKeyInput, readKey } from './keys.js';
import { scrubbedCause } from './redact.js';
import type { Signer } from './signed-request.js';

/** A text, or a function that returns it. The client calls the function before each request. */
export type Secret = string | (() => string | Promise<string>);

/** An RSA key, or a function that returns it, like a Secret. */
export type KeySecret = RsaKeyInput | (() => RsaKeyInput | Promise<RsaKeyInput>);

/** The kind of each key, in the order of the published type. The comments are published. */
const KEYS = {
  /** The private key of 应用公钥1: signs at login, verify and h5TokenValidate. */
  appSignPrivateKey: 'private',
  /** Signs instead of appSignPrivateKey, for a key that does not leave a key service (KMS, HSM). */
  sign: 'signer',
  /** The private key of 应用公钥2: decrypts the number at login. */
  appDecryptPrivateKey: 'private',
  /** 平台公钥, which the portal shows: encrypts the number at verify. */
  platformPublicKey: 'public',
  /** 应用公钥1 as registered at the portal. Optional: if given, it must match appSignPrivateKey, so swapped keys are refused. */
  appVerifyKey: 'public',
  /** 应用公钥2 as registered at the portal. Optional: if given, it must match appDecryptPrivateKey. */
  appEncryptKey: 'public',
} as const satisfies Readonly<Record<string, KeyKind | 'signer'>>;

/**
 * The RSA keys: KeyObjects, or Base64 or PEM of PKCS#8 and SPKI; 1024 bits or more. One pair may have both roles.
 *
 * @interface
 */
export type CmpassportKeys = {
  readonly [Name in keyof typeof KEYS]?:
    | ((typeof KEYS)[Name] extends 'signer' ? Signer : KeySecret)
    | undefined;
};

type KeyName = Exclude<keyof typeof KEYS, 'sign'>;
const { sign: _, ...KINDS } = KEYS;
/** The names of the settings in `keys`. */
export const KEY_NAMES = [...Object.keys(KINDS), 'sign'];

type TextField = 'appKey' | 'appSecret';
type KeyField = `keys.${KeyName}`;
export type SecretField = TextField | KeyField;
export type Secrets = { readonly [Field in SecretField]?: KeySecret | undefined };
export type LoadedSecrets = { readonly [Field in TextField]?: string } & {
  readonly [Field in KeyField]?: RsaKeyInput;
};

/** The kind of value of each field. */
const FIELDS = {
  appKey: 'text',
  appSecret: 'text',
  ...Object.fromEntries(Object.entries(KINDS).map(([name, kind]) => [`keys.${name}`, kind])),
} as Readonly<Record<SecretField, 'text' | KeyKind>>;
const FIELD_NAMES = Object.keys(FIELDS) as readonly SecretField[];
/** Public keys that only serve to check the private keys. */
const CHECK_ONLY: readonly SecretField[] = ['keys.appVerifyKey', 'keys.appEncryptKey'];

/** Checks at creation: all secrets that are not functions. @throws ConfigurationError */
export function checkFixedSecrets(secrets: Secrets): void {
  checkLoaded(
    Object.fromEntries(
      FIELD_NAMES.flatMap((field) => {
        const secret = secrets[field];
        return secret === undefined || typeof secret === 'function' ? [] : [[field, secret]];
      }),
    ),
  );
}

/** Loads the secrets of a call, concurrently. @throws SecretUnavailableError, ConfigurationError */
export async function loadSecrets(
  secrets: Secrets,
  needs: readonly SecretField[],
): Promise<LoadedSecrets> {
  const fields = [...needs, ...CHECK_ONLY].filter((field) => secrets[field] !== undefined);
  const loaded: LoadedSecrets = Object.fromEntries(
    await Promise.all(
      fields.map(async (field) => [field, await load(field, secrets[field])] as const),
    ),
  );
  const missing = needs.find((field) => loaded[field] === undefined);
  if (missing !== undefined)
    throw new ConfigurationError(
      missing,
      'must be a text or a key, but its function returned nothing',
    );
  checkLoaded(loaded);
  return loaded;
}

/** A secret or a key that the call needs: `loadSecrets` has checked that it exists. */
export function needed<F extends SecretField>(
  secrets: LoadedSecrets,
  field: F,
): NonNullable<LoadedSecrets[F]> {
  return (secrets[field] ?? '') as NonNullable<LoadedSecrets[F]>;
}

async function load(field: SecretField, secret: KeySecret | undefined): Promise<unknown> {
  if (typeof secret !== 'function') return secret;
  try {
    return await secret();
  } catch (error) {
    throw new SecretUnavailableError(field, scrubbedCause(error, []));
  }
}

function checkLoaded(secrets: LoadedSecrets): void {
  for (const field of FIELD_NAMES) checkField(field, secrets[field]);
  checkPairs(secrets);
}

function checkField(field: SecretField, value: RsaKeyInput | undefined): void {
  const kind = FIELDS[field];
  if (value === undefined) return;
  if (kind === 'text') checkCredential(field, value);
  else if (typeof value === 'string' || isRsaKey(value)) readKey(field, kind, value);
  else
    throw new ConfigurationError(
      field,
      `must be a text, a KeyObject or a function that returns one, found ${kindOf(value)}`,
    );
}

/** The private keys, and the public keys that they must match if these are given. */
const PAIRS = [
  { field: 'keys.appSignPrivateKey', of: 'keys.appVerifyKey', other: 'keys.appEncryptKey' },
  { field: 'keys.appDecryptPrivateKey', of: 'keys.appEncryptKey', other: 'keys.appVerifyKey' },
] as const satisfies readonly Readonly<Record<'field' | 'of' | 'other', SecretField>>[];

/** Checks that the keys of a pair match, and that 平台公钥 is not a key of the app. @throws ConfigurationError */
function checkPairs(secrets: LoadedSecrets): void {
  const spki = (field: SecretField) => {
    const [kind, text] = [FIELDS[field], secrets[field]];
    return text === undefined || kind === 'text'
      ? undefined
      : publicHalf(readKey(field, kind, text));
  };
  for (const { field, of, other } of PAIRS) {
    const [own, half] = [spki(field), spki(of)];
    if (own === undefined || half === undefined || own === half) continue;
    const swapped =
      'that of the other pair: the two private keys, or the two public keys, are swapped';
    const found = own === spki(other) ? swapped : 'another key';
    throw new ConfigurationError(field, `must be the private key of ${of}, found ${found}`);
  }
  const platform = spki('keys.platformPublicKey');
  if (platform !== undefined && PAIRS.some(({ field }) => spki(field) === platform))
    throw new ConfigurationError(
      'keys.platformPublicKey',
      'must be 平台公钥, which the portal shows, found the public key of your own private key',
    );
}
