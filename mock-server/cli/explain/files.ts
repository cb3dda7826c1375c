/** Reads the files of `explain`, in the encodings that shells write. */
import { readFileSync } from 'node:fs';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { fileError, UsageError } from '../../../src/text/usage-error.js';

export interface NamedFile {
  readonly file: string;
  /** The flag that names the file; undefined for the request. */
  readonly flag?: string;
}

export type ReadFile = (named: NamedFile) => string;

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
    return toText(readFileSync(read.file));
  } catch (error) {
    throw fileError(named(read), error);
  }
}

/** A problem in the content of a request. The file is undefined for standard input. */
export function requestError(file: string | undefined, { en, zh }: Bilingual): UsageError {
  if (file === undefined)
    return new UsageError({ en: `the request (standard input) ${en}`, zh: `请求（标准输入）${zh}` });
  const request = requestNamed(file);
  return new UsageError({ en: `${request.en} ${en}`, zh: `${request.zh} ${zh}` });
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
    return JSON.parse(text);
  } catch (error) {
    throw fileError(named(file), error);
  }
}
