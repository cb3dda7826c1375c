/** How a client calculated a phoneNum: from the number, a secret and a time, each correct or mistaken. The document, 2.3 phoneNum. */

/** The ids of the findings about recipes. */
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

export interface PhoneNumCalculation {
  /** The text that was hashed or encrypted. */
  readonly text: string;
  /** The eleven digits of the number in the text. */
  readonly phoneNumber: string;
  readonly mistakes: readonly RecipeMistake[];
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

/** The correct text to hash or encrypt. */
export function expectedText({ appKey, timestamp }: Credentials, phoneNumber: string): string {
  return phoneNumber + appKey + timestamp;
}

/** The three parts of a recipe; `text` is their concatenation. */
export interface Parts {
  readonly text: string;
  readonly phoneNumber: string;
  /** The number as the client wrote it. */
  readonly written: { readonly prefix: string; readonly digits: string };
  readonly secret: string;
  /** The secret is the key of an HMAC. */
  readonly keyed?: boolean;
  readonly time: string;
}

export function toCalculation(parts: Parts, credentials: Credentials): PhoneNumCalculation {
  const { text, phoneNumber, written, secret, keyed = false, time } = parts;
  const { prefix, digits } = written;
  const inOrder = text === prefix + digits + (keyed ? '' : secret) + time;
  const checks: readonly (readonly [RecipeMistake, boolean])[] = [
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
  return { text, phoneNumber, mistakes, missing };
}
