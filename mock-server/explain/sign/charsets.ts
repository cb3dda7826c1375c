/** Character encodings, other than UTF-8, that clients use to convert a text to bytes. */
import type { Text } from '../finding.js';

export interface Charset {
  readonly name: Text;
  readonly encode: (text: string) => Buffer;
}

const BYTE_ORDER_MARK = '\ufeff';

export const UTF_16: readonly Charset[] = [
  // .NET's Encoding.Unicode.
  { name: 'UTF-16LE', encode: littleEndian },
  { name: 'UTF-16BE', encode: bigEndian },
  // Java's getBytes("UTF-16").
  {
    name: { en: 'UTF-16BE with a byte order mark', zh: '带 BOM 的 UTF-16BE' },
    encode: (text) => bigEndian(BYTE_ORDER_MARK + text),
  },
  {
    name: { en: 'UTF-16LE with a byte order mark', zh: '带 BOM 的 UTF-16LE' },
    encode: (text) => littleEndian(BYTE_ORDER_MARK + text),
  },
];

/** These encode ASCII like UTF-8. */
export const SAME_ASCII: readonly Charset[] = [
  { name: 'GBK', encode: toGbk },
  { name: 'ISO-8859-1', encode: (text) => Buffer.from(text.replace(/[^\0-\xff]/g, '?'), 'latin1') },
];

const BEYOND_ASCII = /[^\0-\x7f]/;

/** The encodings whose bytes differ from UTF-8 for this text. */
export function charsetsFor(text: string): readonly Charset[] {
  return BEYOND_ASCII.test(text) ? [...UTF_16, ...SAME_ASCII] : UTF_16;
}

function littleEndian(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}

function bigEndian(text: string): Buffer {
  return littleEndian(text).swap16();
}

const LEAD = [0x81, 0xfe] as const;
const TRAIL = [0x40, 0xfe] as const;
let gbkBytes: ReadonlyMap<string, readonly number[]> | undefined;

/** Replaces a character that GBK lacks with a question mark, like Java. */
function toGbk(text: string): Buffer {
  gbkBytes ??= gbkTable();
  const table = gbkBytes;
  const question = [...Buffer.from('?')];
  return Buffer.from(
    Array.from(text).flatMap((character) =>
      BEYOND_ASCII.test(character) ? (table.get(character) ?? question) : [character.charCodeAt(0)],
    ),
  );
}

/** Built by decoding every pair of bytes, because the standard library can only decode GBK. */
function gbkTable(): ReadonlyMap<string, readonly number[]> {
  const decoder = new TextDecoder('gbk');
  const table = new Map<string, readonly number[]>();
  for (let lead = LEAD[0]; lead <= LEAD[1]; lead += 1) {
    for (let trail = TRAIL[0]; trail <= TRAIL[1]; trail += 1) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (Array.from(character).length === 1 && !table.has(character)) table.set(character, [lead, trail]);
    }
  }
  return table;
}
