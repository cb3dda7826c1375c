/** The only place that removes secrets, tokens and phone numbers from a run before it is shown. */
import { mapWords } from '../../src/text/bilingual.js';
import { insideDollarQuotes, insideQuotes } from '../../src/text/curl-command.js';
import type { Values } from './pointer.js';
import type { CaseResult, Run } from './result.js';

export interface Hidden {
  /** The credentials of the run: keys, secrets, the control token. */
  readonly secrets: readonly string[];
  /** The phone numbers of the run. Other numbers are found by their format. */
  readonly phoneNumbers: readonly string[];
}

/** Collects the credentials and numbers of apps as they are used. */
export function usedValues() {
  const secrets = new Set<string>();
  const phoneNumbers = new Set<string>();
  return {
    hidden: (): Hidden => ({ secrets: [...secrets], phoneNumbers: [...phoneNumbers] }),
    note: ({ appKey = '', appSecret = '', controlToken = '', phoneNumber = '' }: Values) => {
      for (const secret of [appKey, appSecret, controlToken]) secrets.add(secret);
      phoneNumbers.add(phoneNumber);
    },
  };
}

export type Redact = (text: string) => string;

export function redactor({ secrets, phoneNumbers }: Hidden): Redact {
  // Secrets first: only then is a number before a secret a word.
  const steps: readonly Redact[] = [secretHider(secrets), numberMasker(phoneNumbers), maskAccess];
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
  const { reason, callReason, seen, differences, repeat, curl, answer, finding } = result;
  const texts = Object.entries({ seen, repeat, curl, answer }).filter(
    (entry) => entry[1] !== undefined,
  );
  return {
    ...result,
    ...Object.fromEntries(texts.map(([name, text = '']) => [name, redact(text)])),
    differences: differences.map(({ at, expected, received, ...difference }) => {
      const maskTokens: Redact = (text) =>
        text.replace(/[0-9A-Za-z]{32}/g, (value) => `…${tailOf(value)}`);
      const hide: Redact = at.endsWith('accessToken') ? (text) => maskTokens(redact(text)) : redact;
      return {
        ...difference,
        at: redact(at),
        expected: mapWords(expected, hide),
        received: mapWords(received, hide),
      };
    }),
    ...(reason !== undefined && { reason: mapWords(reason, redact) }),
    ...(callReason !== undefined && { callReason: mapWords(callReason, redact) }),
    ...(finding !== undefined && {
      finding: { ...finding, title: redact(finding.title), detail: redact(finding.detail) },
    }),
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
  const pattern = new RegExp([...new Set(longestFirst)].map(spellingsOf).join('|'), 'g');
  return (text) => text.replace(pattern, HIDDEN);
}

/**
 * A pattern for the secret as it is, in JSON, in both kinds of shell quotes, and in a URL or form. Encoders differ in the
 * characters that they encode, in the letter case of the digits, and in the space.
 */
function spellingsOf(secret: string): string {
  return Array.from(secret, (character) => {
    if (/^[0-9A-Za-z]$/.test(character)) return character;
    const plain = [
      character,
      JSON.stringify(character).slice(1, -1),
      ...(character === '/' ? ['\\/'] : []),
    ];
    const quoted = plain.flatMap((text) => [text, insideQuotes(text), insideDollarQuotes(text)]);
    const bytes = Array.from(Buffer.from(character), (byte) => byte.toString(16).padStart(2, '0'));
    const encoded = bytes.map(
      (hex) => `%${hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)}`,
    );
    const url = [encoded.join(''), ...(character === ' ' ? ['\\+'] : [])];
    return `(?:${[...new Set(quoted.map(literally)), ...url].join('|')})`;
  }).join('');
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

const ACCESS_TOKEN = /(accessToken\\?"\s*:\s*\\?"|access-tokens\/)([0-9A-Za-z]+)/g;
const USER = /(https?:\/\/)[^\s/@'"<>]{1,256}@/g;
const TOKEN = /STsid([0-9A-Za-z]+)/g;
const SHOWN_LENGTH = 4;

function maskAccess(text: string): string {
  return text
    .replace(TOKEN, (_, value: string) => `STsid…${tailOf(value)}`)
    .replace(ACCESS_TOKEN, (_, before: string, value: string) => `${before}…${tailOf(value)}`)
    .replace(USER, `$1${HIDDEN}@`);
}

/** The last characters identify a token. A short token shows none. */
function tailOf(text: string): string {
  return text.length > 2 * SHOWN_LENGTH ? text.slice(-SHOWN_LENGTH) : '';
}

const APART = /(?<![\w-])(1[3-9]\d[ -])\d{4}([ -]\d{4})(?![\w-])/g;
/** A number that is a word, also after an escape in a URL, JSON or a shell's $'…', which ends in letters or digits. */
const MOBILE =
  /(?:(?<![0-9a-z])|(?<=%[0-9a-f]{2}|\\(?:[nrt]|u[0-9a-f]{4}|x[0-9a-f]{2})))((?:00)?86)?(1[3-9]\d{9})(?![0-9a-z])/gi;
/** Epoch milliseconds, and the carrier's 17 digits. They can contain the digits of a listed number. */
const TIME = /^(?:\d{13}|\d{17})$/;
const LISTED_LENGTH_MIN = 5;
const MOBILE_LENGTH = 11;

/** Masks mainland phone numbers that are a word, and the listed numbers also within longer words. */
function numberMasker(phoneNumbers: readonly string[]): Redact {
  const listed = phoneNumbers
    .map((number) => number.replace(/\D/g, ''))
    .filter(({ length }) => length >= LISTED_LENGTH_MIN)
    .map((number) => (number.length < MOBILE_LENGTH ? `^${number}$` : number));
  const pattern = listed.length === 0 ? undefined : new RegExp(listed.join('|'), 'g');
  const maskListed: Redact = (digits) =>
    pattern === undefined || TIME.test(digits) ? digits : digits.replace(pattern, mask);
  return (text) =>
    text
      .replace(APART, '$1****$2')
      .replace(MOBILE, (_, country = '', number: string) => `${country}${mask(number)}`)
      .replace(/\d+/g, maskListed);
}

function mask(number: string): string {
  return number.length < MOBILE_LENGTH
    ? `****${number.slice(-2)}`
    : `${number.slice(0, 3)}****${number.slice(-4)}`;
}
