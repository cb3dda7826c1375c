/** Decodes the received signature from any encoding that clients use. */
import { type DigestName, digestOfLength } from '../../../src/protocol/digest.js';
import { fromBase64, fromHex } from '../../../src/protocol/sign.js';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { urlDecoded } from '../../../src/text/url-decoded.js';
import { HEX } from '../finding.js';
import { type ShortHex, shortHex } from '../lost-zeros.js';

export type LetterCase = 'upper' | 'lower' | 'mixed';

export interface Received {
  readonly bytes: Buffer;
  readonly encoding: SignEncoding;
  /** Only for hex with letters. */
  readonly letterCase: LetterCase | undefined;
  /** Set for hex that is a few digits too short: then `bytes` assumes that zeros are missing at the start. */
  readonly short: ShortHex | undefined;
}

const HEX_PAIRS = /^[0-9A-Fa-f]{2}(?:[-:\s]+[0-9A-Fa-f]{2})+$/;
const HEX_SEPARATOR = /[-:\s]+/g;
const WHITE_SPACE = /\s+/g;
// The lookbehind lets only the first "=" start a match: without it, 64 KiB of "=" take seconds.
const PADDING = /(?<!=)=+$/;

/**
 * In the order of the attempts: each hex text is also Base64, and each Base64 of a hex text decodes to bytes that are not
 * the signature's.
 */
export const ENCODINGS = [
  { name: 'hex', zh: HEX.zh, decode: fromHex },
  // For example .NET's BitConverter.ToString.
  {
    name: 'hex with separators',
    zh: '带分隔符的十六进制',
    decode: (text: string) =>
      HEX_PAIRS.test(text) ? fromHex(text.replace(HEX_SEPARATOR, '')) : undefined,
  },
  {
    name: 'Base64 of the hex text',
    zh: '对十六进制文本再做 Base64',
    decode: (text: string) => fromHex(fromBase64(text)?.toString('latin1') ?? ''),
  },
  { name: 'Base64', zh: 'Base64', decode: fromBase64 },
  {
    name: 'Base64 without padding',
    zh: '不带“=”补位的 Base64',
    decode: (text: string) => fromBase64(padded(text)),
  },
  {
    name: 'Base64url',
    zh: 'Base64url',
    decode: (text: string) => fromBase64(padded(text.replace(/-/g, '+').replace(/_/g, '/'))),
  },
  {
    name: 'URL-encoded Base64',
    zh: '经过 URL 编码的 Base64',
    decode: (text: string) => fromBase64(urlDecoded(text)),
  },
  // Form decoding turned "+" into a space, possibly at an end.
  {
    name: 'Base64 with spaces for +',
    zh: '“+”变成空格的 Base64',
    decode: (_: string, untrimmed: string) => fromBase64(untrimmed.replace(/ /g, '+')),
  },
] as const;

export type SignEncoding = (typeof ENCODINGS)[number]['name'];

const OF_HEX: readonly SignEncoding[] = ['hex', 'hex with separators'];

export function encodingWords(encoding: SignEncoding): Bilingual {
  return { en: encoding, zh: ENCODINGS.find(({ name }) => name === encoding)?.zh ?? encoding };
}

/** The shortest key that the mock accepts has 1024 bits. */
const SIGNATURE_BYTES_MIN = 128;
/** The middle 16 of the 32 hex digits of an MD5. */
export const SHORT_MD5_BYTES = 8;
/** The hex lengths of digests, and of signatures of keys of 1024 to 4096 bits. */
const HEX_LENGTHS = [32, 40, 64, 96, 128, 256, 512, 768, 1024] as const;

/** undefined if the text is no digest or signature in any encoding. Ignores white space around it, which has its own finding. */
export function readSign(sign: string): Received | undefined {
  const text = sign.trim();
  // Tried before the encodings: Base64 of this length does not by chance consist of hex digits.
  const short = shortHex(text, HEX_LENGTHS);
  const whole = short && fromHex(text.padStart(short.digits, '0'));
  if (whole !== undefined)
    return { bytes: whole, encoding: 'hex', letterCase: letterCaseOf(text), short };
  for (const { name, decode } of ENCODINGS) {
    const bytes = decode(text, sign);
    if (bytes === undefined || !isSignature(bytes)) continue;
    const letterCase = OF_HEX.includes(name) ? letterCaseOf(text) : undefined;
    return { bytes, encoding: name, letterCase, short: undefined };
  }
  return undefined;
}

/** Of RSA, or of a digest. */
function isSignature({ length }: Buffer): boolean {
  return length >= SIGNATURE_BYTES_MIN || digestFor(length) !== undefined;
}

/** The digest of this length; MD5 for half of one, which some clients send. */
function digestFor(bytes: number): DigestName | undefined {
  return bytes === SHORT_MD5_BYTES ? 'MD5' : digestOfLength(bytes);
}

/** undefined for an RSA signature. */
export function digestIn({ bytes }: Received): DigestName | undefined {
  return digestFor(bytes.length);
}

function letterCaseOf(hex: string): LetterCase | undefined {
  const upper = /[A-F]/.test(hex);
  const lower = /[a-f]/.test(hex);
  if (upper && lower) return 'mixed';
  if (lower) return 'lower';
  return upper ? 'upper' : undefined;
}

function padded(text: string): string {
  const packed = text.replace(WHITE_SPACE, '').replace(PADDING, '');
  return packed.padEnd(Math.ceil(packed.length / 4) * 4, '=');
}
