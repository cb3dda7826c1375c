/** Other bytes than those of the text in UTF-8: another encoding, a digest, a decoded key. */
import { type DigestName, digestHex, plainName } from '../../../src/protocol/digest.js';
import { HEX } from '../finding.js';
import type { Charset, Digested } from './recipe.js';

export const WHOLE_BYTES_IN_HEX = /^(?:[\dA-Fa-f]{2})+$/;
export const FROM_HEX: Charset = { name: HEX, encode: (text) => Buffer.from(text, 'hex') };

const FIRST_DIGESTS: readonly DigestName[] = ['MD5', 'SHA1', 'SHA256'];

/** In upper and in lower case. */
export const DIGESTED: readonly Digested[] = FIRST_DIGESTS.flatMap((name) => [
  { name: plainName(name), digest: (text: string) => digestHex(name, text).toUpperCase() },
  { name: plainName(name), digest: (text: string) => digestHex(name, text) },
]);

/** GBK and ISO-8859-1 encode ASCII like UTF-8. */
export const UTF_16: readonly Charset[] = [
  // .NET's Encoding.Unicode.
  { name: 'UTF-16LE', encode: littleEndian },
  { name: 'UTF-16BE', encode: bigEndian },
  // Java's getBytes("UTF-16").
  {
    name: { en: 'UTF-16BE with a byte order mark', zh: '带 BOM 的 UTF-16BE' },
    encode: (text) => bigEndian(`\ufeff${text}`),
  },
  {
    name: { en: 'UTF-16LE with a byte order mark', zh: '带 BOM 的 UTF-16LE' },
    encode: (text) => littleEndian(`\ufeff${text}`),
  },
];

function littleEndian(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}

function bigEndian(text: string): Buffer {
  return littleEndian(text).swap16();
}
