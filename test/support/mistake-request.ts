/** Builds the request of a row of test/mistakes: its fields, phoneNum, signature and HTTP message, by node:crypto and the document, not by the code under test. */
import { constants, createHash, createHmac, privateEncrypt, publicEncrypt, sign } from 'node:crypto';
import vectorKeys from '../../fixtures/vectors/keys.json' with { type: 'json' };
import type { Operation } from '../../src/protocol/operations.js';
import { PATHS } from './engine.js';
import { privateKeyOf, publicKeyOf, TEST_KEYS } from './keys.js';
import { type Credentials, type Fields, MSG_ID } from './requests.js';

const { otherApp } = vectorKeys.keys;

/** The pair of 应用公钥1, of 应用公钥2, of 平台公钥, and of another app. */
export const KEYS = {
  sign: TEST_KEYS.demoAppSign,
  decrypt: TEST_KEYS.demoAppDecrypt,
  platform: TEST_KEYS.platform,
  another: { privateKey: otherApp.privatePkcs8Base64, publicKey: otherApp.publicSpkiBase64 },
} as const;

export function pairNamed(name: string): (typeof KEYS)[keyof typeof KEYS] | undefined {
  return Object.entries(KEYS).find(([each]) => each === name)?.[1];
}

/** The input of a request: the app and its tokens, and the time. */
export interface Inputs {
  readonly app: Credentials & { readonly platformPublicKey: string };
  readonly token: string;
  /** A second token of the app. */
  readonly another: string;
  readonly nowMs: number;
}

/** How a value is calculated. Texts are templates, with `{name}` for a field or a secret. */
export interface Calculation {
  readonly text?: string;
  /** MD5, SHA-1, …; HMACSHA256 …; SHA256withRSA …; SHA256withRSA/PSS; `encrypted` for RSA with a public key. */
  readonly by?: string;
  /** The key of an HMAC as a template, or the name of a pair in KEYS. */
  readonly key?: string;
  readonly as?: keyof typeof FORMATS;
  readonly charset?: 'utf8' | 'utf16le' | 'utf16be' | 'latin1';
  readonly keyCharset?: 'utf16le' | 'utf16be';
  /** The part of the result that is sent. */
  readonly slice?: readonly [number, number];
}

/** A request as data. Each step changes the result of the step before it. */
export interface RequestRow {
  /** Set before signing; null leaves the field out. */
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly phoneNum?: Calculation | string;
  readonly sign?: Calculation | string;
  /** Set after signing. */
  readonly sent?: Readonly<Record<string, unknown>>;
  readonly renamed?: Readonly<Record<string, string>>;
  readonly omitted?: readonly string[];
  readonly http?: {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: readonly string[];
    /** A template with `{json}`, `{form}` or another of BODIES. */
    readonly body?: string;
    /** Replaced in the body. */
    readonly replaced?: readonly (readonly [from: string, to: string])[];
    /** Cuts the body after as many bytes as it has characters. */
    readonly cut?: boolean;
  };
}

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly rawHeaders: readonly string[];
  readonly body: string | Buffer;
  /** The text that was signed; undefined if the row has the signature itself. */
  readonly signedText: string | undefined;
}

export type Mode = 'login MD5' | 'login RSA' | 'verify HMAC' | 'verify RSA';

interface ModeRow {
  readonly operation: Operation;
  readonly fields: Fields;
  readonly signed: readonly string[];
  readonly phoneNum?: Calculation;
  readonly sign: Calculation;
}

const LOGIN = {
  version: '2.0',
  msgid: MSG_ID,
  systemtime: '{now}',
  strictcheck: '0',
  appid: '{app}',
  token: '{minted}',
};
const VERIFY = {
  ...{ version: '1.0', msgId: MSG_ID, timestamp: '{now}', appId: '{app}' },
  ...{ openType: '1', requesterType: '0', token: '{minted}' },
};
const VERIFY_SIGNED = ['appId', 'msgId', 'phoneNum', 'timestamp', 'token', 'version'];
const NUMBER_TEXT = '{number}{appKey}{timestamp}';

