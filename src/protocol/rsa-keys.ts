/** RSA keys in the portal's format: Base64 of the DER, public keys as SPKI, private keys as PKCS#8. The document, note 2 of 1.2 and note 2 of 2.3. */
import { createPrivateKey, createPublicKey, generateKeyPair, KeyObject } from 'node:crypto';
import type { Bilingual } from '../text/bilingual.js';
import { FOUND, keyOfType, NEEDED, type NotAKey } from './key-words.js';
import { fromBase64 } from './sign.js';

export { type NotAKey, notAKey } from './key-words.js';

export type RsaKey = KeyObject;

/** 1024 bits: the document, 2.3. */
const PORTAL_MODULUS_BITS = 1024;

export function readPublicKey(text: string): RsaKey | NotAKey {
  return readKey(text, 'public', (der) =>
    createPublicKey({ key: der, format: 'der', type: 'spki' }),
  );
}

export function readPrivateKey(text: string): RsaKey | NotAKey {
  return readKey(text, 'private', (der) =>
    createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }),
  );
}

function readKey(
  text: string,
  kind: keyof typeof NEEDED,
  create: (der: Buffer) => KeyObject,
): RsaKey | NotAKey {
  const mistake = (found: Bilingual): NotAKey => ({ needed: NEEDED[kind], found });
  if (text.includes('-----BEGIN')) return mistake(FOUND.pem);
  const der = fromBase64(text);
  if (der === undefined) return mistake(FOUND.notBase64);
  const key = attempt(() => create(der));
  if (key === undefined) {
    const other = OTHER_DER.find(({ read }) => attempt(() => read(der)) !== undefined);
    return mistake(FOUND[other?.is ?? 'noKey']);
  }
  const type = key.asymmetricKeyType;
  return type === 'rsa' ? key : mistake(keyOfType(String(type)));
}

/** The keys that are commonly used by mistake. */
const OTHER_DER = [
  {
    is: 'privateKey',
    read: (key: Buffer) => createPrivateKey({ key, format: 'der', type: 'pkcs8' }),
  },
  {
    is: 'publicKey',
    read: (key: Buffer) => createPublicKey({ key, format: 'der', type: 'spki' }),
  },
  {
    is: 'pkcs1PrivateKey',
    read: (key: Buffer) => createPrivateKey({ key, format: 'der', type: 'pkcs1' }),
  },
  {
    is: 'pkcs1PublicKey',
    read: (key: Buffer) => createPublicKey({ key, format: 'der', type: 'pkcs1' }),
  },
] as const;

function attempt(read: () => KeyObject): KeyObject | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

export function isRsaKey(key: unknown): key is RsaKey {
  return key instanceof KeyObject;
}

export function modulusBits(key: RsaKey): number {
  return key.asymmetricKeyDetails?.modulusLength ?? 0;
}

export function publicExponent(key: RsaKey): bigint {
  return key.asymmetricKeyDetails?.publicExponent ?? 0n;
}

export interface RsaPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** A new pair in the portal's format, of 1024 bits by default. Does not block the event loop: 2048 bits take some hundred milliseconds. */
export function generateRsaPair(bits = PORTAL_MODULUS_BITS): Promise<RsaPair> {
  const options = {
    modulusLength: bits,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  } as const;
  return new Promise((resolve, reject) => {
    generateKeyPair('rsa', options, (error, publicKey, privateKey) => {
      if (error === null)
        resolve({
          publicKey: publicKey.toString('base64'),
          privateKey: privateKey.toString('base64'),
        });
      else reject(error);
    });
  });
}

/**
 * Whether the two keys are halves of one pair. Compares their encodings: in Node 20, `KeyObject.equals` of a private and
 * a public key leaves an OpenSSL error behind, and reading the next private key fails with it.
 */
export function isPair(privateKey: RsaKey, publicKey: RsaKey): boolean {
  return publicHalf(privateKey) === publicHalf(publicKey);
}

/** The public half of a key, in the portal's format: the same for both keys of a pair. */
export function publicHalf(key: RsaKey): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
}
