/** Delivers a reply through a channel, with a delay or a fault that a test forces, and limits the replies that wait for long. */
import type { Fault } from '../carrier/outcomes/outcome.js';
import type { Delivery, DeliveryFailure, Reply } from '../carrier/reply.js';

/** For a reply with a `delivery`. Other replies are sent whole and at once. */
export function deliver(
  channel: ResponseChannel,
  reply: Reply,
  { delivery, held }: { delivery: Delivery; held: HeldAnswers },
): void {
  const end = once(reply.onEnd);
  // The caller disconnected during the decision, so no close event would end the delivery.
  if (!channel.isOpen()) {
    end('clientClosed');
    return;
  }
  channel.onceClosed(() => end('clientClosed'));
  const { delayMs, fault } = delivery;
  const dripMs = fault?.kind === 'drip' ? fault.overMs : 0;
  const waitMs = fault?.kind === 'hang' ? Number.POSITIVE_INFINITY : delayMs + dripMs;
  if (!held.admits({ channel, end }, waitMs)) return;
  const go = () => {
    if (fault !== undefined) return deliverFault({ channel, end }, reply, fault);
    end();
    channel.sendWhole(reply);
  };
  if (delayMs === 0) go();
  else runAfter(channel, delayMs, go);
}

/** A response on its way. `end` is called before its last bytes, so that the journal has it when the caller reads them. */
interface Pending {
  readonly channel: ResponseChannel;
  readonly end: (failure?: DeliveryFailure) => void;
}

/** Only the first call counts: each response closes its channel in the end. */
function once(onEnd: Reply['onEnd']): Pending['end'] {
  let hasEnded = false;
  return (failure) => {
    if (!hasEnded) onEnd?.(failure);
    hasEnded = true;
  };
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

function deliverFault({ channel, end }: Pending, reply: Reply, fault: Fault): void {
  const bytes = Buffer.from(reply.body);
  switch (fault.kind) {
    case 'reset':
    case 'lose':
      end('reset');
      channel.reset();
      return;
    case 'hang':
      return;
    case 'truncate':
      end('truncated');
      channel.sendHead(reply);
      channel.breakAfter(bytes.subarray(0, bytes.length / 2));
      return;
    case 'drip':
      channel.sendHead(reply);
      drip({ channel, end }, pieces(bytes), fault.overMs);
      return;
    default:
      fault satisfies never;
  }
}

// Each piece is a packet.
const PIECES = 20;

function pieces(bytes: Buffer): readonly Buffer[] {
  const size = Math.max(1, Math.ceil(bytes.length / PIECES));
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
}

/** Sends the pieces at even intervals, the last one at the end of the time. */
function drip(pending: Pending, [piece, ...rest]: readonly Buffer[], overMs: number): void {
  const { channel, end } = pending;
  if (piece === undefined) {
    end();
    channel.end();
    return;
  }
  const waitMs = overMs / (rest.length + 1);
  runAfter(channel, waitMs, () => {
    channel.sendPiece(piece);
    drip(pending, rest, overMs - waitMs);
  });
}

export interface ResponseChannel {
  /** Whether the caller is still connected. */
  isOpen(): boolean;
  sendWhole(reply: Reply): void;
  /** Sends the head of the reply; its body follows in pieces. */
  sendHead(reply: Reply): void;
  sendPiece(bytes: Uint8Array): void;
  end(): void;
  /** Sends these bytes and ends the channel, although the body is incomplete. */
  breakAfter(bytes: Uint8Array): void;
  reset(): void;
  destroy(): void;
  /** Calls the listener once, when the caller has disconnected or has the whole reply. */
  onceClosed(listener: () => void): void;
  offClosed(listener: () => void): void;
}

/** Statuses without a body have no Content-Length. */
const WITHOUT_BODY: readonly number[] = [204, 304];

export function headersOf(reply: Reply): string[] {
  const { status, contentType, body, requestId, explanationUrl, decidedBy } = reply;
  const headers = body === '' ? [] : ['Content-Type', contentType];
  if (!WITHOUT_BODY.includes(status))
    headers.push('Content-Length', String(Buffer.byteLength(body)));
  headers.push(...reply.headers, 'X-Mock', '1');
  if (requestId !== undefined) headers.push('X-Mock-Request-Id', requestId);
  if (explanationUrl !== undefined) headers.push('X-Mock-Explanation', explanationUrl);
  if (decidedBy !== undefined) headers.push('X-Mock-Decided-By', decidedBy);
  return headers;
}

/** How long a stopping server waits for pending requests. A shorter delay ends normally. */
export const CLOSE_GRACE_MS = 5_000;
// Each keeps a connection and a request open. A test of timeouts has a few, a load test some hundred.
export const HELD_MAX = 1_000;
// Proxies and clients time out after a few minutes.
export const HELD_MS_MAX = 10 * 60 * 1000;

export interface HeldAnswers {
  /** Whether a response may be delayed for this time. If not, it has ended. */
  admits(pending: Pending, ms: number): boolean;
}

/** The held replies of one server. When `closing` is aborted, replies with a delay longer than the grace period end, also later ones. */
export function holdAnswers(closing: AbortSignal | undefined): HeldAnswers {
  const held = new Set<Pending>();
  closing?.addEventListener('abort', () => {
    for (const { channel, end } of held) {
      end('serverStopped');
      channel.destroy();
    }
  });

  return {
    admits: (pending, ms) => {
      if (ms <= CLOSE_GRACE_MS) return true;
      const { channel, end } = pending;
      const drop = (failure: DeliveryFailure) => {
        end(failure);
        channel.reset();
      };
      const isClosing = closing?.aborted === true;
      if (isClosing || held.size >= HELD_MAX) {
        drop(isClosing ? 'serverStopped' : 'limit');
        return false;
      }
      held.add(pending);
      // In process, a held reply must not keep the process running. Over HTTP, the connection does so anyway.
      const limit = setTimeout(() => drop('limit'), HELD_MS_MAX).unref();
      channel.onceClosed(() => {
        clearTimeout(limit);
        held.delete(pending);
      });
      return true;
    },
  };
}
