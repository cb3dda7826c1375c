/** Captured requests: from journal records, JSON, a HAR file, a bare body, an HTTP message or a curl command; and valid values for what they omit. */
import { partsOf, wireNames } from '../../../../src/protocol/fields.js';
import { OPERATIONS, type Operation } from '../../../../src/protocol/operations.js';
import type { Bilingual } from '../../../../src/text/bilingual.js';
import type { Exchange } from '../../../carrier/engine/request.js';
import { problem } from '../messages.js';

/** Data that the capture does not contain is undefined. */
export interface Capture {
  readonly method?: string | undefined;
  /** Without its query. */
  readonly path?: string | undefined;
  /** Without the question mark; undefined without a query. */
  readonly query?: string | undefined;
  /** Name, value, name, value …, as sent. */
  readonly rawHeaders?: readonly string[] | undefined;
  readonly body: string;
  readonly clientIp?: string | undefined;
  /** The time of arrival, in epoch milliseconds. */
  readonly atMs?: number | undefined;
  /** The result code of the carrier's response, if the capture contains it. */
  readonly answered?: string | undefined;
  /** What was undone to read it, the outermost first. */
  readonly undone?: readonly Bilingual[];
  /** The body was not captured as it was sent: it is made from names and values. */
  readonly isRebuilt?: true;
  /** The last field of a text that ends before the request does. */
  readonly cutOff?: string;
  /** The msgid, or the place in the capture, of an earlier request that was accepted with the same token. */
  readonly tokenUsedBy?: string;
  /** The rule that decided the request, if the capture contains the mock's response or record. */
  readonly decidedBy?: string | undefined;
  /** The records from which this request was selected; undefined if it is the only one. */
  readonly among?: Selection;
}

/** All requests of a capture, in its order. */
export interface Captures {
  readonly captures: readonly [Capture, ...Capture[]];
  /** The records from which the first request is selected; undefined if it is the only one. */
  readonly among?: Among;
}

export interface Among {
  readonly count: number;
  readonly as: 'newest' | 'first';
}

export interface Selection extends Among {
  /** Of those that the carrier refused. */
  readonly isRefused: boolean;
}

const SHOWN_LENGTH_MAX = 80;

/** Quotes a part of a capture in an error: truncated, and as JSON, so that it cannot control a terminal. */
export function shortQuote(text: string): string {
  return JSON.stringify(
    text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text,
  );
}

// The expressions for quoted texts overflow the stack at some millions of characters.
// A request has about 1000.
const COMMAND_LENGTH_MAX = 1_000_000;

/** The problem of a command that is too long; undefined for others. */
export function commandProblem(command: string): Bilingual | undefined {
  if (command.length <= COMMAND_LENGTH_MAX) return undefined;
  return problem('command.too-long', { max: COMMAND_LENGTH_MAX });
}

// Without a scheme, two slashes can also be a mistake in a path: then the next part is no host name.
const SCHEME_AND_HOST =
  /^(?:[a-z][a-z0-9+.-]*:\/\/[^/?#]*|\/\/(?:localhost(?=[/?#]|$)|[^/?#]*[.:][^/?#]*))/i;

/** Without scheme, host, query and fragment. */
export function pathOf(url: string): string {
  const [path = ''] = url.replace(SCHEME_AND_HOST, '').split(/[?#]/);
  return path === '' ? '/' : path;
}

/** Without question mark and fragment; undefined without a query. */
export function queryOf(url: string): string | undefined {
  return /^[^?#]*\?([^#]*)/.exec(url)?.[1];
}

/** The path of an address for curl, which can omit the scheme. */
export function pathOfLooseUrl(url: string): string {
  return pathOf(SCHEME_AND_HOST.test(url) ? url : url.replace(/^[^/?#]+/, ''));
}

/** The result code of a response, wherever a text has it: in JSON, in a string of JSON, or in the text of a map. */
export const RESULT_CODE =
  /\bresultCode(?:\\{0,9}["'])?\s{0,9}(?:=>|[:=])\s{0,9}(?:\\{0,9}["'])?(\d{1,6})\b/i;

/** A code after another word for it. Those with six digits are the carrier's alone. */
const OTHER_CODE =
  /(?:\b(?:code|result|ret|returned|answered)|返回码?|错误码|响应码)["'\s:=：为是了]{1,9}(\d{6})\b/gi;
const CODES: readonly string[] = OPERATIONS.flatMap(({ results }) =>
  results.map(({ code }): string => code),
);

export function answeredIn(text: string): string | undefined {
  const [, code] = RESULT_CODE.exec(text) ?? [];
  if (code !== undefined) return code;
  const others = Array.from(text.matchAll(OTHER_CODE), ([, other = '']) => other);
  return others.find((other) => CODES.includes(other));
}

/** Without the client address, which depends on the app. */
export type CapturedExchange = Omit<Exchange, 'clientIp' | 'row'>;

export function toExchange({ method, path, rawHeaders, body }: Capture): CapturedExchange {
  const headers = rawHeaders ?? ['Content-Type', 'application/json'];
  // The journal truncates a body that is too large, so its length is in the header.
  const length = headerIn(headers, 'content-length') ?? '';
  return {
    method: method ?? 'POST',
    path: path ?? pathFor(headers, body),
    rawHeaders: headers,
    body,
    bodyBytes: Math.max(Buffer.byteLength(body), /^\d{1,15}$/.test(length) ? Number(length) : 0),
  };
}

/** The first value of a header. The name is in lower case. */
export function headerIn(rawHeaders: readonly string[], name: string): string | undefined {
  const at = rawHeaders.findIndex(
    (found, index) => index % 2 === 0 && found.toLowerCase() === name,
  );
  return at === -1 ? undefined : rawHeaders[at + 1];
}

/** Name and value. Without a regular expression, whose backtracking takes quadratic time for many blanks. */
export function splitHeader(line: string): readonly [name: string, value: string] {
  const at = line.indexOf(':');
  return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}

const ENVELOPE = /^\s*\{\s*"(?:header|body)"\s*:|"(?:header|body)"\s*:\s*\{/;

/** Of the operations whose body has the same structure, an envelope or flat JSON, the one with the most names that were sent. */
function pathFor(headers: readonly string[], body: string): string {
  const isEnvelope = ENVELOPE.test(body);
  const sent = headers.map((name) => name.toLowerCase());
  const namesSent = (operation: Operation) =>
    wireNames(operation).filter((name) => body.includes(`"${name}"`)).length +
    wireNames(operation, 'httpHeader').filter((name) => sent.includes(name.toLowerCase())).length;
  const [likeliest = OPERATIONS[0]] = OPERATIONS.filter(
    ({ operation }) => partsOf(operation).length > 0 === isEnvelope,
  ).toSorted((a, b) => namesSent(b.operation) - namesSent(a.operation));
  return likeliest.path;
}
