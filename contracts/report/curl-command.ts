/** A request as a curl command, in the format of the server (a test compares them). In a shell, it runs nothing that a client sent. */
import type { WireRequest } from '../provider/subject.js';

const METHOD = /^[A-Z]+$/;
/** Patterns that curl expands in an address: `{a,b}`, `[1-9]`. */
const GLOB = /[[\]{}]/;

/** The request as a command that sends it again. */
export function curlOf(baseUrl: string, { method, path, headers, body, chunked }: WireRequest): string {
  const url = `${baseUrl}${path.startsWith('/') ? '' : '/'}${path}`;
  return [
    `curl -sS -X ${METHOD.test(method) ? method : quoted(method)}`,
    `${GLOB.test(url) ? '--globoff ' : ''}${quoted(url)}`,
    ...headers.filter(isHeader).map((header) => `-H ${quoted(headerText(header))}`),
    ...(chunked === true ? [`-H 'transfer-encoding: chunked'`] : []),
    ...(body.length > 0 ? [dataOption(body)] : []),
  ].join(' ');
}

/** No HTTP header name begins with `@`, and curl would read a file. */
function isHeader([name]: readonly [string, string]): boolean {
  return !name.startsWith('@');
}

/** curl omits a header with a colon and no value. */
function headerText([name, value]: readonly [string, string]): string {
  return value.trim() === '' ? `${name};` : `${name}: ${value}`;
}

/** An argument cannot contain NUL, or bytes that are not UTF-8. --data-raw never reads a file. */
function dataOption(body: Buffer): string {
  const text = body.toString();
  return Buffer.from(text).equals(body) && !body.includes(0)
    ? `--data-raw ${quoted(text)}`
    : `--data-binary @<(echo ${body.toString('base64')} | base64 -d)`;
}

// Control characters, a shell's history expansion (`!`), invisible characters, changes of the writing direction, other
// line ends, unpaired surrogates, and `##[`, which a CI system reads as a command anywhere in its log.
const HOSTILE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}!]|##(?=\w*\[)/u;
const ESCAPED = new RegExp(`${HOSTILE.source}|['\\\\]`, 'gu');
const NAMED = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\\', '\\\\'],
  ['##', '#\\x23'],
]);

/**
 * One shell word: $'…' if the text has a hostile character, else single quotes. Escapes are bytes, so the locale does
 * not matter; bash and zsh read at most two digits after \x. A quote inside $'…' is escaped as a byte too: a shell
 * without $'…', such as dash, then reads a wrong text, but still one word.
 */
export function quoted(text: string): string {
  return HOSTILE.test(text) ? `$'${insideDollarQuotes(text)}'` : `'${insideQuotes(text)}'`;
}

export function insideQuotes(text: string): string {
  return text.replaceAll("'", `'\\''`);
}

export function insideDollarQuotes(text: string): string {
  return text.replace(ESCAPED, escaped);
}

const HEX = 16;

/** An unpaired surrogate and NUL, which no argument can contain, become U+FFFD. */
function escaped(found: string): string {
  const bytes = Buffer.from(found === '\0' ? '\ufffd' : found);
  return NAMED.get(found) ?? Array.from(bytes, (byte) => `\\x${byte.toString(HEX).padStart(2, '0')}`).join('');
}
