/** Ports listened on, and let go of: requests in flight are finished, what was never used is ended. */
import { executionAsyncResource } from 'node:async_hooks';
import type { Server } from 'node:http';
import { Server as HttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { UsageError } from '../cli/usage-error.js';
import { CLOSE_GRACE_MS } from './held-answers.js';
import { keyOf } from './reset.js';

/**
 * process.nextTick makes an object for each callback. A garbage collection that finds none of them alive clears what V8
 * has learned of their shape, and from then on each costs five times as much, as long as the process lives. So one
 * stays alive. bench/README.md has the figures.
 */
const keptTicks: object[] = [];
process.nextTick(() => keptTicks.push(executionAsyncResource()));

const CLOSE_CHECK_MS = 20;
// A thousand connections at once wait here until they are accepted.
export const BACKLOG = 1024;

export interface Listener {
  readonly server: Server | HttpsServer;
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  /** What mistakes call the two by. */
  readonly called: { readonly host: string; readonly port: string };
}

/** Listens on all of them, or on none: rejects with a UsageError where a place cannot be had. The function that is returned closes them. */
export async function openListeners(listeners: readonly Listener[]): Promise<() => Promise<void>> {
  const closables = listeners.map(({ server }) => ({ server, connections: rememberConnections(server) }));
  try {
    for (const listener of listeners) await listen(listener);
  } catch (error) {
    await closeAll(closables, 0);
    throw error;
  }
  return () => closeAll(closables, CLOSE_GRACE_MS);
}

function listen({ server, host, port, called }: Listener): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, { host, port, called })));
    server.listen({ host, port, backlog: BACKLOG }, resolve);
  });
}

function listenError(
  error: NodeJS.ErrnoException,
  { host, port, called }: Pick<Listener, 'host' | 'port' | 'called'>,
): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new UsageError(`port ${port} on ${host} is taken: give another with ${called.port}, 0 picks a free one`);
    case 'EACCES':
      return new UsageError(
        `port ${port} needs more rights than this user has: give one above 1023 with ${called.port}`,
      );
    case 'EADDRNOTAVAIL':
    case 'EINVAL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new UsageError(`${called.host} ${host} is no address of this machine`);
    default:
      return error;
  }
}

/** Where a server that listens on every address is reached from its own machine. */
const UNSPECIFIED: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** Without a slash at its end. */
export function urlOf({ scheme, server, host }: Listener): string {
  const { port } = server.address() as AddressInfo;
  const reachable = UNSPECIFIED[host] ?? host;
  return `${scheme}://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

interface Connections {
  /**
   * Ends those that a client made and never used: Node does not count them as idle, so that a server that stops would
   * wait for a request that does not come. Nor does it know a connection to the HTTPS port before its handshake.
   */
  endUnused(): void;
  endAll(): void;
}

function rememberConnections(server: Server | HttpsServer): Connections {
  const tcp = rememberOpen(server, 'connection');
  // Of a TLS connection the bytes of its handshake do not count.
  const ready = server instanceof HttpsServer ? rememberOpen(server, 'secureConnection') : tcp;
  return {
    endUnused: () => {
      for (const socket of ready) if (socket.bytesRead === 0) socket.destroy();
      const keys = new Set([...ready].map(keyOf));
      for (const socket of tcp) if (!keys.has(keyOf(socket))) socket.destroy();
    },
    endAll: () => {
      for (const socket of tcp) socket.destroy();
    },
  };
}

function rememberOpen(server: Server | HttpsServer, event: 'connection' | 'secureConnection'): ReadonlySet<Socket> {
  const open = new Set<Socket>();
  server.on(event, (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return open;
}

interface Closable {
  readonly server: Server | HttpsServer;
  readonly connections: Connections;
}

async function closeAll(closables: readonly Closable[], graceMs: number): Promise<void> {
  const closed = closables.map(({ server }) => new Promise<void>((resolve) => server.close(() => resolve())));
  for (const { connections } of closables) connections.endUnused();
  // A connection turns idle when its last answer has gone, which may be at any time from now on.
  const idle = setInterval(() => {
    for (const { server } of closables) server.closeIdleConnections();
  }, CLOSE_CHECK_MS);
  const grace = setTimeout(() => {
    for (const { connections } of closables) connections.endAll();
  }, graceMs);
  await Promise.all(closed);
  clearInterval(idle);
  clearTimeout(grace);
}
