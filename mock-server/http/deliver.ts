/** Delivers a reply with a delay or a fault, as forced by a test. */

import type { Fault } from '../carrier/outcomes/outcome.js';
import type { Delivery, Reply } from '../carrier/reply.js';
import type { HeldAnswers } from './held-answers.js';
import type { Line } from './line.js';

/** For a reply with a `delivery`. Other replies are sent whole and at once. */
export function deliver(line: Line, reply: Reply, { delivery, held }: { delivery: Delivery; held: HeldAnswers }): void {
  // The caller disconnected during the decision, so no close event would end the delivery.
  if (!line.isOpen()) return;
  if (!held.admits(line, heldMs(delivery))) return;
  const { delayMs, fault } = delivery;
  const go = () => (fault === undefined ? line.sendWhole(reply) : breakOff(line, reply, fault));
  if (delayMs === 0) go();
  else after(line, delayMs, go);
}

/** The time until the whole reply is sent. */
function heldMs({ delayMs, fault }: Delivery): number {
  if (fault?.kind === 'hang') return Number.POSITIVE_INFINITY;
  return delayMs + (fault?.kind === 'drip' ? fault.overMs : 0);
}

/** Calls `go` after a delay, unless the caller disconnects first. */
function after(line: Line, ms: number, go: () => void): void {
  const timer = setTimeout(() => {
    line.offClosed(giveUp);
    go();
  }, ms);
  const giveUp = () => clearTimeout(timer);
  line.onceClosed(giveUp);
}

function breakOff(line: Line, reply: Reply, fault: Fault): void {
  switch (fault.kind) {
    case 'reset':
    case 'lose':
      line.reset();
      return;
    case 'hang':
      return;
    case 'truncate':
      line.sendHead(reply);
      line.breakAfter(half(reply.body));
      return;
    case 'drip':
      line.sendHead(reply);
      drip(line, pieces(reply.body), fault.overMs);
      return;
    default:
      fault satisfies never;
  }
}

function half(body: string): Buffer {
  const bytes = Buffer.from(body);
  return bytes.subarray(0, bytes.length / 2);
}

// Each piece is a packet.
const PIECES = 20;

function pieces(body: string): readonly Buffer[] {
  const bytes = Buffer.from(body);
  const size = Math.max(1, Math.ceil(bytes.length / PIECES));
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

/** Sends the pieces at even intervals, the last one at the end of the time. */
function drip(line: Line, [piece, ...rest]: readonly Buffer[], overMs: number): void {
  if (piece === undefined) {
    line.end();
    return;
  }
  const waitMs = overMs / (rest.length + 1);
  after(line, waitMs, () => {
    line.sendPiece(piece);
    drip(line, rest, overMs - waitMs);
  });
}
