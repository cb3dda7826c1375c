/** Reads the store's password from a variable or a file, because other users of the machine can see arguments. */

import { readFileSync } from 'node:fs';
import { hasCode } from '../../src/text/error-message.js';
import { fileError, UsageError } from '../../src/text/usage-error.js';

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
  if (variable !== undefined && file !== undefined) {
    throw new UsageError({
      en: `${VARIABLE} and ${FILE} are both set, and the store has one password: omit one of them`,
      zh: `${VARIABLE} 与 ${FILE} 同时设置了，而密码只有一个：请去掉其中一个`,
    });
  }
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
  return variable ?? (file === undefined ? undefined : readPassword(file));
}

/** Editors and `echo` end a file with a line break, which is not part of the password. */
function readPassword(file: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)).replace(/\r?\n$/, '');
    if (text === '') throw new UsageError({ en: 'is empty: write the password into it', zh: '是空文件：请写入密码' });
    return text;
  } catch (error) {
    throw fileError(`${FILE} ${file}`, hasCode(error, 'ERR_ENCODING_INVALID_ENCODED_DATA') ? NOT_UTF8 : error);
  }
}

const NOT_UTF8 = new UsageError({
  en: 'is not UTF-8: write the password as UTF-8 text',
  zh: '不是 UTF-8：请用 UTF-8 保存密码',
});
