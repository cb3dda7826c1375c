/** RSA with PSS padding (RFC 8017, 9.1). The carrier does not accept it; it is parsed so that an explanation can name it. */
import { constants } from 'node:crypto';
import { type DigestName, digestBytes, digestHex } from './digest.js';
import { modulusBits, type RsaKey } from './rsa-keys.js';
import { openSignature } from './rsa-pkcs1.js';

export interface PssSignature {
  readonly digest: DigestName;
  readonly salt: Buffer;
  /** Lower-case hex of the digest over the text's digest and the salt. */
  readonly hex: string;
}

const TRAILER = 0xbc;
const SEPARATOR = 0x01;
const PSS_DIGESTS: readonly DigestName[] = ['SHA256', 'SHA1', 'MD5', 'SHA512', 'SHA384'];
/** Several libraries mask with SHA-1 for every digest. */
const MASK_DEFAULT: DigestName = 'SHA1';

/**
 * Empty for a signature by another key or with another padding. If the salt has the maximum length, one signature in a
 * hundred can be parsed with two digests; then only the signed text decides.
 */
export function openPss(signature: Buffer, publicKey: RsaKey): readonly PssSignature[] {
  const block = openSignature(signature, publicKey, constants.RSA_NO_PADDING);
  if (block?.at(-1) !== TRAILER) return [];
  const bits = modulusBits(publicKey) - 1;
  return PSS_DIGESTS.flatMap((digest) => {
    const masks = [...new Set([digest, MASK_DEFAULT])];
    return masks.flatMap((mask) => readBlock(block, { bits, digest, mask }) ?? []);
  });
}

/** The `hex` of a signature of this text with the same digest and salt. */
export function pssHex({ digest, salt }: PssSignature, text: string | Uint8Array): string {
  const hashed = Buffer.from(digestHex(digest, text), 'hex');
  return digestHex(digest, Buffer.concat([Buffer.alloc(8), hashed, salt]));
}

interface BlockFormat {
  /** The length of the block. */
  readonly bits: number;
  readonly digest: DigestName;
  readonly mask: DigestName;
}

function readBlock(block: Buffer, { bits, digest, mask }: BlockFormat): PssSignature | undefined {
  const bytes = Math.ceil(bits / 8);
  const whole = block.subarray(block.length - bytes);
  const length = bytes - digestBytes(digest) - 1;
  if (length < 1) return undefined;
  const hash = whole.subarray(length, -1);
  const data = unmasked(whole.subarray(0, length), { hash, mask });
  // Clears the bits beyond the modulus.
  data[0] = (data[0] ?? 0) & (0xff >> (bytes * 8 - bits));
  const at = data.findIndex((byte) => byte !== 0);
  if (at === -1 || data[at] !== SEPARATOR) return undefined;
  return { digest, salt: data.subarray(at + 1), hex: hash.toString('hex') };
}

/** RFC 8017, B.2.1. */
function unmasked(
  masked: Buffer,
  { hash, mask }: { readonly hash: Buffer; readonly mask: DigestName },
): Buffer {
  const blocks = Math.ceil(masked.length / digestBytes(mask));
  const stream = Buffer.concat(
    Array.from({ length: blocks }, (_, counter) => {
      const seed = Buffer.concat([hash, Buffer.from([0, 0, 0, counter])]);
      return Buffer.from(digestHex(mask, seed), 'hex');
    }),
  );
  return Buffer.from(masked.map((byte, at) => byte ^ (stream[at] ?? 0)));
}
