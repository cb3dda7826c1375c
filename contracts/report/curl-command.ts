/** A request as a command for curl, in the server's way: a test compares the two. Pasted into a shell, it runs nothing that a client sent. */
import type { WireRequest } from '../provider/subject.js';

const METHOD = /^[A-Z]+$/;
/** What curl expands in an address: `{a,b}`, `[1-9]`. */
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

/** No name of HTTP begins like this, and curl would read a file. */
function isHeader([name]: readonly [string, string]): boolean {
  return !name.startsWith('@');
}

/** With a colon and nothing behind it, curl would leave the header out. */
function headerText([name, value]: readonly [string, string]): string {
  return value.trim() === '' ? `${name};` : `${name}: ${value}`;
}

/** An argument holds no NUL, and a text only UTF-8. --data-raw reads no file, whatever the body begins with. */
function dataOption(body: Buffer): string {
  const text = body.toString();
  return Buffer.from(text).equals(body) && !body.includes(0)
    ? `--data-raw ${quoted(text)}`
    : `--data-binary @<(echo ${body.toString('base64')} | base64 -d)`;
}

// What a terminal or a shell's history acts on (`!`), what is not seen or turns the direction of writing, other line
// ends, halves of a pair; and `##[`, which a CI system takes for a command wherever its log has it.
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
 * As one word: $'…' where something hostile is in it, else in single quotes. Bytes and not characters are escaped, so
 * that the locale does not matter; bash and zsh read two digits behind \x at most. A quote inside of $'…' is escaped by
 * its byte too: a shell without $'…', such as dash, takes a wrong text for it, and still one word.
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

/** Half a pair, and a NUL that no argument can hold, become U+FFFD. */
function escaped(found: string): string {
  const bytes = Buffer.from(found === '\0' ? '\ufffd' : found);
  return NAMED.get(found) ?? Array.from(bytes, (byte) => `\\x${byte.toString(HEX).padStart(2, '0')}`).join('');
}
