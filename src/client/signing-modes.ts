/** How each operation signs, and which secrets that requires. The document, 1.2 and 2.3. */
import type { Operation } from '../protocol/operations.js';
import type { LoginSigning, VerifySigning } from './built-request.js';
import type { SecretField, Secrets } from './credentials.js';
import { ConfigurationError } from './errors.js';

interface Mode<S extends string> {
  readonly by: S;
  /** The required secrets. */
  readonly needs: readonly SecretField[];
}

export interface Modes {
  readonly loginTokenValidate: Mode<LoginSigning>;
  readonly tokenValidate: Mode<VerifySigning>;
  /** The secret of login's MD5 signature. */
  readonly loginSecret: 'appSecret' | 'appKey';
}

interface SigningSetting {
  readonly loginTokenValidate?: LoginSigning | undefined;
  readonly tokenValidate?: VerifySigning | undefined;
}

const LOGIN_RSA: readonly SecretField[] = ['keys.appSignPrivateKey', 'keys.appDecryptPrivateKey'];
const VERIFY_RSA: readonly SecretField[] = ['keys.appSignPrivateKey', 'keys.platformPublicKey'];

/** The client's method for each operation. */
const METHODS: Readonly<Record<Operation, string>> = {
  loginTokenValidate: 'getPhoneNumber',
  tokenValidate: 'verifyPhoneNumber',
};

export function modesOf({
  secrets,
  signSecret,
  signing,
}: {
  readonly secrets: Secrets;
  readonly signSecret: 'appSecret' | 'appKey';
  readonly signing: SigningSetting;
}): Modes {
  const login = signing.loginTokenValidate ?? (isGiven(secrets, LOGIN_RSA) ? 'rsa' : 'md5');
  const verify = signing.tokenValidate ?? (isGiven(secrets, VERIFY_RSA) ? 'rsa' : 'hmac');
  return {
    loginTokenValidate: { by: login, needs: loginNeeds(login, signSecret) },
    tokenValidate: { by: verify, needs: verifyNeeds(verify) },
    loginSecret: signSecret,
  };
}

function loginNeeds(by: LoginSigning, signSecret: 'appSecret' | 'appKey'): readonly SecretField[] {
  switch (by) {
    case 'md5':
      return [signSecret];
    case 'rsa':
      return LOGIN_RSA;
    default:
      by satisfies never;
      throw new ConfigurationError('signing.loginTokenValidate', 'must be md5 or rsa');
  }
}

function verifyNeeds(by: VerifySigning): readonly SecretField[] {
  switch (by) {
    case 'hmac':
      return ['appKey'];
    case 'rsa':
      return ['appKey', ...VERIFY_RSA];
    default:
      by satisfies never;
      throw new ConfigurationError('signing.tokenValidate', 'must be hmac or rsa');
  }
}

function isGiven(secrets: Secrets, fields: readonly SecretField[]): boolean {
  return fields.every((field) => secrets[field] !== undefined);
}

/** An operation with an explicit setting must be possible; without any, at least one must be. @throws ConfigurationError */
export function checkModes({
  secrets,
  modes,
  signing,
  signSecret,
}: {
  readonly secrets: Secrets;
  readonly modes: Modes;
  readonly signing: SigningSetting;
  readonly signSecret: 'appSecret' | 'appKey' | undefined;
}): void {
  const login =
    signing.loginTokenValidate !== undefined || (signSecret !== undefined && modes.loginTokenValidate.by === 'md5');
  if (login) checkNeeds('loginTokenValidate', modes, secrets);
  if (signing.tokenValidate !== undefined) checkNeeds('tokenValidate', modes, secrets);
  const possible = [modes.loginTokenValidate, modes.tokenValidate].some(({ needs }) => isGiven(secrets, needs));
  if (possible) return;
  throw new ConfigurationError(
    'appSecret',
    'is missing, and no other credential can sign. getPhoneNumber needs appSecret or both private keys, verifyPhoneNumber needs appKey.',
  );
}

/** @throws ConfigurationError for the first missing secret */
export function checkNeeds(operation: Operation, modes: Modes, secrets: Secrets): void {
  const { by, needs } = modes[operation];
  const missing = needs.find((field) => secrets[field] === undefined);
  if (missing === undefined) return;
  throw new ConfigurationError(missing, `is missing. ${METHODS[operation]} needs it to sign with ${by}.`);
}
