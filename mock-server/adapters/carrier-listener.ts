/** The carrier's two paths over plain node:http, also as Express middleware: bytes in, reply out, no opinion. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { operationUnder } from '../../src/protocol/operations.js';
import { BODY_BYTES_MAX } from '../engine/request.js';
import type { Handle } from '../handle.js';
import { chain } from '../maybe-promise.js';
import { deliver } from './deliver.js';
import { type HeldAnswers, holdAnswers } from './held-answers.js';

/** `(req, res, next)`: what is not the carrier's goes to `next`. */
export type CarrierListener = (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

/** The address that a request is taken to come from. */
export type ClientIpOf = (req: IncomingMessage) => string;

export function socketAddress(req: IncomingMessage): string {
  return req.socket.remoteAddress ?? '';
}

export interface ListenerOptions {
  readonly clientIpOf?: ClientIpOf | undefined;
  /** Of the server; unless given, this listener's own. */
  readonly held?: HeldAnswers;
}

export function carrierListener(
  handle: Handle,
  { clientIpOf = socketAddress, held = holdAnswers(undefined) }: ListenerOptions = {},
): CarrierListener {
  return (req, res, next) => {
    const path = pathOf(req.url ?? '');
    if (operationUnder(path) === undefined) return next();
    readBody(req, (body, bodyBytes) => {
      const { method = '', rawHeaders } = req;
      const exchange = { method, path, rawHeaders, body, bodyBytes, clientIp: clientIpOf(req) };
      chain(handle(exchange), (reply) => reply && deliver({ req, res, held }, reply));
    });
  };
}

/** The path without its query; a client that goes through a proxy sends the whole address in its place. */
export function pathOf(url: string): string {
  const start = url.startsWith('/') ? 0 : url.indexOf('/', url.indexOf('://') + '://'.length);
  const end = url.indexOf('?');
  return url.slice(Math.max(start, 0), end === -1 ? undefined : end);
}

/**
 * The body as text. What is beyond the bound is counted and thrown away, so that nothing fills memory and a client
 * that writes all before it reads still gets its answer. A request that breaks off is nobody's to answer.
 */
function readBody(req: IncomingMessage, done: (body: string, bodyBytes: number) => void): void {
  const chunks: Buffer[] = [];
  let bodyBytes = 0;
  req.on('data', (chunk: Buffer) => {
    const room = BODY_BYTES_MAX - bodyBytes;
    if (room > 0) chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
    bodyBytes += chunk.length;
  });
  req.on('end', () => {
    const [only] = chunks;
    const body = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
    // A request whose answer is held back keeps these listeners, and should not keep its bytes.
    chunks.length = 0;
    done(body.toString(), bodyBytes);
  });
}
