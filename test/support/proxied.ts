/** A server with its proxy, and what a client of the proxy sends and reads. */
import type { Duplex } from 'node:stream';
import type { MockServer, MockServerOptions } from '../../mock-server/server.js';
import { startMock } from './mock.js';
import { tlsFolder } from './tls.js';
import { CARRIER_NAME } from './tunnels.js';

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
