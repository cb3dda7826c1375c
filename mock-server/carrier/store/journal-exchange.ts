/** A request as the journal stores it: bodies and names that no real client sends so long are kept in part. */

import { BODY_BYTES_MAX } from '../../../src/protocol/limits.js';
import { type Operation, operationRow } from '../../../src/protocol/operations.js';
import { type Exchange, KEPT_BODY_BYTES_MAX } from '../engine/request.js';

export interface JournalExchange extends Omit<Exchange, 'rawHeaders' | 'row'> {
  /** Name, value, name, value …, each on its own line. One text takes a tenth of the memory of a list. */
  readonly headers: string;
}

// The token and the appId that a request names. Those of the mock are shorter.
const KEPT_NAME_BYTES_MAX = 1024;
/** With the two bodies, and at most 16 KiB of path and headers. */
export const RECORD_BYTES_MAX = 32 * 1024;

const AUTHORIZATION = ['authorization', 'proxy-authorization'] as const;

/** Hides control tokens that were sent to the carrier by mistake: the readers of an app's requests must not see the server's token. */
export function toJournalExchange(exchange: Exchange): JournalExchange {
  const { row, method, path, rawHeaders, bodyBytes, clientIp } = exchange;
  const body = keptBody(exchange.body);
  const kept = {
    method,
    // The row's own text if equal: the path is a slice of the address and would keep the query in memory.
    path: path === row.path ? row.path : inOnePiece(path),
    headers: withoutTokens(rawHeaders).join('\n'),
    body,
    bodyBytes,
    clientIp,
  };
  const isPart = body.length < exchange.body.length && bodyBytes <= BODY_BYTES_MAX;
  return isPart ? { ...kept, bodyIsPart: true } : kept;
}

/** A text of at most so many characters is short, whichever they are. */
const UTF8_BYTES_MAX = 3;
const SHORT_BODY = KEPT_BODY_BYTES_MAX / UTF8_BYTES_MAX;
const SHORT_NAME = KEPT_NAME_BYTES_MAX / UTF8_BYTES_MAX;

export function keptBody(body: string): string {
  return body.length <= SHORT_BODY ? body : beginning(body, KEPT_BODY_BYTES_MAX);
}

export function keptName(name: string | undefined): string | undefined {
  if (name === undefined || name.length <= SHORT_NAME) return name;
  return beginning(name, KEPT_NAME_BYTES_MAX);
}

/** At most this many bytes of UTF-8, without a character in part. */
function beginning(text: string, bytesMax: number): string {
  if (Buffer.byteLength(text) <= bytesMax) return text;
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    Buffer.from(text).subarray(0, bytesMax),
    {
      stream: true,
    },
  );
}

export function exchangeOf(recorded: {
  readonly operation: Operation;
  readonly exchange: JournalExchange;
}): Exchange {
  const { headers, ...exchange } = recorded.exchange;
  return { ...exchange, row: operationRow(recorded.operation), rawHeaders: headersIn(headers) };
}

export function headersIn(headers: string): readonly string[] {
  return headers === '' ? [] : headers.split('\n');
}

/** Hides the values that may be a control token. The carrier itself has no such header. */
export function withoutTokens(rawHeaders: readonly string[]): readonly string[] {
  if (!mayHaveTokens(rawHeaders)) return rawHeaders;
  return rawHeaders.map((text, index) => {
    if (index % 2 === 0 || !isAuthorization(rawHeaders[index - 1])) return text;
    // The scheme shows that the request went to the wrong path. A token without a scheme is any text.
    return /^bearer\s/i.test(text) ? 'Bearer [hidden]' : '[hidden]';
  });
}

/** False for nearly all requests: no name has the length of these. */
function mayHaveTokens(rawHeaders: readonly string[]): boolean {
  const [one, proxy] = AUTHORIZATION;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const length = rawHeaders[at]?.length;
    if (length === one.length || length === proxy.length) return true;
  }
  return false;
}

function isAuthorization(name = ''): boolean {
  const names: readonly string[] = AUTHORIZATION;
  return names.includes(name.toLowerCase());
}

/** A copy for a text that is stored: a slice keeps its whole text in memory, and a concatenation all its parts. */
export function inOnePiece(text: string): string {
  return Buffer.from(text).toString();
}
