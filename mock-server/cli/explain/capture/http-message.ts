/** A raw HTTP message as a capture: comments as editors write them, request line, headers, an empty line, body. */
import type { Capture } from './capture.js';
import { pathOf, queryOf } from './path.js';
import { said } from './said.js';

const REQUEST_LINE = /^([A-Z]+) +(\/\S*|https?:\/\/\S+)(?: +HTTP\/\d(?:\.\d)?)?[ \t]*(?:\r?\n|$)/;
const EMPTY_LINE = /\r?\n[ \t]*\r?\n/;

/** Lines of their own in front of the request line, in the files of editors and of `contract consumer --save`. */
const COMMENTS = /^(?:(?:#|\/\/)[^\n]*\n|[ \t\r]*\n)*/;
const RECEIVED_AT = /received at (\d{4}-\d\d-\d\dT[\d:.]+Z)/;

export function isHttpMessage(text: string): boolean {
  return REQUEST_LINE.test(text.replace(COMMENTS, ''));
}

/** The request, or one sentence that says what is wrong with it. */
export function readHttpMessage(commented: string): Capture | string {
  const text = commented.replace(COMMENTS, '');
  const comments = commented.slice(0, commented.length - text.length);
  const [line = '', method = '', url = ''] = REQUEST_LINE.exec(text) ?? [];
  // The line before stays, so that a message without headers has its empty line too.
  const { head, rest } = splitHead(`\n${text.slice(line.length)}`);
  const lines = head.split(/\r?\n/).filter((header) => header.trim() !== '');
  const wrong = lines.find((header) => !HEADER.test(header));
  if (wrong !== undefined) {
    return `is an HTTP message with a line that is no header, ${said(wrong)}: an empty line stands before the body`;
  }
  const rawHeaders = lines.flatMap(splitHeader);
  const body = bodyOf(rest, rawHeaders);
  if (body === undefined)
    return 'is an HTTP message with a chunked body that breaks off: put the body itself behind the headers';
  return { method, path: pathOf(url), ...queryOf(url), rawHeaders, body, clientIp: undefined, atMs: timeIn(comments) };
}

function timeIn(comments: string): number | undefined {
  const atMs = Date.parse(RECEIVED_AT.exec(comments)?.[1] ?? '');
  return Number.isNaN(atMs) ? undefined : atMs;
}

const HEADER = /^[^\s:][^:]*:/;

/** By its first colon, and not by one pattern for all of it: blanks in a long line would be tried in every way. */
function splitHeader(line: string): readonly [string, string] {
  const at = line.indexOf(':');
  return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}

function splitHead(text: string): { readonly head: string; readonly rest: string } {
  const end = EMPTY_LINE.exec(text);
  if (end === null) return { head: text, rest: '' };
  return { head: text.slice(0, end.index), rest: text.slice(end.index + end[0].length) };
}

/** The first value of a header. */
function headerOf(rawHeaders: readonly string[], name: string): string | undefined {
  const at = rawHeaders.findIndex((found, index) => index % 2 === 0 && found.toLowerCase() === name);
  return at === -1 ? undefined : rawHeaders[at + 1];
}

/** undefined for a chunked body that breaks off. What follows the body, the answer for one, is left out. */
function bodyOf(rest: string, rawHeaders: readonly string[]): string | undefined {
  if (headerOf(rawHeaders, 'transfer-encoding')?.toLowerCase().includes('chunked')) return unchunked(rest);
  const length = headerOf(rawHeaders, 'content-length');
  return length === undefined || !/^\d+$/.test(length) ? rest : firstBytes(rest, Number(length));
}

function firstBytes(text: string, length: number): string {
  return Buffer.from(text).subarray(0, length).toString();
}

// What follows the size begins with another character: with two ways to read a digit, a line of digits would take quadratic time.
const CHUNK_SIZE = /^\s*([0-9a-f]+)(?:[^0-9a-f\r\n][^\r\n]*)?(?:\r?\n|$)/i;
const HEX = 16;
// A size and perhaps an extension; looking through all that is left for each chunk would take minutes.
const CHUNK_LINE_MAX = 256;

function unchunked(text: string): string | undefined {
  // What was copied off a decoded view is whole already.
  if (!CHUNK_SIZE.test(text)) return text;
  const chunks: Buffer[] = [];
  for (let left = Buffer.from(text); ; ) {
    const [line = '', size = ''] = CHUNK_SIZE.exec(left.toString('latin1', 0, CHUNK_LINE_MAX)) ?? [];
    const length = Number.parseInt(size, HEX);
    if (Number.isNaN(length) || line.length === CHUNK_LINE_MAX || line.length + length > left.length) return undefined;
    if (length === 0) return Buffer.concat(chunks).toString();
    chunks.push(left.subarray(line.length, line.length + length));
    left = left.subarray(line.length + length);
  }
}
