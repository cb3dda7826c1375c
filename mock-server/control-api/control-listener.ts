/** Requests and answers of the control API over node:http. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import type { MaybePromise } from '../carrier/store/maybe-promise.js';
import { socketAddress } from '../http/carrier-listener.js';
import { acceptsGzip, type ControlAnswer, type ControlRequest } from './control-exchange.js';
import { CONTROL_BODY_BYTES_MAX, tooLarge } from './json-body.js';

/** Sends what `answer` resolves to. */
export function answerListener(
  answer: (request: ControlRequest) => Promise<ControlAnswer>,
  clientIpOf = socketAddress,
): RequestListener {
  return async (req, res) => send(req, res, await answer(httpRequest(req, res, clientIpOf(req))));
}

export function httpRequest(
  req: IncomingMessage,
  res: ServerResponse,
  clientIp: string,
): ControlRequest {
  return {
    method: req.method ?? '',
    ...addressOf(req),
    headers: req.headers,
    clientIp,
    body: () => readBody(req),
    /** Created on demand, because only streams need it. */
    get signal() {
      const disconnected = new AbortController();
      if (req.socket.destroyed) disconnected.abort();
      else res.once('close', () => disconnected.abort());
      return disconnected.signal;
    },
  };
}

/** `http://host/path` is the form for proxies, but a server must accept it too: RFC 9112, 3.2.2. */
const ABSOLUTE = /^([a-z][a-z0-9+.-]{0,20}:\/\/[^/?#]*)(.*)$/is;

/** Express removes the mount path of an app from `url` and stores it in `baseUrl`. */
function addressOf(
  req: IncomingMessage & { readonly baseUrl?: unknown },
): Pick<ControlRequest, 'url' | 'base'> {
  const { url = '/', baseUrl, headers, socket } = req;
  const mountPath = typeof baseUrl === 'string' ? baseUrl : '';
  const [, origin, rest = ''] = url.startsWith('/') ? [] : (ABSOLUTE.exec(url) ?? []);
  if (origin !== undefined) return { url: rest === '' ? '/' : rest, base: origin + mountPath };
  const isSecure = (socket as Partial<TLSSocket>).encrypted === true;
  const scheme = isSecure ? 'https' : 'http';
  return { url, base: `${scheme}://${headers.host ?? ''}${mountPath}` };
}

/**
 * Until the body is requested, after the access check, Node reads no more of it than it buffers. It discards the rest after
 * the response.
 */
function readBody(req: IncomingMessage): MaybePromise<Uint8Array> {
  if (req.readableEnded) return new Uint8Array();
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

// Below that, headers and round trips dominate.
const COMPRESSED_LENGTH_MIN = 4096;

export async function send(
  req: IncomingMessage,
  res: ServerResponse,
  answer: ControlAnswer,
): Promise<void> {
  write(res, await compressed(answer, req));
}

/** A page of the journal becomes a tenth as long. Event streams stay as they are, because a compressor delays events. */
async function compressed(
  answer: ControlAnswer,
  { headers }: IncomingMessage,
): Promise<ControlAnswer> {
  const { body, headers: own } = answer;
  if (typeof body !== 'string' || body.length < COMPRESSED_LENGTH_MIN || !acceptsGzip(headers))
    return answer;
  // Loaded with the first long answer: a health check does not need it.
  const { constants, gzip } = await import('node:zlib');
  const zipped = await promisify(gzip)(body, { level: constants.Z_BEST_SPEED });
  return {
    ...answer,
    headers: { ...own, 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' },
    body: zipped,
  };
}

function write(res: ServerResponse, { status, headers, body }: ControlAnswer): void {
  const isStream = typeof body === 'object' && !(body instanceof Uint8Array);
  const length =
    body === undefined || isStream ? {} : { 'Content-Length': Buffer.byteLength(body) };
  res.writeHead(status, { ...headers, ...length });
  // Writes as fast as the client reads. If the client disconnects, the stream is cancelled.
  if (isStream) pipeline(Readable.fromWeb(body), res, () => undefined);
  else res.end(body);
}
