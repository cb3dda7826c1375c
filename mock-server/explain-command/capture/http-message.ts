/** A raw HTTP message as a capture: request line, headers, an empty line, body. */
import type { Capture } from './capture.js';
import { pathOf } from './path.js';

const REQUEST_LINE = /^([A-Z]+) +(\/\S*|https?:\/\/\S+)(?: +HTTP\/\d(?:\.\d)?)?[ \t]*(?:\r?\n|$)/;
const EMPTY_LINE = /\r?\n[ \t]*\r?\n/;
const HEADER = /^([^\s:][^:]*?)[ \t]*:[ \t]*(.*?)[ \t]*$/;

export function isHttpMessage(text: string): boolean {
  return REQUEST_LINE.test(text);
}

/** The request, or one sentence that says what is wrong with it. */
export function readHttpMessage(text: string): Capture | string {
  const [line = '', method = '', url = ''] = REQUEST_LINE.exec(text) ?? [];
  // The line before stays, so that a message without headers has its empty line too.
  const { head, rest } = splitHead(`\n${text.slice(line.length)}`);
  const lines = head.split(/\r?\n/).filter((header) => header.trim() !== '');
  const headers = lines.map((header) => HEADER.exec(header));
  const wrong = headers.indexOf(null);
  if (wrong !== -1) {
    return `is an HTTP message with a line that is no header, ${JSON.stringify(lines[wrong])}: an empty line stands before the body`;
  }
  const rawHeaders = headers.flatMap((match) => [match?.[1] ?? '', match?.[2] ?? '']);
  const body = bodyOf(rest, rawHeaders);
  if (body === undefined)
    return 'is an HTTP message with a chunked body that breaks off: put the body itself behind the headers';
  return { method, path: pathOf(url), rawHeaders, body, clientIp: undefined, atMs: undefined };
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

const CHUNK_SIZE = /^\s*([0-9a-f]+)[^\r\n]*(?:\r?\n|$)/i;
const HEX = 16;

function unchunked(text: string): string | undefined {
  // What was copied off a decoded view is whole already.
  if (!CHUNK_SIZE.test(text)) return text;
  const chunks: Buffer[] = [];
  for (let left = Buffer.from(text); ; ) {
    const [line = '', size = ''] = CHUNK_SIZE.exec(left.toString('latin1')) ?? [];
    const length = Number.parseInt(size, HEX);
    if (Number.isNaN(length) || line.length + length > left.length) return undefined;
    if (length === 0) return Buffer.concat(chunks).toString();
    chunks.push(left.subarray(line.length, line.length + length));
    left = left.subarray(line.length + length);
  }
}
