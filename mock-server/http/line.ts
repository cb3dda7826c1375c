/** What leads to the caller of a reply: a connection, or a promise in the same process. */
import type { Reply } from '../carrier/reply.js';

export interface Line {
  /** Whether the caller is still there. */
  isOpen(): boolean;
  /** Sends the reply at once and whole. */
  sendWhole(reply: Reply): void;
  /** Sends the head of the reply; its body follows in pieces. */
  sendHead(reply: Reply): void;
  sendPiece(bytes: Uint8Array): void;
  /** Ends the body. */
  end(): void;
  /** Sends these bytes and ends the line, though the body is not complete. */
  breakAfter(bytes: Uint8Array): void;
  /** Ends the line with a reset. */
  reset(): void;
  /** Ends the line. */
  destroy(): void;
  /** How much the caller has sent so far, in bytes. */
  bytesRead(): number;
  /** Calls back once, when the caller has left or has the whole reply. */
  onceClosed(listener: () => void): void;
  /** Forgets a listener. */
  offClosed(listener: () => void): void;
}
