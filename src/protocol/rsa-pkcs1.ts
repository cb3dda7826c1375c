/** RSA with PKCS#1 v1.5 padding: encryption (RFC 8017, 7.2), which the carrier uses both ways, and what a signature holds. The document, 1.2 msisdn and 2.3 phoneNum. */
import { constants, privateDecrypt, publicDecrypt, publicEncrypt } from 'node:crypto';
import { modulusBits, type RsaKey } from './rsa-keys.js';

const BLOCK_TYPE = 2;
const PADDING_BYTES_MIN = 8;
/** The shortest padding with the three bytes around it. */
const PADDING_BYTES = PADDING_BYTES_MIN + 3;

/** The longest text that a key encrypts, in bytes: 117 for one of 1024 bits. */
export function encryptableBytes(key: RsaKey): number {
  return Math.ceil(modulusBits(key) / 8) - PADDING_BYTES;
}

export function encryptPkcs1(text: string, publicKey: RsaKey): Buffer {
  return publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(text));
}

/**
 * The text, or undefined for a ciphertext that this key did not make. Node 20 refuses to take this padding off
 * (`RSA_PKCS1_PADDING is no longer supported for private decryption`), so the block is read here: 00 02, eight or
 * more bytes that are not zero, 00, the text.
 */
export function decryptPkcs1(ciphertext: Buffer, privateKey: RsaKey): string | undefined {
  const block = decryptRaw(ciphertext, privateKey);
  if (block === undefined || block[0] !== 0 || block[1] !== BLOCK_TYPE) return undefined;
  const end = block.indexOf(0, 2);
  return end < 2 + PADDING_BYTES_MIN ? undefined : block.toString('utf8', end + 1);
}

function decryptRaw(ciphertext: Buffer, privateKey: RsaKey): Buffer | undefined {
  try {
    return privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, ciphertext);
  } catch {
    // A ciphertext of another length than the key, or a number beyond its modulus.
    return undefined;
  }
}

/** What the owner of the private half put into a signature (RFC 8017, 9.2); undefined for a signature of another key. */
export function openSignature(signature: Buffer, publicKey: RsaKey): Buffer | undefined {
  try {
    return publicDecrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, signature);
  } catch {
    return undefined;
  }
}
