/** Hex that has lost zeros: what writes numbers writes no zeros in front. One digest in sixteen begins with one. */

export interface ShortHex {
  /** In lower case. */
  readonly text: string;
  /** How many digits there should be. */
  readonly digits: number;
}

/** What dropped them, and what to write in its place. */
export interface Loss {
  readonly by: string;
  readonly instead: string;
}

interface Habit {
  readonly by: string;
  readonly write: (hex: string) => string;
  readonly instead: (digits: number) => string;
}

/** As Java has it; what other languages have does the same. */
const HABITS: readonly Habit[] = [
  {
    by: 'BigInteger.toString(16)',
    write: (hex) => hex.replace(/^0+/, ''),
    instead: (digits) => `String.format("%0${digits}X", …)`,
  },
  {
    by: 'Integer.toHexString',
    write: (hex) => hex.replace(/../g, (byte) => (byte.startsWith('0') ? byte.slice(1) : byte)),
    instead: () => 'String.format("%02X", …)',
  },
];

const HEX = /^[0-9A-Fa-f]+$/;
// More than seven of the 32 bytes of a digest hardly ever begin with a zero, and eight less would be the length of another digest.
const LOST_MAX = 7;

/** undefined where it is no hex, or has one of these lengths or none that is near. */
export function shortHex(text: string, lengths: readonly number[]): ShortHex | undefined {
  if (!HEX.test(text)) return undefined;
  const digits = lengths.find((length) => text.length < length && text.length >= length - LOST_MAX);
  return digits === undefined ? undefined : { text: text.toLowerCase(), digits };
}

/** With the zeros in front again, where all were lost there. */
export function paddedHex({ text, digits }: ShortHex): string {
  return text.padStart(digits, '0');
}

/** What makes the short text of the whole one; undefined where nothing known does. */
export function lossOf(hex: string, { text, digits }: ShortHex): Loss | undefined {
  const whole = hex.toLowerCase();
  // The last digit is never lost, and tells most of tens of thousands of candidates apart.
  if (whole.at(-1) !== text.at(-1)) return undefined;
  const habit = HABITS.find(({ write }) => write(whole) === text);
  return habit && { by: habit.by, instead: habit.instead(digits) };
}
