/** A request as the journal stores it. */
import { type Operation, operationRow } from '../../../src/protocol/operations.js';
import type { Exchange } from '../engine/request.js';

export interface JournalExchange extends Omit<Exchange, 'rawHeaders' | 'row'> {
  /** Name, value, name, value …, each on its own line. One text takes a tenth of the memory of a list. */
  readonly headers: string;
}

const AUTHORIZATION = ['authorization', 'proxy-authorization'] as const;
const BEARER = /^bearer\s/i;

/** Hides control tokens that were sent to the carrier by mistake: the readers of an app's requests must not see the server's token. */
export function toJournalExchange(exchange: Exchange): JournalExchange {
  const { row, method, path, rawHeaders, body, bodyBytes, clientIp } = exchange;
  return {
    method,
    // The row's own text if equal: the path is a slice of the address and would keep the query in memory.
    path: path === row.path ? row.path : copySlice(path),
    headers: withoutTokens(rawHeaders).join('\n'),
    body,
    bodyBytes,
    clientIp,
  };
}

export function exchangeOf({ operation, exchange: { headers, ...exchange } }: RecordedRequest): Exchange {
  return { ...exchange, row: operationRow(operation), rawHeaders: headersIn(headers) };
}

interface RecordedRequest {
  readonly operation: Operation;
  readonly exchange: JournalExchange;
}

export function headersIn(headers: string): readonly string[] {
  return headers === '' ? [] : headers.split('\n');
}

/** Hides the values that may be a control token. The carrier itself has no such header. */
export function withoutTokens(rawHeaders: readonly string[]): readonly string[] {
  if (!rawHeaders.some(isAuthorization)) return rawHeaders;
  return rawHeaders.map((text, index) =>
    isAuthorization(rawHeaders[index - 1], index - 1) ? maskedToken(text) : text,
  );
}

/** A fast check for every request: most names have another length. */
function isAuthorization(name = '', index: number): boolean {
  return index % 2 === 0 && AUTHORIZATION.some((one) => one.length === name.length && one === name.toLowerCase());
}

/** Keeps the scheme, which shows that the request went to the wrong path. A token without a scheme is any text. */
function maskedToken(value: string): string {
  return BEARER.test(value) ? 'Bearer [hidden]' : '[hidden]';
}

/** Copies a slice, so that the whole text does not stay in memory. */
export function copySlice(text: string): string {
  return Buffer.from(text).toString();
}
