/** RSA keys as people have them, Base64 or PEM, and a clear refusal of the wrong kind. The document, notes 2 of 1.2 and of 2.3. */
import { isRsaKey, modulusBits, publicHalf, type RsaKey, readPrivateKey, readPublicKey } from '../protocol/rsa-keys.js';
import { ConfigurationError } from './errors.js';

export type KeyKind = 'private' | 'public';

/** The document, 2.3: a key has 1024 bits; a longer one is stronger, and the carrier's business. */
const MODULUS_BITS_MIN = 1024;
// Reading a key takes longer than all the rest of a call. Five keys a client, twice while they rotate, some clients.
const REMEMBERED_MAX = 64;

const PEM = /^-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----$/;

/** What a PEM says that it holds, where that is not what is wanted. */
const OTHER_LABELS = [
  { label: 'RSA PRIVATE KEY', found: 'a PKCS#1 private key' },
  { label: 'RSA PUBLIC KEY', found: 'a PKCS#1 public key' },
  { label: 'ENCRYPTED PRIVATE KEY', found: 'an encrypted private key' },
  { label: 'CERTIFICATE', found: 'a certificate' },
  { label: 'EC PRIVATE KEY', found: 'an EC private key' },
  { label: 'OPENSSH PRIVATE KEY', found: 'an OpenSSH private key' },
] as const;

/** What to do about each mix-up; `instead` is the half that was wanted. */
const ADVICE: readonly { readonly found: string; readonly instead: KeyKind; readonly advice: string }[] = [
  {
    found: 'a PKCS#1 private key',
    instead: 'private',
    advice: 'convert it with: openssl pkcs8 -topk8 -nocrypt -in key.pem -out pkcs8.pem',
  },
  {
    found: 'an encrypted private key',
    instead: 'private',
    advice: 'decrypt it with: openssl pkcs8 -topk8 -nocrypt -in key.pem -out pkcs8.pem',
  },
  {
    found: 'a public key',
    instead: 'private',
    advice: 'give the private half, which never leaves your side; the public half is what the portal has',
  },
  {
    found: 'a PKCS#1 public key',
    instead: 'private',
    advice: 'give the private half, which never leaves your side; the public half is what the portal has',
  },
  {
    found: 'a private key',
    instead: 'public',
    advice: 'give the public half; the private half of 平台公钥 never leaves the carrier, so it is a key of your own',
  },
  {
    found: 'a PKCS#1 private key',
    instead: 'public',
    advice: 'give the public half; the private half of 平台公钥 never leaves the carrier, so it is a key of your own',
  },
  {
    found: 'a PKCS#1 public key',
    instead: 'public',
    advice: 'convert it with: openssl rsa -RSAPublicKey_in -pubout -in key.pem -out spki.pem',
  },
  {
    found: 'a certificate',
    instead: 'public',
    advice: 'take its key out with: openssl x509 -pubkey -noout -in certificate.pem',
  },
];

const WANTED: Readonly<Record<KeyKind, string>> = {
  private: 'must be an RSA private key (PKCS#8, Base64 or PEM)',
  public: 'must be an RSA public key (SPKI, Base64 or PEM)',
};

const remembered = new Map<string, RsaKey>();
const spkis = new WeakMap<RsaKey, string>();

/** The key that a text holds; throws a ConfigurationError that says what the text is instead, and never shows it. */
export function readKey(field: string, kind: KeyKind, text: string): RsaKey {
  const id = `${kind} ${text}`;
  const known = remembered.get(id);
  if (known !== undefined) return known;
  const key = parseKey(field, kind, text);
  const oldest = remembered.size < REMEMBERED_MAX ? undefined : remembered.keys().next().value;
  if (oldest !== undefined) remembered.delete(oldest);
  remembered.set(id, key);
  return key;
}

function parseKey(field: string, kind: KeyKind, text: string): RsaKey {
  const refuse = (found: string) => new ConfigurationError(field, refusal(kind, found));
  const bare = withoutPem(text);
  if (typeof bare === 'object') throw refuse(bare.found);
  const key = kind === 'private' ? readPrivateKey(bare) : readPublicKey(bare);
  if (!isRsaKey(key)) throw refuse(key.found.en);
  const bits = modulusBits(key);
  if (bits < MODULUS_BITS_MIN)
    throw refuse(`one of ${bits} bits, where the carrier asks for ${MODULUS_BITS_MIN} at least`);
  return key;
}

/** What stands between a PEM's two lines, or the text itself; or what the PEM holds instead of a key that fits. */
function withoutPem(text: string): string | { readonly found: string } {
  // In an environment variable a line break is often written as a backslash and an n.
  const trimmed = text.replaceAll('\\n', '\n').trim();
  if (!trimmed.includes('-----')) return trimmed;
  const [, label, base64] = PEM.exec(trimmed) ?? [];
  if (base64 === undefined) return { found: 'a PEM that is cut off, or several in one text' };
  const other = OTHER_LABELS.find((each) => each.label === label);
  return other ?? base64;
}

function refusal(kind: KeyKind, found: string): string {
  const advice = ADVICE.find((row) => row.found === found && row.instead === kind)?.advice;
  return `${WANTED[kind]}, found ${found}${advice === undefined ? '' : `: ${advice}`}`;
}

/** The Base64 SPKI of a key, or of a private key's public half: the same for the two halves of one pair. */
export function spkiOf(key: RsaKey): string {
  const spki =
    spkis.get(key) ??
    (key.type === 'private' ? publicHalf(key) : key.export({ type: 'spki', format: 'der' }).toString('base64'));
  spkis.set(key, spki);
  return spki;
}
