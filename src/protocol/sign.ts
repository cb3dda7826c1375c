/** Making and checking signs: MD5 and SHA256withRSA at login, HMACSHA256 and MD5withRSA at verify. The document, 1.2 and 2.3. */
import { createHmac, createSecretKey, hash, type KeyObject, sign, verify } from 'node:crypto';

export type RsaDigest = 'RSA-SHA256' | 'RSA-MD5';

const WHITE_SPACE = /\s+/g;
const HEX_DIGITS = /^[0-9A-Fa-f]*$/;

/** 32 upper-case hex. */
export function md5Hex(text: string): string {
  return hash('md5', text).toUpperCase();
}

/** 64 upper-case hex. */
export function sha256Hex(text: string): string {
  return hash('sha256', text).toUpperCase();
}

/** A key that costs half as much as its text, each time that it is used. */
export function hmacKey(text: string): KeyObject {
  return createSecretKey(text, 'utf8');
}

/** 64 upper-case hex. */
export function hmacSha256Hex(text: string, key: string | KeyObject): string {
  return createHmac('sha256', key).update(text).digest('hex').toUpperCase();
}

/** A PKCS#1 v1.5 signature over the UTF-8 text. */
export function signRsa(digest: RsaDigest, text: string, privateKey: KeyObject): Buffer {
  return sign(digest, Buffer.from(text), privateKey);
}

/** False for any signature that is not right, whatever its length or shape; it never throws for one. */
export function verifyRsa(digest: RsaDigest, text: string, signature: Buffer, publicKey: KeyObject): boolean {
  return verify(digest, Buffer.from(text), publicKey, signature);
}

/** Bytes of a hex text in either case; undefined where it is no hex, or empty. */
export function fromHex(text: string): Buffer | undefined {
  // Decoding stops at the first character that is no hex digit.
  const bytes = Buffer.from(text, 'hex');
  return text !== '' && bytes.length * 2 === text.length ? bytes : undefined;
}

/** Hex in upper case, and any other text as it is: of the ligature U+FB00 the upper case is "FF". */
export function upperHex(text: string): string {
  return HEX_DIGITS.test(text) ? text.toUpperCase() : text;
}

/** Bytes of a Base64 text; white space is dropped, since some encoders wrap lines. Undefined where it is no Base64, or empty. */
export function fromBase64(text: string): Buffer | undefined {
  return fromPackedBase64(text) ?? fromPackedBase64(text.replace(WHITE_SPACE, ''));
}

function fromPackedBase64(text: string): Buffer | undefined {
  // Decoding passes over what is no Base64, and so gives another text when it is encoded again.
  const bytes = Buffer.from(text, 'base64');
  return text !== '' && bytes.toString('base64') === text ? bytes : undefined;
}

/** Whether two texts are the same, in a time that depends on their length only. */
export function equalInConstantTime(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i += 1) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}
