/** Exchanges with the carrier: over the network, like those of any client, and as curl commands and HAR files. */
import type { JournalRecord } from '../../../src/control/api.js';
import { curlParts } from '../../../src/text/curl-command.js';

/** The address of the mock, without a slash at its end. It has a path if a proxy serves the mock below one. */
export const BASE = new URL('../..', import.meta.url).href.replace(/\/$/, '');

export interface CarrierRequest {
  readonly method: string;
  /** On the page's server. */
  readonly path: string;
  /** A header that is sent more than once has a list. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** As a client sent it. */
export function requestOf({ method, path, request }: JournalRecord): CarrierRequest {
  return { method, path, ...request };
}

/** Why a response is missing, or incomplete (`cut`). `clientClosed`: another client gave up. */
export type Failure = 'broken' | 'cut' | 'cancelled' | 'timedOut' | 'clientClosed';

export interface SentExchange {
  readonly request: CarrierRequest;
  /** undefined without a complete response. */
  readonly answer: CarrierAnswer | undefined;
  /** Given if the answer is not. */
  readonly failure?: Failure;
}

interface CarrierAnswer {
  readonly status: number;
  readonly body: string;
  /** The id of its journal record; undefined if a proxy removed the header. */
  readonly requestId: string | undefined;
  /** The rule that decided, `allMet` or `forced`; undefined if a proxy removed it. */
  readonly decidedBy?: string | undefined;
}

/** This path has one connection per call. On a reused connection, a browser repeats a request that a script resets. */
const ONE_CALL_PER_CONNECTION = `${BASE}/_mock/carrier`;

/** Headers that only the browser may set. */
const BROWSER_HEADERS =
  /^(?:accept-encoding|connection|content-length|cookie|expect|host|keep-alive|origin|referer|te|trailer|transfer-encoding|upgrade|user-agent|via|proxy-.*|sec-.*)$/i;

/** Headers that curl sets itself, and headers of one connection. */
const NOT_COPIED =
  /^(?:host|content-length|connection|accept|accept-encoding|accept-language|user-agent|origin|referer|cookie|sec-.*|transfer-encoding|expect|x-forwarded-.*)$/i;

// A HAR file requires them; the journal does not have them.
const UNKNOWN = { httpVersion: 'HTTP/1.1', cookies: [], headersSize: -1, bodySize: -1 };

export function headerLines(headers: CarrierRequest['headers']): [name: string, value: string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
}

export async function exchange(
  request: CarrierRequest,
  stopped?: AbortSignal,
): Promise<SentExchange> {
  const { method, path, headers, body } = request;
  const sent = headerLines(headers).filter(([name]) => !BROWSER_HEADERS.test(name));
  const hasBody = method !== 'GET' && method !== 'HEAD';
  let response: Response | undefined;
  try {
    response = await fetch(ONE_CALL_PER_CONNECTION + path, {
      method,
      headers: sent,
      // So that the browser does not reuse a connection of the control API.
      credentials: 'omit',
      ...(hasBody && { body }),
      ...(stopped && { signal: stopped }),
    });
    const requestId = response.headers.get('x-mock-request-id') ?? undefined;
    const decidedBy = response.headers.get('x-mock-decided-by') ?? undefined;
    const { status } = response;
    return { request, answer: { status, body: await response.text(), requestId, decidedBy } };
  } catch {
    // Not an error here, because a script may have forced it.
    return { request, answer: undefined, failure: failureOf(response, stopped) };
  }
}

function failureOf(response: Response | undefined, stopped: AbortSignal | undefined): Failure {
  if (stopped?.aborted) return stopped.reason?.name === 'TimeoutError' ? 'timedOut' : 'cancelled';
  return response === undefined ? 'broken' : 'cut';
}

export function curlCommand({ method, path, headers, body }: CarrierRequest, base: string): string {
  const parts = curlParts({
    options: '-sS',
    method,
    url: `${base}${path.startsWith('/') ? '' : '/'}${path}`,
    headers: headerLines(headers).filter(([name]) => !NOT_COPIED.test(name)),
    body: body === '' ? undefined : body,
  });
  return parts.join(' \\\n  ');
}

/** Requests as a HAR 1.2 file (HTTP Archive), which browsers, proxies and `cmpassport-mock explain` read. */
export function harOf(records: readonly JournalRecord[], carrierUrl: string) {
  const entries = records.map(
    ({
      atMs,
      durationMs,
      receivedAtMs,
      delivery,
      method,
      path,
      request,
      response,
      clientIp,
      id,
    }) => {
      const time = Math.max(durationMs, (delivery.atMs ?? 0) - receivedAtMs);
      const url = new URL(path, carrierUrl);
      const queryString = Array.from(url.searchParams, ([name, value]) => ({ name, value }));
      const headers = headerLines(request.headers).map(([name, value]) => ({ name, value }));
      const mimeType = headers.find(({ name }) => name === 'content-type')?.value ?? '';
      return {
        startedDateTime: new Date(atMs).toISOString(),
        time,
        comment: `${id} from ${clientIp}`,
        request: {
          ...UNKNOWN,
          method,
          url: url.href,
          headers,
          queryString,
          postData: { mimeType, text: request.body },
        },
        response: {
          ...UNKNOWN,
          status: response.status ?? 0,
          statusText: '',
          // `explain` finds the journal record by it.
          headers: [{ name: 'x-mock-request-id', value: id }],
          redirectURL: '',
          content: {
            size: response.body.length,
            mimeType: 'application/json',
            text: response.body,
          },
        },
        cache: {},
        timings: { send: 0, wait: time, receive: 0 },
      };
    },
  );
  return { log: { version: '1.2', creator: { name: 'cmpassport-mock', version: '' }, entries } };
}
