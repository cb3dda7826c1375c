/** An app's own control token: generated, stored as a hash, checked. */
import { equalInConstantTime, sha256Hex } from '../../../src/protocol/sign.js';
import { createRandom } from '../sources.js';

// 190 bits, which cannot be guessed.
const LENGTH = 32;

/** Ignores the server's seed: two servers with the same seed would have the same token. */
export function generateControlToken(): string {
  return createRandom().base62(LENGTH);
}

/** The stored hash of a token. A generated token is long and random; a slow hash would delay every call. */
export function hashControlToken(controlToken: string): string {
  return sha256Hex(controlToken);
}

export function isControlToken(presented: string, hash: string): boolean {
  return equalInConstantTime(hashControlToken(presented), hash);
}
