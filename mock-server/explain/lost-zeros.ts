/** Hex that has lost zeros, because code that formats numbers drops leading zeros. One digest in sixteen begins with one. */

export interface ShortHex {
  /** In lower case. */
  readonly text: string;
  /** The correct number of digits. */
  readonly digits: number;
}

/** The code that dropped the zeros, and the code to use instead. */
export interface Loss {
  readonly by: string;
  readonly instead: string;
}

interface Formatter {
  readonly by: string;
  readonly format: (hex: string) => string;
  readonly instead: (digits: number) => string;
}

/** Java's names; other languages have equivalents. */
const FORMATTERS: readonly Formatter[] = [
  {
    by: 'BigInteger.toString(16)',
    format: (hex) => hex.replace(/^0+/, ''),
    instead: (digits) => `String.format("%0${digits}X", …)`,
  },
  {
    by: 'Integer.toHexString',
    format: (hex) => hex.replace(/../g, (byte) => (byte.startsWith('0') ? byte.slice(1) : byte)),
    instead: () => 'String.format("%02X", …)',
  },
];

const HEX_TEXT = /^[0-9A-Fa-f]+$/;
// More than seven zero bytes at the start of a digest are practically impossible, and eight digits fewer is another digest's length.
const LOST_MAX = 7;

/** undefined if the text is not hex, or if it is not slightly shorter than one of the lengths. */
export function shortHex(text: string, lengths: readonly number[]): ShortHex | undefined {
  if (!HEX_TEXT.test(text)) return undefined;
  const digits = lengths.find((length) => text.length < length && text.length >= length - LOST_MAX);
  return digits === undefined ? undefined : { text: text.toLowerCase(), digits };
}

/** The loss that turns the complete hex into the short one; undefined if none is known. */
export function lossOf(hex: string, { text, digits }: ShortHex): Loss | undefined {
  const whole = hex.toLowerCase();
  // The last digit is never lost. Comparing it first rules out most of tens of thousands of candidates.
  if (whole.at(-1) !== text.at(-1)) return undefined;
  const formatter = FORMATTERS.find(({ format }) => format(whole) === text);
  return formatter && { by: formatter.by, instead: formatter.instead(digits) };
}
