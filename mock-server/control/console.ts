/** The console: the page at the server's own address, and its files. Static, and the same for everybody: they hold nothing of the server's. */
import type { Express, Request, Response } from 'express';
import { CONSOLE_PAGE, consoleFile } from '../console-files.js';
import { NotLoadedError } from '../lazily.js';
import { Problem } from './problem.js';

/** Nothing from elsewhere, nothing inline, in nobody's frame: a text of a request that looks like a script stays a text. */
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
  // Another server may be at the same address tomorrow.
  'Cache-Control': 'no-cache',
  Vary: 'Accept-Encoding',
};

const NOT_MODIFIED = 304;

/** At `/`, and for those whose server has something else there at `/_mock/console`. */
export function serveConsole(app: Express): void {
  app.get(['/', '/_mock/console'], (req, res) => send(req, res, CONSOLE_PAGE));
  app.get('/_mock/console/:file', (req, res) => send(req, res, req.params.file));
}

async function send(req: Request, res: Response, name: string): Promise<void> {
  const file = await found(name);
  res.set({ ...HEADERS, 'Content-Type': file.contentType, ETag: file.etag });
  if (req.headers['if-none-match'] === file.etag) {
    res.status(NOT_MODIFIED).end();
    return;
  }
  const isGzipped = req.acceptsEncodings('gzip') === 'gzip';
  if (isGzipped) res.set('Content-Encoding', 'gzip');
  res.end(isGzipped ? file.gzipped : file.plain);
}

async function found(name: string) {
  const file = consoleFile(name);
  if (file === undefined) throw new Problem(404, `the console has no file ${JSON.stringify(name)}`);
  try {
    return await file;
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new Problem(404, 'the console is not in this build: its files belong into dist/console, beside the server');
  }
}

function isMissing(error: unknown): boolean {
  if (!(error instanceof NotLoadedError)) return false;
  const { cause } = error;
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}
