/** Opens and closes ports. Closing waits for pending requests and ends unused connections. */
import type { Server } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { CLOSE_GRACE_MS } from '../http/deliver.js';
import { keyOf } from '../http/reset.js';
import './kept-tick.js';
import { serverError } from './messages.js';

const CLOSE_CHECK_MS = 20;
// A thousand simultaneous connections can wait until they are accepted.
export const BACKLOG = 1024;

export interface Listener {
  readonly scheme: 'http' | 'https';
  readonly server: Server | HttpsServer;
  readonly host: string;
  readonly port: number;
  /** The names of both options in error messages. */
  readonly called: { readonly host: string; readonly port: string };
}

/** Listens on all or, if one fails, on none: then it rejects with a UsageError. The returned function closes all. */
export async function openListeners(
  listeners: readonly Listener[],
): Promise<(drainMs: number) => Promise<void>> {
  const closables = listeners.map(rememberConnections);
  try {
    for (const listener of listeners) await listen(listener);
  } catch (error) {
    await closeAll(closables, { drainMs: 0, graceMs: 0 });
    throw error;
  }
  return (drainMs) => closeAll(closables, { drainMs, graceMs: CLOSE_GRACE_MS });
}

function listen({ server, host, port, called }: Listener): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(listenError(error, { host, port, called })),
    );
    server.listen({ host, port, backlog: BACKLOG }, resolve);
  });
}

function listenError(
  error: NodeJS.ErrnoException,
  { host, port, called }: Pick<Listener, 'host' | 'port' | 'called'>,
): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return serverError('port.in-use', { port, host, option: called.port });
    case 'EACCES':
      return serverError('port.no-permission', { port, option: called.port });
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'EINVAL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return serverError('host.not-of-this-machine', { host, option: called.host });
    default:
      return error;
  }
}

/** The address at which this machine reaches a server that listens on every address. */
const UNSPECIFIED: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** Of a server that listens on a port. */
export function addressOf(server: Server | HttpsServer): AddressInfo {
  return server.address() as AddressInfo;
}

/** Without a final slash. */
export function urlOf({ scheme, server, host }: Listener): string {
  const { port } = addressOf(server);
  const reachable = UNSPECIFIED[host] ?? host;
  return `${scheme}://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

/** A server and its connections. */
interface Closable {
  readonly server: Server | HttpsServer;
  /**
   * Ends connections that a client opened and never used. Node does not count them as idle, so a stopping server would wait
   * for them. Node also does not track connections to the HTTPS port before their handshake.
   */
  endUnused(): void;
  endAll(): void;
}

function rememberConnections({ scheme, server }: Listener): Closable {
  const tcp = rememberOpen(server, 'connection');
  // For HTTPS, `bytesRead` of these sockets does not include the handshake.
  const ready = scheme === 'https' ? rememberOpen(server, 'secureConnection') : tcp;
  return {
    server,
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

function rememberOpen(
  server: Server | HttpsServer,
  event: 'connection' | 'secureConnection',
): ReadonlySet<Socket> {
  const open = new Set<Socket>();
  server.on(event, (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return open;
}

/** `drainMs`: how long an idle connection may still send a request. */
async function closeAll(
  closables: readonly Closable[],
  { drainMs, graceMs }: { readonly drainMs: number; readonly graceMs: number },
): Promise<void> {
  // The connections and requests that arrived before are accepted first.
  await nextTurn();
  // Unlike the close() of an HTTP server, this leaves idle connections open.
  const stopListening = ({ server }: Closable) =>
    new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
  const closed = Promise.all(closables.map(stopListening));
  const grace = setTimeout(() => {
    for (const closable of closables) closable.endAll();
  }, graceMs);
  await Promise.race([closed, wait(drainMs, undefined, { ref: false })]);
  for (const closable of closables) closable.endUnused();
  // A connection becomes idle when its last response is sent.
  const endIdle = () => {
    for (const { server } of closables) server.close();
  };
  endIdle();
  const idle = setInterval(() => setImmediate(endIdle), CLOSE_CHECK_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(grace);
}
