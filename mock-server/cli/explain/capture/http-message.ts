/** Reads a raw HTTP message: comments of editors, request line, headers, an empty line, body. */
import type { Bilingual } from '../../../../src/text/bilingual.js';
import { problem } from '../messages.js';
import { type Capture, headerIn, pathOf, queryOf, shortQuote, splitHeader } from './capture.js';

const REQUEST_LINE = /^([A-Z]+) +(\/\S*|https?:\/\/\S+)(?: +HTTP\/\d(?:\.\d)?)?[ \t]*(?:\r?\n|$)/;
const EMPTY_LINE = /\r?\n[ \t]*\r?\n/;

/** A line before the request line, in the files of editors and of `contract consumer --save`. */
const COMMENT_OR_BLANK = /(?:(?:#|\/\/)[^\n]*|[ \t\r]*)\n/y;
const RECEIVED_AT = /received at (\d{4}-\d\d-\d\dT[\d:.]+Z)/;

const CHUNK_SIZE = /^[0-9a-f]+(?:;[^\r\n]*)?\r?\n/i;

const HEADER = /^[^\s:][^:]*:/;

/** The request, or the mistake in it. undefined for a text that is no HTTP message. */
export function readHttpMessage(commented: string): Capture | Bilingual | undefined {
  const start = endOfComments(commented);
  const text = commented.slice(start);
  const [line, method = '', url = ''] = REQUEST_LINE.exec(text) ?? [];
  if (line === undefined) return undefined;
  const { lines, rest } = headAndRest(text.slice(line.length));
  const wrong = lines.find((header) => !HEADER.test(header));
  if (wrong !== undefined) return problem('http.header', { found: shortQuote(wrong) });
  const rawHeaders = lines.flatMap(splitHeader);
  const body = bodyOf(rest, rawHeaders);
  const mistake = bodyMistake({ rest, body }, rawHeaders);
  if (mistake !== undefined) return mistake;
  const atMs = timeIn(commented.slice(0, start));
  return {
    method,
    path: pathOf(url),
    query: queryOf(url),
    rawHeaders,
    body,
    ...(atMs !== undefined && { atMs }),
  };
}

/** The header lines of a message without its request line, and what follows the empty line. */
function headAndRest(afterLine: string) {
  // With the preceding line end, so that EMPTY_LINE also matches in a message without headers.
  const message = `\n${afterLine}`;
  const [head = ''] = message.split(EMPTY_LINE, 1);
  const rest = message.slice(head.length).replace(EMPTY_LINE, '');
  return { lines: head.split(/\r?\n/).filter((header) => header.trim() !== ''), rest };
}

interface ReadBody {
  readonly rest: string;
  readonly body: string;
}

function bodyMistake(
  { rest, body }: ReadBody,
  rawHeaders: readonly string[],
): Bilingual | undefined {
  const isChunked = headerIn(rawHeaders, 'transfer-encoding') !== undefined;
  if (isChunked && CHUNK_SIZE.test(rest)) return problem('http.chunks');
  const announced = Number(headerIn(rawHeaders, 'content-length') ?? 0);
  return body.trim() === '' && announced > 0 ? problem('http.no-body') : undefined;
}

/** The time in the comments that `contract consumer --save` writes. */
function timeIn(comments: string): number | undefined {
  const atMs = Date.parse(RECEIVED_AT.exec(comments)?.[1] ?? '');
  return Number.isNaN(atMs) ? undefined : atMs;
}

/** Line by line, because one expression for all lines overflows the stack if there are millions. */
function endOfComments(text: string): number {
  const line = new RegExp(COMMENT_OR_BLANK);
  let end = 0;
  while (line.test(text)) end = line.lastIndex;
  return end;
}

/** Text after the body, such as a response, is removed. */
function bodyOf(rest: string, rawHeaders: readonly string[]): string {
  const length = headerIn(rawHeaders, 'content-length');
  if (length !== undefined && /^\d+$/.test(length))
    return Buffer.from(rest).subarray(0, Number(length)).toString();
  const end = rest.search(/HTTP\/\d(?:\.\d)? \d{3}\b/);
  return end === -1 ? rest : rest.slice(0, end).trimEnd();
}
