/** Serves the control API over node:http. */
import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { ReadableStream } from 'node:stream/web';
import { TLSSocket } from 'node:tls';
import { quote } from '../../src/text/shown-json.js';
import { GrowingBuffer, holdBody } from '../http/gathered-body.js';
import type { ControlApi } from './control-api.js';
import type { ControlAnswer, ControlRequest } from './control-exchange.js';
import { CONTROL_BODY_BYTES_MAX, tooLarge } from './json-body.js';
import { languageOf } from './language.js';
import { Problem, problemAnswer } from './problem.js';
import { limitUnread } from './unread-answers.js';

/**
 * Uses Node's objects in the same way as the carrier's listener, including header lists. Other shapes and calls would slow
 * down Node's functions for every later request of the process (bench/README.md).
 */
export function controlListener(answer: ControlApi): RequestListener {
  const limit = limitUnread();
  return (req, res) => {
    limit(res);
    const hosts = hostsIn(req.rawHeaders);
    if (hosts.length > 1) {
      // RFC 9112, 3.2: with two Hosts it is ambiguous which one is meant.
      const found = quote(hosts);
      const problem = new Problem(400, {
        en: `the request must have one Host header, found ${found}`,
        zh: `请求必须有且只有一个 Host 请求头，实际为 ${found}`,
      });
      write(res, problemAnswer(problem, languageOf({ url: req.url ?? '', headers: req.headers })));
      return;
    }
    const call = new HttpCall(req, res);
    void answer(call).then((reply) => {
      write(res, reply);
      call.body.drop();
    });
  };
}

function hostsIn(rawHeaders: readonly string[]): readonly string[] {
  return rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === 'host');
}

/**
 * This is a class and not an object literal, because V8 allocates the getter of a literal in the old generation. There it
 * keeps the young objects of later requests alive, which triples the work of the garbage collector.
 */
class HttpCall implements ControlRequest {
  readonly method: string;
  readonly url: string;
  readonly base: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: BodyReader;
  readonly #req: IncomingMessage;
  readonly #res: ServerResponse;

  constructor(req: IncomingMessage, res: ServerResponse) {
    const { url, base } = addressOf(req);
    this.method = req.method ?? '';
    this.url = url;
    this.base = base;
    this.headers = req.headers;
    this.body = bodyReader(req);
    this.#req = req;
    this.#res = res;
  }

  /** Created on demand, because only streams need it. */
  get signal(): AbortSignal {
    const disconnected = new AbortController();
    if (this.#req.socket.destroyed) disconnected.abort();
    else this.#res.once('close', () => disconnected.abort());
    return disconnected.signal;
  }
}

/** `http://host/path` is the form for proxies, but a server must accept it too: RFC 9112, 3.2.2. */
const ABSOLUTE = /^([a-z][a-z0-9+.-]{0,20}:\/\/[^/?#]*)(.*)$/is;

/** Express removes the mount path of an app from `url` and stores it in `baseUrl`. */
function addressOf(req: IncomingMessage & { readonly baseUrl?: unknown }): Pick<ControlRequest, 'url' | 'base'> {
  const { url = '/', baseUrl, headers, socket } = req;
  const mountPath = typeof baseUrl === 'string' ? baseUrl : '';
  const [, origin, rest = ''] = url.startsWith('/') ? [] : (ABSOLUTE.exec(url) ?? []);
  if (origin !== undefined) return { url: rest === '' ? '/' : rest, base: origin + mountPath };
  const scheme = socket instanceof TLSSocket ? 'https' : 'http';
  return { url, base: `${scheme}://${headers.host ?? ''}${mountPath}` };
}

const NO_BYTES = new Uint8Array();
// How much is read before the token is checked: the size limit of a carrier request.
const UNCHECKED_BYTES_MAX = 64 * 1024;

interface BodyReader {
  (): Uint8Array | Promise<Uint8Array>;
  /** Discards the rest: an unread body would block the next request of the connection. */
  drop(): void;
}

const NO_BODY: BodyReader = Object.assign(() => NO_BYTES, { drop: () => undefined });

/** Reads from the start, as the carrier's listener does. After the limit it pauses until the body is requested. */
function bodyReader(req: IncomingMessage): BodyReader {
  const { 'content-length': length, 'transfer-encoding': coding } = req.headers;
  if (coding === undefined && (length ?? '0') === '0') return NO_BODY;
  const bytes = new GrowingBuffer();
  let isRequested = false;
  let isRead = false;
  let isRefused = Number(length) > CONTROL_BODY_BYTES_MAX;
  let held: ReturnType<typeof holdBody> | undefined;
  let done: () => void = () => undefined;
  req.on('data', (piece: Buffer) => {
    isRefused ||= bytes.length + piece.length > CONTROL_BODY_BYTES_MAX;
    if (isRefused) done();
    else bytes.append(piece);
    if (!isRequested && !isRefused && bytes.length > UNCHECKED_BYTES_MAX) held ??= holdBody(req);
  });
  req.on('end', () => {
    isRead = true;
    done();
  });
  const read = async () => {
    isRequested = true;
    // If the request breaks off, this promise is never settled, and no response is sent.
    if (!isRead && !isRefused) {
      await new Promise<void>((resolve) => {
        done = resolve;
        held?.release();
      });
    }
    if (isRefused) throw tooLarge();
    return bytes.take();
  };
  const drop = () => {
    if (isRequested) return;
    isRefused = true;
    bytes.take();
    held?.release();
  };
  return Object.assign(read, { drop });
}

function write(res: ServerResponse, { status, headers, body }: ControlAnswer): void {
  const list: string[] = [];
  for (const name in headers) list.push(name, headers[name] ?? '');
  if (body === undefined) {
    res.writeHead(status, list);
    res.end();
  } else if (typeof body === 'string' || body instanceof Uint8Array) {
    list.push('Content-Length', String(Buffer.byteLength(body)));
    res.writeHead(status, list);
    res.end(body);
  } else {
    res.writeHead(status, list);
    void pipe(body, res);
  }
}

/** Writes as fast as the client reads, until the stream ends or the client disconnects. */
async function pipe(stream: ReadableStream<Uint8Array>, res: ServerResponse): Promise<void> {
  const reader = stream.getReader();
  let hasDisconnected = false;
  let resume: () => void = () => undefined;
  res.on('drain', () => resume());
  res.once('close', () => {
    hasDisconnected = true;
    resume();
    void reader.cancel();
  });
  for (;;) {
    const { done, value } = await reader.read();
    if (hasDisconnected) return;
    if (done) break;
    if (res.write(value)) continue;
    await new Promise<void>((resolve) => {
      resume = resolve;
    });
  }
  res.end();
}
