/** A request as the journal keeps it: its headers in one text, which weighs a tenth of what a list of them does. */
import { type Operation, operationRow } from '../../src/protocol/operations.js';
import type { Exchange } from '../engine/request.js';

export interface KeptExchange extends Omit<Exchange, 'rawHeaders' | 'row'> {
  /** Name, value, name, value …, a line each. */
  readonly headers: string;
}

const AUTHORIZATION = /^(?:proxy-)?authorization$/i;
const BEARER = /^bearer\s/i;

/** Without a control token that was sent to the wrong path: whoever may read an app's requests is not told the server's. */
export function keptExchange({ row: _, rawHeaders, ...exchange }: Exchange): KeptExchange {
  return { ...exchange, path: copied(exchange.path), headers: withoutTokens(rawHeaders).join('\n') };
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
  return rawHeaders.map((text, index) =>
    index % 2 === 1 && AUTHORIZATION.test(rawHeaders[index - 1] ?? '') ? hidden(text) : text,
  );
}

/** Its scheme tells a client that it went to the wrong path; a token sent without one looks like any text. */
function hidden(value: string): string {
  return BEARER.test(value) ? 'Bearer [hidden]' : '[hidden]';
}

/** Apart from the address that it was cut out of, whose query would be kept with it. */
export function copied(text: string): string {
  return Buffer.from(text).toString();
}
