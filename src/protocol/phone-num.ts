/** The phoneNum of tokenValidate: number, appKey and timestamp, hashed or encrypted (the document, 2.3 phoneNum); and the number that h5TokenValidate returns. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { OperationDescription, SecretName } from './operations/description.js';
import { type Operation, operationRow } from './operations.js';
import type { RsaKey } from './rsa-keys.js';
import { decryptPkcs1, encryptPkcs1 } from './rsa-pkcs1.js';
import { equalInConstantTime, sha256Hex } from './sign.js';

export interface PhoneNumFields {
  readonly phoneNumber: string;
  readonly appKey: string;
  /** The 17 digits in the header of the same request. */
  readonly timestamp: string;
}

const PHONE_NUMBER_LENGTH = 11;

/** The secret in phoneNum, or that encrypts the number of a reply; undefined if no secret hides a number. */
export function numberSecretOf(operation: Operation): SecretName | undefined {
  const { numberSecret }: OperationDescription = operationRow(operation);
  return numberSecret;
}

/** Eleven digits that begin with 1: a mobile number of mainland China. */
export function isPhoneNumber(text: string): boolean {
  return /^1\d{10}$/.test(text);
}

/** For keyType 0: 64 upper-case hex digits. */
export function hashPhoneNum({ phoneNumber, appKey, timestamp }: PhoneNumFields): string {
  return sha256Hex(phoneNumber + appKey + timestamp);
}

/** For keyType 1: encrypted with 平台公钥. */
export function encryptPhoneNum(
  { phoneNumber, appKey, timestamp }: PhoneNumFields,
  platformPublicKey: RsaKey,
): Buffer {
  return encryptPkcs1(phoneNumber + appKey + timestamp, platformPublicKey);
}

/** For keyType 1: the number; undefined if the ciphertext does not decrypt to number + appKey + timestamp. */
export function decryptPhoneNum(
  ciphertext: Buffer,
  { appKey, timestamp }: Omit<PhoneNumFields, 'phoneNumber'>,
  platformPrivateKey: RsaKey,
): string | undefined {
  const text = decryptPkcs1(ciphertext, platformPrivateKey) ?? '';
  const phoneNumber = text.slice(0, PHONE_NUMBER_LENGTH);
  const isRight = equalInConstantTime(text.slice(PHONE_NUMBER_LENGTH), appKey + timestamp);
  return isRight && isPhoneNumber(phoneNumber) ? phoneNumber : undefined;
}

// h5TokenValidate: AES-128 in ECB mode with PKCS#7 padding, as Base64. Observed.

const ALGORITHM = 'aes-128-ecb';

/** The characters of the appKey, not its hex value: the first 16, filled with 0. */
function keyOf(appKey: string): Buffer {
  return Buffer.from(appKey.slice(0, 16).padEnd(16, '0'));
}

export function encryptNumber(phoneNumber: string, appKey: string): string {
  const cipher = createCipheriv(ALGORITHM, keyOf(appKey), null);
  return cipher.update(phoneNumber, 'utf8', 'base64') + cipher.final('base64');
}

/** undefined for a text that does not decrypt. */
export function decryptNumber(text: string, appKey: string): string | undefined {
  try {
    const decipher = createDecipheriv(ALGORITHM, keyOf(appKey), null);
    return decipher.update(text, 'base64', 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}
