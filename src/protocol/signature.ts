/** The signature of a request. The document, 1.2 sign and 2.3 sign. */
import type { KeyObject } from 'node:crypto';
import { signingsOf, stringToSign, type Texts } from './fields.js';
import type { Operation } from './operations.js';
import { hmacSha256Hex, md5Hex, signRsa } from './sign.js';

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
  const isRsa = 'privateKey' in requestKey;
  const scheme = signingsOf(operation).find(({ key }) => (typeof key === 'object') === isRsa);
  if (scheme === undefined)
    throw new Error(`${operation} is not signed ${isRsa ? 'by RSA' : 'with a secret'}`);
  const { fields, key } = scheme;
  if (isRsa && typeof key === 'object') {
    const text = stringToSign(fields, texts);
    const bytes = signRsa(key.digest, text, requestKey.privateKey);
    return { stringToSign: text, sign: encoded(bytes, requestKey.encoding ?? key.encoding) };
  }
  const secret = isRsa ? '' : requestKey.secret;
  const text = stringToSign(fields, texts, key === 'secretAtEnd' ? secret : '');
  return {
    stringToSign: text,
    sign: key === 'secretAtEnd' ? md5Hex(text) : hmacSha256Hex(text, secret),
  };
}

/** Hex digits are in upper case. */
export function encoded(bytes: Buffer, encoding: 'base64' | 'hex'): string {
  return encoding === 'hex' ? bytes.toString('hex').toUpperCase() : bytes.toString('base64');
}
