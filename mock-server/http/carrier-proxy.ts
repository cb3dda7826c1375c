/** An HTTP proxy that connects to the mock only, for clients with a fixed carrier address. RFC 9110, 9.3.6. */
import {
  createServer,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { networkListener } from './network-listener.js';

export interface CarrierProxyOptions {
  /** The accepted targets: addresses, and names in lower case, where a leading `*.` stands for one label. A name may have a port. */
  readonly hosts: readonly string[];
  /** Receives the plain requests. */
  readonly http: Server;
  /** Receives the connection of each tunnel. */
  readonly https: HttpsServer;
  readonly timeouts: ServerOptions;
}

const PORTS: Readonly<Record<string, string>> = { http: '80', https: '443' };
/** Host and port, an IPv6 address in brackets. RFC 3986, 3.2. */
const AUTHORITY = /^(?:\[(?<address>[\da-f:.]+)\]|(?<host>[^:[\]]+))(?::(?<port>\d+))?$/i;
/** An accepted name with its port; an IPv6 address has several colons. */
const WITH_PORT = /^([^:]+):(\d+)$/;
/** The target of a request without a tunnel. RFC 9112, 3.2.2. Axios before 1.16.1 also uses it for https. */
const WHOLE_URL = /^(?<scheme>https?):\/\/(?<authority>[^/?#]+)/i;

// A host name has at most 253 characters; a longer target is truncated in messages.
const SHOWN_MAX = 260;

/**
 * The socket of a tunnel is passed to the HTTPS server itself, not relayed: so the mock sees the client's address, its
 * timeouts apply, and a reset reaches the client.
 */
export function createCarrierProxy({ hosts, http, https, timeouts }: CarrierProxyOptions): Server {
  const lastAnswers = new WeakMap<Socket, ServerResponse>();
  const answer: RequestListener = (req, res) => {
    lastAnswers.set(req.socket, res);
    const { url = '' } = req;
    const target: Target = WHOLE_URL.exec(url)?.groups ?? {};
    if (isAccepted(target, hosts)) http.emit('request', req, res);
    else writeRefusal(res, refusalOf(url, hosts));
  };
  const proxy = createServer(timeouts, networkListener(answer));
  proxy.on('connect', ({ url = '' }, socket: Socket, head: Buffer) => {
    // Node's HTTP server no longer handles this socket, and an error without a listener would end the process.
    socket.on('error', () => undefined);
    // A response to an earlier request on this connection would be written into the tunnel.
    if (lastAnswers.get(socket)?.writableFinished === false) socket.destroy();
    else if (isAccepted({ scheme: 'https', authority: url }, hosts)) handOver(socket, head, https);
    else refuse(socket, refusalOf(url, hosts));
  });
  return proxy;
}

interface Target {
  readonly scheme?: string;
  readonly authority?: string;
}

function isAccepted({ scheme = '', authority = '' }: Target, hosts: readonly string[]): boolean {
  const defaultPort = PORTS[scheme.toLowerCase()];
  const { address, host = address, port = defaultPort } = AUTHORITY.exec(authority)?.groups ?? {};
  if (host === undefined) return false;
  return hosts.some((accepted) => {
    const [name = accepted, ownPort = defaultPort] = WITH_PORT.exec(accepted)?.slice(1) ?? [];
    return port === ownPort && covers(name, host.toLowerCase());
  });
}

function covers(name: string, host: string): boolean {
  return (
    name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1))
  );
}

function handOver(socket: Socket, head: Buffer, https: HttpsServer): void {
  socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
  // Bytes that the client sent before the response are the start of its TLS handshake.
  socket.unshift(head);
  // As for sockets that an HTTPS server accepts: a client that ends the connection before the handshake has disconnected.
  socket.allowHalfOpen = false;
  https.emit('connection', socket);
}

function writeRefusal(res: ServerResponse, detail: string): void {
  res.writeHead(403, { 'Content-Type': 'text/plain', Connection: 'close' });
  res.end(`${detail}\n`);
}

/** Go, Python and others show only the reason phrase of a refused CONNECT. */
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

function refusalOf(target: string, hosts: readonly string[]): string {
  // A reason phrase is ASCII.
  const shown =
    target.slice(0, SHOWN_MAX).replace(/[^!-~]/g, '?') + (target.length > SHOWN_MAX ? '...' : '');
  // A host of the carrier that bypasses the proxy is the real carrier.
  const advice = /cmpassport\.com/i.test(target)
    ? 'add another name of the carrier with --tls-name'
    : 'exclude other hosts with NO_PROXY';
  const others = hosts.some((host) => WITH_PORT.test(host)) ? 'otherwise ' : '';
  return `${shown} is refused: this proxy only connects to ${hosts.join(', ')}, ${others}by https on port 443 and http on port 80; ${advice}`;
}
