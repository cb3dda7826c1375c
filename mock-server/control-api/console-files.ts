/** The console's files. Each is read from the package and compressed with the first request for it. */
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { sha256Hex } from '../../src/protocol/sign.js';

export interface ConsoleFile {
  readonly contentType: string;
  readonly plain: Buffer;
  readonly gzipped: Buffer;
  /** A hash of the content, in quotes: RFC 9110, 8.8.3. */
  readonly etag: string;
}

/** The output folder of the build, relative to the source or to the built file. */
const FOLDER = new URL(import.meta.url.endsWith('.ts') ? '../../dist/console/' : 'console/', import.meta.url);

const CONTENT_TYPES = [
  { name: 'index.html', contentType: 'text/html; charset=utf-8' },
  { name: 'console.js', contentType: 'text/javascript; charset=utf-8' },
  { name: 'console.css', contentType: 'text/css; charset=utf-8' },
  { name: 'icon.svg', contentType: 'image/svg+xml' },
] as const;

export const CONSOLE_PAGE = 'index.html';

const files = new Map<string, Promise<ConsoleFile>>();

/** undefined for an unknown name. Rejects if the file cannot be read. */
export function consoleFile(name: string): Promise<ConsoleFile> | undefined {
  const row = CONTENT_TYPES.find((each) => each.name === name);
  if (row === undefined) return undefined;
  const file = files.get(name) ?? readConsoleFile(row);
  files.set(name, file);
  return file;
}

async function readConsoleFile({ name, contentType }: (typeof CONTENT_TYPES)[number]): Promise<ConsoleFile> {
  const plain = await readFile(new URL(name, FOLDER));
  return { contentType, plain, gzipped: gzipSync(plain), etag: `"${sha256Hex(plain.toString()).slice(0, 32)}"` };
}
