/** A call of the carrier itself, over the network as any client makes it. */
import { ServerUnreachable } from './problem.js';

export interface CarrierRequest {
  readonly method: string;
  /** On the page's own server. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface CarrierAnswer {
  readonly status: number;
  readonly body: string;
  /** Of its journal record; undefined where something in between took the header away. */
  readonly requestId: string | undefined;
}

/** Over a connection that it used before a browser would repeat by itself what a script resets. */
const ONE_CALL_A_CONNECTION = '/_mock/carrier';

/** A browser sets these itself, and lets no page set them. */
const NOT_OURS =
  /^(?:accept-encoding|connection|content-length|cookie|expect|host|keep-alive|origin|referer|te|trailer|transfer-encoding|upgrade|user-agent|via|proxy-.*|sec-.*)$/i;

/** @throws ServerUnreachable where the connection broke: also where a script made the carrier break it. */
export async function callCarrier({ method, path, headers, body }: CarrierRequest): Promise<CarrierAnswer> {
  const sent = Object.entries(headers).filter(([name]) => !NOT_OURS.test(name));
  const hasBody = method !== 'GET' && method !== 'HEAD';
  try {
    const response = await fetch(ONE_CALL_A_CONNECTION + path, {
      method,
      headers: sent as [string, string][],
      // Connections of their own, too: one that a call of the control API left behind would be used again.
      credentials: 'omit',
      ...(hasBody && { body }),
    });
    const text = await response.text();
    return { status: response.status, body: text, requestId: response.headers.get('x-mock-request-id') ?? undefined };
  } catch (cause) {
    throw new ServerUnreachable('no answer', { cause });
  }
}

/** The result code of an answer, of either operation; undefined where it is none of the carrier's. */
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

/** What login answers: the phone number, or its ciphertext. */
export function msisdnIn(body: string): string | undefined {
  const msisdn = parsed(body)?.['msisdn'];
  return typeof msisdn === 'string' ? msisdn : undefined;
}
