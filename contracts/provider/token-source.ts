/** Sources of live tokens for a provider with a profile: a mock's control API, a command, or a file with tokens from a phone. */

import { execFile } from 'node:child_process';
import type { Operation } from '../index.js';
import { controlOver, type IssuedToken } from '../kit/control.js';
import { httpSubject } from '../kit/http.js';
import { readJsonFile } from '../kit/schemas.js';
import { VALIDATORS } from '../kit/validators.js';
import { type Environment, ExchangeError } from '../kit/wire.js';
import { type TokenSource, variableValue } from './profile.js';

export type NewToken = (operation: Operation) => Promise<IssuedToken>;

export interface TokenSourceOptions {
  readonly appId: string;
  readonly env: Environment;
  readonly nowMs: () => number;
  readonly timeoutMs: number;
}

// A token is valid for two minutes. A token that is close to its expiry would test the clock instead of the rule.
const FILE_TOKEN_AGE_MS_MAX = 100_000;

export function tokenSource(source: TokenSource, options: TokenSourceOptions): NewToken {
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
  const controlToken = source.controlToken && variableValue(source.controlToken, '/tokens/controlToken', env);
  const call = controlOver(httpSubject({ baseUrl: url, timeoutMs }), { url, controlToken });
  const path = `/apps/${encodeURIComponent(appId)}/tokens`;
  return async (operation) => (await call('POST', path, { capability: operation })) as IssuedToken;
}

function fromCommand([program = '', ...args]: readonly string[], { env, timeoutMs }: TokenSourceOptions): NewToken {
  return (operation) =>
    new Promise((resolve, reject) => {
      const options = { env: { ...env, CMPASSPORT_OPERATION: operation }, timeout: timeoutMs, maxBuffer: 1024 * 1024 };
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
        (candidate.takenAtMs === undefined || nowMs() - candidate.takenAtMs <= FILE_TOKEN_AGE_MS_MAX),
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
