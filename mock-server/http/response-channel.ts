/** The way of a reply to its caller: a connection, or a promise in the same process. */
import type { Reply } from '../carrier/reply.js';

export interface ResponseChannel {
  /** Whether the caller is still connected. */
  isOpen(): boolean;
  /** Sends the whole reply at once. */
  sendWhole(reply: Reply): void;
  /** Sends the head of the reply; its body follows in pieces. */
  sendHead(reply: Reply): void;
  sendPiece(bytes: Uint8Array): void;
  /** Ends the body. */
  end(): void;
  /** Sends these bytes and ends the channel, although the body is incomplete. */
  breakAfter(bytes: Uint8Array): void;
  /** Ends the channel with a reset. */
  reset(): void;
  /** Ends the channel. */
  destroy(): void;
  /** Calls the listener once, when the caller has disconnected or has the whole reply. */
  onceClosed(listener: () => void): void;
  /** Removes a listener. */
  offClosed(listener: () => void): void;
}

/** Statuses without a body have no Content-Length. */
const WITHOUT_BODY: readonly number[] = [204, 304];

export function headersOf({ status, contentType, body, requestId, explanationUrl, decidedBy }: Reply): string[] {
  const headers = body === '' ? [] : ['Content-Type', contentType];
  if (!WITHOUT_BODY.includes(status)) headers.push('Content-Length', String(Buffer.byteLength(body)));
  headers.push('X-Mock', '1');
  if (requestId !== undefined) headers.push('X-Mock-Request-Id', requestId);
  if (explanationUrl !== undefined) headers.push('X-Mock-Explanation', explanationUrl);
  if (decidedBy !== undefined) headers.push('X-Mock-Decided-By', decidedBy);
  return headers;
}
