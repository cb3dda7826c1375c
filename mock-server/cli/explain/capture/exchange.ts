/** What a capture leaves out, filled in as it is when nothing is wrong. */
import { type Operation, operationRow } from '../../../../src/protocol/operations.js';
import type { Exchange } from '../../../carrier/engine/request.js';
import type { Capture } from './capture.js';

/** All but where it came from, which depends on the app. */
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

/** The journal keeps the beginning of a body that was too large: its header tells how long it was. */
function contentLength(rawHeaders: readonly string[]): number {
  const at = rawHeaders.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-length');
  const length = rawHeaders[at + 1] ?? '';
  return at !== -1 && /^\d{1,15}$/.test(length) ? Number(length) : 0;
}

const ENVELOPE = /^\s*\{\s*"(?:header|body)"\s*:|"(?:header|body)"\s*:\s*\{/;

/** By its shape: verify's body has a header and a body, login's is flat. */
function pathFor(body: string): string {
  const operation: Operation = ENVELOPE.test(body) ? 'tokenValidate' : 'loginTokenValidate';
  return operationRow(operation).path;
}
