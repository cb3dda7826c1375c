/** Requests as curl commands. */
import { curlParts } from '../../../src/text/curl-command.js';
import { type CarrierRequest, headerLines } from '../state/carrier.js';

/** Headers that curl sets itself, and headers of one connection. */
const NOT_COPIED =
  /^(?:host|content-length|connection|accept|accept-encoding|accept-language|user-agent|origin|referer|cookie|sec-.*|transfer-encoding|expect|x-forwarded-.*)$/i;

export function curlCommand({ method, path, headers, body }: CarrierRequest, base: string): string {
  const copied = headerLines(headers).filter(([name]) => !NOT_COPIED.test(name));
  const parts = curlParts({
    options: '-sS',
    method,
    url: `${base}${path.startsWith('/') ? '' : '/'}${path}`,
    headers: copied,
    body: body === '' ? undefined : body,
  });
  return parts.join(' \\\n  ');
}
