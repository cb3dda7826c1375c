/** Character sets that clients turn a text into bytes with, other than UTF-8. */
import type { Text } from '../finding.js';

export interface Charset {
  readonly name: Text;
  readonly encode: (text: string) => Buffer;
}

const BYTE_ORDER_MARK = '\ufeff';

const UTF_16: readonly Charset[] = [
  // Encoding.Unicode of .NET.
  { name: 'UTF-16LE', encode: littleEndian },
  { name: 'UTF-16BE', encode: bigEndian },
  // getBytes("UTF-16") of Java.
  {
    name: { en: 'UTF-16BE with a byte order mark', zh: '带 BOM 的 UTF-16BE' },
    encode: (text) => bigEndian(BYTE_ORDER_MARK + text),
  },
  {
    name: { en: 'UTF-16LE with a byte order mark', zh: '带 BOM 的 UTF-16LE' },
    encode: (text) => littleEndian(BYTE_ORDER_MARK + text),
  },
];

/** These write ASCII as UTF-8 does. */
const SAME_ASCII: readonly Charset[] = [
  { name: 'GBK', encode: toGbk },
  { name: 'ISO-8859-1', encode: (text) => Buffer.from(text.replace(/[^\0-\xff]/g, '?'), 'latin1') },
];

const BEYOND_ASCII = /[^\0-\x7f]/;

/** Those that give other bytes than UTF-8. */
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

/** A character that GBK lacks becomes a question mark, as in Java. */
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

/** The standard library only decodes: every pair of bytes is decoded once. */
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
