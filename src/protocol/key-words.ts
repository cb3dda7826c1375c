/** Why a text is not the RSA key that is needed. */
import type { Bilingual } from '../text/bilingual.js';

export interface NotAKey {
  readonly needed: Bilingual;
  readonly found: Bilingual;
}

/** As one sentence. */
export function notAKey({ needed, found }: NotAKey): Bilingual {
  return { en: `must be ${needed.en}, found ${found.en}`, zh: `应为${needed.zh}，实际${found.zh}` };
}

export const NEEDED = {
  public: { en: 'the Base64 of an RSA public key (SPKI)', zh: ' RSA 公钥（SPKI）的 Base64' },
  private: { en: 'the Base64 of an RSA private key (PKCS#8)', zh: ' RSA 私钥（PKCS#8）的 Base64' },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** What a text is. In Chinese with its verb. */
export const FOUND = {
  pem: {
    en: 'a PEM file: use only the text between its BEGIN and END lines',
    zh: '是 PEM：请只填首尾两行之间的内容',
  },
  notBase64: { en: 'text that is not Base64', zh: '不是 Base64 文本' },
  noKey: { en: 'bytes that are not a key', zh: '不是密钥' },
  privateKey: { en: 'a private key', zh: '是私钥' },
  publicKey: { en: 'a public key', zh: '是公钥' },
  pkcs1PrivateKey: { en: 'a PKCS#1 private key', zh: '是 PKCS#1 私钥' },
  pkcs1PublicKey: { en: 'a PKCS#1 public key', zh: '是 PKCS#1 公钥' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export function keyOfType(type: string): Bilingual {
  return { en: `a key of type ${type}`, zh: `是 ${type} 类型的密钥` };
}
