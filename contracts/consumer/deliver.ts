/** Sends an altered response to the client: late, in pieces, cut off, or not at all. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Alteration } from '../sent/scenario.js';
import type { AlteredAnswer } from './alter.js';

export interface Delivery {
  readonly ending: Alteration['ending'];
  readonly delayMs: number;
  /** The duration of a response in pieces; undefined: the response is sent at once. */
  readonly overMs: number | undefined;
  /** The end of the scenario. */
  readonly signal: AbortSignal;
}

interface Connection {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

/** Rejects if the scenario ends before the delivery. */
export async function deliver(
  { req, res }: Connection,
  answer: AlteredAnswer,
  { ending, delayMs, overMs, signal }: Delivery,
): Promise<void> {
  if (delayMs > 0) await pause(delayMs, undefined, { signal });
  switch (ending) {
    case undefined:
      return overMs === undefined ? sendWhole(res, answer) : sendInPieces(res, answer, { overMs, signal });
    case 'close':
      req.socket.end();
      return;
    case 'close-within':
      return sendHalf(req, res, answer);
    case 'reset':
      req.socket.resetAndDestroy();
      return;
    case 'silence':
      return;
    default:
      ending satisfies never;
  }
}

function sendWhole(res: ServerResponse, { status, headers, body }: AlteredAnswer): void {
  res.writeHead(status, { ...headers, 'content-length': body.length });
  res.end(body);
}

function sendHalf(req: IncomingMessage, res: ServerResponse, { status, headers, body }: AlteredAnswer): void {
  res.writeHead(status, { ...headers, 'content-length': body.length });
  res.write(body.subarray(0, body.length / 2), () => req.socket.end());
}

// The pieces are small enough to split characters of three bytes.
const PIECES = 40;

async function sendInPieces(
  res: ServerResponse,
  { status, headers, body }: AlteredAnswer,
  { overMs, signal }: { readonly overMs: number; readonly signal: AbortSignal },
): Promise<void> {
  res.writeHead(status, headers);
  const size = Math.ceil(body.length / PIECES);
  for (let at = 0; at < body.length; at += size) {
    res.write(body.subarray(at, at + size));
    await pause(overMs / PIECES, undefined, { signal });
  }
  res.end();
}
