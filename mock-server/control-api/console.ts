/** Serves the console's page and its files. They contain no data of the server. */

import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { sha256Hex } from '../../src/protocol/sign.js';
import { hasCode } from '../../src/text/error-message.js';
import { acceptsGzip, type ControlAnswer, type ControlRequest } from './control-exchange.js';
import { Problem } from './problem.js';

export interface ConsoleRoute {
  readonly method: 'get';
  readonly path: string;
  handle(request: ControlRequest, params: Readonly<Record<string, string>>): Promise<ControlAnswer>;
}

/** At `/`, and at `/_mock/console` for a server that uses `/` for something else. */
export const CONSOLE_ROUTES: readonly ConsoleRoute[] = [
  { method: 'get', path: '/', handle: (request) => fileAnswer(request, CONSOLE_PAGE, '_mock/console/') },
  { method: 'get', path: '/_mock/console', handle: (request) => fileAnswer(request, CONSOLE_PAGE, 'console/') },
  { method: 'get', path: '/_mock/console/:file', handle: (request, { file = '' }) => fileAnswer(request, file) },
];

/** Allows no other origin, no inline code and no frames, so that text from a request cannot run as a script. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  // Another version of the server may run at the same address later.
  'Cache-Control': 'no-cache',
  Vary: 'Accept-Encoding',
};

async function fileAnswer(
  { headers: requested }: ControlRequest,
  name: string,
  folder?: string,
): Promise<ControlAnswer> {
  const file = await loadFile(name, folder);
  const headers = { ...HEADERS, 'Content-Type': file.contentType, ETag: file.etag };
  if (requested['if-none-match'] === file.etag) return { status: 304, headers };
  if (!acceptsGzip(requested)) return { status: 200, headers, body: file.plain };
  return { status: 200, headers: { ...headers, 'Content-Encoding': 'gzip' }, body: file.gzipped };
}

async function loadFile(name: string, folder?: string): Promise<ConsoleFile> {
  const file = consoleFile(name, folder);
  if (file === undefined) {
    const quoted = JSON.stringify(name);
    throw new Problem(404, { en: `the console has no file ${quoted}`, zh: `控制台没有文件 ${quoted}` });
  }
  try {
    return await file;
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    throw new Problem(404, {
      en: 'this build does not contain the console: its files must be in dist/console, next to the server',
      zh: '没有构建控制台：dist 里应有 console 目录',
    });
  }
}

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

/**
 * undefined for an unknown name. Rejects if the file cannot be read. The page refers to the files relative to its own
 * path, because a proxy may serve it below another one: `folder` is the way to them.
 */
export function consoleFile(name: string, folder = ''): Promise<ConsoleFile> | undefined {
  const row = CONTENT_TYPES.find((each) => each.name === name);
  if (row === undefined) return undefined;
  const key = folder + name;
  const file = files.get(key) ?? readConsoleFile(row, folder);
  files.set(key, file);
  return file;
}

const REFERENCE = /(?<= (?:href|src)=")/g;

async function readConsoleFile(
  { name, contentType }: (typeof CONTENT_TYPES)[number],
  folder: string,
): Promise<ConsoleFile> {
  const content = await readFile(new URL(name, FOLDER));
  const plain = folder === '' ? content : Buffer.from(content.toString().replace(REFERENCE, folder));
  return { contentType, plain, gzipped: gzipSync(plain), etag: `"${sha256Hex(plain.toString()).slice(0, 32)}"` };
}
