/** The carrier and its control API as fetch, without HTTP. */
import { type IncomingHttpHeaders, STATUS_CODES } from 'node:http';
import { TransformStream } from 'node:stream/web';
import { type Connection, type NamedCall, queryOf } from '../../src/control/transport.js';
import { BODY_BYTES_MAX } from '../../src/protocol/limits.js';
import { operationUnder } from '../../src/protocol/operations.js';
import { unlessAborted } from '../../src/text/response-body.js';
import { type Answer, chain } from '../carrier/answer.js';
import type { Exchange } from '../carrier/engine/request.js';
import type { ControlApi } from '../control-api/control-api.js';
import type { ControlAnswer } from '../control-api/control-exchange.js';
import { CARRIER_PATH } from '../http/carrier-listener.js';
import { deliver, type HeldAnswers } from '../http/deliver.js';
import { type Body, InProcessResponseChannel, isBodiless } from './in-process-response-channel.js';

export interface InProcessRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** undefined without a body. */
  readonly body: Uint8Array | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface InProcessEndpoint {
  readonly answerCarrier: Answer;
  readonly answerControl: ControlApi['answer'];
  readonly held: HeldAnswers;
  /** The path of the base address, without a final slash. */
  readonly basePath: string;
  /** The client address of all requests. */
  readonly clientIp: string;
}

/** A fetch that calls `exchange`, for any host. */
export function inProcessFetch(
  exchange: (request: InProcessRequest) => Promise<Response>,
): typeof globalThis.fetch {
  return async (input, { signal: initSignal, ...init } = {}) => {
    const text = textRequest(input, init);
    if (text !== undefined) return exchange({ ...text, signal: initSignal ?? undefined });
    // Request does not accept a signal of another realm, such as jsdom's.
    const request = new Request(input, init);
    const signal = initSignal ?? (input instanceof Request ? input.signal : undefined);
    return exchange({ ...(await read(request)), signal });
  };
}

/** A text for an address, as nearly every client sends it. Node's Request takes twenty times as long to read it. */
function textRequest(input: unknown, { method, headers, body }: RequestInit) {
  if (typeof input !== 'string' || typeof body !== 'string') return undefined;
  if (method === undefined || !['POST', 'PUT', 'PATCH'].includes(method)) return undefined;
  const sent = new Headers(headers);
  if (!sent.has('content-type')) sent.set('content-type', 'text/plain;charset=UTF-8');
  return { method, url: new URL(input), headers: sent, body: Buffer.from(body) };
}

export async function read(request: Request): Promise<Omit<InProcessRequest, 'signal'>> {
  const { method, url, headers } = request;
  const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
  return { method, url: new URL(url), headers, body };
}

/**
 * Resolves when the head of the response is available. Rejects as fetch does: with the signal's reason if it is aborted,
 * and with a TypeError with a cause if the connection breaks.
 */
export function exchange(
  endpoint: InProcessEndpoint,
  request: InProcessRequest,
): Promise<Response> {
  const { pathname } = request.url;
  const below = pathname.slice(endpoint.basePath.length);
  const path = below.startsWith(`${CARRIER_PATH}/`) ? below.slice(CARRIER_PATH.length) : below;
  const row = operationUnder(path);
  return row === undefined
    ? controlExchange(endpoint.answerControl, request, endpoint.basePath)
    : carrierExchange(endpoint, request, { row, path });
}

const NOTHING = new Uint8Array();

function carrierExchange(
  { answerCarrier, held, clientIp }: InProcessEndpoint,
  request: InProcessRequest,
  { row, path }: Pick<Exchange, 'row' | 'path'>,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { method, body = NOTHING, signal } = request;
    if (signal?.aborted === true) {
      reject(signal.reason);
      return;
    }
    const channel = new InProcessResponseChannel({ method, signal, resolve, reject });
    const text = Buffer.from(
      body.buffer,
      body.byteOffset,
      Math.min(body.length, BODY_BYTES_MAX),
    ).toString();
    const rawHeaders = sentHeaders(request).flat();
    const exchange = {
      row,
      method,
      path,
      rawHeaders,
      body: text,
      bodyBytes: body.length,
      clientIp,
    };
    chain(answerCarrier(exchange), (reply) => {
      const { delivery } = reply;
      if (delivery === undefined) channel.sendWhole(reply);
      else deliver(channel, reply, { delivery, held });
    });
  });
}

