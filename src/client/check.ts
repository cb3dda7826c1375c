/** Arguments checked before anything is signed or sent; a sentence says what was wrong and never shows the value. */
import { isObject } from '../protocol/json.js';
import { isPhoneNumber } from '../protocol/phone-num.js';
import { TIMESTAMP_MS_MAX } from '../protocol/timestamp.js';
import { ArgumentError, ConfigurationError } from './errors.js';

/** The document, 1.2 msgid. Verify's msgId is a UUID, which is as long at most. */
const MSG_ID_LENGTH_MAX = 36;
// Genuine tokens have 56 characters, those of the carrier's first API some hundreds: what is longer comes from nobody's SDK.
const TOKEN_LENGTH_MAX = 4096;
const SPACE_OR_CONTROL = /[\s\p{Cc}]/u;

/** What people give for a phone number, the first that fits; the document asks that its format be checked (2.3 phoneNum). */
const PHONE_MISTAKES = [
  { found: 'nothing', looks: /^$/ },
  { found: 'a country code', looks: /^\s*(?:\+|00)\s*86/ },
  { found: 'a country code', looks: /^86\s*(?:-\s*)?1\d{10}$/ },
  { found: 'another country’s code', looks: /^\s*\+/ },
  { found: 'a mask in place of digits', looks: /[*xX]/ },
  { found: 'full-width digits', looks: /[０-９]/ },
  { found: 'spaces, dashes, dots or brackets', looks: /[\s\-–—.()（）]/ },
  { found: 'characters that are no digits', looks: /\D/ },
  { found: 'another first digit than 1', looks: /^[^1]/ },
] as const;

/** Kinds of values, to be named where the value itself may not be shown. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return value === undefined ? 'nothing' : `a value of type ${typeof value}`;
}

/** @throws ArgumentError */
export function checkToken(token: unknown): void {
  const wrong = wrongOfToken(token);
  if (wrong !== undefined)
    throw new ArgumentError('token', `must be the text that the phone's SDK gave, found ${wrong}`);
}

function wrongOfToken(token: unknown): string | undefined {
  if (typeof token !== 'string') return kindOf(token);
  if (token === '') return 'an empty text';
  if (token.length > TOKEN_LENGTH_MAX) return `${token.length} characters`;
  return SPACE_OR_CONTROL.test(token) ? 'white space in it' : undefined;
}

/** @throws ArgumentError */
export function checkPhoneNumber(phoneNumber: unknown): void {
  if (typeof phoneNumber === 'string' && isPhoneNumber(phoneNumber)) return;
  const found = typeof phoneNumber === 'string' ? wrongOfPhoneNumber(phoneNumber) : kindOf(phoneNumber);
  throw new ArgumentError('phoneNumber', `must be eleven digits that begin with 1, found ${found}`);
}

function wrongOfPhoneNumber(text: string): string {
  return PHONE_MISTAKES.find(({ looks }) => looks.test(text))?.found ?? `${text.length} digits`;
}

/** @throws ArgumentError */
export function checkMsgId(msgId: unknown): void {
  if (typeof msgId === 'string' && msgId !== '' && msgId.length <= MSG_ID_LENGTH_MAX) return;
  const found = typeof msgId === 'string' ? `${msgId.length}` : kindOf(msgId);
  throw new ArgumentError('msgId', `must be 1 to ${MSG_ID_LENGTH_MAX} characters, found ${found}`);
}

const SIGNAL_METHODS = ['addEventListener', 'removeEventListener'] as const;

/** An AbortSignal, that of another realm too: as much of it as is used. @throws ArgumentError */
export function checkSignal(signal: unknown): void {
  if (signal === undefined || signal === null) return;
  const parts = signal as Readonly<Record<string, unknown>>;
  if (typeof parts['aborted'] === 'boolean' && SIGNAL_METHODS.every((name) => typeof parts[name] === 'function'))
    return;
  const found = signal instanceof AbortController ? 'the AbortController: give its signal' : kindOf(signal);
  throw new ArgumentError('signal', `must be an AbortSignal, found ${found}`);
}

/** @throws ArgumentError */
export function checkSentAtMs(sentAtMs: unknown): void {
  if (Number.isInteger(sentAtMs) && Number(sentAtMs) >= 0 && Number(sentAtMs) <= TIMESTAMP_MS_MAX) return;
  throw new ArgumentError('sentAtMs', 'must be epoch milliseconds, a whole number of the years 1970 to 9999');
}

/** A member of a closed set, for those who call from JavaScript. @throws ArgumentError */
export function checkOneOf(field: string, value: unknown, known: readonly string[]): void {
  if (typeof value === 'string' && known.includes(value)) return;
  throw new ArgumentError(field, `must be one of ${known.join(', ')}`);
}

/** What a call is given, where it is given anything. @throws ArgumentError */
export function checkObject(field: string, value: unknown): void {
  if (!isObject(value)) throw new ArgumentError(field, `must be an object, found ${kindOf(value)}`);
}

/** Settings by their names: a misspelt one that is passed over does nothing, and nobody sees it. @throws ConfigurationError */
export function checkSettings(value: unknown, { field, prefix = `${field}.`, known }: KnownSettings): void {
  if (!isObject(value)) throw new ConfigurationError(field, `must be an object, found ${kindOf(value)}`);
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new ConfigurationError(`${prefix}${unknown}`, `is no setting, known are ${known.join(', ')}`);
}

interface KnownSettings {
  /** What the settings are the value of. */
  readonly field: string;
  /** What stands before the name of one of them; the field with a dot unless said. */
  readonly prefix?: string;
  readonly known: readonly string[];
}

/** appId, appKey, APPSecret. @throws ConfigurationError */
export function checkCredential(field: string, value: unknown): void {
  const wrong = wrongOfCredential(value);
  if (wrong !== undefined) throw new ConfigurationError(field, `must be the portal's text, found ${wrong}`);
}

function wrongOfCredential(value: unknown): string | undefined {
  if (typeof value !== 'string') return kindOf(value);
  if (value === '') return 'an empty text';
  if (value.trim() !== value)
    return 'white space around it: trim what it is read from, a file or an environment variable';
  if (SPACE_OR_CONTROL.test(value)) return 'white space in it';
  return value.includes('-----BEGIN') || value.startsWith('MII') ? 'an RSA key, which belongs into keys' : undefined;
}
