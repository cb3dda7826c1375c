/** An app's own control token: drawn, kept as a hash, recognised. */
import { equalInConstantTime, sha256Hex } from '../../../src/protocol/sign.js';
import { createRandom } from '../sources.js';

// 190 bits: nobody guesses one.
const LENGTH = 32;

/** Unpredictable whatever the server's seed: two servers of one seed would have the same token. */
export function drawControlToken(): string {
  return createRandom().base62(LENGTH);
}

/** What is kept of a token. It is long and random, or its owner's choice: a slow hash would cost each call its time. */
export function hashControlToken(controlToken: string): string {
  return sha256Hex(controlToken);
}

/** Whether a token is the one that a hash was made of, in a time that tells nothing of either. */
export function isControlToken(presented: string, hash: string): boolean {
  return equalInConstantTime(hashControlToken(presented), hash);
}
