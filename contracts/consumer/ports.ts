/** The port of the recorder, which listens at once, later, or never. */
import type { Server } from 'node:http';
import { type AddressInfo, connect, createServer, type Server as NetServer } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** Returns the port; by default any free port. */
export async function listen(server: NetServer, port = 0): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
  return (server.address() as AddressInfo).port;
}

export function urlOfPort(port: number): string {
  return `http://${LOOPBACK}:${port}`;
}

export interface HeldPort {
  readonly port: number;
  /** After this, a server can listen on the port. */
  release(): Promise<void>;
}

/**
 * A port on which no server listens. An open connection from the port holds it, so the system gives it to no other
 * server, such as the recorder of a parallel scenario.
 */
export async function heldPort(): Promise<HeldPort> {
  const anchor = createServer((socket) => socket.on('error', () => undefined));
  const holder = connect(await listen(anchor), LOOPBACK);
  await new Promise<void>((resolve, reject) => {
    holder.once('error', reject);
    holder.once('connect', resolve);
  });
  const { localPort } = holder;
  if (localPort === undefined) throw new TypeError('the connection has no local port');
  return {
    port: localPort,
    release: async () => {
      // After a normal close, the port would stay in use for another minute.
      holder.resetAndDestroy();
      await new Promise<void>((resolve) => anchor.close(() => resolve()));
    },
  };
}

export async function closed(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
