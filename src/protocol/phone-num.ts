/** The phoneNum of tokenValidate: number, appKey and timestamp, hashed or encrypted. The document, 2.3 phoneNum. */
import type { RsaKey } from './rsa-keys.js';
import { decryptPkcs1, encryptPkcs1 } from './rsa-pkcs1.js';
import { equalInConstantTime, sha256Hex } from './sign.js';

export interface PhoneNumFields {
  readonly phoneNumber: string;
  readonly appKey: string;
  /** The 17 digits in the header of the same request. */
  readonly timestamp: string;
}

const PHONE_NUMBER = /^1\d{10}$/;
const PHONE_NUMBER_LENGTH = 11;

/** Eleven digits that begin with 1: a mobile number of mainland China. */
export function isPhoneNumber(text: string): boolean {
  return PHONE_NUMBER.test(text);
}

/** For keyType 0: 64 upper-case hex digits. */
export function hashPhoneNum({ phoneNumber, appKey, timestamp }: PhoneNumFields): string {
  return sha256Hex(phoneNumber + appKey + timestamp);
}

/** For keyType 1: encrypted with 平台公钥. */
export function encryptPhoneNum({ phoneNumber, appKey, timestamp }: PhoneNumFields, platformPublicKey: RsaKey): Buffer {
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
