/** The profile of a provider, as in its file, and the credentials from its environment variables. */

import type { ProfileFormat } from '../kit/formats.js';
import { type Credential, FACTS, isOperation } from '../kit/operations.js';
import { readJsonFile } from '../kit/schemas.js';
import { privateKey, publicKey } from '../kit/sign.js';
import { usage } from '../kit/usage.js';
import { VALIDATORS } from '../kit/validators.js';
import type { Environment } from '../kit/wire.js';

type Variable = ProfileFormat['variable'];
export type Profile = ProfileFormat['file'];
export type TokenSource = NonNullable<Profile['tokens']>;

function neededFor(capability: Profile['capabilities'][number]): readonly Credential[] {
  if (capability === 'smsFallback') return [];
  return capability === 'rsa'
    ? ['appSignKey', 'appDecryptKey', 'platformPublicKey']
    : FACTS[capability].credentials;
}

/** Throws a UsageError with the wrong field. */
export function readProfile(path: string): Profile {
  const profile = readJsonFile<Profile>(path, VALIDATORS.profile);
  for (const capability of profile.capabilities) {
    if (isOperation(capability) && profile.baseUrls[capability] === undefined)
      throw usage('profile.missing-address', { path, capability });
    const name = neededFor(capability).find((each) => profile.credentials[each] === undefined);
    if (name !== undefined) throw usage('profile.missing-credential', { path, name, capability });
  }
  return profile;
}

/** The credentials by name. Throws a UsageError for a variable that is not set. */
export function credentialsOf(
  { credentials }: Profile,
  env: Environment,
): Readonly<Record<string, string>> {
  const named = Object.entries(credentials) as [Credential, Variable][];
  return Object.fromEntries(
    named.map(([name, variable]) => [name, credential(name, variable, env)]),
  );
}

interface KeyKind {
  readonly read: (text: string) => unknown;
  /** The error for a text that is no such key. */
  readonly mistake: 'profile.private-key' | 'profile.public-key';
}

const PRIVATE_KEY: KeyKind = { read: privateKey, mistake: 'profile.private-key' };

/** How each key is parsed. An invalid key would fail every case that uses it. */
const KEY_KINDS: Readonly<Partial<Record<Credential, KeyKind>>> = {
  appSignKey: PRIVATE_KEY,
  appDecryptKey: PRIVATE_KEY,
  platformPublicKey: { read: publicKey, mistake: 'profile.public-key' },
};

function credential(name: Credential, variable: Variable, env: Environment): string {
  const at = `/credentials/${name}`;
  const value = variableValue(variable, at, env);
  const key = KEY_KINDS[name];
  if (key !== undefined && !isReadable(key, value))
    throw usage(key.mistake, { at, name: variable.env });
  return value;
}

function isReadable({ read }: KeyKind, value: string): boolean {
  try {
    read(value);
    return true;
  } catch {
    return false;
  }
}

export function variableValue({ env: name }: Variable, at: string, env: Environment): string {
  const value = env[name];
  if (value !== undefined && value !== '') return value;
  throw usage('profile.missing-variable', { at, name });
}
