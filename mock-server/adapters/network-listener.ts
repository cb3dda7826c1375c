/** A listener as the network reaches it: bounded on each connection. */
import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { writePlainProblem } from './plain-problem.js';

// No client of the carrier pipelines; a test that tries it sends a few.
export const UNANSWERED_MAX = 16;
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

/**
 * Requests of one connection one after another. Of one that waits behind others Node would report neither that its
 * client left nor that its answer was too much to send, so nothing is begun for it. Pausing the connection would not
 * keep those back that were read already: with too many of them it is destroyed.
 */
function inTurn(listener: RequestListener): RequestListener {
  const waiting = new WeakMap<Socket, number>();
  return (req, res) => {
    const { socket } = req;
    if (res.socket !== null) return listener(req, res);
    const before = waiting.get(socket) ?? 0;
    if (before + 2 > UNANSWERED_MAX) socket.destroy();
    // What was read with the request that was too many still comes.
    if (socket.destroyed) return;
    waiting.set(socket, before + 1);
    res.once('socket', () => {
      waiting.set(socket, (waiting.get(socket) ?? 1) - 1);
      listener(req, res);
    });
  };
}
