/** Limits what each connection can send to a listener. */
import type { RequestListener, Server, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { type PlainProblem, problemBody } from '../carrier/reply.js';

// No client of the carrier uses pipelining, and a test of it sends only a few requests.
export const UNANSWERED_MAX = 16;
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

/** The number of requests of a connection that wait for their turn. All listeners share it. */
const waitingRequests = new WeakMap<Socket, number>();

/**
 * Handles the requests of a connection one after another: Node does not report to a waiting request that its client has
 * disconnected. With too many waiting requests the connection is destroyed, and also with a waiting body in chunks, because
 * Node keeps an object of some hundred bytes for each chunk of one byte.
 */
function inTurn(listener: RequestListener): RequestListener {
  return (req, res) => {
    const { socket } = req;
    if (res.socket !== null) return listener(req, res);
    const waiting = (waitingRequests.get(socket) ?? 0) + 1;
    if (waiting >= UNANSWERED_MAX || req.headers['transfer-encoding'] !== undefined)
      socket.destroy();
    // Requests that were read together with the one above the limit still arrive.
    if (socket.destroyed) return;
    waitingRequests.set(socket, waiting);
    res.once('socket', () => {
      waitingRequests.set(socket, (waitingRequests.get(socket) ?? 1) - 1);
      listener(req, res);
    });
  };
}

export function writePlainProblem(res: ServerResponse, problem: PlainProblem): void {
  const body = problemBody(problem);
  const headers = {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  };
  res.writeHead(problem.status, headers).end(body);
}
