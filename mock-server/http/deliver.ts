/** Delivers a reply with a delay or a fault, as forced by a test. */

import type { Fault } from '../carrier/outcomes/outcome.js';
import type { Delivery, Reply } from '../carrier/reply.js';
import type { HeldAnswers } from './held-answers.js';
import type { ResponseChannel } from './response-channel.js';

/** For a reply with a `delivery`. Other replies are sent whole and at once. */
export function deliver(
  channel: ResponseChannel,
  reply: Reply,
  { delivery, held }: { delivery: Delivery; held: HeldAnswers },
): void {
  // The caller disconnected during the decision, so no close event would end the delivery.
  if (!channel.isOpen()) return;
  if (!held.admits(channel, heldMs(delivery))) return;
  const { delayMs, fault } = delivery;
  const go = () => (fault === undefined ? channel.sendWhole(reply) : deliverFault(channel, reply, fault));
  if (delayMs === 0) go();
  else runAfter(channel, delayMs, go);
}

/** The time until the whole reply is sent. */
function heldMs({ delayMs, fault }: Delivery): number {
  if (fault?.kind === 'hang') return Number.POSITIVE_INFINITY;
  return delayMs + (fault?.kind === 'drip' ? fault.overMs : 0);
}

/** Calls `go` after a delay, unless the caller disconnects first. */
function runAfter(channel: ResponseChannel, ms: number, go: () => void): void {
  const timer = setTimeout(() => {
    channel.offClosed(giveUp);
    go();
  }, ms);
  const giveUp = () => clearTimeout(timer);
  channel.onceClosed(giveUp);
}

function deliverFault(channel: ResponseChannel, reply: Reply, fault: Fault): void {
  switch (fault.kind) {
    case 'reset':
    case 'lose':
      channel.reset();
      return;
    case 'hang':
      return;
    case 'truncate':
      channel.sendHead(reply);
      channel.breakAfter(half(reply.body));
      return;
    case 'drip':
      channel.sendHead(reply);
      drip(channel, pieces(reply.body), fault.overMs);
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
function drip(channel: ResponseChannel, [piece, ...rest]: readonly Buffer[], overMs: number): void {
  if (piece === undefined) {
    channel.end();
    return;
  }
  const waitMs = overMs / (rest.length + 1);
  runAfter(channel, waitMs, () => {
    channel.sendPiece(piece);
    drip(channel, rest, overMs - waitMs);
  });
}
