/** A reply as bytes on a connection: whole and at once, or late and broken where a test asked for it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Delivery, Reply } from '../judge.js';
import type { Fault } from '../outcomes/outcome.js';
import { resetConnection } from './reset.js';

/** How long a server that stops waits for what is in flight: what is held back no longer than this ends by itself. */
export const CLOSE_GRACE_MS = 5_000;

export interface Exchanged {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** The requests whose answer is held back for longer than that: whoever stops the server need not wait for them. */
  readonly heldBack: Set<IncomingMessage>;
  /** Aborted when the server stops. */
  readonly closing: AbortSignal | undefined;
}

export function deliver(exchanged: Exchanged, reply: Reply): void {
  const { delivery } = reply;
  if (delivery === undefined) writeWhole(exchanged.res, reply);
  else deliverLate(exchanged, reply, delivery);
}

function deliverLate(exchanged: Exchanged, reply: Reply, { delayMs, fault }: Delivery): void {
  const go = () => (fault === undefined ? writeWhole(exchanged.res, reply) : breakOff(exchanged, reply, fault));
  if (delayMs === 0) go();
  else if (holdBack(exchanged, delayMs)) {
    after(exchanged.res, delayMs, () => {
      exchanged.heldBack.delete(exchanged.req);
      go();
    });
  }
}

/** False, and the connection ended, where the server stops already and cannot wait for it. */
function holdBack({ req, res, heldBack, closing }: Exchanged, ms: number): boolean {
  if (ms <= CLOSE_GRACE_MS) return true;
  if (closing?.aborted === true) {
    req.socket.destroy();
    return false;
  }
  heldBack.add(req);
  res.once('close', () => heldBack.delete(req));
  return true;
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

function breakOff(exchanged: Exchanged, reply: Reply, fault: Fault): void {
  const { req, res } = exchanged;
  switch (fault.kind) {
    case 'reset':
    case 'lose':
      inTurn(res, () => resetConnection(req.socket));
      return;
    case 'hang':
      holdBack(exchanged, Number.POSITIVE_INFINITY);
      return;
    case 'truncate':
      writeHead(res, reply);
      res.write(half(reply.body), () => req.socket.end());
      return;
    case 'drip':
      if (!holdBack(exchanged, fault.overMs)) return;
      writeHead(res, reply);
      res.flushHeaders();
      drip(res, pieces(reply.body), fault.overMs);
      return;
    default:
      fault satisfies never;
  }
}

/** Behind the answers to what was sent before on the same connection: a response gets the connection when its turn comes. */
function inTurn(res: ServerResponse, go: () => void): void {
  if (res.socket === null) res.once('socket', go);
  else go();
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
