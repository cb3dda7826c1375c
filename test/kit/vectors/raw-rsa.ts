/** Decrypts a ciphertext without removing the padding, so that a test can check it. */
import { constants, createPrivateKey, privateDecrypt } from 'node:crypto';

/** The ciphertext is Base64; the key is PKCS#8 in Base64. */
export function decryptRaw(ciphertext: string, privateKey: string): Buffer {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.from(ciphertext, 'base64'));
}
