/** Whose private key made a signature, and what it signed: a public key that fits tells both, whatever the text was. */
import { type DigestName, digestOfLength, plainName, readDigestInfo } from '../../../src/protocol/digest.js';
import { modulusBits, type RsaKey } from '../../../src/protocol/rsa-keys.js';
import { openSignature } from '../../../src/protocol/rsa-pkcs1.js';
import { fromHex } from '../../../src/protocol/sign.js';
import type { RsaKeyName } from '../operations/operation.js';
import type { OtherApp, Subject } from '../subject.js';

export interface KeyName {
  readonly appId: string;
  readonly key: RsaKeyName;
}

const BITS_OF_A_BYTE = 8;

interface NamedKey extends KeyName {
  readonly publicKey: RsaKey;
}

/** A signature that a key fits. */
export interface Opened {
  readonly by: KeyName;
  /** As the document writes it: SHA256withRSA. */
  readonly algorithm: string;
  /** undefined where the text itself went into the block. */
  readonly digest: DigestName | undefined;
  /** Lower-case hex of the digest, or the text. */
  readonly content: string;
}

/**
 * The app's own keys first, 应用公钥1 before 应用公钥2; then those of the other apps, in their order. One after another,
 * since the keys of another app are read when they are asked for.
 */
export function* keysToTry(subject: Subject): Generator<NamedKey> {
  const { app } = subject.state;
  if (app !== undefined) yield* keysOf({ ...app, appId: app.settings.appId });
  for (const other of subject.otherApps) yield* keysOf(other);
}

function* keysOf({ appId, verifyKey, encryptKey }: OtherApp): Generator<NamedKey> {
  yield* named(verifyKey, { appId, key: 'appVerifyKey' });
  yield* named(encryptKey, { appId, key: 'appEncryptKey' });
}

function named(publicKey: RsaKey | undefined, name: KeyName): readonly NamedKey[] {
  return publicKey === undefined ? [] : [{ ...name, publicKey }];
}

/** undefined for a signature of another key. */
export function open(signature: Buffer, { publicKey, appId, key }: NamedKey): Opened | undefined {
  if (modulusBits(publicKey) !== signature.length * BITS_OF_A_BYTE) return undefined;
  const content = openSignature(signature, publicKey);
  return content && { by: { appId, key }, ...readContent(content) };
}

/**
 * The document's 2.3 speaks of encryption with the private key, and some clients do that: a digest without its
 * DigestInfo, the hex text of a digest, or the text itself.
 */
function readContent(content: Buffer): Pick<Opened, 'algorithm' | 'digest' | 'content'> {
  const signed = readDigestInfo(content);
  if (signed !== undefined) return { algorithm: `${signed.name}withRSA`, digest: signed.name, content: signed.hex };
  const text = content.toString('utf8');
  const bare = fromHex(text) ?? content;
  const digest = digestOfLength(bare.length);
  if (digest === undefined) return { algorithm: 'RSA(text)', digest, content: text };
  return { algorithm: `RSA(${plainName(digest)})`, digest, content: bare.toString('hex') };
}
