/** A reply on its way to the caller: late or broken, as a test asked for it. */

import type { Fault } from '../carrier/outcomes/outcome.js';
import type { Delivery, Reply } from '../carrier/reply.js';
import type { HeldAnswers } from './held-answers.js';
import type { Line } from './line.js';

/** For a reply with a delivery; any other goes out whole and at once. */
export function deliver(line: Line, reply: Reply, { delivery, held }: { delivery: Delivery; held: HeldAnswers }): void {
  // The caller left while it was decided: nothing would end what is begun for it now.
  if (!line.isOpen()) return;
  if (!held.admits(line, heldMs(delivery))) return;
  const { delayMs, fault } = delivery;
  const go = () => (fault === undefined ? line.sendWhole(reply) : breakOff(line, reply, fault));
  if (delayMs === 0) go();
  else after(line, delayMs, go);
}

/** How long it takes until the answer has gone. */
function heldMs({ delayMs, fault }: Delivery): number {
  if (fault?.kind === 'hang') return Number.POSITIVE_INFINITY;
  return delayMs + (fault?.kind === 'drip' ? fault.overMs : 0);
}

/** Unless the caller leaves first. */
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

// Enough that a client sees it trickle; each is a packet of its own.
const PIECES = 20;

function pieces(body: string): readonly Buffer[] {
  const bytes = Buffer.from(body);
  const size = Math.max(1, Math.ceil(bytes.length / PIECES));
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

/** One piece after another, evenly spread, the last at the end of the time. */
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
