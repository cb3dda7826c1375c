/** The provider of a profile: one app with fixed credentials, and no control API. */

import type { Bilingual } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import keys from '../keys.json' with { type: 'json' };
import { textToken } from '../kit/control.js';
import { httpSubject } from '../kit/http.js';
import type { Values } from '../kit/pointer.js';
import type { Need, Provider } from '../kit/provider.js';
import { publicKeyOf } from '../kit/sign.js';
import { type Environment, ExchangeError, type Subject } from '../kit/wire.js';
import { credentialsOf, type Profile } from './profile.js';
import { tokenSource } from './token-source.js';

const TIMEOUT_MS = 10_000;
const NO_SOURCE: Bilingual = {
  en: 'the profile has no source of live tokens (tokens)',
  zh: 'profile 里没有有效 token 的来源（tokens）',
};

export interface ProfileOptions {
  readonly env: Environment;
  readonly nowMs: () => number;
}

export function profileProvider(profile: Profile, { env, nowMs }: ProfileOptions): Provider {
  const { timeoutMs = TIMEOUT_MS, tokens } = profile;
  const credentials = credentialsOf(profile, env);
  const { otherSignKey } = keys;
  const values: Values = { otherSignKey, ...publicKeysOf(credentials), ...credentials };
  // The appId is in every request, so it is not a secret.
  const secrets = Object.entries(credentials).flatMap(([name, value]) => (name === 'appId' ? [] : [value]));
  const phoneNumbers = new Set<string>();
  const source = tokens && tokenSource(tokens, { appId: credentials['appId'] ?? '', env, nowMs, timeoutMs });
  const has = new Set<Need>([...profile.capabilities, ...(source === undefined ? [] : (['token'] as const))]);
  return {
    name: profile.name ?? [...new Set(Object.values(profile.baseUrls))].join(', '),
    has,
    isMock: false,
    hidden: () => ({ secrets, phoneNumbers: [...phoneNumbers] }),
    baseUrl: (operation) => baseUrlOf(profile, operation),
    subject: (operation): Subject => httpSubject({ baseUrl: baseUrlOf(profile, operation), timeoutMs }),
    open: async (operation, testCase) => {
      const newToken = async () => {
        const given = textToken(testCase);
        if (given !== undefined) return given;
        if (source === undefined) throw new ExchangeError(NO_SOURCE);
        const issued = await source(operation);
        phoneNumbers.add(issued.phoneNumber);
        return issued;
      };
      return { values, newToken, end: async () => undefined };
    },
  };
}

/** 应用公钥1 and 应用公钥2, which belong to the private keys of the profile. Cases encrypt phoneNum with them by mistake. */
function publicKeysOf({ appSignKey, appDecryptKey }: Values): Values {
  return {
    ...(appSignKey !== undefined && { appVerifyKey: publicKeyOf(appSignKey) }),
    ...(appDecryptKey !== undefined && { appEncryptKey: publicKeyOf(appDecryptKey) }),
  };
}

function baseUrlOf({ baseUrls }: Profile, operation: Operation): string {
  return (baseUrls[operation] ?? '').replace(/\/+$/, '');
}
