/** Exchanges with the carrier over the network, like those of any client. */
import { BASE } from './base.js';

export interface CarrierRequest {
  readonly method: string;
  /** On the page's server. */
  readonly path: string;
  /** A header that is sent more than once has a list. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

export interface SentExchange {
  readonly request: CarrierRequest;
  /** undefined if the connection broke before the response. */
  readonly answer: CarrierAnswer | undefined;
}

interface CarrierAnswer {
  readonly status: number;
  readonly body: string;
  /** The id of its journal record; undefined if a proxy removed the header. */
  readonly requestId: string | undefined;
}

/** This path has one connection per call. On a reused connection, a browser repeats a request that a script resets. */
const ONE_CALL_PER_CONNECTION = `${BASE}/_mock/carrier`;

/** Headers that only the browser may set. */
const BROWSER_HEADERS =
  /^(?:accept-encoding|connection|content-length|cookie|expect|host|keep-alive|origin|referer|te|trailer|transfer-encoding|upgrade|user-agent|via|proxy-.*|sec-.*)$/i;

export function headerLines(headers: CarrierRequest['headers']): [name: string, value: string][] {
  return Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one]));
}

export async function exchange(request: CarrierRequest): Promise<SentExchange> {
  const { method, path, headers, body } = request;
  const sent = headerLines(headers).filter(([name]) => !BROWSER_HEADERS.test(name));
  const hasBody = method !== 'GET' && method !== 'HEAD';
  try {
    const response = await fetch(ONE_CALL_PER_CONNECTION + path, {
      method,
      headers: sent,
      // So that the browser does not reuse a connection of the control API.
      credentials: 'omit',
      ...(hasBody && { body }),
    });
    const requestId = response.headers.get('x-mock-request-id') ?? undefined;
    return { request, answer: { status: response.status, body: await response.text(), requestId } };
  } catch {
    // Not an error here, because a script may have forced it.
    return { request, answer: undefined };
  }
}
