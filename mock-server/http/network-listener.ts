/** A listener as the network reaches it: bounded on each connection. */
import type { RequestListener, Server } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { holdBody } from './gathered-body.js';
import { writePlainProblem } from './plain-problem.js';

// No client of the carrier pipelines; a test that tries it sends a few.
export const UNANSWERED_MAX = 16;
// What has come since the oldest of those that wait.
export const WAITING_BYTES_MAX = 64 * 1024;
// A request has about ten. Each is an object or two as long as the request lives.
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

/** What Node would answer by itself, out of turn and past all bounds: an `Expect` that is not `100-continue`. RFC 9110, 10.1.1. */
export function refuseExpectations(server: Server | HttpsServer): void {
  const refuse = inTurn(({ headers: { expect } }, res) => {
    const detail = `Expect must be 100-continue, found ${JSON.stringify(expect)}`;
    writePlainProblem(res, { status: 417, title: 'Expectation failed', detail });
  });
  server.on('checkExpectation', refuse);
}

/**
 * How much of its connection had been read when each waiting request came, the oldest first. Of all listeners: a
 * connection may have requests for several of them.
 */
const waitingOn = new WeakMap<Socket, number[]>();

/**
 * Requests of one connection one after another. Of one that waits behind others Node would report neither that its
 * client left nor that its answer was too much to send, so nothing is begun for it. Pausing the connection would not
 * keep those back that were read already, and nobody would see its client leave: with too many of them it is destroyed.
 */
function inTurn(listener: RequestListener): RequestListener {
  return (req, res) => {
    const { socket } = req;
    if (res.socket !== null) return listener(req, res);
    const waiting = waitingOn.get(socket) ?? [];
    const [oldest = socket.bytesRead] = waiting;
    const isTooMuch = socket.bytesRead - oldest > WAITING_BYTES_MAX;
    if (waiting.length + 2 > UNANSWERED_MAX || isTooMuch) socket.destroy();
    // What was read with the request that was too many still comes.
    if (socket.destroyed) return;
    waiting.push(socket.bytesRead);
    waitingOn.set(socket, waiting);
    const body = holdBody(req);
    res.once('socket', () => {
      waiting.shift();
      listener(req, res);
      body.release();
    });
  };
}
