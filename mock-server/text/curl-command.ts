/** A request as a command for curl. Pasted into a shell, it sends what it shows and runs nothing that a client sent. */

export interface CurlCall {
  /** What curl does beside the request: `-sS`. */
  readonly options: string;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string | undefined;
}

const METHOD = /^[A-Z]+$/;
/** What curl expands in an address: `{a,b}`, `[1-9]`. */
const GLOB = /[[\]{}]/;

/** The command in parts, each of which may have a line of its own. */
export function curlParts({ options, method, url, headers, body }: CurlCall): readonly string[] {
  const address = `${GLOB.test(url) ? '--globoff ' : ''}${quoted(url)}`;
  return [
    `curl ${options} -X ${METHOD.test(method) ? method : quoted(method)} ${address}`,
    ...headers.filter(isHeader).map((header) => `-H ${quoted(headerText(header))}`),
    ...(body === undefined ? [] : [dataOption(body)]),
  ];
}

/** No name of HTTP begins like this, and curl would read a file. */
function isHeader([name]: readonly [string, string]): boolean {
  return !name.startsWith('@');
}

/** With a colon and nothing behind it, curl would leave the header out. */
function headerText([name, value]: readonly [string, string]): string {
  return value.trim() === '' ? `${name};` : `${name}: ${value}`;
}

/** An argument ends at a NUL, and a file does not. --data-raw reads no file, whatever the body begins with. */
function dataOption(body: string): string {
  if (!body.includes('\0')) return `--data-raw ${quoted(body)}`;
  const bytes = Array.from(new TextEncoder().encode(body), (byte) => String.fromCharCode(byte));
  return `--data-binary @<(echo ${btoa(bytes.join(''))} | base64 -d)`;
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
  return HOSTILE.test(text) ? `$'${text.replace(ESCAPED, escaped)}'` : `'${text.replaceAll("'", `'\\''`)}'`;
}

const HEX = 16;

/** Half a pair, and a NUL that no argument can hold, become U+FFFD. */
function escaped(found: string): string {
  const bytes = new TextEncoder().encode(found === '\0' ? '\ufffd' : found);
  return NAMED.get(found) ?? Array.from(bytes, (byte) => `\\x${byte.toString(HEX).padStart(2, '0')}`).join('');
}
