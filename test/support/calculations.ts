/** Calculates a value as a client does, right or wrong: a text from a template, its hash or signature, and how that is written. */
import {
  constants,
  createHash,
  createHmac,
  privateEncrypt,
  publicEncrypt,
  sign,
} from 'node:crypto';
import vectorKeys from '../../fixtures/vectors/keys.json' with { type: 'json' };
import { privateKeyOf, publicKeyOf, TEST_KEYS } from './keys.js';
import type { Fields } from './requests.js';

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

/** How a value is calculated. Texts are templates, with `{name}` for a field or a secret. */
export interface Calculation {
  readonly text?: string;
  /** MD5, SHA-1, …; HMACSHA256 …; SHA256withRSA …; SHA256withRSA/PSS; `encrypted` for RSA with a public key. */
  readonly by?: string;
  /** The text is replaced by its digest in hex first, in the case of this name: `MD5`, `md5`. */
  readonly first?: string;
  /** The key of an HMAC as a template, or the name of a pair in KEYS. */
  readonly key?: string;
  readonly as?: keyof typeof FORMATS;
  readonly charset?: 'utf8' | 'utf16le' | 'utf16be' | 'latin1';
  /** `hex`: the key is decoded. */
  readonly keyCharset?: 'utf16le' | 'utf16be' | 'hex';
  /** The part of the result that is sent. */
  readonly slice?: readonly [number, number];
}

export interface Context {
  readonly values: Fields;
  readonly signed: readonly string[];
}

const PLACEHOLDER = /\{(\w+)(?::(\w+))?(?:\|([^{}]*))?\}/g;

const REPEATED = /\{(\d+)\*(.)\}/g;

const CHANGES: Readonly<Record<string, (value: string) => string>> = {
  lower: (value) => value.toLowerCase(),
  upper: (value) => value.toUpperCase(),
  beheaded: (value) => value.slice(1),
  cut: (value) => value.slice(0, -1),
  md5: (value) => createHash('md5').update(value).digest('hex'),
  MD5: (value) => createHash('md5').update(value).digest('hex').toUpperCase(),
  url: encodeURIComponent,
  spaced: (value) => value.replaceAll('+', ' '),
  packed: (value) => value.replace(/\s+/g, ''),
  lines: (value) => value.replace(/.{76}(?=.)/g, '$&\n'),
  crlf: (value) => value.replace(/.{76}(?=.)/g, '$&\r\n'),
  hex: (value) => Buffer.from(value, 'base64').toString('hex'),
  HEX: (value) => Buffer.from(value, 'base64').toString('hex').toUpperCase(),
  base64: (value) => Buffer.from(value, 'hex').toString('base64'),
};

const BRACES: Fields = { open: '{', close: '}' };

function failOn(name: string): never {
  throw new Error(`a template names ${name}, which is neither a field nor a change`);
}

/**
 * `{name}` is a field or a secret, `{name:lower}` or another of CHANGES changes it. `{text}` is the documented string without the
 * secret, `{sorted}` the same by name, `{pairs}` and `{sortedPairs}` have `name=value`. `{text|&}` joins them with `&`.
 * `{70000*A}` is a long text, and
 * `{open}` and `{close}` are braces.
 */
export function template(text: string, { values, signed }: Context): string {
  const long = text.replace(REPEATED, (_, times: string, character: string) =>
    character.repeat(Number(times)),
  );
  return long.replace(PLACEHOLDER, (_, name: string, change: string | undefined, between = '') => {
    const list = {
      text: signed,
      pairs: signed,
      sorted: signed.toSorted(),
      sortedPairs: signed.toSorted(),
    }[name];
    if (list !== undefined) {
      const pair = name.toLowerCase().endsWith('pairs') ? (each: string) => `${each}=` : () => '';
      return list.map((each) => `${pair(each)}${String(values[each] ?? '')}`).join(between);
    }
    const all = { ...BRACES, ...values };
    if (!(name in all)) failOn(name);
    const value = String(all[name]);
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
  'Base64 of the hex': (bytes: Buffer) =>
    Buffer.from(bytes.toString('hex').toUpperCase()).toString('base64'),
  'Base64 in lines': (bytes: Buffer) => bytes.toString('base64').replace(/.{76}(?=.)/g, '$&\n'),
  /** Java's BigInteger.toString(16). */
  'BigInteger hex': (bytes: Buffer) => BigInt(`0x${bytes.toString('hex')}`).toString(16),
  /** Java's Integer.toHexString of each byte. */
  'hex of each byte': (bytes: Buffer) => Array.from(bytes, (byte) => byte.toString(16)).join(''),
} as const satisfies Readonly<Record<string, (bytes: Buffer) => string>>;

export function calculate(
  how: Calculation & { readonly text: string; readonly key: string },
  platformKey: string,
): string {
  const { text, by = '', first, as = 'HEX', charset = 'utf8', slice = [] } = how;
  const bytes = encoded(first === undefined ? text : digestIn(first, text), charset);
  return FORMATS[as](resultOf(by, bytes, how, platformKey)).slice(...slice);
}

function digestIn(algorithm: string, text: string): string {
  const hex = createHash(algorithm).update(text).digest('hex');
  return algorithm === algorithm.toLowerCase() ? hex : hex.toUpperCase();
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
  return publicEncrypt(
    { ...padded, key: publicKeyOf(pairNamed(key)?.publicKey ?? platformKey) },
    bytes,
  );
}

function encoded(
  text: string,
  charset: NonNullable<Calculation['charset'] | Calculation['keyCharset']>,
): Buffer {
  return charset === 'utf16be' ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, charset);
}
