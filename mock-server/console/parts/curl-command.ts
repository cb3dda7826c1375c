/** Converts a request to a curl command. */
import { curlParts } from '../../../src/text/curl-command.js';

interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** Headers that curl sets itself, and headers of one connection. */
const NOT_COPIED =
  /^(?:host|content-length|connection|accept|accept-encoding|accept-language|user-agent|origin|referer|cookie|sec-.*|transfer-encoding|expect|x-forwarded-.*)$/i;

export function curlCommand({ method, path, headers, body }: SentRequest, base: string): string {
  const copied = Object.entries(headers)
    .filter(([name]) => !NOT_COPIED.test(name))
    .flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const));
  const parts = curlParts({
    options: '-sS',
    method,
    url: `${base}${path.startsWith('/') ? '' : '/'}${path}`,
    headers: copied,
    body: body === '' ? undefined : body,
  });
  return parts.join(' \\\n  ');
}
