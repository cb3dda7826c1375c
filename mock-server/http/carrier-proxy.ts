/** An HTTP proxy that leads to the mock and nowhere else, for clients that have the carrier's address built in. RFC 9110, 9.3.6. */
import { createServer, type RequestListener, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { networkListener } from './network-listener.js';

export interface CarrierProxyOptions {
  /** What may be asked for: names in lower case, `*.` in front stands for one label, and addresses. */
  readonly names: readonly string[];
  /** Gets the connection of each tunnel. */
  readonly https: HttpsServer;
  /** Gets the plain requests. */
  readonly listener: RequestListener;
  readonly timeouts: ServerOptions;
}

const PORTS: Readonly<Record<string, string>> = { http: '80', https: '443' };
/** Host and port; an address of IPv6 stands in brackets. RFC 3986, 3.2. */
const AUTHORITY = /^(?:\[(?<address>[\da-f:.]+)\]|(?<host>[^:[\]]+))(?::(?<port>\d+))?$/i;
/** What a client sends that asks for no tunnel. RFC 9112, 3.2.2. Axios before 1.16.1 does so for https as well. */
const WHOLE_URL = /^(?<scheme>https?):\/\/(?<authority>[^/?#]+)/i;
const ESTABLISHED = 'HTTP/1.1 200 Connection established\r\n\r\n';
// A host name has at most 253 characters; what is longer is shown as far as that.
const SHOWN_MAX = 260;

/**
 * A tunnel's socket is handed over as it is, and not copied to another: the mock sees the client's own address, its
 * timeouts hold, and a reset is a reset.
 */
export function createCarrierProxy({ names, https, listener, timeouts }: CarrierProxyOptions): Server {
  const isCarriers = (authority: string, scheme: string) => leadsTo(names, { authority, scheme });
  const refusalOf = (target: string) => sentence(target, names);
  const lastAnswers = new WeakMap<Socket, ServerResponse>();
  const answer: RequestListener = (req, res) => {
    lastAnswers.set(req.socket, res);
    const { scheme = '', authority = '' } = WHOLE_URL.exec(req.url ?? '')?.groups ?? {};
    if (isCarriers(authority, scheme.toLowerCase())) return listener(req, res);
    res.writeHead(403, { 'Content-Type': 'text/plain', Connection: 'close' });
    res.end(`${refusalOf(req.url ?? '')}\n`);
  };
  const proxy = createServer(timeouts, networkListener(answer));
  proxy.on('connect', ({ url = '' }, socket: Socket, head: Buffer) => {
    // Node's HTTP server has let go of it, and an error that nobody hears ends the process; the close behind it is enough.
    socket.on('error', () => undefined);
    // A tunnel that began now would have the answer to a request before it within.
    if (lastAnswers.get(socket)?.writableFinished === false) socket.destroy();
    else if (isCarriers(url, 'https')) handOver(socket, head, https);
    else refuse(socket, refusalOf(url));
  });
  return proxy;
}

function leadsTo(
  names: readonly string[],
  { authority, scheme }: { readonly authority: string; readonly scheme: string },
): boolean {
  const due = PORTS[scheme];
  const { address, host = address, port = due } = AUTHORITY.exec(authority)?.groups ?? {};
  return host !== undefined && port === due && names.some((name) => covers(name, host.toLowerCase()));
}

function covers(name: string, host: string): boolean {
  return name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1));
}

function handOver(socket: Socket, head: Buffer, https: HttpsServer): void {
  socket.write(ESTABLISHED);
  // What the client sent without waiting for the answer is the start of its handshake.
  socket.unshift(head);
  // As the sockets that an HTTPS server accepts itself: a client that ends before its handshake is gone.
  socket.allowHalfOpen = false;
  https.emit('connection', socket);
}

/** Go, Python and others show of a refused CONNECT the reason phrase only. */
function refuse(socket: Socket, detail: string): void {
  const body = `${detail}\n`;
  const head = [
    `HTTP/1.1 403 ${detail}`,
    'Content-Type: text/plain',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}

function sentence(target: string, names: readonly string[]): string {
  // A reason phrase is ASCII.
  const shown = target.slice(0, SHOWN_MAX).replace(/[^!-~]/g, '?') + (target.length > SHOWN_MAX ? '...' : '');
  return `${shown} is refused: this proxy leads to ${names.join(', ')} only, by https on port 443 and http on port 80; NO_PROXY keeps a client from asking it for others`;
}
