/** Reads the store's password and the control token from a variable or a file: other users of the machine can see arguments. */

import { readFileSync } from 'node:fs';
import type { Bilingual } from '../../src/text/bilingual.js';
import { fileError } from '../../src/text/usage-error.js';
import { optionError } from './messages.js';
import { CONTROL_TOKEN_TEXT } from './option-kinds.js';

export interface PasswordSources {
  /** The address of a Redis; if undefined, state is in memory. */
  readonly store: string | undefined;
  readonly variable: string | undefined;
  readonly file: string | undefined;
}

const VARIABLE = 'CMPASSPORT_STORE_PASSWORD';
const FILE = '--store-password-file';

/** Throws a UsageError that names the settings. */
export function storePassword({ store, variable, file }: PasswordSources): string | undefined {
  if (variable !== undefined && file !== undefined) {
    throw optionError('secret.set-twice', { one: VARIABLE, other: FILE });
  }
  if (variable !== undefined) {
    checkNeeded(VARIABLE, store);
    return variable;
  }
  if (file === undefined) return undefined;
  checkNeeded(FILE, store);
  return readSecret(file, FILE, { en: 'the password', zh: '密码' });
}

/** Throws unless the store can have the password. */
function checkNeeded(source: string, store: string | undefined): void {
  if (store === undefined) throw optionError('password.no-store', { source });
  if (URL.canParse(store) && new URL(store).password !== '') {
    throw optionError('password.also-in-store', { source });
  }
}

const TOKEN_FILE = '--control-token-file';

/** Throws a UsageError that names the settings. */
export function controlToken(
  given: string | undefined,
  file: string | undefined,
): string | undefined {
  if (file === undefined) return given;
  if (given !== undefined) {
    throw optionError('secret.set-twice', { one: '--control-token', other: TOKEN_FILE });
  }
  const token = readSecret(file, TOKEN_FILE, { en: 'the token', zh: '令牌' });
  const { must, read } = CONTROL_TOKEN_TEXT;
  if (read(token) !== undefined) return token;
  throw fileError(`${TOKEN_FILE} ${file}`, optionError('secret.invalid', { must }));
}

/** Editors and `echo` end a file with a line break, which is not part of the secret. */
function readSecret(file: string, flag: string, secret: Bilingual): string {
  try {
    const text = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    if (text !== '') return text;
    throw optionError('secret.empty', { secret });
  } catch (error) {
    throw fileError(`${flag} ${file}`, error);
  }
}
