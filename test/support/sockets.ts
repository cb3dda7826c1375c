/** Plain sockets, for what an HTTP client would not do. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { eventually } from './poll.js';

export interface Wire {
  readonly socket: Socket;
  received(): string;
  isClosed(): boolean;
  /** Waits until this text has come. */
  comes(text: string): Promise<string>;
}

/** A connection that writes this text first. */
export function openWire(url: string, text: string): Wire {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  const state = { received: '', closed: false };
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    state.received += chunk;
  });
  // A reset is seen by its close.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    state.closed = true;
  });
  socket.write(text);
  return {
    socket,
    received: () => state.received,
    isClosed: () => state.closed,
    comes: (expected) =>
      eventually(expected, () => {
        if (state.received.includes(expected)) return state.received;
        if (state.closed) throw new Error(`closed before ${expected}: ${state.received}`);
        return undefined;
      }),
  };
}

/** Waits until nobody accepts connections there any more. */
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

/** A port that somebody else has, until the test is done. */
export async function takenPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

// Below the ports that systems give to those who ask for any: a server of another test does not take it meanwhile.
const FREE_PORTS = { from: 20_000, count: 10_000 } as const;

/** A port that no server listens on. */
export async function freePort(): Promise<number> {
  const port = FREE_PORTS.from + randomInt(FREE_PORTS.count);
  const server = createServer();
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (!isFree) return freePort();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
