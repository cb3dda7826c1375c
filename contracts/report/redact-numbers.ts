/** Finds phone numbers in a text, and leaves times, ids and digests unchanged. */

const MOBILE = '1[3-9]\\d{9}';
/** An escape before a number in a URL, JSON or a shell's $'…'. Its digits are not part of the number. */
const ESCAPED_CHARACTER = '(?:%[0-9a-f]{2}|\\\\u[0-9a-f]{4}|\\\\x[0-9a-f]{2})';
const DIGEST_LENGTHS = [32, 40, 64, 96, 128, 256, 512];
const DIGEST = `(?<![0-9a-f])(?:${DIGEST_LENGTHS.map((length) => `[0-9a-f]{${length}}`).join('|')})(?![0-9a-f])`;
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const WRITTEN_APART = '(?<!\\d)1[3-9]\\d[ -]\\d{4}[ -]\\d{4}(?!\\d)';

const SHAPES = new RegExp(
  [
    `(?<kept>${DIGEST}|${UUID})`,
    `(?<apart>${WRITTEN_APART})`,
    `(?<before>${ESCAPED_CHARACTER})(?<behind>\\d{11,})`,
    '(?<run>\\d{11,})',
  ].join('|'),
  'gi',
);

const WHOLE_MOBILE = new RegExp(`^((?:00)?86)?(${MOBILE})$`);
/** Epoch milliseconds, and the carrier's 17 digits. */
const TIME_LENGTHS = [13, 17];
const LISTED_LENGTH_MIN = 5;
const MOBILE_LENGTH = 11;

type Groups = Readonly<Record<'kept' | 'apart' | 'before' | 'behind' | 'run', string | undefined>>;

/** Masks mainland phone numbers that are separate, and the listed numbers also within longer runs of digits. */
export function numberMasker(phoneNumbers: readonly string[]): (text: string) => string {
  const listed = phoneNumbers
    .map((number) => number.replace(/\D/g, ''))
    .filter(({ length }) => length >= LISTED_LENGTH_MIN);
  const short = listed.filter(({ length }) => length < MOBILE_LENGTH);
  const maskShort = short.length === 0 ? undefined : new RegExp(`(?<!\\d)(?:${short.join('|')})(?!\\d)`, 'g');
  const replaced = (...found: readonly unknown[]) => maskedShape(String(found[0]), found.at(-1) as Groups, listed);
  return (text) => {
    const masked = text.replace(SHAPES, replaced);
    return maskShort === undefined ? masked : masked.replace(maskShort, mask);
  };
}

function maskedShape(
  found: string,
  { kept, apart, before = '', behind, run }: Groups,
  listed: readonly string[],
): string {
  if (kept !== undefined) return maskListed(kept, listed);
  if (apart !== undefined) return apart.replace(/^(...)(.)\d{4}/, '$1$2****');
  return `${before}${maskRun(behind ?? run ?? found, listed)}`;
}

/** A run of digits is a number, a time, or several values in a row, as in a string to sign. */
function maskRun(digits: string, listed: readonly string[]): string {
  if (listed.includes(digits)) return mask(digits);
  const [, country = '', number] = WHOLE_MOBILE.exec(digits) ?? [];
  if (number !== undefined) return `${country}${mask(number)}`;
  return TIME_LENGTHS.includes(digits.length) ? digits : maskListed(digits, listed);
}

function maskListed(text: string, listed: readonly string[]): string {
  return listed
    .filter(({ length }) => length >= MOBILE_LENGTH)
    .reduce((masked, number) => masked.replaceAll(number, mask(number)), text);
}

function mask(number: string): string {
  return number.length < MOBILE_LENGTH ? `****${number.slice(-2)}` : `${number.slice(0, 3)}****${number.slice(-4)}`;
}
