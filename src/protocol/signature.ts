/** The signature of a request. The document, 1.2 sign and 2.3 sign. */
import type { KeyObject } from 'node:crypto';
import { SIGNED_FIELDS, stringToSign, type Texts } from './fields.js';
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

const RSA = {
  loginTokenValidate: { digest: 'RSA-SHA256', encoding: 'hex' },
  tokenValidate: { digest: 'RSA-MD5', encoding: 'base64' },
} as const;

export function signatureOf(operation: Operation, texts: Texts, key: RequestKey): Signature {
  if ('privateKey' in key) {
    const { digest, encoding } = RSA[operation];
    const text = stringToSign(SIGNED_FIELDS[operation].rsa, texts);
    return { stringToSign: text, sign: encoded(signRsa(digest, text, key.privateKey), key.encoding ?? encoding) };
  }
  if (operation === 'loginTokenValidate') {
    const text = stringToSign(SIGNED_FIELDS.loginTokenValidate.md5, texts, key.secret);
    return { stringToSign: text, sign: md5Hex(text) };
  }
  const text = stringToSign(SIGNED_FIELDS.tokenValidate.hmac, texts);
  return { stringToSign: text, sign: hmacSha256Hex(text, key.secret) };
}

/** Hex digits are in upper case. */
export function encoded(bytes: Buffer, encoding: 'base64' | 'hex'): string {
  return encoding === 'hex' ? bytes.toString('hex').toUpperCase() : bytes.toString('base64');
}
