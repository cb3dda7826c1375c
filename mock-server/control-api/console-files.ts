/** The console's files. Each is read from the package and compressed with the first request for it. */
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { sha256Hex } from '../../src/protocol/sign.js';
import { lazily } from '../loading/lazily.js';

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

const FILES: ReadonlyMap<string, () => Promise<ConsoleFile>> = new Map(
  CONTENT_TYPES.map((row) => [
    row.name,
    lazily({ en: `the console's ${row.name}`, zh: `控制台的 ${row.name}` }, () => readConsoleFile(row)),
  ]),
);

/** undefined for an unknown name. Rejects with a NotLoadedError if the file cannot be read. */
export function consoleFile(name: string): Promise<ConsoleFile> | undefined {
  return FILES.get(name)?.();
}

async function readConsoleFile({ name, contentType }: (typeof CONTENT_TYPES)[number]): Promise<ConsoleFile> {
  const plain = await readFile(new URL(name, FOLDER));
  return { contentType, plain, gzipped: gzipSync(plain), etag: `"${sha256Hex(plain.toString()).slice(0, 32)}"` };
}
