/** The format of tokens: `STsid`, `000000`, 13 digits of epoch milliseconds, 32 letters and digits. Observed in 23 of 23 samples. */
import { byOperation, type Operation } from '../../../src/protocol/operations.js';
import { isOfAnother, RESULTS } from '../../../src/protocol/result-codes.js';
import type { Bilingual } from '../../../src/text/bilingual.js';

/** What the tokens of an operation look like. */
export interface TokenFormat {
  readonly shape: Bilingual;
  /** What returns them. */
  readonly product: Bilingual;
  readonly isWellFormed: (text: string) => boolean;
  /** The beginning of every token, also of a damaged one. */
  readonly beginning: RegExp;
  /** A token like the phone's. It identifies its app, and differs from a real token. */
  readonly format: (issuedAtMs: number, shortId: string, base62: Base62) => string;
  /** The short id of the app that a token was minted for; undefined for a token that was not minted here. */
  readonly shortIdOf: (token: string) => string | undefined;
  /** The userInformation that the SDK returns with a token of this number, if the request must repeat it. */
  readonly userInformationOf?: (phoneNumber: string) => string;
}

export const TOKEN_BEGINNING = 'STsid';
export const TOKEN_PREFIX = `${TOKEN_BEGINNING}000000`;
const TOKEN = /^STsid000000(\d{13})[0-9A-Za-z]{32}$/;
const MAGIC = /^STsid0{19}MOCKRESULTCODE(\d{18})$/;
const MINTED = /^STsid000000\d{13}MOCK([0-9A-Za-z]{6})/;

export const TOKEN_LENGTH = 56;
/** The length of the letters and digits that identify an app in its tokens and request ids. */
export const SHORT_ID_LENGTH = 6;
/** This short id would make a token look like a magic token: MOCKRESULT…. */
export const RESERVED_SHORT_ID = 'RESULT';
const TAIL_LENGTH = 32;
const ISSUED_AT_DIGITS = 13;
// From the year 2286 the time has 14 digits. Then only the last 13 digits are used, to keep the format.
const ISSUED_AT_MS_END = 10 ** ISSUED_AT_DIGITS;
const CODE_DIGITS = 18;
// The 15th and the 16th character of the tail in the known samples.
const FIFTEENTH = '01wx';
const SIXTEENTH = '0w';

export function isTokenWellFormed(text: string): boolean {
  return TOKEN.test(text);
}

/** The time of issue in the text of a token; undefined for another text. */
export function issuedAtOf(token: string): number | undefined {
  const digits = TOKEN.exec(token)?.[1];
  return digits === undefined || isMagicToken(token) ? undefined : Number(digits);
}

export type Base62 = (length: number) => string;

/** A token like the phone SDK's. It identifies its app and differs from a real token by MOCK in its tail. */
export function formatToken(issuedAtMs: number, shortId: string, base62: Base62): string {
  const random = base62(TAIL_LENGTH);
  const head = `MOCK${shortId}`;
  const marked = pick(FIFTEENTH, random.charCodeAt(0)) + pick(SIXTEENTH, random.charCodeAt(1));
  const tail = head + random.slice(2, 6) + marked + random.slice(head.length + 6);
  return (
    TOKEN_PREFIX + String(issuedAtMs % ISSUED_AT_MS_END).padStart(ISSUED_AT_DIGITS, '0') + tail
  );
}

function pick(characters: string, by: number): string {
  return characters.charAt(by % characters.length);
}

/** The short id of the app that a token was minted for; undefined for a token that was not minted here. */
export function shortIdOf(token: string): string | undefined {
  return MINTED.exec(token)?.[1];
}

/** Those of the SDK in a phone, for both of its calls. */
export const SDK_TOKENS: TokenFormat = {
  shape: {
    en: 'STsid000000, 13 digits, 32 letters and digits',
    zh: 'STsid000000 + 13 位数字 + 32 位字母数字',
  },
  product: { en: 'the app SDK (STsid…)', zh: 'App SDK（以 STsid 开头）' },
  isWellFormed: isTokenWellFormed,
  beginning: /^STsid/,
  format: formatToken,
  shortIdOf,
};

/** The magic token that forces a result code, however often it is sent. */
export function formatMagicToken(resultCode: string): string {
  return `${TOKEN_PREFIX}${'0'.repeat(13)}MOCKRESULTCODE${resultCode.padStart(CODE_DIGITS, '0')}`;
}

const ALL_CODES = Object.values(RESULTS).flatMap((rows) => rows.map(({ code }) => code));

/** The codes of each operation's list, and those that the document has only for others, by their magic tokens. */
const CODES = byOperation((operation) => ({
  own: new Map(RESULTS[operation].map(({ code }) => [formatMagicToken(code), code])),
  ofOthers: new Set(ALL_CODES.filter((code) => isOfAnother(operation, code)).map(formatMagicToken)),
}));
// Leading zeros are padding, so an undocumented code that begins with 0 has no magic token.
const UNDOCUMENTED = /^0{12,}([1-9]\d{0,5})$/;

/** The code that a token forces; undefined for an ordinary token and for a code that the document has only for another operation. */
export function magicResultCode(
  operation: Operation,
  token: string | undefined,
): string | undefined {
  const [, digits] = token === undefined ? [] : (MAGIC.exec(token) ?? []);
  if (token === undefined || digits === undefined) return undefined;
  const { own, ofOthers } = CODES[operation];
  return own.get(token) ?? (ofOthers.has(token) ? undefined : UNDOCUMENTED.exec(digits)?.[1]);
}

/** True for any magic token, whichever operation its code belongs to. */
export function isMagicToken(text: string): boolean {
  return MAGIC.test(text);
}
