/** Plain sockets, for tests that an HTTP client cannot do. */
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { eventually } from './poll.js';

export interface Wire {
  readonly socket: Socket;
  received(): string;
  isClosed(): boolean;
  /** Waits until this text is received. */
  waitFor(text: string): Promise<string>;
}

/** Opens a connection and writes this text. */
export function openWire(url: string, text: string): Wire {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  const state = { received: '', closed: false };
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    state.received += chunk;
  });
  // After a reset, the event `close` follows.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    state.closed = true;
  });
  socket.write(text);
  return {
    socket,
    received: () => state.received,
    isClosed: () => state.closed,
    waitFor: (expected) =>
      eventually(expected, () => {
        if (state.received.includes(expected)) return state.received;
        if (state.closed) throw new Error(`closed before ${expected}: ${state.received}`);
        return undefined;
      }),
  };
}

/** Waits until the connection is closed, with or without a reset. */
export function closeOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once('close', () => resolve());
  });
}

/** Waits until the server accepts no connections. */
export function refusesConnections(url: string): Promise<true> {
  const { hostname, port } = new URL(url);
  return eventually('the end of listening', () => {
    return new Promise<true | undefined>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.destroy();
        resolve(undefined);
      });
      socket.on('error', () => resolve(true));
    });
  });
}

/**
 * Returns a port that refuses connections until the test ends. It is the local port of an open connection, so no server
 * is given it, and none listens on it.
 */
export async function refusingPort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
    server.close();
  });
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket.localPort ?? 0;
}

/** Returns a port that another server uses until the test ends. */
export async function portInUse(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}