/** The document's four signing modes: 1.2 and 2.3, sign and phoneNum. */
const MODES: Readonly<Record<Mode, ModeRow>> = {
  'login MD5': {
    operation: 'loginTokenValidate',
    fields: LOGIN,
    signed: ['appid', 'version', 'msgid', 'systemtime', 'strictcheck', 'token'],
    sign: { text: '{text}{appSecret}', by: 'MD5', as: 'HEX' },
  },
  'login RSA': {
    operation: 'loginTokenValidate',
    fields: { ...LOGIN, encryptionalgorithm: 'RSA' },
    signed: ['appid', 'token'],
    sign: { text: '{text}', by: 'SHA256withRSA', as: 'HEX' },
  },
  'verify HMAC': {
    operation: 'tokenValidate',
    fields: VERIFY,
    signed: VERIFY_SIGNED,
    phoneNum: { text: NUMBER_TEXT, by: 'SHA-256', as: 'HEX' },
    sign: { text: '{text}', by: 'HMACSHA256', as: 'HEX' },
  },
  'verify RSA': {
    operation: 'tokenValidate',
    fields: { ...VERIFY, keyType: '1' },
    signed: VERIFY_SIGNED,
    phoneNum: { text: NUMBER_TEXT, by: 'encrypted', as: 'Base64' },
    sign: { text: '{text}', by: 'MD5withRSA', as: 'Base64' },
  },
};

export function modeOf(mode: Mode): ModeRow {
  return MODES[mode];
}

// A request is a quarter of a second under way.
const UNDER_WAY_MS = 238;
const BEIJING_AHEAD_MS = 8 * 3_600_000;

function beijingTime(atMs: number): string {
  return new Date(atMs + BEIJING_AHEAD_MS).toISOString().replace(/\D/g, '');
}

export function requestOf(mode: Mode, row: RequestRow, inputs: Inputs): Sent {
  const { operation, fields, signed, phoneNum, sign: signing } = MODES[mode];
  const { appId, appKey, appSecret, platformPublicKey } = inputs.app;
  const known = {
    ...{ app: appId, appKey, appSecret, minted: inputs.token, another: inputs.another, number: '13800138000' },
    ...{ now: beijingTime(inputs.nowMs - UNDER_WAY_MS), nowMs: String(inputs.nowMs) },
  };
  const chosen = filled({ ...fields, ...row.fields }, { values: known, signed });
  const calculated = (how: Calculation | undefined, change: Calculation | string | undefined, values: Fields) => {
    const context = { values: { ...known, ...values }, signed };
    if (typeof change === 'string') return template(change, context);
    const { text = '', key = '{appKey}', ...rest } = { ...how, ...change };
    return calculate({ ...rest, text: template(text, context), key: template(key, context) }, platformPublicKey);
  };
  const named =
    phoneNum === undefined || 'phoneNum' in (row.fields ?? {})
      ? chosen
      : { ...chosen, phoneNum: calculated(phoneNum, row.phoneNum, chosen) };
  const whole = 'sign' in (row.fields ?? {}) ? named : { ...named, sign: calculated(signing, row.sign, named) };
  const sent = changed(whole, row, { values: { ...known, ...whole }, signed });
  const text =
    typeof row.sign === 'string'
      ? undefined
      : template(row.sign?.text ?? signing.text ?? '', { values: { ...known, ...named }, signed });
  return { ...messageOf(operation, sent, row), signedText: 'sign' in (row.fields ?? {}) ? undefined : text };
}

interface Context {
  readonly values: Fields;
  readonly signed: readonly string[];
}

/** The templates filled in; a null leaves a field out. */
function filled(fields: Fields, context: Context): Fields {
  const kept = Object.entries(fields).filter(([, value]) => value !== null);
  return Object.fromEntries(
    kept.map(([name, value]) => [name, typeof value === 'string' ? template(value, context) : value]),
  );
}

