/** keyType 1: decodes the ciphertext in phoneNum, and analyses the decrypted text. */
import { fromBase64, fromHex } from '../../../src/protocol/sign.js';
import type { Readings } from '../../carrier/engine/readings.js';
import { type Credentials, type PhoneNumCalculation, toCalculation } from './recipe.js';

export type Encoding = Readings['verify-rsa-encoding'];

export interface Ciphertext {
  readonly encoding: Encoding;
  readonly bytes: NonNullable<ReturnType<typeof fromHex>>;
}

/** The lengths of ciphertexts for keys of 1024 to 4096 bits. */
const RSA_BYTES: readonly (number | undefined)[] = [128, 256, 384, 512];
const TIME_LIKE = /^[\d :.TZ+-]*$/;
// A country code, and eleven digits in one piece or as 3-4-4.
const WRITTEN_NUMBER = /^(\s*(?:\(?\+?(?:00)?86\)?[ -]?)?)(1\d\d[ -]?\d{4}[ -]?\d{4} ?)(.*)$/s;
const NO_DIGIT = /\D/g;

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
export function readRecipe(text: string, credentials: Credentials): PhoneNumCalculation | undefined {
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
    { text, phoneNumber: digits.replace(NO_DIGIT, ''), written: { prefix, digits }, secret, time },
    credentials,
  );
}
