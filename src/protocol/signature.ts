/** The signature of a request. The document, 1.2 sign and 2.3 sign. */
import type { KeyObject } from 'node:crypto';
import { hmacBy, hmacHex } from './digest.js';
import { signingsOf, stringToSign, type Texts } from './fields.js';
import { hash } from './hash.js';
import type { SecretName, SecretUse } from './operations/description.js';
import type { Operation } from './operations.js';
import { signRsa } from './sign.js';

/**
 * The APPSecret or appKey, which signs loginTokenValidate with MD5 and tokenValidate with HMAC-SHA256; or the private
 * key of 应用公钥1. `encoding` is that of the RSA signature; by default the operation's own.
 */
export type RequestKey =
  | { readonly secret: string }
  | { readonly privateKey: KeyObject; readonly encoding?: 'base64' | 'hex' };

export interface Signature {
  /** Including the secret of MD5. */
  readonly stringToSign: string;
  readonly sign: string;
}

/** Signs by the operation's scheme for this kind of key. Throws if it has none. */
export function signatureOf(operation: Operation, texts: Texts, requestKey: RequestKey): Signature {
  for (const { joined, key } of signingsOf(operation)) {
    if ('privateKey' in requestKey && key.by === 'rsa') {
      const text = stringToSign(joined, texts);
      const bytes = signRsa(key.digest, text, requestKey.privateKey);
      return { stringToSign: text, sign: encoded(bytes, requestKey.encoding ?? key.encoding) };
    }
    if ('secret' in requestKey && key.by !== 'rsa') {
      const text = stringToSign(joined, texts, requestKey.secret);
      return { stringToSign: text, sign: signedWithSecret(key, text, requestKey.secret) };
    }
  }
  const way = 'privateKey' in requestKey ? 'by RSA' : 'with a secret';
  throw new Error(`${operation} is not signed ${way}`);
}

/** The signature of a complete string to sign. */
export function signedWithSecret({ by, digest }: SecretUse, text: string, secret: string): string {
  return (
    by === 'hmac' ? hmacHex(digest, { text, key: secret }) : hash(digest, text)
  ).toUpperCase();
}

/** `signedWithSecret` for many texts. */
export function signerWith({ by, digest }: SecretUse, secret: string): (text: string) => string {
  const hex = by === 'hmac' ? hmacBy(digest, secret) : (text: string) => hash(digest, text);
  return (text) => hex(text).toUpperCase();
}

/** The app's setting 验签方式. */
interface ChosenSecret {
  readonly signSecret: SecretName;
}

export function secretNameOf({ secret }: SecretUse, app: ChosenSecret): SecretName {
  return secret === 'chosen' ? app.signSecret : secret;
}

/** The secret that signs without RSA; undefined if the operation has only RSA. */
export function signSecretOf(operation: Operation, app: ChosenSecret): SecretName | undefined {
  for (const { key } of signingsOf(operation)) if (key.by !== 'rsa') return secretNameOf(key, app);
  return undefined;
}

/** Hex digits are in upper case. */
export function encoded(bytes: Buffer, encoding: 'base64' | 'hex'): string {
  return encoding === 'hex' ? bytes.toString('hex').toUpperCase() : bytes.toString('base64');
}
