/** A request of the kit as a curl command. */
import { curlParts } from '../../src/text/curl-command.js';
import type { WireRequest } from './wire.js';

/** The request as a command that sends it again. */
export function curlOf(baseUrl: string, { method, path, headers, body, chunked }: WireRequest): string {
  return curlParts({
    options: '-sS',
    method,
    url: `${baseUrl}${path.startsWith('/') ? '' : '/'}${path}`,
    headers: chunked === true ? [...headers, ['transfer-encoding', 'chunked']] : headers,
    ...(body.length > 0 && { body }),
  }).join(' ');
}
