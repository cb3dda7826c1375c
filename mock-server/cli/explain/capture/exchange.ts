/** Fills in valid values for the data that a capture omits. */
import { type Operation, operationRow } from '../../../../src/protocol/operations.js';
import type { Exchange } from '../../../carrier/engine/request.js';
import type { Capture } from './capture.js';

/** Without the client address, which depends on the app. */
export type CapturedExchange = Omit<Exchange, 'clientIp' | 'row'>;

const METHOD = 'POST';
const JSON_HEADERS = ['Content-Type', 'application/json'] as const;

export function toExchange({ method, path, rawHeaders, body }: Capture): CapturedExchange {
  const headers = rawHeaders ?? JSON_HEADERS;
  return {
    method: method ?? METHOD,
    path: path ?? pathFor(body),
    rawHeaders: headers,
    body,
    bodyBytes: Math.max(Buffer.byteLength(body), contentLength(headers)),
  };
}

/** The journal truncates a body that is too large, so its length is in the header. */
function contentLength(rawHeaders: readonly string[]): number {
  const at = rawHeaders.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-length');
  const length = rawHeaders[at + 1] ?? '';
  return at !== -1 && /^\d{1,15}$/.test(length) ? Number(length) : 0;
}

const ENVELOPE = /^\s*\{\s*"(?:header|body)"\s*:|"(?:header|body)"\s*:\s*\{/;

/** The body of tokenValidate has `header` and `body`; that of loginTokenValidate is flat. */
function pathFor(body: string): string {
  const operation: Operation = ENVELOPE.test(body) ? 'tokenValidate' : 'loginTokenValidate';
  return operationRow(operation).path;
}
