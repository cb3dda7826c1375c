/** Calls the carrier over the network, like any client. */
import { ServerUnreachable } from './problem.js';

export interface CarrierRequest {
  readonly method: string;
  /** On the page's server. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface CarrierAnswer {
  readonly status: number;
  readonly body: string;
  /** The id of its journal record; undefined if a proxy removed the header. */
  readonly requestId: string | undefined;
}

/** This path has one connection per call. On a reused connection, a browser repeats a request that a script resets. */
const ONE_CALL_PER_CONNECTION = '/_mock/carrier';

/** Headers that only the browser may set. */
const BROWSER_HEADERS =
  /^(?:accept-encoding|connection|content-length|cookie|expect|host|keep-alive|origin|referer|te|trailer|transfer-encoding|upgrade|user-agent|via|proxy-.*|sec-.*)$/i;

/** @throws ServerUnreachable if the connection broke, also if a script made the carrier reset it */
export async function callCarrier({ method, path, headers, body }: CarrierRequest): Promise<CarrierAnswer> {
  const sent = Object.entries(headers).filter(([name]) => !BROWSER_HEADERS.test(name));
  const hasBody = method !== 'GET' && method !== 'HEAD';
  try {
    const response = await fetch(ONE_CALL_PER_CONNECTION + path, {
      method,
      headers: sent as [string, string][],
      // So that the browser does not reuse a connection of the control API.
      credentials: 'omit',
      ...(hasBody && { body }),
    });
    const text = await response.text();
    return { status: response.status, body: text, requestId: response.headers.get('x-mock-request-id') ?? undefined };
  } catch (cause) {
    throw new ServerUnreachable('no response', { cause });
  }
}

/** The result code in a response of either operation; undefined if it has none. */
export function resultCodeIn(body: string): string | undefined {
  const json = parsed(body);
  const code = json?.['resultCode'] ?? (json?.['header'] as Json | undefined)?.['resultCode'];
  return typeof code === 'string' ? code : undefined;
}

type Json = Readonly<Record<string, unknown>>;

function parsed(text: string): Json | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? (json as Json) : undefined;
  } catch {
    return undefined;
  }
}

/** The phone number in login's response, or its ciphertext. */
export function msisdnIn(body: string): string | undefined {
  const msisdn = parsed(body)?.['msisdn'];
  return typeof msisdn === 'string' ? msisdn : undefined;
}
