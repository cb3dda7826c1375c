/** Where the recorder listens: at once, after a while, or never. */
import type { Server } from 'node:http';
import { type AddressInfo, connect, createServer, type Server as NetServer } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** The port; any free one unless it is given. */
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
  /** After this a server may listen there. */
  release(): Promise<void>;
}

/**
 * A port on which no server listens. While it is held, the system gives it to no other server that asks for a free
 * port, so that a scenario that runs at the same time does not answer there: a connection from the port holds it.
 */
export async function heldPort(): Promise<HeldPort> {
  const anchor = createServer((socket) => socket.on('error', () => undefined));
  const holder = connect(await listen(anchor), LOOPBACK);
  await new Promise<void>((resolve, reject) => {
    holder.once('error', reject);
    holder.once('connect', resolve);
  });
  const { localPort } = holder;
  if (localPort === undefined) throw new TypeError('a connection has no port of its own');
  return {
    port: localPort,
    release: async () => {
      // Closed in the usual way, the port would be taken for a minute longer.
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
