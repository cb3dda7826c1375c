/** Ends a connection with a real RST. Of a TLS connection it is the socket underneath that can. */
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** The TCP sockets under the TLS connections, by the address that both have. */
const underneath = new Map<string, Socket>();

/** Remembers the TCP socket under each TLS connection of a server, for as long as it is open. */
export function rememberSockets(server: Pick<EventEmitter, 'on'>): void {
  server.on('connection', (socket: Socket) => {
    const key = keyOf(socket);
    underneath.set(key, socket);
    socket.once('close', () => underneath.delete(key));
  });
}

export function resetConnection(socket: Socket): void {
  const tcp = underneath.get(keyOf(socket));
  // A TLS connection that was there before anybody remembered: closed, at least.
  if (tcp === undefined && socket instanceof TLSSocket) socket.destroy();
  else (tcp ?? socket).resetAndDestroy();
}

function keyOf({ localAddress, localPort, remoteAddress, remotePort }: Socket): string {
  return `${localAddress} ${localPort} ${remoteAddress} ${remotePort}`;
}
