/** The only place that removes secrets, tokens and phone numbers from a run before it is shown. */
import { mapWords, type Words, wordsIn } from '../../src/text/bilingual.js';
import { insideDollarQuotes, insideQuotes } from '../../src/text/curl-command.js';
import type { CaseResult, Difference, Run } from './result.js';

export interface Hidden {
  /** The credentials of the run: keys, secrets, the control token. */
  readonly secrets: readonly string[];
  /** The phone numbers of the run. Other numbers are found by their format. */
  readonly phoneNumbers: readonly string[];
}

export type Redact = (text: string) => string;

export function redactor({ secrets, phoneNumbers }: Hidden): Redact {
  // Secrets first: only then does a number before a secret end where its digits end.
  const steps: readonly Redact[] = [secretHider(secrets), maskTokens, numberMasker(phoneNumbers)];
  return (text) => steps.reduce((masked, step) => step(masked), text);
}

export function redactRun(run: Run, redact: Redact): Run {
  return {
    ...run,
    subject: redact(run.subject),
    results: run.results.map((result) => redactResult(result, redact)),
  };
}

/** The data of the case file (id, description, source) contains no secrets and stays unchanged. */
export function redactResult(result: CaseResult, redact: Redact): CaseResult {
  const { reason, seen, differences, repeat, curl, answer, finding } = result;
  return {
    ...result,
    differences: differences.map((difference) => redactDifference(difference, redact)),
    ...(reason !== undefined && { reason: mapWords(reason, redact) }),
    ...(seen !== undefined && { seen: redact(seen) }),
    ...(repeat !== undefined && { repeat: redact(repeat) }),
    ...(curl !== undefined && { curl: redact(curl) }),
    ...(answer !== undefined && { answer: redact(answer) }),
    ...(finding !== undefined && {
      finding: { ...finding, title: redact(finding.title), detail: redact(finding.detail) },
    }),
  };
}

function redactDifference(difference: Difference, redact: Redact): Difference {
  const { about, expected, received } = difference;
  const hide: Redact = about.endsWith('accessToken') ? (text) => maskAccessToken(redact(text)) : redact;
  const masked = {
    ...difference,
    about: redact(about),
    expected: mapWords(expected, hide),
    received: mapWords(received, hide),
  };
  const looksEqual = isSame(masked.expected, masked.received) && !isSame(expected, received);
  return looksEqual ? { ...masked, received: butDifferent(masked.received) } : masked;
}

function isSame(one: Words, other: Words): boolean {
  return wordsIn(one, 'en') === wordsIn(other, 'en');
}

function butDifferent(words: Words): Words {
  return {
    en: `${wordsIn(words, 'en')} (the hidden parts differ)`,
    zh: `${wordsIn(words, 'zh')}（不同之处已隐藏）`,
  };
}

const HIDDEN = '[hidden]';
// A shorter secret would match parts of ordinary words. The carrier's credentials are longer.
const SECRET_LENGTH_MIN = 4;

function secretHider(secrets: readonly string[]): Redact {
  // The longest first: if one secret is the beginning of another, the rest of the longer one must not stay.
  const longestFirst = secrets
    .filter(({ length }) => length >= SECRET_LENGTH_MIN)
    .toSorted((one, other) => other.length - one.length);
  if (longestFirst.length === 0) return (text) => text;
  const pattern = new RegExp([...new Set(longestFirst.flatMap(spellingsOf))].join('|'), 'g');
  return (text) => text.replace(pattern, HIDDEN);
}

/** Patterns of the secret: itself and in JSON, each in both kinds of shell quotes, and in a URL or form. */
function spellingsOf(secret: string): readonly string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  const plain = [secret, inJson, inJson.replaceAll('/', '\\/')];
  const exact = [...plain, ...plain.map(insideQuotes), ...plain.map(insideDollarQuotes)];
  return [...exact.map(literally), inUrl(secret)];
}

/** Encoders differ in the characters that they encode, in the letter case of the digits, and in the space. */
function inUrl(secret: string): string {
  return Array.from(secret, (character) => {
    if (/^[0-9A-Za-z]$/.test(character)) return character;
    const bytes = Array.from(Buffer.from(character), (byte) => byte.toString(16).padStart(2, '0'));
    const encoded = bytes.map((hex) => `%${hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)}`);
    const plain = [character, insideQuotes(character), insideDollarQuotes(character)].map(literally);
    return `(?:${[...plain, encoded.join(''), ...(character === ' ' ? ['\\+'] : [])].join('|')})`;
  }).join('');
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

// Each letter may be a JSON escape, whose backslash a shell may have doubled.
const TOKEN_BEGINS = Array.from(
  'STsid',
  (letter) => `(?:${letter}|\\\\{1,2}u00${letter.charCodeAt(0).toString(16)})`,
).join('');
const TOKEN = new RegExp(`${TOKEN_BEGINS}((?:[0-9A-Za-z]|\\\\{1,2}u00[0-9a-fA-F]{2})+)`, 'g');
const ACCESS_TOKEN = /(accessToken\\?"\s*:\s*\\?"|access-tokens\/)([0-9A-Za-z]+)/g;
const USER = /(https?:\/\/)[^\s/@'"<>]{1,256}@/g;
const SHOWN_LENGTH = 4;
const ESCAPE = /\\{1,2}u00([0-9a-fA-F]{2})/g;

function maskTokens(text: string): string {
  return text
    .replace(TOKEN, (_, rest: string) => `STsid…${tailOf(rest.replace(ESCAPE, unescapedLetter))}`)
    .replace(ACCESS_TOKEN, (_, before: string, value: string) => `${before}…${tailOf(value)}`)
    .replace(USER, `$1${HIDDEN}@`);
}

function unescapedLetter(_: string, code: string): string {
  return String.fromCharCode(Number.parseInt(code, 16));
}

function maskAccessToken(text: string): string {
  return text.replace(/[0-9A-Za-z]{32}/g, (value) => `…${tailOf(value)}`);
}

/** The last characters identify a token. A short token shows none. */
function tailOf(text: string): string {
  return text.length > 2 * SHOWN_LENGTH ? text.slice(-SHOWN_LENGTH) : '';
}

// Finds phone numbers in a text, and leaves times, ids and digests unchanged.

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
