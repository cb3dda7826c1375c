/** Arithmetic that needs only a public key: roots of big integers. */

export const toNumber = (hex) => BigInt(`0x${hex}`);

/** Returns as many bytes as the key has. */
export function toBytes(number, bits) {
  return Buffer.from(number.toString(16).padStart(bits / 4, '0'), 'hex');
}

/** Returns the smallest number whose cube is not less than `number`. */
function cubeRoot(number) {
  let low = 0n;
  let high = 1n << BigInt(Math.ceil(number.toString(2).length / 3) + 1);
  while (low < high) {
    const middle = (low + high) / 2n;
    if (middle ** 3n < number) low = middle + 1n;
    else high = middle;
  }
  return low;
}

/** Returns a number whose cube begins with these bytes, in a block of this many bits. The other bytes are arbitrary. */
export function cubeRootOfBeginning(hex, bits) {
  const free = BigInt(bits - hex.length * 4);
  const root = cubeRoot(toNumber(hex) << free);
  if ((root ** 3n) >> free !== toNumber(hex)) throw new Error('no cube begins with these bytes. Use fewer bytes.');
  return root;
}

/** Returns the number below 2^bits whose cube ends with these bytes, which must be odd. Finds it bit by bit. */
function cubeRootOfEnd(hex) {
  const end = toNumber(hex);
  const bits = hex.length * 4;
  if (end % 2n === 0n) throw new Error('an even number has no such root. Choose another message.');
  let root = 0n;
  for (let at = 0n; at < bits; at += 1n) {
    const differs = (((root ** 3n) ^ end) >> at) & 1n;
    root |= differs << at;
  }
  return root;
}

/** Returns a number whose cube begins and ends with these bytes. The bytes between them are arbitrary. */
export function cubeRootOfEnds({ beginning, end, bits }) {
  const step = 1n << BigInt(end.length * 4);
  const least = cubeRootOfBeginning(beginning, bits);
  const root = least + ((((cubeRootOfEnd(end) - least) % step) + step) % step);
  const block = (root ** 3n).toString(16).padStart(bits / 4, '0');
  if (!block.startsWith(beginning) || !block.endsWith(end))
    throw new Error('no cube begins and ends with these bytes. Use fewer bytes.');
  return root;
}

function powerModulo(base, exponent, modulus) {
  let [result, factor] = [1n, base % modulus];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  return result;
}

/** The prime must be 3 modulo 4. */
function squareRoot(number, prime) {
  const root = powerModulo(number, (prime + 1n) / 4n, prime);
  if ((root * root - number) % prime !== 0n) throw new Error('the number has no square root. Choose another message.');
  return root;
}

/** Modulo the product of two primes that are 3 modulo 4. */
export function squareRootModulo(number, [p, q]) {
  const [ofP, ofQ] = [squareRoot(number, p), squareRoot(number, q)];
  const inverse = powerModulo(q, p - 2n, p);
  const factor = ((((ofP - ofQ) * inverse) % p) + p) % p;
  return ofQ + q * factor;
}
