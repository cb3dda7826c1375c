/** The clock and the random numbers of the server. No other server module reads a clock or draws random numbers. */
import { createHash, randomFillSync } from 'node:crypto';

export interface Clock {
  /** Real epoch milliseconds. */
  nowMs(): number;
  /** Milliseconds since some fixed moment, for durations. */
  elapsedMs(): number;
}

export const systemClock: Clock = { nowMs: () => Date.now(), elapsedMs };

/** Not `performance.now()`: at its first use Node loads ten modules, 3 % of what a start takes above an empty server. */
function elapsedMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}

export interface Random {
  /** Lower-case hex digits; an even number of them. */
  hex(length: number): string;
  /** Letters and digits. */
  base62(length: number): string;
  digits(length: number): string;
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const BYTE_VALUES = 256;
// Drawn in bulk: one draw from the system costs more than a thousand reads from the pool.
const POOL_BYTES = 8192;

/** Unpredictable; with a seed, always the same numbers in the same order. */
export function createRandom(seed?: string): Random {
  const refill =
    seed === undefined ? (pool: Buffer) => void randomFillSync(pool) : seededRefill(seed);
  const pool = Buffer.alloc(POOL_BYTES);
  let at = POOL_BYTES;

  function take(bytes: number): number {
    if (at + bytes > POOL_BYTES) {
      refill(pool);
      at = 0;
    }
    at += bytes;
    return at - bytes;
  }

  function text(alphabet: string, length: number): string {
    // The largest multiple of the alphabet's size: bytes above it would favour its first characters.
    const bound = BYTE_VALUES - (BYTE_VALUES % alphabet.length);
    let drawn = '';
    while (drawn.length < length) {
      const byte = pool[take(1)] ?? 0;
      if (byte < bound) drawn += alphabet.charAt(byte % alphabet.length);
    }
    return drawn;
  }

  return {
    hex: (length) => {
      const from = take(length / 2);
      return pool.toString('hex', from, from + length / 2);
    },
    base62: (length) => text(BASE62, length),
    digits: (length) => text(DIGITS, length),
  };
}

/** sfc32 (Chris Doty-Humphrey's small fast counting generator), started from the seed's SHA-256. */
function seededRefill(seed: string): (pool: Buffer) => void {
  const digest = createHash('sha256').update(seed).digest();
  let a = digest.readUInt32LE(0);
  let b = digest.readUInt32LE(4);
  let c = digest.readUInt32LE(8);
  let counter = digest.readUInt32LE(12);
  return (pool) => {
    const words = new DataView(pool.buffer, pool.byteOffset, pool.length);
    for (let at = 0; at < pool.length; at += 4) {
      const sum = (a + b + counter) >>> 0;
      counter = (counter + 1) >>> 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) >>> 0;
      c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
      words.setUint32(at, sum, true);
    }
  };
}
