/** The control API over node:http: bytes to a call, and an answer to bytes. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { ReadableStream } from 'node:stream/web';
import { TLSSocket } from 'node:tls';
import { Bytes } from '../adapters/gathered-body.js';
import { quote } from '../schema-problem.js';
import type { ControlApi } from './control-api.js';
import type { ControlAnswer, ControlRequest } from './control-exchange.js';
import { CONTROL_BODY_BYTES_MAX, tooLarge } from './json-body.js';
import { Problem, problemAnswer } from './problem.js';
import { limitUnread } from './unread-answers.js';

export function controlListener(answer: ControlApi): RequestListener {
  const limit = limitUnread();
  return (req, res) => {
    limit(res);
    const { host = [] } = req.headersDistinct;
    // RFC 9112, 3.2: with two of them it is unclear which one counts.
    if (host.length > 1) write(res, problemAnswer(new Problem(400, `there must be one Host, found ${quote(host)}`)));
    else void answer(requestOf(req, res)).then((given) => write(res, given));
  };
}

function requestOf(req: IncomingMessage, res: ServerResponse): ControlRequest {
  const { method = '', headers } = req;
  return {
    method,
    headers,
    ...addressOf(req),
    body: () => readBody(req),
    // Made when it is asked for: only a stream needs it.
    get signal() {
      return leaving(req, res);
    },
  };
}

/** `http://host/path` goes to a proxy, and a server has to accept it as well: RFC 9112, 3.2.2. */
const ABSOLUTE = /^([a-z][a-z0-9+.-]{0,20}:\/\/[^/?#]*)(.*)$/is;

/** Express takes the path that an app is mounted at off `url`, and keeps it in `baseUrl`. */
function addressOf(req: IncomingMessage & { readonly baseUrl?: unknown }): Pick<ControlRequest, 'url' | 'base'> {
  const { url = '/', baseUrl, headers, socket } = req;
  const mountPath = typeof baseUrl === 'string' ? baseUrl : '';
  const [, origin, rest = ''] = url.startsWith('/') ? [] : (ABSOLUTE.exec(url) ?? []);
  if (origin !== undefined) return { url: rest === '' ? '/' : rest, base: origin + mountPath };
  const scheme = socket instanceof TLSSocket ? 'https' : 'http';
  return { url, base: `${scheme}://${headers.host ?? ''}${mountPath}` };
}

const EMPTY = new Uint8Array();

function readBody(req: IncomingMessage): Uint8Array | Promise<Uint8Array> {
  const { 'content-length': length, 'transfer-encoding': coding } = req.headers;
  if (coding === undefined && (length ?? '0') === '0') return EMPTY;
  if (Number(length) > CONTROL_BODY_BYTES_MAX) throw tooLarge();
  return new Promise((resolve, reject) => {
    const bytes = new Bytes();
    // A request that breaks off gets no answer, and its promise is never settled.
    req.on('data', (piece: Buffer) => {
      if (bytes.length + piece.length <= CONTROL_BODY_BYTES_MAX) bytes.append(piece);
      else reject(tooLarge());
    });
    req.once('end', () => resolve(bytes.take()));
  });
}

function leaving(req: IncomingMessage, res: ServerResponse): AbortSignal {
  const left = new AbortController();
  if (req.socket.destroyed) left.abort();
  else res.once('close', () => left.abort());
  return left.signal;
}

function write(res: ServerResponse, { status, headers, body }: ControlAnswer): void {
  if (body === undefined) res.writeHead(status, headers).end();
  else if (typeof body === 'string' || body instanceof Uint8Array) {
    res.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body);
  } else {
    res.writeHead(status, headers);
    void pipe(body, res);
  }
}

/** As fast as the client reads, until the stream ends or the client leaves. */
async function pipe(stream: ReadableStream<Uint8Array>, res: ServerResponse): Promise<void> {
  const reader = stream.getReader();
  let hasLeft = false;
  let readOn: () => void = () => undefined;
  res.on('drain', () => readOn());
  res.once('close', () => {
    hasLeft = true;
    readOn();
    void reader.cancel();
  });
  for (;;) {
    const { done, value } = await reader.read();
    if (hasLeft) return;
    if (done) break;
    if (res.write(value)) continue;
    await new Promise<void>((resolve) => {
      readOn = resolve;
    });
  }
  res.end();
}
