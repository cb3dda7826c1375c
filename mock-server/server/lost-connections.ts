/** Counts the connections that end before a request, because the client expects another certificate or another protocol. */
import type { Server } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { codeOf } from '../../src/text/error-message.js';

export interface LostConnections {
  /** Their clients rejected the certificate by an alert of TLS. */
  readonly untrusted: number;
  /** Closed in the handshake. Node and aiohttp reject a certificate so; a timeout does the same. */
  readonly unfinished: number;
  /** TLS at a port for HTTP. */
  readonly tlsAtHttp: number;
}

/** RFC 8446, 6.2, as OpenSSL names the alerts about a certificate. */
const CERTIFICATE_ALERT = /ALERT_(?:\w+_)?(?:CERTIFICATE|UNKNOWN_CA)/;
/** A record of the handshake, RFC 8446, 5.1. No method of HTTP begins so. */
const HANDSHAKE = 22;

/** The counts change while the servers listen. */
export function countLost(servers: readonly (Server | HttpsServer)[]): LostConnections {
  const lost = { untrusted: 0, unfinished: 0, tlsAtHttp: 0 };
  const onError = (error: object) => {
    const { rawPacket: bytes } = error as { readonly rawPacket?: Uint8Array };
    if (bytes?.[0] === HANDSHAKE) lost.tlsAtHttp += 1;
  };
  const onTlsError = (error: Error) => {
    const code = codeOf(error) ?? '';
    if (CERTIFICATE_ALERT.test(code)) lost.untrusted += 1;
    else if (code === 'ECONNRESET') lost.unfinished += 1;
  };
  for (const server of servers) {
    // Only HTTPS emits this event.
    server.on('tlsClientError', onTlsError);
    // Not `clientError`: with a listener, Node leaves the answer to it.
    server.on('connection', (socket: Socket) => socket.on('error', onError));
  }
  return lost;
}
