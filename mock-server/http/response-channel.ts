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
