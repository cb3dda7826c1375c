/** A request as a curl command. It is safe to paste: the shell runs nothing that a client sent. */

export interface CurlCall {
  /** Flags such as `-sS`. */
  readonly options: string;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** A text, or the bytes of a body that may not be UTF-8. */
  readonly body?: string | Uint8Array | undefined;
}

const METHOD = /^[A-Z]+$/;
/** curl expands these in an address: `{a,b}`, `[1-9]`. */
const GLOB = /[[\]{}]/;

/** The command in parts; each part can be on its own line. */
export function curlParts({ options, method, url, headers, body }: CurlCall): readonly string[] {
  const address = `${GLOB.test(url) ? '--globoff ' : ''}${quoted(url)}`;
  // No HTTP header name begins with @, and curl would read a file.
  const named = headers.filter(([name]) => !name.startsWith('@'));
  // For `name:` without a value, curl sends no header; for `name;` it sends an empty one.
  const texts = named.map(([name, value]) =>
    value.trim() === '' ? `${name};` : `${name}: ${value}`,
  );
  return [
    `curl ${options} -X ${METHOD.test(method) ? method : quoted(method)} ${address}`,
    ...texts.map((text) => `-H ${quoted(text)}`),
    ...(body === undefined ? [] : [dataOption(body)]),
  ];
}

/** --data-raw reads no file, even if the body begins with @. An argument cannot contain NUL or bytes that are not UTF-8; a file can. */
function dataOption(body: string | Uint8Array): string {
  const text = typeof body === 'string' ? body : textIn(body);
  if (text !== undefined && !text.includes('\0')) return `--data-raw ${quoted(text)}`;
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return `--data-binary @<(echo ${btoa(binary)} | base64 -d)`;
}

function textIn(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

// Control characters, `!` (shell history), invisible characters and those that change the direction of writing, other
// line ends, unpaired surrogates; and `##[`, which CI systems run as a command when it is in their log. As in printable(),
// the expressions are created on demand.
const hostile = () => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}!]|##(?=\w*\[)/u;
const escaped = () => new RegExp(`${hostile().source}|['\\\\]`, 'gu');
const NAMED = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\\', '\\\\'],
  ['##', '#\\x23'],
]);

/**
 * One word for the shell: in $'…' if it contains a hostile character, else in single quotes. Bytes are escaped, not
 * characters, so that the locale does not matter; bash and zsh read at most two digits after \x. A quote inside $'…' is
 * escaped by its byte too: a shell without $'…', such as dash, then reads a wrong text, but still one word.
 */
export function quoted(text: string): string {
  return hostile().test(text) ? `$'${insideDollarQuotes(text)}'` : `'${insideQuotes(text)}'`;
}

export function insideQuotes(text: string): string {
  return text.replaceAll("'", `'\\''`);
}

export function insideDollarQuotes(text: string): string {
  return text.replace(escaped(), (found) => {
    // An unpaired surrogate, and a NUL, which no argument can contain, become U+FFFD.
    const bytes = new TextEncoder().encode(found === '\0' ? '\ufffd' : found);
    return (
      NAMED.get(found) ??
      Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
    );
  });
}
