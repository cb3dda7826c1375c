/** A request as a command for a shell. */

interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** What curl says by itself, and what belongs to one connection. */
const NOT_COPIED =
  /^(?:host|content-length|connection|accept|accept-encoding|accept-language|user-agent|origin|referer|cookie|sec-.*|transfer-encoding|expect|x-forwarded-.*)$/i;

export function curlCommand({ method, path, headers, body }: SentRequest, base: string): string {
  const lines = Object.entries(headers)
    .filter(([name]) => !NOT_COPIED.test(name))
    .flatMap(([name, value]) => [value].flat().map((one) => `-H ${quoted(`${name}: ${one}`)}`));
  const data = body === '' ? [] : [`--data-raw ${quoted(body)}`];
  return [`curl -sS -X ${method} ${quoted(base + path)}`, ...lines, ...data].join(' \\\n  ');
}

/** As one word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
