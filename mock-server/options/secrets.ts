/** Reads the store's password and the control token from a variable or a file: other users of the machine can see arguments. */

import { readFileSync } from 'node:fs';
import type { Bilingual } from '../../src/text/bilingual.js';
import { fileError, UsageError } from '../../src/text/usage-error.js';
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
  if (variable === undefined && file === undefined) return undefined;
  const source = variable === undefined ? FILE : VARIABLE;
  if (variable !== undefined && file !== undefined) throw bothSet(VARIABLE, FILE);
  if (store === undefined) {
    throw new UsageError({
      en: `${source} is set, but --store is not the address of a Redis: set --store, or omit the password`,
      zh: `设置了 ${source}，但 --store 不是 Redis 地址：请设置 --store，或去掉密码`,
    });
  }
  if (URL.canParse(store) && new URL(store).password !== '') {
    throw new UsageError({
      en: `${source} is set, and the address in --store contains a password too: omit one of them`,
      zh: `设置了 ${source}，--store 的地址里也有密码：请去掉其中一个`,
    });
  }
  return (
    variable ??
    (file === undefined ? undefined : readSecret(file, FILE, { en: 'the password', zh: '密码' }))
  );
}

const TOKEN_FILE = '--control-token-file';

/** Throws a UsageError that names the settings. */
export function controlToken(
  given: string | undefined,
  file: string | undefined,
): string | undefined {
  if (file === undefined) return given;
  if (given !== undefined) throw bothSet('--control-token', TOKEN_FILE);
  const token = readSecret(file, TOKEN_FILE, { en: 'the token', zh: '令牌' });
  const { must, read } = CONTROL_TOKEN_TEXT;
  if (read(token) !== undefined) return token;
  throw fileError(
    `${TOKEN_FILE} ${file}`,
    new UsageError({ en: `must ${must.en}`, zh: `应${must.zh}` }),
  );
}

function bothSet(one: string, other: string): UsageError {
  return new UsageError({
    en: `${one} and ${other} are both set: omit one of them`,
    zh: `${one} 与 ${other} 同时设置了：请去掉其中一个`,
  });
}

/** Editors and `echo` end a file with a line break, which is not part of the secret. */
function readSecret(file: string, flag: string, named: Bilingual): string {
  try {
    const text = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    if (text !== '') return text;
    throw new UsageError({
      en: `is empty: write ${named.en} into it`,
      zh: `是空文件：请写入${named.zh}`,
    });
  } catch (error) {
    throw fileError(`${flag} ${file}`, error);
  }
}
