/** Seeded random numbers, with a generator for each index, so that one request can be generated without the earlier ones. */

export interface Random {
  /** Returns an integer from 0 to bound - 1. */
  below(bound: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  bytes(length: number): Buffer;
}

const UINT32 = 2 ** 32;

/** splitmix32, started from seed and index. */
export function randomAt(seed: number, index = 0): Random {
  let state = mixed((Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0);
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    return mixed(state);
  };
  const below = (bound: number) => Math.floor((next() / UINT32) * bound);
  return {
    below,
    chance: (probability) => next() / UINT32 < probability,
    pick: <T>(list: readonly T[]): T => {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      return list[below(list.length)] as T;
    },
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  };
}

function mixed(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}
