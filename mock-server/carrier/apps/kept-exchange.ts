/** A request as the journal keeps it: its headers in one text, which weighs a tenth of what a list of them does. */
import { type Operation, operationRow } from '../../../src/protocol/operations.js';
import type { Exchange } from '../engine/request.js';

export interface KeptExchange extends Omit<Exchange, 'rawHeaders' | 'row'> {
  /** Name, value, name, value …, a line each. */
  readonly headers: string;
}

const AUTHORIZATION = ['authorization', 'proxy-authorization'] as const;
const BEARER = /^bearer\s/i;

/** Without a control token that was sent to the wrong path: whoever may read an app's requests is not told the server's. */
export function keptExchange(exchange: Exchange): KeptExchange {
  const { row, method, path, rawHeaders, body, bodyBytes, clientIp } = exchange;
  return {
    method,
    // The row's own text if it can be: another was cut out of the address, and would keep its query.
    path: path === row.path ? row.path : copied(path),
    headers: withoutTokens(rawHeaders).join('\n'),
    body,
    bodyBytes,
    clientIp,
  };
}

/** As it was, for whoever reads it again. */
export function exchangeOf({ operation, exchange: { headers, ...exchange } }: Kept): Exchange {
  return { ...exchange, row: operationRow(operation), rawHeaders: headersIn(headers) };
}

interface Kept {
  readonly operation: Operation;
  readonly exchange: KeptExchange;
}

export function headersIn(headers: string): readonly string[] {
  return headers === '' ? [] : headers.split('\n');
}

/** With a value hidden where it may be a control token: the carrier itself takes no such header. */
export function withoutTokens(rawHeaders: readonly string[]): readonly string[] {
  if (!rawHeaders.some(isAuthorization)) return rawHeaders;
  return rawHeaders.map((text, index) => (isAuthorization(rawHeaders[index - 1], index - 1) ? hidden(text) : text));
}

/** Looked at for each request: most names are not as long as one of these. */
function isAuthorization(name = '', index: number): boolean {
  return index % 2 === 0 && AUTHORIZATION.some((one) => one.length === name.length && one === name.toLowerCase());
}

/** Its scheme tells a client that it went to the wrong path; a token sent without one looks like any text. */
function hidden(value: string): string {
  return BEARER.test(value) ? 'Bearer [hidden]' : '[hidden]';
}

/** Apart from the text that it was cut out of, which would be kept with it. */
export function copied(text: string): string {
  return Buffer.from(text).toString();
}
