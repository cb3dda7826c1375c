/** The files that `explain` reads: text in the encodings that shells write, and sentences for those that cannot be read. */

import { closeSync, openSync, readSync } from 'node:fs';
import { messageOf } from '../../text/error-message.js';
import { printable } from '../../text/printable.js';
import { UsageError } from '../usage-error.js';
import { isNestedDeep } from './nesting.js';

export interface NamedFile {
  readonly file: string;
  /** Which flag named it; the request has none. */
  readonly flag?: string;
}

export type ReadFile = (named: NamedFile) => string;

const PROBLEMS = new Map([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'is a folder, and no file'],
  ['ELOOP', 'is a link that leads to itself'],
  ['EACCES', 'may not be read by this user'],
]);

// A HAR file of a long session is some tens of megabytes; a device such as /dev/zero has no end.
const FILE_BYTES_MAX = 64 * 1024 * 1024;
const PIECE_BYTES = 1024 * 1024;
const TOO_LARGE = `is larger than ${FILE_BYTES_MAX / PIECE_BYTES} MiB`;

/** The text of a file; throws a UsageError that names it. */
export function readTextFile({ file, flag }: NamedFile): string {
  try {
    return toText(readBytes(file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const problem = PROBLEMS.get(code) ?? messageOf(error);
    throw new UsageError(`${flag === undefined ? 'the request' : `--${flag}`} ${file}: ${problem}`);
  }
}

/** Whatever the file says of its size: a pipe and a device say nothing. */
function readBytes(file: string): Buffer {
  const from = openSync(file, 'r');
  try {
    const pieces: Buffer[] = [];
    for (let left = FILE_BYTES_MAX; left >= 0; ) {
      const piece = Buffer.allocUnsafe(PIECE_BYTES);
      const length = readSync(from, piece);
      if (length === 0) return Buffer.concat(pieces);
      pieces.push(piece.subarray(0, length));
      left -= length;
    }
    throw new Error(TOO_LARGE);
  } finally {
    closeSync(from);
  }
}

/** All that a pipe brings; throws a UsageError where it has no end. */
export async function readStream(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let left = FILE_BYTES_MAX;
  for await (const piece of stream) {
    pieces.push(piece);
    left -= piece.length;
    if (left < 0) throw new UsageError(`the request (standard input): ${TOO_LARGE}`);
  }
  return Buffer.concat(pieces);
}

/** UTF-8, or UTF-16 with its mark, which PowerShell writes. */
export function toText(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
}

/** Throws a UsageError that names the file where it is no JSON. */
export function readJsonFile(read: ReadFile, named: NamedFile): unknown {
  const text = read(named);
  const value = parsed(text, named);
  if (isNestedDeep(value)) throw new UsageError(`--${named.flag} ${named.file}: is nested deeper than any app`);
  return value;
}

function parsed(text: string, { file, flag }: NamedFile): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? printable(error.message.replace(/\s+/g, ' ')) : String(error);
    throw new UsageError(`--${flag} ${file}: is not JSON: ${reason}`);
  }
}
