/** Test keys, not parsed by the code under test, and public keys of any size. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import keys from '../../fixtures/keys/keys.json' with { type: 'json' };

export const TEST_KEYS = keys;

// OpenSSL checks a private key when it is parsed, which takes a millisecond.
const parsed = new Map<string, KeyObject>();

export function privateKeyOf(base64: string): KeyObject {
  const key =
    parsed.get(base64) ??
    createPrivateKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'pkcs8' });
  parsed.set(base64, key);
  return key;
}

export function publicKeyOf(base64: string): KeyObject {
  return createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
}

interface Pair {
  readonly privateKey: string;
  readonly publicKey: string;
}

/** A pair of 2048 bits, which the portal does not require. */
export function longPair(): Pair {
  const file = new URL('../../fixtures/vectors/keys.json', import.meta.url);
  const { appSign2048 } = JSON.parse(readFileSync(file, 'utf8')).keys;
  return { privateKey: appSign2048.privatePkcs8Base64, publicKey: appSign2048.publicSpkiBase64 };
}

/** Returns the SPKI of a key with a modulus of this many bits. The exponent is in base64url, by default 65537. The key cannot encrypt or verify. */
export function publicKeyOfBits(bits: number, exponent = 'AQAB'): string {
  const modulus = (1n << BigInt(bits - 1)) + 1n;
  const hex = modulus.toString(16);
  const n = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString(
    'base64url',
  );
  return createPublicKey({ key: { kty: 'RSA', n, e: exponent }, format: 'jwk' })
    .export({ type: 'spki', format: 'der' })
    .toString('base64');
}
