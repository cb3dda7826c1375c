/** RSA with PKCS#1 v1.5 padding: encryption (RFC 8017, 7.2), which the carrier uses in both directions, and the content of a signature. The document, 1.2 msisdn and 2.3 phoneNum. */
import { constants, privateDecrypt, publicDecrypt, publicEncrypt } from 'node:crypto';
import { modulusBits, type RsaKey } from './rsa-keys.js';

const PADDING_BYTES_MIN = 8;

/** The longest text that a key encrypts, in bytes: 117 for a key of 1024 bits. */
export function encryptableBytes(key: RsaKey): number {
  // There are three bytes around the padding.
  return Math.ceil(modulusBits(key) / 8) - PADDING_BYTES_MIN - 3;
}

export function encryptPkcs1(text: string, publicKey: RsaKey): Buffer {
  return publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(text));
}

/**
 * The text; undefined for a ciphertext that was not encrypted for this key. Node 20 refuses to remove this padding
 * (`RSA_PKCS1_PADDING is no longer supported for private decryption`), so the block is parsed here: 00 02, at least
 * eight bytes that are not zero, 00, the text.
 */
export function decryptPkcs1(ciphertext: Buffer, privateKey: RsaKey): string | undefined {
  let block: Buffer;
  try {
    block = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, ciphertext);
  } catch {
    // The ciphertext does not have the key's length, or its number is beyond the modulus.
    return undefined;
  }
  if (block[0] !== 0 || block[1] !== 2) return undefined;
  const end = block.indexOf(0, 2);
  return end < 2 + PADDING_BYTES_MIN ? undefined : block.toString('utf8', end + 1);
}

/** The content of a signature (RFC 8017, 9.2), by default without its padding; undefined for a signature by another key. */
export function openSignature(
  signature: Buffer,
  publicKey: RsaKey,
  padding = constants.RSA_PKCS1_PADDING,
): Buffer | undefined {
  try {
    return publicDecrypt({ key: publicKey, padding }, signature);
  } catch {
    return undefined;
  }
}
