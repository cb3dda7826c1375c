/** A reply as bytes on a connection: whole and at once, or late and broken where a test asked for it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Delivery, Reply } from '../carrier/reply.js';
import type { Fault } from '../outcomes/outcome.js';
import { CLOSE_GRACE_MS, type HeldAnswers } from './held-answers.js';
import { resetConnection } from './reset.js';

export interface Exchanged {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly held: HeldAnswers;
}

export function deliver(exchanged: Exchanged, reply: Reply): void {
  const { delivery } = reply;
  if (delivery === undefined) writeWhole(exchanged.res, reply);
  // Its client left while it was decided: nothing would ever end what is begun for it now.
  else if (exchanged.req.socket.destroyed) return;
  else if (exchanged.held.admits(exchanged, heldMs(delivery))) deliverLate(exchanged, reply, delivery);
}

/** How long it takes until the answer has gone. */
function heldMs({ delayMs, fault }: Delivery): number {
  if (fault?.kind === 'hang') return Number.POSITIVE_INFINITY;
  return delayMs + (fault?.kind === 'drip' ? fault.overMs : 0);
}

function deliverLate(exchanged: Exchanged, reply: Reply, { delayMs, fault }: Delivery): void {
  const go = () => (fault === undefined ? writeWhole(exchanged.res, reply) : breakOff(exchanged, reply, fault));
  if (delayMs === 0) go();
  else after(exchanged.res, delayMs, go);
}

/** Unless the client goes first. */
function after(res: ServerResponse, ms: number, go: () => void): void {
  const timer = setTimeout(() => {
    res.off('close', giveUp);
    go();
  }, ms);
  const giveUp = () => clearTimeout(timer);
  res.once('close', giveUp);
}

function breakOff({ req, res }: Exchanged, reply: Reply, fault: Fault): void {
  switch (fault.kind) {
    case 'reset':
    case 'lose':
      resetConnection(req.socket);
      return;
    case 'hang':
      return;
    case 'truncate':
      writeHead(res, reply);
      res.write(half(reply.body), () => req.socket.end());
      // A client that does not close its side would keep the connection for ever.
      after(res, CLOSE_GRACE_MS, () => req.socket.destroy());
      return;
    case 'drip':
      writeHead(res, reply);
      res.flushHeaders();
      drip(res, pieces(reply.body), fault.overMs);
      return;
    default:
      fault satisfies never;
  }
}

function half(body: string): Buffer {
  const bytes = Buffer.from(body);
  return bytes.subarray(0, bytes.length / 2);
}

// Enough that a client sees it trickle; each is a packet of its own.
const PIECES = 20;

function pieces(body: string): readonly Buffer[] {
  const bytes = Buffer.from(body);
  const size = Math.max(1, Math.ceil(bytes.length / PIECES));
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

/** One piece after another, evenly spread, the last at the end of the time. */
function drip(res: ServerResponse, [piece, ...rest]: readonly Buffer[], overMs: number): void {
  if (piece === undefined) {
    res.end();
    return;
  }
  const waitMs = overMs / (rest.length + 1);
  after(res, waitMs, () => {
    res.write(piece);
    drip(res, rest, overMs - waitMs);
  });
}

function writeWhole(res: ServerResponse, reply: Reply): void {
  writeHead(res, reply);
  res.end(reply.body);
}

/** A status that has no body has no length either. */
const WITHOUT_BODY: readonly number[] = [204, 304];

function writeHead(res: ServerResponse, { status, contentType, body, requestId, decidedBy }: Reply): void {
  const head = body === '' ? [] : ['Content-Type', contentType];
  if (!WITHOUT_BODY.includes(status)) head.push('Content-Length', String(Buffer.byteLength(body)));
  head.push('X-Mock', '1');
  if (requestId !== undefined) head.push('X-Mock-Request-Id', requestId);
  if (decidedBy !== undefined) head.push('X-Mock-Decided-By', decidedBy);
  res.writeHead(status, head);
}
