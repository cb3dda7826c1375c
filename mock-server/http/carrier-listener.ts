/** The carrier's two paths over plain node:http, also as Express middleware: bytes in, reply out, no opinion. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { operationUnder } from '../../src/protocol/operations.js';
import type { Answer } from '../carrier/answer.js';
import { BODY_BYTES_MAX } from '../carrier/engine/request.js';
import { problemReply, type Reply } from '../carrier/reply.js';
import { chain } from '../carrier/store/maybe-promise.js';
import { deliver } from './deliver.js';
import { Bytes } from './gathered-body.js';
import { type HeldAnswers, holdAnswers } from './held-answers.js';
import { HttpLine, writeWhole } from './http-line.js';
import { areOfBrowser, strangePage } from './strange-page.js';

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
  /** Whether pages of another origin are refused. In process they are not: jsdom sends an Origin, too. */
  readonly refusesPages?: boolean;
}

export function carrierListener(
  answer: Answer,
  { clientIpOf = socketAddress, held = holdAnswers(undefined), refusesPages = false }: ListenerOptions = {},
): CarrierListener {
  return (req, res, next) => {
    const path = pathOf(req.url ?? '');
    const row = operationUnder(path);
    if (row === undefined) return next();
    const page =
      refusesPages && areOfBrowser(req.rawHeaders) ? strangePage(req.headers, { mayVisit: false }) : undefined;
    if (page !== undefined) return writeWhole(res, pageRefused(page.en));
    readBody(req, (body, bodyBytes) => {
      const { method = '', rawHeaders } = req;
      const exchange = { row, method, path, rawHeaders, body, bodyBytes, clientIp: clientIpOf(req) };
      chain(answer(exchange), (reply) => {
        const { delivery } = reply;
        if (delivery === undefined) writeWhole(res, reply);
        else deliver(new HttpLine(req, res), reply, { delivery, held });
      });
    });
  };
}

/** It would use up what a test has scripted. */
function pageRefused(page: string): Reply {
  return problemReply({ status: 403, title: 'Forbidden', detail: `${page} may not call the carrier` });
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
  const bytes = new Bytes();
  let bodyBytes = 0;
  req.on('data', (chunk: Buffer) => {
    const room = BODY_BYTES_MAX - bodyBytes;
    if (room > 0) bytes.append(chunk.length > room ? chunk.subarray(0, room) : chunk);
    bodyBytes += chunk.length;
  });
  // Taken: a request whose answer is held back keeps these listeners, and should not keep its bytes.
  req.on('end', () => done(bytes.take().toString(), bodyBytes));
}