/** The headers that announce a body. */
const BODY_HEADERS: readonly string[] = ['content-length', 'transfer-encoding'];

/** Adds the headers that HTTP adds: the host, and the length of the body. */
function sentHeaders({
  url,
  headers,
  body,
}: InProcessRequest): readonly (readonly [string, string])[] {
  const sent = [...headers].filter(([name]) => body !== undefined || !BODY_HEADERS.includes(name));
  if (!headers.has('host')) sent.unshift(['host', url.host]);
  if (body !== undefined && !BODY_HEADERS.some((name) => headers.has(name))) {
    sent.push(['content-length', String(body.length)]);
  }
  return sent;
}

async function controlExchange(
  answerControl: ControlApi['answer'],
  request: InProcessRequest,
  basePath: string,
): Promise<Response> {
  const { method, url, body = NOTHING } = request;
  const { signal, unfollow } = callerSignal(request.signal);
  const { origin, pathname, search } = url;
  const path = pathname.slice(basePath.length);
  const answered = answerControl({
    method,
    url: `${path === '' ? '/' : path}${search}`,
    base: origin + basePath,
    headers: Object.fromEntries(sentHeaders(request)) as IncomingHttpHeaders,
    body: () => body,
    signal,
  });
  const answer = await unlessAborted(signal, answered);
  const isStream = typeof answer.body === 'object' && 'getReader' in answer.body;
  if (!isStream) unfollow();
  return controlResponse(answer, { method, signal });
}

/** Connects a client to the control API in the same process, without ports and interceptors of requests. */
export function inProcessConnection(
  answerCall: ControlApi['call'],
  connection: Omit<Connection, 'send'>,
): Connection {
  return { ...connection, send: controlCalls(answerCall, new URL(connection.url)) };
}

/** The calls of a client in this process, by their names. A Request, a Response and their headers would take half of a call's time. */
function controlCalls(answerCall: ControlApi['call'], base: URL): NonNullable<Connection['send']> {
  return async (call, { headers, signal, body: sent = '' }) => {
    const answered = answerCall({
      name: call.name,
      params: parametersOf(call.parts),
      query: queryOf(call.parts),
      base: base.origin + basePathOf(base),
      headers: { host: base.host, ...headers },
      body: () => Buffer.from(sent),
      signal,
    });
    const answer = await unlessAborted(signal, answered);
    const { status, body = '' } = answer;
    if (typeof body === 'object' && 'getReader' in body)
      return controlResponse(answer, { method: 'GET', signal: callerSignal(signal).signal });
    return {
      ok: status < 400,
      status,
      get headers() {
        return new Headers(answer.headers);
      },
      body: null,
      text: async () => (typeof body === 'string' ? body : Buffer.from(body).toString()),
    };
  };
}

function parametersOf({ query: _, body: __, ...parameters }: NamedCall['parts']) {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, String(value)]),
  );
}

/** The path of a base address, without a final slash. */
export function basePathOf({ pathname }: URL): string {
  return pathname.replace(/\/+$/, '');
}

/** A signal of this realm that follows the caller's, for code that accepts no other. `unfollow` removes the listener. */
function callerSignal(source: AbortSignal | undefined): {
  readonly signal: AbortSignal;
  readonly unfollow: () => void;
} {
  const caller = new AbortController();
  if (source === undefined) return { signal: caller.signal, unfollow: () => undefined };
  const abort = () => caller.abort(source.reason);
  if (source.aborted) abort();
  else source.addEventListener('abort', abort, { once: true });
  return { signal: caller.signal, unfollow: () => source.removeEventListener('abort', abort) };
}

function controlResponse(
  { status, headers, body }: ControlAnswer,
  { method, signal }: { readonly method: string; readonly signal: AbortSignal },
): Response {
  const init = { status, statusText: STATUS_CODES[status] ?? '', headers };
  if (body === undefined || isBodiless(method, status)) return new Response(null, init);
  if (typeof body === 'string' || body instanceof Uint8Array) {
    return new Response(body as Body, {
      ...init,
      headers: { ...headers, 'Content-Length': String(Buffer.byteLength(body)) },
    });
  }
  return new Response(body.pipeThrough(new TransformStream(), { signal }) as Body, init);
}
