/** Computes phoneNum and sign: joins the parts, applies an algorithm, and encodes the result. The document, 1.2 sign, 2.3 phoneNum and sign. */
import {
  constants,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  sign,
} from 'node:crypto';
import type { Recipe } from './case.js';
import { filled, type Values, valueAt } from './pointer.js';

const PEM = '-----BEGIN';

type Transform = (text: Buffer, key: string) => Buffer;

const ALGORITHMS: Readonly<Record<Recipe['algorithm'], Transform>> = {
  none: (text) => text,
  md5: digest('md5'),
  sha1: digest('sha1'),
  sha256: digest('sha256'),
  'hmac-sha256': (text, key) => createHmac('sha256', key).update(text).digest(),
  'rsa-md5': signature('md5'),
  'rsa-sha1': signature('sha1'),
  'rsa-sha256': signature('sha256'),
  'rsa-encrypt': (text, key) =>
    publicEncrypt({ key: publicKey(key), padding: constants.RSA_PKCS1_PADDING }, text),
};

function digest(name: string): Transform {
  return (text) => createHash(name).update(text).digest();
}

function signature(hash: string): Transform {
  return (text, key) =>
    sign(hash, text, { key: privateKey(key), padding: constants.RSA_PKCS1_PADDING });
}

/** The derived value. A part that is not in the request is empty. Throws if the key cannot be read. */
export function derive(recipe: Recipe, request: unknown, values: Values): string {
  const text = recipe.parts
    .map((part) => partText(part, request, values))
    .join(recipe.separator ?? '');
  const derived = ALGORITHMS[recipe.algorithm](Buffer.from(text), filled(recipe.key ?? '', values));
  if (recipe.algorithm === 'none') return text;
  if (recipe.encoding === 'base64') return derived.toString('base64');
  const hex = derived.toString('hex');
  return recipe.case === 'lower' ? hex : hex.toUpperCase();
}

function partText(part: string, request: unknown, values: Values): string {
  if (!part.startsWith('/')) return filled(part, values);
  const value = valueAt(request, part);
  return value === undefined || value === null
    ? ''
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
}

/** Parses PKCS#8, as PEM or plain Base64. */
export const privateKey = parsedOnce((text) =>
  text.includes(PEM)
    ? createPrivateKey(text)
    : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' }),
);

/** Parses SPKI, as PEM or plain Base64. */
export const publicKey = parsedOnce((text) =>
  text.includes(PEM)
    ? createPublicKey(text)
    : createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' }),
);

/** A run uses few keys, and parsing one takes as long as signing. */
function parsedOnce(parse: (text: string) => KeyObject): (text: string) => KeyObject {
  const parsed = new Map<string, KeyObject>();
  return (text) => {
    const key = parsed.get(text) ?? parse(text);
    parsed.set(text, key);
    return key;
  };
}

/** The public key of a private key, as SPKI in Base64. */
export function publicKeyOf(text: string): string {
  return createPublicKey(privateKey(text))
    .export({ format: 'der', type: 'spki' })
    .toString('base64');
}

// Decrypts values that the carrier encrypted with 应用公钥2. The document, 1.2 msisdn, states neither encoding nor padding.

// Node 20 does not remove the PKCS#1 v1.5 padding: 00 02, at least eight bytes that are not zero, 00, then the text in
// ASCII. One of 256 blocks with OAEP begins with 00 02 too, but has other bytes behind it.
const PADDED = /^0002(?:(?!00)[0-9a-f]{2}){8,}?00((?:[2-7][0-9a-f])*)$/;

export type Padding = 'PKCS#1 v1.5' | 'OAEP';

export interface Decrypted {
  readonly text: string;
  readonly padding: Padding;
}

/** Undefined if the value is not a ciphertext for this key, in hex or Base64. */
export function decrypted(ciphertext: string, key: string): Decrypted | undefined {
  const isHex = /^(?:[0-9a-fA-F]{2})+$/.test(ciphertext);
  const bytes = Buffer.from(ciphertext, isHex ? 'hex' : 'base64');
  for (const { padding, remove } of PADDINGS) {
    try {
      const text = remove(bytes, key);
      if (text !== undefined) return { text, padding };
    } catch {
      // Another padding, or another key.
    }
  }
  return undefined;
}

/** AES-128 with the characters of the appKey: the first 16, filled with 0. Undefined if the value is not a ciphertext for it. */
export function decryptedByAppKey(ciphertext: string, appKey: string): string | undefined {
  try {
    const decipher = createDecipheriv('aes-128-ecb', appKey.padEnd(16, '0').slice(0, 16), null);
    return decipher.update(ciphertext, 'base64', 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}

type RemovePadding = (bytes: Buffer, key: string) => string | undefined;

const PADDINGS: readonly { readonly padding: Padding; readonly remove: RemovePadding }[] = [
  { padding: 'PKCS#1 v1.5', remove: withoutPkcs1 },
  { padding: 'OAEP', remove: withoutOaep('sha1') },
  { padding: 'OAEP', remove: withoutOaep('sha256') },
];

function withoutPkcs1(bytes: Buffer, key: string): string | undefined {
  const block = privateDecrypt({ key: privateKey(key), padding: constants.RSA_NO_PADDING }, bytes);
  const text = PADDED.exec(block.toString('hex'))?.[1];
  return text === undefined ? undefined : Buffer.from(text, 'hex').toString();
}

function withoutOaep(oaepHash: string): RemovePadding {
  return (bytes, key) =>
    privateDecrypt(
      { key: privateKey(key), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash },
      bytes,
    ).toString();
}
