/** Digests, keys and RSA signatures, and their encodings. The document, 1.2 and 2.3. */
import { type KeyObject, sign, verify } from 'node:crypto';
import { hash } from './hash.js';

export type RsaDigest = 'RSA-SHA256' | 'RSA-MD5';

/** 32 upper-case hex digits. */
export function md5Hex(text: string): string {
  return hash('md5', text).toUpperCase();
}

/** 64 upper-case hex digits. */
export function sha256Hex(text: string): string {
  return hash('sha256', text).toUpperCase();
}

/** A PKCS#1 v1.5 signature over the UTF-8 text. */
export function signRsa(digest: RsaDigest, text: string, privateKey: KeyObject): Buffer {
  return sign(digest, Buffer.from(text), privateKey);
}

/** False for every wrong signature, of any length or shape. Does not throw. */
export function verifyRsa(
  digest: RsaDigest,
  text: string,
  signature: Buffer,
  publicKey: KeyObject,
): boolean {
  return verify(digest, Buffer.from(text), publicKey, signature);
}

/** The bytes of hex digits in either case; undefined for an empty or invalid text. */
export function fromHex(text: string): Buffer | undefined {
  // Buffer.from() stops at the first character that is not a hex digit.
  const bytes = Buffer.from(text, 'hex');
  return text !== '' && bytes.length * 2 === text.length ? bytes : undefined;
}

/** Hex in upper case; any other text unchanged, because the upper case of the ligature U+FB00 is "FF". */
export function upperHex(text: string): string {
  return /^[0-9A-Fa-f]*$/.test(text) ? text.toUpperCase() : text;
}

/** The bytes of a Base64 text; undefined for an empty or invalid text. Ignores white space, because some encoders wrap lines. */
export function fromBase64(text: string): Buffer | undefined {
  return fromPackedBase64(text) ?? fromPackedBase64(text.replace(/\s+/g, ''));
}

function fromPackedBase64(text: string): Buffer | undefined {
  // Buffer.from() skips invalid characters: then the text differs when it is encoded again.
  const bytes = Buffer.from(text, 'base64');
  return text !== '' && bytes.toString('base64') === text ? bytes : undefined;
}

/** Takes a time that depends only on the length of the texts. */
export function equalInConstantTime(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i += 1) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}
