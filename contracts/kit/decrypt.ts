/** Decrypts values that the carrier encrypted with 应用公钥2. The document, 1.2 msisdn. */
import { constants, privateDecrypt } from 'node:crypto';
import { privateKey } from './sign.js';

// Node 20 does not remove the PKCS#1 v1.5 padding: 00 02, at least eight bytes that are not zero, 00, then the text.
const PADDED = /^0002(?:(?!00)[0-9a-f]{2}){8,}?00((?:[0-9a-f]{2})*)$/;

/** The text; undefined if the value is not a ciphertext for this key in hex. */
export function decrypted(hex: string, key: string): string | undefined {
  if (!/^(?:[0-9a-fA-F]{2})+$/.test(hex)) return undefined;
  try {
    const block = privateDecrypt({ key: privateKey(key), padding: constants.RSA_NO_PADDING }, Buffer.from(hex, 'hex'));
    const text = PADDED.exec(block.toString('hex'))?.[1];
    return text === undefined ? undefined : Buffer.from(text, 'hex').toString();
  } catch {
    return undefined;
  }
}
