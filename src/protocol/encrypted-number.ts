/** The number that h5TokenValidate returns: AES-128 in ECB mode with PKCS#7 padding, as Base64. Observed. */
import { createCipheriv, createDecipheriv } from 'node:crypto';

const ALGORITHM = 'aes-128-ecb';
const KEY_LENGTH = 16;

/** The characters of the appKey, not its hex value: the first 16, filled with 0. */
function keyOf(appKey: string): Buffer {
  return Buffer.from(appKey.slice(0, KEY_LENGTH).padEnd(KEY_LENGTH, '0'));
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
