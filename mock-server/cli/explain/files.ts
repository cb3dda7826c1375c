/** Reads the files of `explain`, in the encodings that shells write. */
import { closeSync, openSync, readSync } from 'node:fs';
import { type Bilingual, bilingual } from '../../../src/text/bilingual.js';
import { fileError, UsageError } from '../../../src/text/usage-error.js';
import { isNestedDeep } from './capture/capture.js';

export interface NamedFile {
  readonly file: string;
  /** The flag that names the file; undefined for the request. */
  readonly flag?: string;
}

export type ReadFile = (named: NamedFile) => string;

// A HAR file of a long session has some tens of megabytes. A device such as /dev/zero is endless.
const FILE_BYTES_MAX = 64 * 1024 * 1024;
const PIECE_BYTES = 1024 * 1024;
const TOO_LARGE = new UsageError({
  en: `is larger than ${FILE_BYTES_MAX / PIECE_BYTES} MiB: use a smaller file`,
  zh: `超过 ${FILE_BYTES_MAX / PIECE_BYTES} MiB：请换用小一些的文件`,
});

/** What a file is, before its problem. */
function named({ file, flag }: NamedFile): string | Bilingual {
  return flag === undefined ? requestNamed(file) : `--${flag} ${file}`;
}

function requestNamed(file: string): Bilingual {
  return { en: `the request ${file}`, zh: `请求 ${file}` };
}

/** Throws a UsageError that names the file. */
export function readTextFile(read: NamedFile): string {
  try {
    return toText(readBytes(read.file));
  } catch (error) {
    throw fileError(named(read), error);
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
    throw TOO_LARGE;
  } finally {
    closeSync(from);
  }
}

const STANDARD_INPUT: Bilingual = { en: 'the request (standard input)', zh: '请求（标准输入）' };

/** Throws a UsageError if the stream is too large. */
export async function readStream(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let remaining = FILE_BYTES_MAX;
  for await (const piece of stream) {
    pieces.push(piece);
    remaining -= piece.length;
    if (remaining < 0) throw fileError(STANDARD_INPUT, TOO_LARGE);
  }
  return Buffer.concat(pieces);
}

/** A problem in the content of a request. The file is undefined for standard input. */
export function requestError(file: string | undefined, problem: Bilingual): UsageError {
  if (file !== undefined)
    return new UsageError(bilingual((language) => `${requestNamed(file)[language]} ${problem[language]}`));
  return new UsageError({ en: `${STANDARD_INPUT.en} ${problem.en}`, zh: STANDARD_INPUT.zh + problem.zh });
}

/** UTF-8, or UTF-16 with a byte order mark, which PowerShell writes. */
export function toText(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
}

/** Throws a UsageError that names the file if it is not JSON. */
export function readJsonFile(read: ReadFile, file: NamedFile): unknown {
  const text = read(file);
  try {
    const value: unknown = JSON.parse(text);
    if (isNestedDeep(value)) throw TOO_DEEP;
    return value;
  } catch (error) {
    throw fileError(named(file), error);
  }
}

const TOO_DEEP = new UsageError({
  en: 'is nested too deeply for an app: use the file of an app',
  zh: '嵌套层数过多，不是应用：请改用应用的文件',
});
