/** A listener as the network reaches it: bounded on each connection, and closed to the web pages of others. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { strangePage } from './strange-page.js';

// No client of the carrier pipelines; a test that tries it sends a few.
export const UNANSWERED_MAX = 16;
// A request has about ten. Each is an object or two as long as the request lives.
export const HEADERS_MAX = 100;

const TOO_MANY_HEADERS = 431;
const FORBIDDEN = 403;

/** `isGuarded`: the paths that no page of another origin may call. Others have a guard of their own, or need none. */
export function networkListener(listener: RequestListener, isGuarded: (url: string) => boolean): RequestListener {
  const admit: RequestListener = (req, res) => {
    const strange = isGuarded(req.url ?? '') ? strangePage(req, { mayVisit: false }) : undefined;
    if (strange === undefined) return listener(req, res);
    refuse(res, FORBIDDEN, { title: 'Forbidden', detail: `${strange} may not call the carrier` });
  };
  return inTurn((req, res) => {
    if (req.rawHeaders.length <= 2 * HEADERS_MAX) return admit(req, res);
    res.setHeader('Connection', 'close');
    refuse(res, TOO_MANY_HEADERS, {
      title: 'Too many headers',
      detail: `a request has at most ${HEADERS_MAX} headers, found ${req.rawHeaders.length / 2}`,
    });
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

function refuse(
  res: ServerResponse<IncomingMessage>,
  status: number,
  { title, detail }: { readonly title: string; readonly detail: string },
): void {
  const body = JSON.stringify({ type: 'about:blank', title, status, detail });
  const headers = {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  };
  res.writeHead(status, headers).end(body);
}
