/** RSA keys as the portal takes them: Base64 of the DER, public as SPKI, private as PKCS#8. The document, notes 2 of 1.2 and of 2.3. */
import { createPrivateKey, createPublicKey, generateKeyPair, KeyObject } from 'node:crypto';
import { fromBase64 } from './sign.js';

export type RsaKey = KeyObject;

/** 1024 bits: the document, 2.3. */
const PORTAL_MODULUS_BITS = 1024;

/** The public key, or one sentence that says what the text is instead. */
export function readPublicKey(text: string): RsaKey | string {
  return readKey(text, 'public', (der) => createPublicKey({ key: der, format: 'der', type: 'spki' }));
}

/** The private key, or one sentence that says what the text is instead. */
export function readPrivateKey(text: string): RsaKey | string {
  return readKey(text, 'private', (der) => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
}

function readKey(text: string, kind: 'public' | 'private', create: (der: Buffer) => KeyObject): RsaKey | string {
  const wanted =
    kind === 'public' ? 'the Base64 of an RSA public key (SPKI)' : 'the Base64 of an RSA private key (PKCS#8)';
  if (text.includes('-----BEGIN')) return `must be ${wanted}, found a PEM: give only what stands between its two lines`;
  const der = fromBase64(text);
  if (der === undefined) return `must be ${wanted}, found a text that is no Base64`;
  const key = attempt(() => create(der));
  if (key === undefined) return `must be ${wanted}, found ${describeDer(der)}`;
  if (key.asymmetricKeyType !== 'rsa') return `must be ${wanted}, found a key of type ${key.asymmetricKeyType}`;
  return key;
}

/** What an unfitting DER holds: the mix-ups that people make, by name. */
const OTHER_DER = [
  { what: 'a private key', read: (key: Buffer) => createPrivateKey({ key, format: 'der', type: 'pkcs8' }) },
  { what: 'a public key', read: (key: Buffer) => createPublicKey({ key, format: 'der', type: 'spki' }) },
  { what: 'a PKCS#1 private key', read: (key: Buffer) => createPrivateKey({ key, format: 'der', type: 'pkcs1' }) },
  { what: 'a PKCS#1 public key', read: (key: Buffer) => createPublicKey({ key, format: 'der', type: 'pkcs1' }) },
] as const;

function describeDer(der: Buffer): string {
  const other = OTHER_DER.find(({ read }) => attempt(() => read(der)) !== undefined);
  return other === undefined ? 'bytes that are no key' : other.what;
}

function attempt(read: () => KeyObject): KeyObject | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

export function isRsaKey(key: RsaKey | string | undefined): key is RsaKey {
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

/** A new pair in the portal's format; of 1024 bits unless said. Drawn beside the event loop: 2048 bits take some hundred milliseconds. */
export function generateRsaPair(bits = PORTAL_MODULUS_BITS): Promise<RsaPair> {
  const options = {
    modulusLength: bits,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  } as const;
  return new Promise((resolve, reject) => {
    generateKeyPair('rsa', options, (error, publicKey, privateKey) => {
      if (error === null)
        resolve({ publicKey: publicKey.toString('base64'), privateKey: privateKey.toString('base64') });
      else reject(error);
    });
  });
}

/**
 * Whether the two are halves of one pair. The encodings are compared: in Node 20 `KeyObject.equals` of two types of key
 * leaves an OpenSSL error behind, and the next private key that is read is refused with it.
 */
export function isPair(privateKey: RsaKey, publicKey: RsaKey): boolean {
  return publicHalf(privateKey) === spkiOf(publicKey);
}

/** The public half of a private key, in the portal's format. */
export function publicHalf(privateKey: RsaKey): string {
  return spkiOf(createPublicKey(privateKey));
}

function spkiOf(publicKey: KeyObject): string {
  return publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
}
