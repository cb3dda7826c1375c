/** Secrets and keys, asked for before each call and checked: which belongs where. The document, notes of 1.2 and 2.3. */
import type { RsaKey } from '../protocol/rsa-keys.js';
import { checkCredential, kindOf } from './check.js';
import { ConfigurationError, SecretUnavailableError } from './errors.js';
import { type KeyKind, readKey, spkiOf } from './keys.js';
import { scrubbedCause } from './redact.js';

/** A text, or a function that gives it and is asked before each call. */
export type Secret = string | (() => string | Promise<string>);

/** What each field has to hold. */
const FIELDS = {
  appKey: 'text',
  appSecret: 'text',
  'keys.appSignPrivateKey': 'private',
  'keys.appDecryptPrivateKey': 'private',
  'keys.platformPublicKey': 'public',
  'keys.appVerifyKey': 'public',
  'keys.appEncryptKey': 'public',
} as const satisfies Readonly<Record<string, 'text' | KeyKind>>;

export type SecretField = keyof typeof FIELDS;
export type Secrets = { readonly [Field in SecretField]: Secret | undefined };
export type Asked = { readonly [Field in SecretField]?: string };

const ALL = Object.keys(FIELDS) as readonly SecretField[];
/** Public halves that are given to be compared. */
const COMPARED: readonly SecretField[] = ['keys.appVerifyKey', 'keys.appEncryptKey'];

/** What can be told when the client is made: all that is not behind a function. @throws ConfigurationError */
export function checkGivenSecrets(secrets: Secrets): void {
  checkAsked(
    Object.fromEntries(
      ALL.flatMap((field) => {
        const secret = secrets[field];
        return secret === undefined || typeof secret === 'function' ? [] : [[field, secret]];
      }),
    ),
  );
}

/** The secrets of a call, all asked at once. @throws SecretUnavailableError, ConfigurationError */
export async function askSecrets(secrets: Secrets, needs: readonly SecretField[]): Promise<Asked> {
  const wanted = [...needs, ...COMPARED].filter((field) => secrets[field] !== undefined);
  const asked: Asked = Object.fromEntries(
    await Promise.all(wanted.map(async (field) => [field, await ask(field, secrets[field])] as const)),
  );
  const missing = needs.find((field) => asked[field] === undefined);
  if (missing !== undefined)
    throw new ConfigurationError(missing, 'must be a text, found nothing: its function gave none');
  checkAsked(asked);
  return asked;
}

/** A secret that the call needs, and which askSecrets has therefore seen to be there. */
export function textOf(asked: Asked, field: SecretField): string {
  return asked[field] ?? '';
}

async function ask(field: SecretField, secret: Secret | undefined): Promise<unknown> {
  if (typeof secret !== 'function') return secret;
  try {
    return await secret();
  } catch (error) {
    throw new SecretUnavailableError(field, scrubbedCause(error, []));
  }
}

function checkAsked(asked: Asked): void {
  for (const field of ALL) checkField(field, asked[field]);
  checkPairs(asked);
}

function checkField(field: SecretField, value: string | undefined): void {
  const kind = FIELDS[field];
  if (value === undefined) return;
  if (kind === 'text') checkCredential(field, value);
  else if (typeof value === 'string') readKey(field, kind, value);
  else throw new ConfigurationError(field, `must be a text or a function that gives one, found ${kindOf(value)}`);
}

/** Whether keys that belong together do, and those that do not, don't. @throws ConfigurationError */
function checkPairs(asked: Asked): void {
  const spki = (field: SecretField) => {
    const [kind, text] = [FIELDS[field], asked[field]];
    return text === undefined || kind === 'text' ? undefined : spkiOf(readKey(field, kind, text) satisfies RsaKey);
  };
  const [sign, decrypt] = [spki('keys.appSignPrivateKey'), spki('keys.appDecryptPrivateKey')];
  const [verify, encrypt] = [spki('keys.appVerifyKey'), spki('keys.appEncryptKey')];
  checkPair({ field: 'keys.appSignPrivateKey', own: sign, half: verify, other: encrypt, of: 'keys.appVerifyKey' });
  checkPair({
    field: 'keys.appDecryptPrivateKey',
    own: decrypt,
    half: encrypt,
    other: verify,
    of: 'keys.appEncryptKey',
  });
  const platform = spki('keys.platformPublicKey');
  if (platform !== undefined && (platform === sign || platform === decrypt))
    throw new ConfigurationError(
      'keys.platformPublicKey',
      'must be 平台公钥, which the portal shows, found the public half of a private key of your own',
    );
}

interface Pair {
  readonly field: SecretField;
  /** The public half of the field's key. */
  readonly own: string | undefined;
  /** What it has to be. */
  readonly half: string | undefined;
  /** The public half of the other pair. */
  readonly other: string | undefined;
  readonly of: SecretField;
}

function checkPair({ field, own, half, other, of }: Pair): void {
  if (own === undefined || half === undefined || own === half) return;
  const found =
    own === other ? 'that of the other pair: the two private keys are swapped, or the two public ones' : 'another';
  throw new ConfigurationError(field, `must be the private half of ${of}, found ${found}`);
}
