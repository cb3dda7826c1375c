/** Reads the files of `explain`, in the encodings that shells write. */

import { closeSync, openSync, readSync } from 'node:fs';
import { messageOf } from '../../text/error-message.js';
import { printable } from '../../text/printable.js';
import { UsageError } from '../usage-error.js';
import { isNestedDeep } from './nesting.js';

export interface NamedFile {
  readonly file: string;
  /** The flag that names the file; undefined for the request. */
  readonly flag?: string;
}

export type ReadFile = (named: NamedFile) => string;

const PROBLEMS = new Map([
  ['ENOENT', 'the file does not exist'],
  ['EISDIR', 'is a folder, not a file'],
  ['ELOOP', 'is a link to itself'],
  ['EACCES', 'this user may not read it'],
]);

// A HAR file of a long session has some tens of megabytes. A device such as /dev/zero is endless.
const FILE_BYTES_MAX = 64 * 1024 * 1024;
const PIECE_BYTES = 1024 * 1024;
const TOO_LARGE = `is larger than ${FILE_BYTES_MAX / PIECE_BYTES} MiB`;

/** Throws a UsageError that names the file. */
export function readTextFile({ file, flag }: NamedFile): string {
  try {
    return toText(readBytes(file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const problem = PROBLEMS.get(code) ?? messageOf(error);
    throw new UsageError(`${flag === undefined ? 'the request' : `--${flag}`} ${file}: ${problem}`);
  }
}

/** Does not use the size of the file, because pipes and devices have none. */
function readBytes(file: string): Buffer {
  const from = openSync(file, 'r');
  try {
    const pieces: Buffer[] = [];
    for (let remaining = FILE_BYTES_MAX; remaining >= 0; ) {
      const piece = Buffer.allocUnsafe(PIECE_BYTES);
      const length = readSync(from, piece);
      if (length === 0) return Buffer.concat(pieces);
      pieces.push(piece.subarray(0, length));
      remaining -= length;
    }
    throw new Error(TOO_LARGE);
  } finally {
    closeSync(from);
  }
}

/** Throws a UsageError if the stream is too large. */
export async function readStream(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let remaining = FILE_BYTES_MAX;
  for await (const piece of stream) {
    pieces.push(piece);
    remaining -= piece.length;
    if (remaining < 0) throw new UsageError(`the request (standard input): ${TOO_LARGE}`);
  }
  return Buffer.concat(pieces);
}

/** UTF-8, or UTF-16 with a byte order mark, which PowerShell writes. */
export function toText(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
}

/** Throws a UsageError that names the file if it is not JSON. */
export function readJsonFile(read: ReadFile, named: NamedFile): unknown {
  const text = read(named);
  const value = parsed(text, named);
  if (isNestedDeep(value)) throw new UsageError(`--${named.flag} ${named.file}: is nested too deeply for an app`);
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
