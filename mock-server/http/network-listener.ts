/** Limits what each connection can send to a listener. */
import type { RequestListener, Server } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { holdBody } from './gathered-body.js';
import { writePlainProblem } from './plain-problem.js';

// No client of the carrier uses pipelining, and a test of it sends only a few requests.
export const UNANSWERED_MAX = 16;
// The bytes that may arrive while the oldest request waits.
export const WAITING_BYTES_MAX = 64 * 1024;
// A request has about ten. Each takes an object or two until the request ends.
export const HEADERS_MAX = 100;

export function networkListener(listener: RequestListener): RequestListener {
  return inTurn((req, res) => {
    if (req.rawHeaders.length <= 2 * HEADERS_MAX) listener(req, res);
    else {
      const detail = `a request has at most ${HEADERS_MAX} headers, found ${req.rawHeaders.length / 2}`;
      res.setHeader('Connection', 'close');
      writePlainProblem(res, { status: 431, title: 'Too many headers', detail });
    }
  });
}

/** Refuses an `Expect` other than `100-continue` (RFC 9110, 10.1.1). Node's own response to it ignores order and limits. */
export function refuseExpectations(server: Server | HttpsServer): void {
  const refuse = inTurn(({ headers: { expect } }, res) => {
    const detail = `Expect must be 100-continue, found ${JSON.stringify(expect)}`;
    writePlainProblem(res, { status: 417, title: 'Expectation failed', detail });
  });
  server.on('checkExpectation', refuse);
}

/**
 * The bytes of a connection that had been read when each waiting request arrived, oldest first. All listeners share it,
 * because a connection can have requests for several of them.
 */
const waitingRequests = new WeakMap<Socket, number[]>();

/**
 * Handles the requests of a connection one after another. For a waiting request, Node reports neither a disconnected client
 * nor backpressure, so its handling does not begin. With too many waiting requests the connection is destroyed. Pausing
 * it would not hold back requests that are already read, and would hide a disconnected client.
 */
function inTurn(listener: RequestListener): RequestListener {
  return (req, res) => {
    const { socket } = req;
    if (res.socket !== null) return listener(req, res);
    const waiting = waitingRequests.get(socket) ?? [];
    const [oldest = socket.bytesRead] = waiting;
    const isTooMuch = socket.bytesRead - oldest > WAITING_BYTES_MAX;
    if (waiting.length + 2 > UNANSWERED_MAX || isTooMuch) socket.destroy();
    // Requests that were read together with the one above the limit still arrive.
    if (socket.destroyed) return;
    waiting.push(socket.bytesRead);
    waitingRequests.set(socket, waiting);
    const body = holdBody(req);
    res.once('socket', () => {
      waiting.shift();
      listener(req, res);
      body.release();
    });
  };
}
