/** What phoneNum was made of: the number, a secret and a time, each as it is due or as people mistake it. The document, 2.3 phoneNum. */

/** A way to be wrong about it, by the name of its finding. */
export type RecipeMistake =
  | 'phone.plain'
  | 'phone.algorithm'
  | 'phone.hash-alone'
  | 'phone.secret-swapped'
  | 'phone.timestamp-missing'
  | 'phone.timestamp-differs'
  | 'phone.field-order'
  | 'phone.country-code'
  | 'phone.formatted';

export interface Made {
  /** What was hashed or encrypted. */
  readonly text: string;
  /** The eleven digits in it. */
  readonly phoneNumber: string;
  readonly mistakes: readonly RecipeMistake[];
  /** What is left out, by the document's names. */
  readonly missing: readonly string[];
  /** Of a hash: what made it. */
  readonly algorithm?: string;
}

/** What the app and the request give for it. */
export interface Credentials {
  readonly appKey: string;
  readonly appSecret: string;
  /** The header's timestamp. */
  readonly timestamp: string;
}

/** What it has to be made of. */
export function dueText({ appKey, timestamp }: Credentials, phoneNumber: string): string {
  return phoneNumber + appKey + timestamp;
}

/** A recipe by its three parts; `text` is how they were joined. */
export interface Parts {
  readonly text: string;
  readonly phoneNumber: string;
  /** The number as it was written. */
  readonly written: { readonly prefix: string; readonly digits: string };
  readonly secret: string;
  /** The secret is the key of an HMAC. */
  readonly keyed?: boolean;
  readonly time: string;
}

export function toMade(parts: Parts, credentials: Credentials): Made {
  const { text, phoneNumber, written, secret, keyed = false, time } = parts;
  const { prefix, digits } = written;
  const inOrder = text === prefix + digits + (keyed ? '' : secret) + time;
  const checks: readonly (readonly [RecipeMistake, boolean])[] = [
    ['phone.hash-alone', secret === ''],
    ['phone.secret-swapped', secret !== '' && secret !== credentials.appKey],
    // Without the secret a missing time says nothing new: both are missing.
    ['phone.timestamp-missing', time === '' && secret !== ''],
    ['phone.timestamp-differs', time !== '' && time !== credentials.timestamp],
    ['phone.field-order', !inOrder],
    ['phone.country-code', prefix.trim() !== ''],
    ['phone.formatted', digits !== phoneNumber || prefix !== prefix.trimStart()],
  ];
  const mistakes = checks.filter(([, made]) => made).map(([mistake]) => mistake);
  const missing = [...(secret === '' ? ['appKey'] : []), ...(time === '' ? ['timestamp'] : [])];
  return { text, phoneNumber, mistakes, missing };
}
