/** Ends a connection with a TCP RST. For a TLS connection this needs its TCP socket. */
import type { Server } from 'node:https';
import type { Socket } from 'node:net';

/** The TCP sockets of the TLS connections, by `keyOf`. */
const tcpSockets = new Map<string, Socket>();

/** Remembers the TCP socket of each TLS connection of a server while it is open. */
export function rememberSockets(server: Server): void {
  server.on('connection', (socket: Socket) => {
    const key = keyOf(socket);
    if (key === undefined) return;
    tcpSockets.set(key, socket);
    socket.once('close', () => tcpSockets.delete(key));
  });
}

export function resetConnection(socket: Socket): void {
  const key = keyOf(socket);
  const tcp = key === undefined ? undefined : tcpSockets.get(key);
  // The TLS connection of a server that is not ours cannot be reset, so it is closed.
  if (tcp === undefined && 'encrypted' in socket) return void socket.destroy();
  try {
    (tcp ?? socket).resetAndDestroy();
  } catch {
    // Node throws for a Unix socket, which has no RST, so it is closed.
    socket.destroy();
  }
}

/** The addresses that a TLS connection and its TCP socket share; undefined for a Unix socket, which has no address. */
export function keyOf({
  localAddress,
  localPort,
  remoteAddress,
  remotePort,
}: Socket): string | undefined {
  if (remotePort === undefined) return undefined;
  return `${localAddress} ${localPort} ${remoteAddress} ${remotePort}`;
}
