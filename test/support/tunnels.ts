/**
 * Clients of a proxy: a CONNECT tunnel, verified TLS in the tunnel, and a fetch through both. A server with its proxy, and
 * what a client of the proxy sends and reads.
 */
import { once } from 'node:events';
import { request } from 'node:https';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectSecurely, type TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { MockServer, MockServerOptions } from '../../mock-server/server.js';
import type { Fetch } from '../../src/index.js';
import { startMock } from './mock.js';
import { tlsFolder } from './tls.js';

export const CARRIER_NAME = 'www.cmpassport.com';

export interface TunnelOptions {
  /** The client's address. By default, the system chooses it. */
  readonly from?: string;
}

/** Opens a connection to a proxy and sends nothing. */
export function connectTo(proxyUrl: string, { from }: TunnelOptions = {}): Socket {
  const { hostname, port } = new URL(proxyUrl);
  const socket = connect({
    host: hostname,
    port: Number(port),
    ...(from !== undefined && { localAddress: from }),
  });
  // After a reset, the event `close` follows.
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket;
}

/** Sends CONNECT. Returns the head of the response and the connection. */
export async function openTunnel(
  proxyUrl: string,
  authority = `${CARRIER_NAME}:443`,
  options: TunnelOptions = {},
) {
  const socket = connectTo(proxyUrl, options);
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
  const [head] = await once(socket, 'data');
  return { socket, head: String(head) };
}

export interface SecureTunnelOptions extends TunnelOptions {
  readonly ca: string;
  readonly name?: string;
}

/** Opens TLS in a tunnel. Rejects if the proxy refuses or the certificate is invalid. */
export async function secureTunnel(
  proxyUrl: string,
  { ca, name = CARRIER_NAME, ...options }: SecureTunnelOptions,
): Promise<TLSSocket> {
  const { socket, head } = await openTunnel(proxyUrl, `${name}:443`, options);
  if (!head.startsWith('HTTP/1.1 200 ')) throw new Error(head);
  const tls = connectSecurely({ socket, servername: name, ca });
  await once(tls, 'secureConnect');
  tls.on('error', () => undefined);
  return tls;
}

/** Returns a fetch that opens a tunnel to the URL's host for each request. */
export function fetchThrough(
  proxyUrl: string,
  { ca, ...options }: Omit<SecureTunnelOptions, 'name'>,
): Fetch {
  return async (url, { method, headers, body, signal }) => {
    const tls = await secureTunnel(proxyUrl, { ca, name: new URL(url).hostname, ...options });
    const sent = request(url, { method, headers, signal, createConnection: () => tls });
    sent.end(body);
    const [response] = await once(sent, 'response');
    return {
      status: response.statusCode,
      headers: { get: (header) => response.headers[header.toLowerCase()] },
      body: response,
      text: async () => '',
    };
  };
}

export const CONNECT = `CONNECT ${CARRIER_NAME}:443 HTTP/1.1\r\nHost: ${CARRIER_NAME}:443\r\n\r\n`;
export const HEALTH = `GET /_mock/health HTTP/1.1\r\nHost: ${CARRIER_NAME}\r\n\r\n`;

export interface Proxied extends Pick<MockServer, 'url' | 'httpsUrl' | 'close'> {
  readonly proxyUrl: string;
  readonly ca: string;
}

export async function startProxied(options: MockServerOptions = {}): Promise<Proxied> {
  const {
    proxyUrl = '',
    caPem: ca = '',
    ...server
  } = await startMock({
    proxyPort: 0,
    tlsDir: await tlsFolder(options.tlsNames === undefined ? {} : { names: options.tlsNames }),
    ...options,
  });
  return { ...server, proxyUrl, ca };
}

/** Reads until this text is received. Rejects if the connection ends earlier. */
export async function readUntil(stream: Duplex, text: string): Promise<string> {
  let received = '';
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    received += chunk;
    if (received.includes(text)) return received;
  }
  throw new Error(`ended before ${text}: ${received}`);
}
