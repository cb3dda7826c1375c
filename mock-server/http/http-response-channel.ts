/** Delivers a reply over node:http. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply } from '../carrier/reply.js';
import { CLOSE_GRACE_MS, headersOf, type ResponseChannel } from './deliver.js';
import { resetConnection } from './reset.js';

export class HttpResponseChannel implements ResponseChannel {
  readonly #req: IncomingMessage;
  readonly #res: ServerResponse;

  constructor(req: IncomingMessage, res: ServerResponse) {
    this.#req = req;
    this.#res = res;
  }

  isOpen(): boolean {
    return !this.#req.socket.destroyed;
  }

  sendWhole(reply: Reply): void {
    writeWhole(this.#res, reply);
  }

  sendHead(reply: Reply): void {
    this.#res.writeHead(reply.status, headersOf(reply));
    this.#res.flushHeaders();
  }

  sendPiece(bytes: Uint8Array): void {
    this.#res.write(bytes);
  }

  end(): void {
    this.#res.end();
  }

  breakAfter(bytes: Uint8Array): void {
    const { socket } = this.#req;
    this.#res.write(bytes, () => socket.end());
    // A client that never closes its side would keep the connection open.
    const timer = setTimeout(() => socket.destroy(), CLOSE_GRACE_MS);
    this.onceClosed(() => clearTimeout(timer));
  }

  reset(): void {
    resetConnection(this.#req.socket);
  }

  destroy(): void {
    this.#req.socket.destroy();
  }

  onceClosed(listener: () => void): void {
    this.#res.once('close', listener);
  }

  offClosed(listener: () => void): void {
    this.#res.off('close', listener);
  }
}

export function writeWhole(res: ServerResponse, reply: Reply): void {
  res.writeHead(reply.status, headersOf(reply));
  res.end(reply.body);
}