function changed(fields: Fields, { sent = {}, renamed = {}, omitted = [] }: RequestRow, context: Context): Fields {
  const set = Object.entries(sent).map(([name, value]) => [
    name,
    typeof value === 'string' ? template(value, context) : value,
  ]);
  const all = Object.entries({ ...fields, ...Object.fromEntries(set) }).filter(([name]) => !omitted.includes(name));
  return Object.fromEntries(all.map(([name, value]) => [renamed[name] ?? name, value]));
}

const PLACEHOLDER = /\{(\w+)(?::(\w+))?(?:\|([^{}]*))?\}/g;
const REPEATED = /\{(\d+)\*(.)\}/g;

const CHANGES: Readonly<Record<string, (value: string) => string>> = {
  lower: (value) => value.toLowerCase(),
  upper: (value) => value.toUpperCase(),
  url: encodeURIComponent,
  spaced: (value) => value.replaceAll('+', ' '),
  packed: (value) => value.replace(/\s+/g, ''),
  lines: (value) => value.replace(/.{76}(?=.)/g, '$&\n'),
  crlf: (value) => value.replace(/.{76}(?=.)/g, '$&\r\n'),
  hex: (value) => Buffer.from(value, 'base64').toString('hex'),
  HEX: (value) => Buffer.from(value, 'base64').toString('hex').toUpperCase(),
  base64: (value) => Buffer.from(value, 'hex').toString('base64'),
};

function failOn(name: string): never {
  throw new Error(`a template names ${name}, which is neither a field nor a change`);
}

/**
 * `{name}` is a field or a secret, `{name:lower}` or another of CHANGES changes it. `{text}` is the documented string without the
 * secret, `{sorted}` the same by name, `{pairs}` and `{sortedPairs}` have `name=value`. `{text|&}` joins them with `&`.
 * `{70000*A}` is a long text.
 */
function template(text: string, { values, signed }: Context): string {
  const long = text.replace(REPEATED, (_, times: string, character: string) => character.repeat(Number(times)));
  return long.replace(PLACEHOLDER, (_, name: string, change: string | undefined, between = '') => {
    const list = { text: signed, pairs: signed, sorted: signed.toSorted(), sortedPairs: signed.toSorted() }[name];
    if (list !== undefined) {
      const pair = name.toLowerCase().endsWith('pairs') ? (each: string) => `${each}=` : () => '';
      return list.map((each) => `${pair(each)}${String(values[each] ?? '')}`).join(between);
    }
    if (!(name in values)) failOn(name);
    const value = String(values[name]);
    return change === undefined ? value : (CHANGES[change] ?? failOn(change))(value);
  });
}

const FORMATS = {
  HEX: (bytes: Buffer) => bytes.toString('hex').toUpperCase(),
  hex: (bytes: Buffer) => bytes.toString('hex'),
  'hex with dashes': (bytes: Buffer) =>
    bytes
      .toString('hex')
      .toUpperCase()
      .replace(/..(?=.)/g, '$&-'),
  Base64: (bytes: Buffer) => bytes.toString('base64'),
  base64url: (bytes: Buffer) => bytes.toString('base64url'),
  'Base64 of the hex': (bytes: Buffer) => Buffer.from(bytes.toString('hex').toUpperCase()).toString('base64'),
  'Base64 in lines': (bytes: Buffer) => bytes.toString('base64').replace(/.{76}(?=.)/g, '$&\n'),
  /** Java's BigInteger.toString(16). */
  'BigInteger hex': (bytes: Buffer) => BigInt(`0x${bytes.toString('hex')}`).toString(16),
  /** Java's Integer.toHexString of each byte. */
  'hex of each byte': (bytes: Buffer) => Array.from(bytes, (byte) => byte.toString(16)).join(''),
} as const satisfies Readonly<Record<string, (bytes: Buffer) => string>>;

/** The signature of a complete string to sign in this mode. */
export function signed(mode: Mode, text: string, { appKey, platformPublicKey }: Inputs['app']): string {
  return calculate({ ...MODES[mode].sign, text, key: appKey }, platformPublicKey);
}

