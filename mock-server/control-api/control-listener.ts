/** Serves the control API over node:http. */
import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { ReadableStream } from 'node:stream/web';
import { TLSSocket } from 'node:tls';
import { quote } from '../../src/text/shown-json.js';
import type { MaybePromise } from '../carrier/store/maybe-promise.js';
import type { ControlApi } from './control-api.js';
import type { ControlAnswer, ControlRequest } from './control-exchange.js';
import { CONTROL_BODY_BYTES_MAX, tooLarge } from './json-body.js';
import { languageOf } from './language.js';
import { Problem, problemAnswer } from './problem.js';
import { limitUnread } from './unread-answers.js';

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
    void answer(new HttpCall(req, res)).then((reply) => write(res, reply));
  };
}

function hostsIn(rawHeaders: readonly string[]): readonly string[] {
  return rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === 'host');
}

class HttpCall implements ControlRequest {
  readonly method: string;
  readonly url: string;
  readonly base: string;
  readonly headers: IncomingHttpHeaders;
  readonly body = () => readBody(this.#req);
  readonly #req: IncomingMessage;
  readonly #res: ServerResponse;

  constructor(req: IncomingMessage, res: ServerResponse) {
    const { url, base } = addressOf(req);
    this.method = req.method ?? '';
    this.url = url;
    this.base = base;
    this.headers = req.headers;
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

/**
 * Until the body is requested, after the access check, Node reads no more of it than it buffers. It discards the rest after
 * the response.
 */
function readBody(req: IncomingMessage): MaybePromise<Uint8Array> {
  if (req.readableEnded) return NO_BYTES;
  const pieces: Buffer[] = [];
  let length = 0;
  // If the request breaks off, this promise is never settled, and no response is sent.
  return new Promise((resolve, reject) => {
    req.on('data', (piece: Buffer) => {
      length += piece.length;
      if (length > CONTROL_BODY_BYTES_MAX) reject(tooLarge());
      else pieces.push(piece);
    });
    req.on('end', () => resolve(Buffer.concat(pieces)));
  });
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
