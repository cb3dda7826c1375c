/** How a client calculated a phoneNum: from the number, a secret and a time, each correct or mistaken. The document, 2.3 phoneNum. */

import type { Readings } from '../../../src/protocol/readings.js';
import { fromBase64, fromHex } from '../../../src/protocol/sign.js';
import type { PhoneNumMistake } from './mistake-rows.js';

export interface PhoneNumCalculation {
  /** The text that was hashed or encrypted. */
  readonly text: string;
  /** The eleven digits of the number in the text; asterisks for the digits that are masked. */
  readonly phoneNumber: string;
  readonly mistakes: readonly PhoneNumMistake[];
  /** The time in the text; empty without one. */
  readonly time: string;
  /** The missing parts, by the document's names. */
  readonly missing: readonly string[];
  /** Only for a hash. */
  readonly algorithm?: string;
}

/** The values from the app and the request that belong in a phoneNum. */
export interface Credentials {
  readonly appKey: string;
  readonly appSecret: string;
  /** The header's timestamp. */
  readonly timestamp: string;
}

/** Whether digits of a number are hidden: `138****8000`. */
export function isMasked(phoneNumber: string): boolean {
  return phoneNumber.includes('*');
}

/** As pages and logs show a number. */
export function masked(phoneNumber: string): string {
  return phoneNumber.replace(/^(.{3}).{4}/, '$1****');
}

/** The correct text to hash or encrypt. */
export function expectedText({ appKey, timestamp }: Credentials, phoneNumber: string): string {
  return phoneNumber + appKey + timestamp;
}

/** The three parts of a calculation; `text` is their concatenation. */
export interface PhoneNumParts {
  readonly text: string;
  readonly phoneNumber: string;
  /** The number as the client wrote it. */
  readonly written: { readonly prefix: string; readonly digits: string };
  readonly secret: string;
  /** The secret is the key of an HMAC. */
  readonly keyed?: boolean;
  readonly time: string;
}

export function toCalculation(parts: PhoneNumParts, credentials: Credentials): PhoneNumCalculation {
  const { text, phoneNumber, written, secret, keyed = false, time } = parts;
  const { prefix, digits } = written;
  const inOrder = text === prefix + digits + (keyed ? '' : secret) + time;
  const checks: readonly (readonly [PhoneNumMistake, boolean])[] = [
    ['phone.masked', isMasked(phoneNumber)],
    ['phone.hash-alone', secret === ''],
    ['phone.secret-swapped', secret !== '' && secret !== credentials.appKey],
    // Without the secret, `phone.hash-alone` lists the missing time too.
    ['phone.timestamp-missing', time === '' && secret !== ''],
    ['phone.timestamp-differs', time !== '' && time !== credentials.timestamp],
    ['phone.field-order', !inOrder],
    ['phone.country-code', prefix.trim() !== ''],
    ['phone.formatted', digits !== phoneNumber || prefix !== prefix.trimStart()],
  ];
  const mistakes = checks.filter(([, isMade]) => isMade).map(([mistake]) => mistake);
  const missing = [...(secret === '' ? ['appKey'] : []), ...(time === '' ? ['timestamp'] : [])];
  return { text, phoneNumber, time, mistakes, missing };
}

export type CiphertextEncoding = Readings['verify-rsa-encoding'];

export interface Ciphertext {
  readonly encoding: CiphertextEncoding;
  readonly bytes: NonNullable<ReturnType<typeof fromHex>>;
}

/** The lengths of ciphertexts for keys of 1024 to 4096 bits. */
const RSA_BYTES: readonly (number | undefined)[] = [128, 256, 384, 512];
const TIME_LIKE = /^[\d :.TZ+-]*$/;
// A country code, and eleven digits in one piece or as 3-4-4.
const WRITTEN_NUMBER =
  /^(\s*(?:\(?\+?(?:00)?86\)?[ -]?)?)(1\d\d[ -]?(?:\d{4}|\*{4})[ -]?\d{4} ?)(.*)$/s;
const BETWEEN_DIGITS = /[^\d*]/g;

/** undefined if no RSA key produces this length. Tries hex first: its digits are also Base64, but of another length. */
export function readCiphertext(phoneNum: string): Ciphertext | undefined {
  const decoded = [
    { encoding: 'hex', bytes: fromHex(phoneNum) },
    { encoding: 'base64', bytes: fromBase64(phoneNum) },
  ] as const;
  return decoded.flatMap(({ encoding, bytes }) =>
    bytes !== undefined && RSA_BYTES.includes(bytes.length) ? [{ encoding, bytes }] : [],
  )[0];
}

/** undefined if the text contains no number. */
export function readCalculation(
  text: string,
  credentials: Credentials,
): PhoneNumCalculation | undefined {
  const { appKey, appSecret, timestamp } = credentials;
  const secret = [appKey, appSecret].find((one) => one !== '' && text.includes(one)) ?? '';
  const rest = text.replace(secret, '');
  const hasTime = rest.includes(timestamp);
  const [, prefix = '', digits = '', behind = ''] =
    WRITTEN_NUMBER.exec(hasTime ? rest.replace(timestamp, '') : rest) ?? [];
  const time = hasTime ? timestamp : behind;
  const isWhole = hasTime ? behind === '' : TIME_LIKE.test(behind);
  if (digits === '' || !isWhole) return undefined;
  return toCalculation(
    {
      text,
      phoneNumber: digits.replace(BETWEEN_DIGITS, ''),
      written: { prefix, digits },
      secret,
      time,
    },
    credentials,
  );
}
