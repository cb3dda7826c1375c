/** Clients behind a proxy: a tunnel opened by CONNECT, TLS within it with everything verified, and a fetch over both. */
import { once } from 'node:events';
import { request } from 'node:https';
import { connect, type Socket } from 'node:net';
import { connect as connectSecurely, type TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { Fetch } from '../../src/index.js';

export const CARRIER_NAME = 'www.cmpassport.com';

export interface TunnelOptions {
  /** The client's own address; the system's choice unless said. */
  readonly from?: string;
}

/** A connection to a proxy, before it says anything. */
export function connectTo(proxyUrl: string, { from }: TunnelOptions = {}): Socket {
  const { hostname, port } = new URL(proxyUrl);
  const socket = connect({ host: hostname, port: Number(port), ...(from !== undefined && { localAddress: from }) });
  // A reset is seen by its close.
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket;
}

/** The head of the answer to a CONNECT, and the connection behind it. */
export async function openTunnel(proxyUrl: string, authority = `${CARRIER_NAME}:443`, options: TunnelOptions = {}) {
  const socket = connectTo(proxyUrl, options);
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
  const [head] = await once(socket, 'data');
  return { socket, head: String(head) };
}

export interface SecureTunnelOptions extends TunnelOptions {
  readonly ca: string;
  readonly name?: string;
}

/** TLS within a tunnel. Rejects where the proxy refuses, or the certificate does not hold. */
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

/** A fetch that makes a tunnel for each request, to the name in the address. */
export function fetchThrough(proxyUrl: string, { ca, ...options }: Omit<SecureTunnelOptions, 'name'>): Fetch {
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
