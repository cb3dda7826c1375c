/** Opens RSA signatures: a matching public key shows the signer's key and the signed digest, even if the text is unknown. */
import {
  digestHex,
  digestOfLength,
  plainName,
  readDigestInfo,
} from '../../../src/protocol/digest.js';
import type { AppPublicKey } from '../../../src/protocol/operations/description.js';
import { modulusBits, type RsaKey } from '../../../src/protocol/rsa-keys.js';
import { decryptPkcs1, openSignature } from '../../../src/protocol/rsa-pkcs1.js';
import { openPss, pssHex } from '../../../src/protocol/rsa-pss.js';
import { fromHex } from '../../../src/protocol/sign.js';
import type { App } from '../../carrier/engine/app-settings.js';
import type { Text } from '../finding.js';
import type { Subject } from '../subject.js';
import { digestIn, readSign } from './received.js';

export interface KeyName {
  readonly appId: string;
  readonly key: AppPublicKey;
}

/** A signature opened with a matching key. */
export interface Opened {
  /** undefined for a text that was encrypted instead. */
  readonly signingKey: KeyName | undefined;
  /** In the document's notation: SHA256withRSA. */
  readonly algorithm: Text;
  /** The digest in lower-case hex, or the text. */
  readonly content: string;
  /** The content that a text would have in the signature. */
  readonly contentOf: (text: string | Uint8Array) => string;
}

/** Whether other apps may have the key: the signature is one of RSA, and no key that is known here opens it. */
export function isSignedByUnknownKey(subject: Subject): boolean {
  const { request, draft, state } = subject;
  const received =
    draft.json === undefined || state.app === undefined ? undefined : readSign(request.sign ?? '');
  if (received === undefined || digestIn(received) !== undefined) return false;
  return openByAny(received.bytes, subject).openings.length === 0;
}

/** Whether the private key of 应用公钥1 made the signature, of whatever text. */
export function isSignedByOwnKey({ request, state: { app } }: Subject): boolean {
  const received = readSign(request.sign ?? '');
  if (app?.verifyKey === undefined || received === undefined) return false;
  const signingKey = { appId: app.settings.appId, key: 'appVerifyKey' } as const;
  return open(received.bytes, signingKey, app.verifyKey).length > 0;
}

interface OpenedByAny {
  readonly openings: readonly Opened[];
  readonly keysTried: number;
}

/** By the app's own keys first, 应用公钥1 before 应用公钥2; then by the keys of the other apps, in their order; then as a text that was encrypted with 平台公钥. */
export function openByAny(signature: Buffer, { state, otherApps }: Subject): OpenedByAny {
  const { app, platformKey } = state;
  const apps = app === undefined ? otherApps : [app, ...otherApps];
  let keysTried = 0;
  for (const { name, publicKey } of apps.flatMap(keysOf)) {
    if (publicKey === undefined) continue;
    keysTried += 1;
    const openings = open(signature, name, publicKey);
    if (openings.length > 0) return { openings, keysTried };
  }
  const text = decryptPkcs1(signature, platformKey);
  return { openings: text === undefined ? [] : [encrypted(text)], keysTried };
}

function encrypted(content: string): Opened {
  const algorithm = { en: 'RSA encryption with 平台公钥', zh: '平台公钥加密（RSA）' };
  return { signingKey: undefined, algorithm, content, contentOf: String };
}

function keysOf({ settings: { appId }, verifyKey, encryptKey }: App) {
  return [
    { name: { appId, key: 'appVerifyKey' }, publicKey: verifyKey },
    { name: { appId, key: 'appEncryptKey' }, publicKey: encryptKey },
  ] as const;
}

/** Empty if another key made the signature; several results if the content is ambiguous. */
function open(signature: Buffer, signingKey: KeyName, publicKey: RsaKey): readonly Opened[] {
  if (modulusBits(publicKey) !== signature.length * 8) return [];
  const content = openSignature(signature, publicKey);
  if (content !== undefined) return [{ signingKey, ...readContent(content) }];
  return openPss(signature, publicKey).map((pss) => ({
    signingKey,
    algorithm: `${pss.digest}withRSA/PSS`,
    content: pss.hex,
    contentOf: (text) => pssHex(pss, text),
  }));
}

/**
 * Section 2.3 of the document speaks of encryption with the private key, and some clients do that: a digest
 * without its DigestInfo, the hex text of a digest, or the text itself.
 */
function readContent(content: Buffer): Omit<Opened, 'signingKey'> {
  const signed = readDigestInfo(content);
  if (signed !== undefined) {
    const { name, hex } = signed;
    return {
      algorithm: `${name}withRSA`,
      content: hex,
      contentOf: (text) => digestHex(name, text),
    };
  }
  const text = content.toString('utf8');
  const bare = fromHex(text) ?? content;
  const digest = digestOfLength(bare.length);
  if (digest === undefined) return { algorithm: 'RSA(text)', content: text, contentOf: String };
  const algorithm = `RSA(${plainName(digest)})`;
  return { algorithm, content: bare.toString('hex'), contentOf: (one) => digestHex(digest, one) };
}
