/** Serves the carrier's paths over plain node:http, also as Express middleware, and delivers its replies. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { BODY_BYTES_MAX } from '../../src/protocol/limits.js';
import { operationUnder } from '../../src/protocol/operations.js';
import { type Answer, chain } from '../carrier/answer.js';
import { problemReply, type Reply } from '../carrier/reply.js';
import { crossOriginPage, haveBrowserHeaders } from './cross-origin-page.js';
import {
  CLOSE_GRACE_MS,
  deliver,
  type HeldAnswers,
  headersOf,
  holdAnswers,
  type ResponseChannel,
} from './deliver.js';
import { resetConnection } from './reset.js';

/**
 * A second path of the carrier, for web pages. Over HTTP its responses close the connection. A browser retries a request
 * if a reused connection is reset; on a new connection, a page sees the reset and uses only one step of a script.
 */
export const CARRIER_PATH = '/_mock/carrier';

/** Returns the client address of a request. */
export type ClientIpOf = (req: IncomingMessage) => string;

export function socketAddress(req: IncomingMessage): string {
  return req.socket.remoteAddress ?? '';
}

export interface ListenerOptions {
  /** Handles the paths that are not the carrier's. */
  readonly others: RequestListener;
  readonly clientIpOf?: ClientIpOf | undefined;
  /** The held answers of the server; by default this listener has its own. */
  readonly held?: HeldAnswers;
  /** Whether pages of another origin are refused. In process they are accepted, because jsdom sends an Origin too. */
  readonly refusesPages?: boolean;
}

export function carrierListener(
  answer: Answer,
  {
    others,
    clientIpOf = socketAddress,
    held = holdAnswers(undefined),
    refusesPages = false,
  }: ListenerOptions,
): RequestListener {
  return (req, res) => {
    const path = pathOf(req.url ?? '');
    const row = operationUnder(path);
    if (row === undefined) return others(req, res);
    const page =
      refusesPages && haveBrowserHeaders(req.rawHeaders)
        ? crossOriginPage(req.headers, { mayVisit: false })
        : undefined;
    if (page !== undefined) {
      // A page's request would use up steps of a test's script.
      const detail = `${page.en} may not call the carrier`;
      return writeWhole(res, problemReply({ status: 403, title: 'Forbidden', detail }));
    }
    readBody(req, (body, bodyBytes) => {
      const { method = '', rawHeaders } = req;
      const exchange = {
        row,
        method,
        path,
        rawHeaders,
        body,
        bodyBytes,
        clientIp: clientIpOf(req),
      };
      chain(answer(exchange), (reply) => {
        const { delivery, onEnd } = reply;
        if (delivery !== undefined)
          return deliver(new HttpResponseChannel(req, res), reply, { delivery, held });
        if (req.socket.destroyed) onEnd?.('clientClosed');
        writeWhole(res, reply);
      });
    });
  };
}

/** The path without its query. `url` can be a whole address: clients send it through a proxy. */
export function pathOf(url: string): string {
  const start = url.startsWith('/') ? 0 : url.indexOf('/', url.indexOf('://') + '://'.length);
  const end = url.indexOf('?');
  return url.slice(Math.max(start, 0), end === -1 ? undefined : end);
}

/**
 * Reads the body as text. Bytes above the limit are counted and discarded: memory stays bounded, and a client that writes
 * everything before it reads still gets its response. A request that breaks off gets none.
 */
export function readBody(
  req: IncomingMessage,
  done: (body: string, bodyBytes: number) => void,
): void {
  let pieces: Buffer[] = [];
  let bodyBytes = 0;
  req.on('data', (piece: Buffer) => {
    if (bodyBytes < BODY_BYTES_MAX) pieces.push(piece);
    bodyBytes += piece.length;
  });
  req.on('end', () => {
    const [first] = pieces;
    const bytes = first !== undefined && pieces.length === 1 ? first : Buffer.concat(pieces);
    // These listeners live as long as a held response.
    pieces = [];
    done(bytes.toString(), bodyBytes);
  });
}

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
