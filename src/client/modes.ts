/** How each operation is signed, and the secrets that it needs. The document, 1.2 and 2.3. */
import type { RowOf } from '../protocol/operations.js';
import { signSecretOf } from '../protocol/signature.js';
import type { SecretField, Secrets } from './credentials.js';
import { ConfigurationError } from './errors.js';
import type { CmpassportClientConfig } from './settings.js';

/** The client's method for each operation. */
const METHODS = {
  loginTokenValidate: 'getPhoneNumber',
  tokenValidate: 'verifyPhoneNumber',
  h5TokenValidate: 'getH5PhoneNumber',
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

export type Modes = { readonly [O in CalledOperation]: Mode<SigningOf<O>> };

/** An operation with an explicit setting must be possible; without any, at least one must be. @throws ConfigurationError */
export function modesOf(
  secrets: Secrets,
  { signSecret, signing = {}, keys }: CmpassportClientConfig,
): Modes {
  const signs: readonly SecretField[] = keys?.sign === undefined ? ['keys.appSignPrivateKey'] : [];
  const rsa = (...needs: readonly SecretField[]) =>
    ({ by: 'rsa', needs: [...signs, ...needs] }) as const;
  const secretOf = (operation: CalledOperation): readonly SecretField[] => {
    const name = signSecretOf(operation, { signSecret: signSecret ?? 'appSecret' });
    return name === undefined ? [] : [name];
  };
  const login = modeOf('loginTokenValidate', signing.loginTokenValidate, {
    first: { by: 'md5', needs: secretOf('loginTokenValidate') },
    byRsa: rsa('keys.appDecryptPrivateKey'),
    secrets,
  });
  const verify = modeOf('tokenValidate', signing.tokenValidate, {
    first: { by: 'hmac', needs: secretOf('tokenValidate') },
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
