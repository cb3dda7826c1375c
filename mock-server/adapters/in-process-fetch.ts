/** HTTP without a port: a request goes to the listener that serves connections, over memory, and what it writes becomes a Response. */
import { IncomingMessage, type RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
// Not the global one, which a test may have replaced.
import { setImmediate as soon } from 'node:timers';
import { answerReader, type During } from './answer-reader.js';
import { memorySocket } from './memory-socket.js';

export interface InProcessRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** undefined without a body. */
  readonly body: Uint8Array | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface InProcessPlace {
  readonly listener: RequestListener;
  /** The path of the address at which the listener is reached, without a slash at its end; the listener does not see it. */
  readonly basePath: string;
  /** The address that requests are taken to come from. */
  readonly clientIp: string;
}

/** A fetch that goes to the listener, whatever host its address names. */
export function inProcessFetch(place: () => Promise<InProcessPlace>): typeof globalThis.fetch {
  return async (input, { signal: given, ...init } = {}) => {
    // The signal stays outside: that of another realm, as of jsdom, is none that Request takes.
    const request = new Request(input, init);
    const signal = given ?? (input instanceof Request ? input.signal : undefined);
    return exchange(await place(), { ...(await read(request)), signal });
  };
}

/** What a listener has to know of a Request. */
export async function read(request: Request): Promise<Omit<InProcessRequest, 'signal'>> {
  const { method, url, headers } = request;
  const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
  return { method, url: new URL(url), headers, body };
}

/**
 * The answer, once its head is there. Rejects as fetch does: with the signal's reason when it is aborted, with a
 * TypeError whose cause says why where the connection breaks.
 */
export function exchange(place: InProcessPlace, request: InProcessRequest): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { signal } = request;
    if (signal?.aborted === true) {
      reject(signal.reason);
      return;
    }
    const reader = answerReader({ method: request.method, resolve, reject, hangUp: () => void socket.destroy() });
    const socket = memorySocket({
      remoteAddress: place.clientIp,
      encrypted: request.url.protocol === 'https:',
      take: reader.take,
    });
    const res = responseOn(socket, requestOn(socket, place, request));
    const abort = () => void socket.destroy();
    signal?.addEventListener('abort', abort, { once: true });
    res.once('finish', () => {
      reader.end();
      socket.destroy();
    });
    // Half closed by the listener before its answer is whole.
    socket.once('finish', () => void socket.destroy());
    socket.once('close', () => {
      signal?.removeEventListener('abort', abort);
      // As on a network, later than the bytes: whoever hands them on gets to do so first.
      soon(() =>
        reader.breakOff((during) => (signal?.aborted === true ? signal.reason : broken(during, socket.errored))),
      );
    });
    place.listener(res.req, res);
  });
}

function requestOn(socket: Socket, { basePath }: InProcessPlace, request: InProcessRequest): IncomingMessage {
  const { method, url, body } = request;
  const headers = headersOf(request);
  const path = url.pathname.slice(basePath.length);
  const req = Object.assign(new IncomingMessage(socket), {
    httpVersion: '1.1',
    httpVersionMajor: 1,
    httpVersionMinor: 1,
    method,
    url: `${path === '' ? '/' : path}${url.search}`,
    rawHeaders: headers.flat(),
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    complete: true,
  });
  if (body !== undefined) req.push(body);
  req.push(null);
  return req;
}

/** With those that HTTP adds: where it goes, and how long the body is that is there. */
function headersOf({ url, headers, body }: InProcessRequest): readonly (readonly [string, string])[] {
  const sent = [...headers].filter(([name]) => body !== undefined || !OF_A_BODY.includes(name));
  if (!headers.has('host')) sent.unshift(['host', url.host]);
  if (body !== undefined && !OF_A_BODY.some((name) => headers.has(name))) {
    sent.push(['content-length', String(body.length)]);
  }
  return sent;
}

/** What tells that there is a body; a reader would wait for one. */
const OF_A_BODY: readonly string[] = ['content-length', 'transfer-encoding'];

function responseOn(socket: Socket, req: IncomingMessage): ServerResponse<IncomingMessage> & { req: IncomingMessage } {
  const res = new ServerResponse(req);
  // Both speak of a connection, and here is none: the body ends where the writer ends.
  res.removeHeader('Connection');
  res.removeHeader('Transfer-Encoding');
  res.assignSocket(socket);
  // What a server does for its connections: whoever waits to write more waits at the response.
  socket.on('drain', () => res.emit('drain'));
  return res;
}

/** In the words of Node's own fetch, with its codes in the cause. */
function broken(during: During, error: Error | null): TypeError {
  const cause = error ?? Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
  return new TypeError(during === 'head' ? 'fetch failed' : 'terminated', { cause });
}
