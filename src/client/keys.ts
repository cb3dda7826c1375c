/** Reads RSA keys from Base64 or PEM, and refuses the wrong kind with advice. The document, notes 2 of 1.2 and of 2.3. */
import {
  isRsaKey,
  modulusBits,
  type RsaKey,
  readPrivateKey,
  readPublicKey,
} from '../protocol/rsa-keys.js';
import { ConfigurationError } from './errors.js';

export type KeyKind = 'private' | 'public';

/** An RSA key: a text in Base64 or PEM, or a `KeyObject` of node:crypto. */
export type RsaKeyInput = string | RsaKey;

/** The document, 2.3: a key has 1024 bits. Longer keys are stronger; the carrier decides if it accepts them. */
const MODULUS_BITS_MIN = 1024;

const PEM = /^-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----$/;

/** What PEMs contain whose label is not that of a PKCS#8 or SPKI key. */
const OTHER_LABELS: ReadonlyMap<string | undefined, string> = new Map([
  ['RSA PRIVATE KEY', 'a PKCS#1 private key'],
  ['RSA PUBLIC KEY', 'a PKCS#1 public key'],
  ['ENCRYPTED PRIVATE KEY', 'an encrypted private key'],
  ['CERTIFICATE', 'a certificate'],
  ['EC PRIVATE KEY', 'an EC private key'],
  ['OPENSSH PRIVATE KEY', 'an OpenSSH private key'],
]);

const USE_PRIVATE = 'Use your private key. The public key is the one that the portal has.';
const USE_PUBLIC =
  'Use the public key. The carrier never publishes the private key of 平台公钥, so this is your own key.';

/** Advice for mistakes, by the kind of key that the field needs and what was found. */
const ADVICE: Readonly<Record<KeyKind, Readonly<Record<string, string>>>> = {
  private: {
    'a PKCS#1 private key':
      'Convert it with: openssl pkcs8 -topk8 -nocrypt -in key.pem -out pkcs8.pem',
    'an encrypted private key':
      'Decrypt it with: openssl pkcs8 -topk8 -nocrypt -in key.pem -out pkcs8.pem',
    'a public key': USE_PRIVATE,
    'a PKCS#1 public key': USE_PRIVATE,
  },
  public: {
    'a private key': USE_PUBLIC,
    'a PKCS#1 private key': USE_PUBLIC,
    'a PKCS#1 public key':
      'Convert it with: openssl rsa -RSAPublicKey_in -pubout -in key.pem -out spki.pem',
    'a certificate': 'Extract its key with: openssl x509 -pubkey -noout -in certificate.pem',
  },
};

const REQUIRED: Readonly<Record<KeyKind, string>> = {
  private: 'must be an RSA private key (a KeyObject, or PKCS#8 in Base64 or PEM)',
  public: 'must be an RSA public key (a KeyObject, or SPKI in Base64 or PEM)',
};

/** Parses a text, or checks a key. @throws ConfigurationError that describes the value without quoting it */
export function readKey(field: string, kind: KeyKind, text: RsaKeyInput): RsaKey {
  const refuse = (found: string) => {
    const advice = ADVICE[kind][found];
    const more = advice === undefined ? '' : `. ${advice}`;
    return new ConfigurationError(field, `${REQUIRED[kind]}, found ${found}${more}`);
  };
  const key = isRsaKey(text) ? text : parsedKey(kind, text);
  if (!isRsaKey(key)) throw refuse(key.found);
  if (key.type !== kind) throw refuse(`a ${key.type} key`);
  if (key.asymmetricKeyType !== 'rsa') throw refuse(`a key of type ${key.asymmetricKeyType}`);
  const bits = modulusBits(key);
  if (bits < MODULUS_BITS_MIN)
    throw refuse(`a key of ${bits} bits. The carrier requires at least ${MODULUS_BITS_MIN}.`);
  return key;
}

/** The key in a PEM or in Base64; `found` if it cannot be used. */
function parsedKey(kind: KeyKind, text: string): RsaKey | { readonly found: string } {
  // Environment variables often contain line breaks as a backslash and an n.
  const trimmed = text.replaceAll('\\n', '\n').trim();
  const isPem = trimmed.includes('-----');
  const [, label, base64] = isPem ? (PEM.exec(trimmed) ?? []) : [trimmed, undefined, trimmed];
  if (base64 === undefined) return { found: 'an incomplete PEM, or several PEMs' };
  const other = OTHER_LABELS.get(label);
  if (other !== undefined) return { found: other };
  const key = kind === 'private' ? readPrivateKey(base64) : readPublicKey(base64);
  return isRsaKey(key) ? key : { found: key.found.en };
}