function calculate(how: Calculation & { readonly text: string; readonly key: string }, platformKey: string): string {
  const { text, by = '', as = 'HEX', charset = 'utf8', slice = [] } = how;
  return FORMATS[as](resultOf(by, encoded(text, charset), how, platformKey)).slice(...slice);
}

function resultOf(
  by: string,
  bytes: Buffer,
  { key, keyCharset }: Calculation & { readonly key: string },
  platformKey: string,
): Buffer {
  const hmac = /^HMAC(\w+)$/.exec(by)?.[1];
  if (hmac !== undefined)
    return createHmac(hmac, encoded(key, keyCharset ?? 'utf8'))
      .update(bytes)
      .digest();
  const rsa = /^(\w+)withRSA(\/PSS)?$/.exec(by);
  const privateKey = privateKeyOf(pairNamed(key)?.privateKey ?? KEYS.sign.privateKey);
  const padded = { key: privateKey, padding: constants.RSA_PKCS1_PADDING };
  const salted = {
    key: privateKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  };
  if (rsa !== null) return sign(`RSA-${rsa[1]}`, bytes, rsa[2] === undefined ? padded : salted);
  if (by === 'encrypted with the private key') return privateEncrypt(padded, bytes);
  if (by !== 'encrypted') return createHash(by.replace('-', '')).update(bytes).digest();
  return publicEncrypt({ ...padded, key: publicKeyOf(pairNamed(key)?.publicKey ?? platformKey) }, bytes);
}

function encoded(text: string, charset: NonNullable<Calculation['charset']>): Buffer {
  return charset === 'utf16be' ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, charset);
}

/** 2.4: four fields are in the header, all others in the body. */
const HEADER_NAME = /^\s*(?:version|msgid|timestamp|appid)\s*$/i;

function envelope(fields: Fields): Readonly<Record<'header' | 'body', Fields>> {
  const entries = Object.entries(fields);
  const isOfHeader = ([name]: [string, unknown]) => HEADER_NAME.test(name);
  return {
    header: Object.fromEntries(entries.filter(isOfHeader)),
    body: Object.fromEntries(entries.filter((entry) => !isOfHeader(entry))),
  };
}

const BOUNDARY = '5a1e7c0f8f9b4b6d';

const BODIES: Readonly<Record<string, (fields: Fields, value: object) => string>> = {
  json: (_, value) => JSON.stringify(value),
  'json in a string': (_, value) => JSON.stringify(JSON.stringify(value)),
  'json of other texts': (_, value) =>
    JSON.stringify(Object.fromEntries(Object.entries(value).map(([name, part]) => [name, JSON.stringify(part)]))),
  'pretty json': (_, value) => JSON.stringify(value, null, 4),
  'reversed json': (_, value) => JSON.stringify(Object.fromEntries(Object.entries(value).reverse())),
  form: (fields) =>
    new URLSearchParams(
      Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString(),
  'java map': (fields) =>
    `{${Object.entries(fields)
      .map(([name, value]) => `${name}=${value}`)
      .join(', ')}}`,
  /** The format of `files=` in Python's requests. */
  multipart: (fields) => {
    const parts = Object.entries(fields).map(
      ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    return `${parts.join('')}--${BOUNDARY}--\r\n`;
  },
};

const BODY = /\{([\w ]+)\}/;

function messageOf(operation: Operation, fields: Fields, { http = {} }: RequestRow): Omit<Sent, 'signedText'> {
  const value = operation === 'loginTokenValidate' ? fields : envelope(fields);
  const { method = 'POST', headers = ['Content-Type', 'application/json'], body = '{json}', replaced = [], cut } = http;
  const write = (text: string) => text.replace(BODY, (whole, name: string) => BODIES[name]?.(fields, value) ?? whole);
  const text = replaced.reduce((changing, [from, to]) => changing.replaceAll(from, to), write(body));
  return {
    method,
    path: (http.path ?? '{path}').replace('{path}', PATHS[operation]).replace('{form}', () => write('{form}')),
    rawHeaders: headers,
    body: cut === true ? Buffer.from(text).subarray(0, text.length) : text,
  };
}
