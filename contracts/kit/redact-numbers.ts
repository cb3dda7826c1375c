/** Finds phone numbers in a text, and leaves times, ids and digests unchanged. */

const MOBILE = '1[3-9]\\d{9}';
/** An escape before a number in a URL, JSON or a shell's $'…'. Its digits are not part of the number. */
const ESCAPED_CHARACTER = '(?:%[0-9a-f]{2}|\\\\u[0-9a-f]{4}|\\\\x[0-9a-f]{2})';
const DIGEST_LENGTHS = [32, 40, 64, 96, 128, 256, 512];
const DIGEST = `(?<![0-9a-f])(?:${DIGEST_LENGTHS.map((length) => `[0-9a-f]{${length}}`).join('|')})(?![0-9a-f])`;
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** Also full-width, as an input method can type it. A run of digits can have JSON escapes of these too. */
const DIGIT = '[\\d\uff10-\uff19]';
const RUN = `(?:${DIGIT}|\\\\{1,2}uff1\\d){11,}`;
const FULL_WIDTH_ESCAPE = /\\{1,2}uff1(\d)/gi;
const WRITTEN_APART = `(?<!${DIGIT})[1\uff11][3-9\uff13-\uff19]${DIGIT}[ -]${DIGIT}{4}[ -]${DIGIT}{4}(?!${DIGIT})`;
const MIDDLE_OF_APART = new RegExp(`^(...)(.)${DIGIT}{4}`);

const SHAPES = new RegExp(
  [
    `(?<kept>${DIGEST}|${UUID})`,
    `(?<apart>${WRITTEN_APART})`,
    `(?<run>${RUN})`,
    `(?<before>${ESCAPED_CHARACTER})(?<behind>${RUN})`,
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
  if (apart !== undefined) return apart.replace(MIDDLE_OF_APART, '$1$2****');
  return `${before}${maskRun(behind ?? run ?? found, listed)}`;
}

/** A run of digits is a number, a time, or several values in a row, as in a string to sign. */
function maskRun(run: string, listed: readonly string[]): string {
  const digits = run.replace(FULL_WIDTH_ESCAPE, '$1').normalize('NFKC');
  const masked = maskDigits(digits, listed);
  return masked === digits ? run : masked;
}

function maskDigits(digits: string, listed: readonly string[]): string {
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
