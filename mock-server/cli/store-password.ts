/** The store's password: from a variable or a file, because other users of the machine can see arguments. */

import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { hasCode, messageOf } from '../text/error-message.js';
import { UsageError } from './usage-error.js';

export interface PasswordSources {
  /** The address of a Redis; undefined is memory. */
  readonly store: string | undefined;
  /** The value of the variable. */
  readonly variable: string | undefined;
  readonly file: string | undefined;
}

const VARIABLE = 'CMPASSPORT_STORE_PASSWORD';
const FILE = '--store-password-file';
const FILE_BYTES_MAX = 4096;

/** undefined for none. Throws a UsageError that names the settings. */
export function storePassword({ store, variable, file }: PasswordSources): string | undefined {
  if (variable === undefined && file === undefined) return undefined;
  const source = variable === undefined ? FILE : VARIABLE;
  if (variable !== undefined && file !== undefined) {
    throw new UsageError(`${VARIABLE} and ${FILE} are both set, and the store has one password: leave one of them out`);
  }
  if (store === undefined) {
    throw new UsageError(`${source} is set, and --store names no Redis: add its address, or leave the password out`);
  }
  if (URL.canParse(store) && new URL(store).password !== '') {
    throw new UsageError(`${source} is set, and the address in --store has a password too: leave one of them out`);
  }
  return variable ?? (file === undefined ? undefined : readPassword(file));
}

function readPassword(file: string): string {
  try {
    return toPassword(readBytes(file));
  } catch (error) {
    throw new UsageError(`${FILE} ${file}: ${problemIn(error)}`);
  }
}

function readBytes(file: string): Buffer {
  // A pipe would keep the start waiting for its other end.
  const from = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(from).isFile()) throw new Error('is not a regular file: name a file with the password in it');
    const room = Buffer.alloc(FILE_BYTES_MAX + 1);
    const length = readSync(from, room);
    if (length > FILE_BYTES_MAX) {
      throw new Error(`is larger than ${FILE_BYTES_MAX} bytes: name a file with the password and nothing else in it`);
    }
    return room.subarray(0, length);
  } finally {
    closeSync(from);
  }
}

/** Editors and `echo` end a file with a line break, which is not part of the password. */
function toPassword(bytes: Buffer): string {
  const text = decoded(bytes).replace(/\r?\n$/, '');
  if (text === '') throw new Error('is empty: write the password into it');
  return text;
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('is not UTF-8: write the password as UTF-8 text');
  }
}

function problemIn(error: unknown): string {
  if (hasCode(error, 'ENOENT')) return 'there is no such file';
  return messageOf(error);
}
