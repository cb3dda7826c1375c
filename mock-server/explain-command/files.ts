/** The files that `explain` reads: text in the encodings that shells write, and sentences for those that cannot be read. */
import { readFileSync } from 'node:fs';
import { UsageError } from '../usage-error.js';

export interface NamedFile {
  readonly file: string;
  /** Which flag named it; the request has none. */
  readonly flag?: string;
}

export type ReadFile = (named: NamedFile) => string;

const PROBLEMS = new Map([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'is a folder, and no file'],
  ['EACCES', 'may not be read by this user'],
]);

/** The text of a file; throws a UsageError that names it. */
export function readTextFile({ file, flag }: NamedFile): string {
  try {
    return toText(readFileSync(file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const problem = PROBLEMS.get(code) ?? (error instanceof Error ? error.message : String(error));
    throw new UsageError(`${flag === undefined ? 'the request' : `--${flag}`} ${file}: ${problem}`);
  }
}

/** UTF-8, or UTF-16 with its mark, which PowerShell writes. */
export function toText(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
}

/** Throws a UsageError that names the file where it is no JSON. */
export function readJsonFile(read: ReadFile, named: NamedFile): unknown {
  const text = read(named);
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error);
    throw new UsageError(`--${named.flag} ${named.file}: is not JSON: ${reason}`);
  }
}
