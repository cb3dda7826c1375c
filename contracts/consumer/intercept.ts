/** For a client with a fixed https address: the recorder is its HTTPS proxy, and speaks TLS with a certificate for the carrier. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, TLSSocket } from 'node:tls';
import { FACTS, OPERATIONS } from '../kit/operations.js';
import type { Environment } from '../kit/wire.js';
import { baseVariables } from './driver-variables.js';

/** The hosts of all operations. */
const CARRIER_HOSTS = [...new Set(OPERATIONS.map((operation) => FACTS[operation].host))];
export const CARRIER_NAMES = CARRIER_HOSTS.map((host) => host.replace(/:\d+$/, ''));

/** A certificate for CARRIER_NAMES, in PEM, and the CA that signed it. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  readonly caPem: string;
}

export interface Interception extends Certificate {
  readonly caFile: string;
  /** Removes the file. */
  end(): void;
}

export function interceptionWith(certificate: Certificate): Interception {
  const folder = mkdtempSync(join(tmpdir(), 'cmpassport-mock-'));
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, certificate.caPem);
  return { ...certificate, caFile, end: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Answers CONNECT for any host, and passes the decrypted connection to the server. */
export function acceptTunnels(server: Server, { key, cert }: Certificate): void {
  const secureContext = createSecureContext({ key, cert });
  server.on('connect', (_req, socket: Socket, head: Buffer) => {
    socket.on('error', () => undefined);
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    const secure = new TLSSocket(socket, { isServer: true, secureContext });
    secure.on('error', () => socket.destroy());
    // A reset ends the TCP connection below TLS.
    Object.assign(secure, { resetAndDestroy: () => socket.resetAndDestroy() });
    server.emit('connection', secure);
  });
}

/** The variables that common HTTP clients read for a proxy and for a CA. */
export function interceptionVariables(proxyUrl: string, { caFile }: Interception): Environment {
  const proxies = ['HTTPS_PROXY', 'https_proxy'].map((name) => [name, proxyUrl] as const);
  const files = [
    'CMPASSPORT_CA_FILE',
    'SSL_CERT_FILE',
    'CURL_CA_BUNDLE',
    'REQUESTS_CA_BUNDLE',
    'NODE_EXTRA_CA_CERTS',
  ];
  return {
    ...Object.fromEntries([...proxies, ...files.map((name) => [name, caFile] as const)]),
    NO_PROXY: '',
    no_proxy: '',
    ...baseVariables(`https://${CARRIER_HOSTS[0]}`),
  };
}
