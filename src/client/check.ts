/** Checks of arguments, before anything is signed or sent. No message contains the value itself. */
import { MSG_ID_LENGTH_MAX } from '../protocol/fields.js';
import { isObject } from '../protocol/json.js';
import { isPhoneNumber } from '../protocol/phone-num.js';
import { TIMESTAMP_MS_MAX } from '../protocol/timestamp.js';
import { ArgumentError, ConfigurationError } from './errors.js';

// Real tokens have 56 characters, those of the carrier's first API some hundreds. No SDK returns a longer text.
const TOKEN_LENGTH_MAX = 4096;
const SPACE_OR_CONTROL = /[\s\p{Cc}]/u;

/** Common mistakes in phone numbers; the first match applies. The document requires a check of the format (2.3 phoneNum). */
const PHONE_MISTAKES = [
  { found: 'an empty text', pattern: /^$/ },
  { found: 'a country code', pattern: /^\s*(?:\+|00)\s*86/ },
  { found: 'a country code', pattern: /^86\s*(?:-\s*)?1\d{10}$/ },
  { found: 'masked digits', pattern: /[*xX]/ },
  { found: 'full-width digits', pattern: /[０-９]/ },
  { found: 'spaces, dashes, dots or brackets', pattern: /[\s\-–—.()（）]/ },
  { found: 'characters that are not digits', pattern: /\D/ },
  { found: 'a first digit other than 1', pattern: /^[^1]/ },
] as const;

/** Describes a value by its type, for messages that must not contain the value. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return value === undefined ? 'nothing' : `a value of type ${typeof value}`;
}

/** @throws ArgumentError */
export function checkToken(token: unknown): void {
  const found = tokenMistake(token);
  if (found !== undefined)
    throw new ArgumentError(
      'token',
      `must be the token that the phone's SDK returned, found ${found}`,
    );
}

function tokenMistake(token: unknown): string | undefined {
  if (typeof token !== 'string') return kindOf(token);
  if (token === '') return 'an empty text';
  if (token.length > TOKEN_LENGTH_MAX) return `${token.length} characters`;
  return SPACE_OR_CONTROL.test(token) ? 'white space in it' : undefined;
}

/** @throws ArgumentError */
export function checkPhoneNumber(phoneNumber: unknown): void {
  if (typeof phoneNumber === 'string' && isPhoneNumber(phoneNumber)) return;
  const text = typeof phoneNumber === 'string' ? phoneNumber : '';
  const mistake =
    PHONE_MISTAKES.find(({ pattern }) => pattern.test(text))?.found ?? `${text.length} digits`;
  const found = typeof phoneNumber === 'string' ? mistake : kindOf(phoneNumber);
  throw new ArgumentError('phoneNumber', `must be eleven digits that begin with 1, found ${found}`);
}

/** @throws ArgumentError */
export function checkMsgId(msgId: unknown): void {
  if (typeof msgId === 'string' && msgId !== '' && msgId.length <= MSG_ID_LENGTH_MAX) return;
  const found = typeof msgId === 'string' ? `${msgId.length}` : kindOf(msgId);
  throw new ArgumentError('msgId', `must be 1 to ${MSG_ID_LENGTH_MAX} characters, found ${found}`);
}

// The maximum of setTimeout. With a higher delay it fires at once.
export const TIMEOUT_MS_MAX = 2 ** 31 - 1;

export function isWhole(value: unknown, max: number): boolean {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= max;
}

/** @throws ArgumentError */
export function checkTimeout(timeoutMs: number): void {
  if (!isWhole(timeoutMs, TIMEOUT_MS_MAX))
    throw new ArgumentError('timeoutMs', `must be a whole number from 1 to ${TIMEOUT_MS_MAX}`);
}

/** @throws ArgumentError */
export function checkSentAtMs(sentAtMs: unknown): void {
  if (Number.isInteger(sentAtMs) && Number(sentAtMs) >= 0 && Number(sentAtMs) <= TIMESTAMP_MS_MAX)
    return;
  throw new ArgumentError(
    'sentAtMs',
    'must be epoch milliseconds: a whole number in the years 1970 to 9999',
  );
}

/** Checks a member of a closed set, for callers without types. @throws ArgumentError */
export function checkOneOf(field: string, value: unknown, known: readonly string[]): void {
  if (typeof value === 'string' && known.includes(value)) return;
  throw new ArgumentError(field, `must be one of ${known.join(', ')}`);
}

/** Refuses unknown names: a misspelt setting would have no effect, without an error. @throws ConfigurationError */
export function checkSettings(
  value: unknown,
  { field, prefix = `${field}.`, known }: KnownSettings,
): void {
  if (!isObject(value))
    throw new ConfigurationError(field, `must be an object, found ${kindOf(value)}`);
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new ConfigurationError(
      `${prefix}${unknown}`,
      `is not a setting. Known settings: ${known.join(', ')}.`,
    );
}

interface KnownSettings {
  /** The name of the value that holds the settings. */
  readonly field: string;
  /** Precedes the name of a setting in messages. Default: the field and a dot. */
  readonly prefix?: string;
  readonly known: readonly string[];
}

/** appId, appKey, APPSecret. @throws ConfigurationError */
export function checkCredential(field: string, value: unknown): void {
  const found = credentialMistake(value);
  if (found !== undefined)
    throw new ConfigurationError(field, `must be the text from the portal, found ${found}`);
}

function credentialMistake(value: unknown): string | undefined {
  if (typeof value !== 'string') return kindOf(value);
  if (value === '') return 'an empty text';
  if (value.trim() !== value)
    return 'white space around it. Trim the text that you read from the file or the environment variable.';
  if (SPACE_OR_CONTROL.test(value)) return 'white space in it';
  return value.includes('-----BEGIN') || value.startsWith('MII')
    ? 'an RSA key, which belongs in keys'
    : undefined;
}

/** The document, 1.1 and 2.2. */
export const CARRIER_URL = 'https://www.cmpassport.com';

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/** @throws ConfigurationError */
export function checkedBaseUrl(baseUrl: unknown, production: boolean): URL {
  if (typeof baseUrl !== 'string' || !URL.canParse(baseUrl)) {
    throw new ConfigurationError('baseUrl', `must be a URL such as ${CARRIER_URL}`);
  }
  const url = new URL(baseUrl);
  const mistake = BASE_URL_MISTAKES.find(({ isMade }) => isMade(url, production));
  if (mistake !== undefined) throw new ConfigurationError('baseUrl', mistake.detail);
  return url;
}

interface BaseUrlMistake {
  readonly isMade: (url: URL, production: boolean) => boolean;
  readonly detail: string;
}

const BASE_URL_MISTAKES: readonly BaseUrlMistake[] = [
  {
    isMade: ({ protocol }) => protocol !== 'https:' && protocol !== 'http:',
    detail: 'must be an https: or http: URL',
  },
  {
    isMade: ({ username, password }) => username !== '' || password !== '',
    detail: 'must not contain a user or a password, because fetch refuses them',
  },
  {
    isMade: ({ search, hash }) => search !== '' || hash !== '',
    detail: 'must not contain a query or a fragment',
  },
  {
    // Plain HTTP to a proxy or mock on this machine is safe: no network is in between.
    isMade: ({ protocol, hostname }, production) =>
      production && protocol === 'http:' && !LOOPBACK_HOSTS.includes(hostname),
    detail:
      'must be https: in production, because http: sends tokens and numbers unencrypted. For a mock, set production: false.',
  },
];
