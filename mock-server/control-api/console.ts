/** Serves the console's page and its files. They contain no data of the server. */

import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { hasCode } from '../../src/text/error-message.js';
import { acceptsGzip, type ControlAnswer, type ControlRequest } from './control-exchange.js';
import { problem } from './problem.js';
import { pathOf } from './unknown-path.js';

export interface ConsoleRoute {
  readonly method: 'get';
  readonly path: string;
  handle(request: ControlRequest, params: Readonly<Record<string, string>>): Promise<ControlAnswer>;
}

/** At `/`, and below `/_mock` for a server that uses `/` for something else. */
export const CONSOLE_ROUTES: readonly ConsoleRoute[] = [
  ...['/', '/_mock', '/_mock/console'].map((path) => ({
    method: 'get' as const,
    path,
    handle: (request: ControlRequest) => fileAnswer(request, CONSOLE_PAGE),
  })),
  {
    method: 'get',
    path: '/_mock/console/:file',
    handle: (request, { file = '' }) => fileAnswer(request, file),
  },
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

/** The output folder of the build, relative to the source or to the built file. */
const FOLDER = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/console/' : 'console/',
  import.meta.url,
);
const CONSOLE_PAGE = 'index.html';
const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  [CONSOLE_PAGE, 'text/html; charset=utf-8'],
  ['console.js', 'text/javascript; charset=utf-8'],
  // The texts of each language.
  ['en.js', 'text/javascript; charset=utf-8'],
  ['zh.js', 'text/javascript; charset=utf-8'],
  ['console.css', 'text/css; charset=utf-8'],
  ['icon.svg', 'image/svg+xml'],
]);
const REFERENCE = /(?<= (?:href|src)=")/g;

/** The page refers to the files relative to its own path, because a proxy may serve it below another one. */
async function fileAnswer(request: ControlRequest, name: string): Promise<ControlAnswer> {
  const contentType = CONTENT_TYPES.get(name);
  if (contentType === undefined) throw problem('console.file-not-found', { file: name });
  const content = await readFile(new URL(name, FOLDER), 'utf8').catch((error) => {
    throw hasCode(error, 'ENOENT') ? problem('console.not-built') : error;
  });
  const path = pathOf(request.url);
  const folder = '/_mock/console/'.slice(path.lastIndexOf('/') + 1);
  const body = name === CONSOLE_PAGE ? content.replace(REFERENCE, folder) : content;
  const headers = { ...HEADERS, 'Content-Type': contentType };
  if (!acceptsGzip(request.headers)) return { status: 200, headers, body };
  return { status: 200, headers: { ...headers, 'Content-Encoding': 'gzip' }, body: gzipSync(body) };
}
