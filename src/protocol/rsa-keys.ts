/** RSA keys in the portal's format: Base64 of the DER, public keys as SPKI, private keys as PKCS#8. The document, note 2 of 1.2 and note 2 of 2.3. */
import { createPrivateKey, createPublicKey, generateKeyPair, KeyObject } from 'node:crypto';
import type { Bilingual } from '../text/bilingual.js';
import { fromBase64 } from './sign.js';

export type RsaKey = KeyObject;

/** 1024 bits: the document, 2.3. */
const PORTAL_MODULUS_BITS = 1024;

/** Why a text is not the key that is needed. */
export interface NotAKey {
  readonly needed: Bilingual;
  /** In Chinese with its verb. */
  readonly found: Bilingual;
}

/** As one sentence. */
export function notAKey({ needed, found }: NotAKey): Bilingual {
  return { en: `must be ${needed.en}, found ${found.en}`, zh: `应为${needed.zh}，实际${found.zh}` };
}

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
  if (text.includes('-----BEGIN')) return mistake(PEM);
  const der = fromBase64(text);
  if (der === undefined) return mistake({ en: 'text that is not Base64', zh: '不是 Base64 文本' });
  const key = attempt(() => create(der));
  if (key === undefined) {
    const other = OTHER_DER.find(({ read }) => attempt(() => read(der)) !== undefined);
    return mistake(other?.what ?? { en: 'bytes that are not a key', zh: '不是密钥' });
  }
  const type = key.asymmetricKeyType;
  return type === 'rsa'
    ? key
    : mistake({ en: `a key of type ${type}`, zh: `是 ${type} 类型的密钥` });
}

const NEEDED = {
  public: { en: 'the Base64 of an RSA public key (SPKI)', zh: ' RSA 公钥（SPKI）的 Base64' },
  private: { en: 'the Base64 of an RSA private key (PKCS#8)', zh: ' RSA 私钥（PKCS#8）的 Base64' },
} as const satisfies Readonly<Record<string, Bilingual>>;

const PEM: Bilingual = {
  en: 'a PEM file: use only the text between its BEGIN and END lines',
  zh: '是 PEM：请只填首尾两行之间的内容',
};

/** The keys that are commonly used by mistake. */
const OTHER_DER = [
  {
    what: { en: 'a private key', zh: '是私钥' },
    read: (key: Buffer) => createPrivateKey({ key, format: 'der', type: 'pkcs8' }),
  },
  {
    what: { en: 'a public key', zh: '是公钥' },
    read: (key: Buffer) => createPublicKey({ key, format: 'der', type: 'spki' }),
  },
  {
    what: { en: 'a PKCS#1 private key', zh: '是 PKCS#1 私钥' },
    read: (key: Buffer) => createPrivateKey({ key, format: 'der', type: 'pkcs1' }),
  },
  {
    what: { en: 'a PKCS#1 public key', zh: '是 PKCS#1 公钥' },
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
