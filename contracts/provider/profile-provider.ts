/** The provider of a profile: one app with fixed credentials, and no control API. */

import { execFile } from 'node:child_process';
import type { Bilingual } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import keys from '../keys.json' with { type: 'json' };
import type { CaseRequest } from '../kit/case.js';
import { controlOver, type IssuedToken, textToken } from '../kit/control.js';
import { httpSubject, waitingSubject } from '../kit/http.js';
import { isOperation } from '../kit/operations.js';
import type { Values } from '../kit/pointer.js';
import type { Need, Provider } from '../kit/provider.js';
import { readJsonFile } from '../kit/schemas.js';
import { publicKeyOf } from '../kit/sign.js';
import { VALIDATORS } from '../kit/validators.js';
import { type Environment, ExchangeError, type Subject } from '../kit/wire.js';
import { credentialsOf, type Profile, type TokenSource, variableValue } from './profile.js';

const TIMEOUT_MS = 10_000;
const NO_SOURCE: Bilingual = {
  en: 'the profile has no source of live tokens (tokens)',
  zh: 'profile 里没有有效 token 的来源（tokens）',
};

export interface ProfileOptions {
  readonly env: Environment;
  readonly nowMs: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** Whether a case may wait until a token expires. */
  readonly isPatient?: boolean;
}

export function profileProvider(
  profile: Profile,
  { env, nowMs, wait, isPatient = false }: ProfileOptions,
): Provider {
  const { timeoutMs = TIMEOUT_MS, tokens } = profile;
  const credentials = credentialsOf(profile, env);
  const { otherSignKey } = keys;
  const values: Values = { otherSignKey, ...publicKeysOf(credentials), ...credentials };
  const secrets = secretsIn(credentials);
  const phoneNumbers = new Set<string>();
  const source =
    tokens && tokenSource(tokens, { appId: credentials['appId'] ?? '', env, nowMs, timeoutMs });
  return {
    name: profile.name ?? [...new Set(Object.values(profile.baseUrls))].join(', '),
    has: new Set<Need>([
      ...profile.capabilities,
      ...(source ? (['token'] as const) : []),
      ...(isPatient ? (['patience'] as const) : []),
    ]),
    isMock: false,
    hidden: () => ({ secrets, phoneNumbers: [...phoneNumbers] }),
    baseUrl: (operation) => baseUrlOf(profile, operation),
    subject: (operation): Subject =>
      waitingSubject(httpSubject({ baseUrl: baseUrlOf(profile, operation), timeoutMs }), wait),
    open: async (operation, testCase) => {
      const newToken = async () => {
        const given = textToken(testCase);
        if (given !== undefined) return given;
        if (source === undefined) throw new ExchangeError(NO_SOURCE);
        const issued = await source(issuingOperation(testCase) ?? operation);
        phoneNumbers.add(issued.phoneNumber);
        return issued;
      };
      return { values, newToken, end: async () => undefined };
    },
  };
}

/** The operation of the token, if it is that of another operation. */
function issuingOperation({ given }: CaseRequest): Operation | undefined {
  const token = given?.token;
  const name = token !== undefined && 'mint' in token ? token.mint['capability'] : undefined;
  return typeof name === 'string' && isOperation(name) ? name : undefined;
}

/** The appId is in every request, so it is not a secret. */
function secretsIn({ appId: _, ...credentials }: Values): readonly string[] {
  return Object.values(credentials);
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

// The sources of live tokens: the control API of a mock, a command, or a file with tokens from a phone.

type NewToken = (operation: Operation) => Promise<IssuedToken>;

interface TokenSourceOptions {
  readonly appId: string;
  readonly env: Environment;
  readonly nowMs: () => number;
  readonly timeoutMs: number;
}

// A token is valid for two minutes. A token that is close to its expiry would test the clock instead of the rule.
const FILE_TOKEN_AGE_MS_MAX = 100_000;

function tokenSource(source: TokenSource, options: TokenSourceOptions): NewToken {
  switch (source.from) {
    case 'mock':
      return fromMock(source, options);
    case 'command':
      return fromCommand(source.command, options);
    case 'file':
      return fromFile(source.path, options);
    default:
      return source satisfies never;
  }
}

function fromMock(
  source: Extract<TokenSource, { from: 'mock' }>,
  { appId, env, timeoutMs }: TokenSourceOptions,
): NewToken {
  const url = source.url.replace(/\/+$/, '');
  const controlToken =
    source.controlToken && variableValue(source.controlToken, '/tokens/controlToken', env);
  const call = controlOver(httpSubject({ baseUrl: url, timeoutMs }), { url, controlToken });
  const path = `/apps/${encodeURIComponent(appId)}/tokens`;
  return async (operation) => (await call('POST', path, { capability: operation })) as IssuedToken;
}

function fromCommand(
  [program = '', ...args]: readonly string[],
  { env, timeoutMs }: TokenSourceOptions,
): NewToken {
  return (operation) =>
    new Promise((resolve, reject) => {
      const options = {
        env: { ...env, CMPASSPORT_OPERATION: operation },
        timeout: timeoutMs,
        maxBuffer: 1024 * 1024,
      };
      execFile(program, args, options, (error, stdout) => {
        if (error !== null) reject(new ExchangeError(`/tokens/command: ${error.message.trim()}`));
        else resolve(issuedIn(stdout, '/tokens/command'));
      });
    });
}

function issuedIn(text: string, at: string): IssuedToken {
  try {
    const { token, phoneNumber, userInformation } = JSON.parse(text) as Partial<IssuedToken>;
    if (typeof token === 'string' && typeof phoneNumber === 'string')
      return { token, phoneNumber, ...(userInformation !== undefined && { userInformation }) };
  } catch {
    // The error below has the output.
  }
  const found = text.trim().slice(0, 80);
  throw new ExchangeError({
    en: `${at} must print {"token": …, "phoneNumber": …}, found ${found}`,
    zh: `${at} 应输出 {"token": …, "phoneNumber": …}，实际为 ${found}`,
  });
}

interface FileToken extends IssuedToken {
  readonly operation: Operation;
  readonly takenAtMs?: number;
}

/** Loads the file again for each token, so tokens can be added while the cases run. */
function fromFile(path: string, { nowMs }: TokenSourceOptions): NewToken {
  const used = new Set<string>();
  return async (operation) => {
    const tokens = readJsonFile<readonly FileToken[]>(path, VALIDATORS.tokens);
    const found = tokens.find(
      (candidate) =>
        candidate.operation === operation &&
        !used.has(candidate.token) &&
        (candidate.takenAtMs === undefined ||
          nowMs() - candidate.takenAtMs <= FILE_TOKEN_AGE_MS_MAX),
    );
    if (found === undefined) {
      throw new ExchangeError({
        en: `${path}: no fresh, unused ${operation} token is left`,
        zh: `${path}：没有可用的 ${operation} token 了`,
      });
    }
    used.add(found.token);
    return found;
  };
}
