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
    if (key === undefined) return;
    underneath.set(key, socket);
    socket.once('close', () => underneath.delete(key));
  });
}

export function resetConnection(socket: Socket): void {
  const key = keyOf(socket);
  const tcp = key === undefined ? undefined : underneath.get(key);
  // A TLS connection that was there before anybody remembered: closed, at least.
  if (tcp === undefined && socket instanceof TLSSocket) socket.destroy();
  else reset(tcp ?? socket);
}

/** A Unix socket has no RST, and Node throws where it is asked for one: closed, at least. */
function reset(socket: Socket): void {
  try {
    socket.resetAndDestroy();
  } catch {
    socket.destroy();
  }
}

/** What a TLS connection and the TCP socket under it have in common; undefined for a Unix socket: none of them has an address of its own. */
export function keyOf({ localAddress, localPort, remoteAddress, remotePort }: Socket): string | undefined {
  if (remotePort === undefined) return undefined;
  return `${localAddress} ${localPort} ${remoteAddress} ${remotePort}`;
}
