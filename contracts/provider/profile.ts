/** The profile of a provider, as in its file, and the credentials from its environment variables. */

import type { Bilingual } from '../../src/text/bilingual.js';
import { UsageError } from '../../src/text/usage-error.js';
import type { Operation } from '../index.js';
import type { ProfileFormat } from '../kit/formats.js';
import { type Credential, FACTS } from '../kit/operations.js';
import { readJsonFile } from '../kit/schemas.js';
import { privateKey, publicKey } from '../kit/sign.js';
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
    if (capability in FACTS && profile.baseUrls[capability as Operation] === undefined) {
      throw new UsageError({
        en: `${path}: /baseUrls needs the field "${capability}", because it is in /capabilities`,
        zh: `${path}：/baseUrls 缺少字段 "${capability}"，因为 /capabilities 里有它`,
      });
    }
    const missing = neededFor(capability).find((name) => profile.credentials[name] === undefined);
    if (missing !== undefined) {
      throw new UsageError({
        en: `${path}: /credentials needs the field "${missing}", because ${capability} is in /capabilities`,
        zh: `${path}：/credentials 缺少字段 "${missing}"，因为 /capabilities 里有 ${capability}`,
      });
    }
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

const PRIVATE_KEY: Bilingual = { en: 'private key (PKCS#8)', zh: '私钥（PKCS#8）' };

/** How each key is parsed. An invalid key would fail every case that uses it. */
const KEY_KINDS: Readonly<
  Partial<
    Record<Credential, { readonly kind: Bilingual; readonly read: (text: string) => unknown }>
  >
> = {
  appSignKey: { kind: PRIVATE_KEY, read: privateKey },
  appDecryptKey: { kind: PRIVATE_KEY, read: privateKey },
  platformPublicKey: { kind: { en: 'public key (SPKI)', zh: '公钥（SPKI）' }, read: publicKey },
};

function credential(name: Credential, variable: Variable, env: Environment): string {
  const at = `/credentials/${name}`;
  const value = variableValue(variable, at, env);
  const key = KEY_KINDS[name];
  try {
    key?.read(value);
    return value;
  } catch {
    throw new UsageError({
      en: `${at}: the environment variable ${variable.env} must be a ${key?.kind.en} in Base64 or PEM`,
      zh: `${at}：环境变量 ${variable.env} 应为 Base64 或 PEM 格式的${key?.kind.zh}`,
    });
  }
}

export function variableValue({ env: name }: Variable, at: string, env: Environment): string {
  const value = env[name];
  if (value !== undefined && value !== '') return value;
  throw new UsageError({
    en: `${at}: the environment variable ${name} is not set: set it`,
    zh: `${at}：没有设置环境变量 ${name}，请设置`,
  });
}
