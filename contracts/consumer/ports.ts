/** The port of the recorder, which listens at once, later, or never. */
import { randomInt } from 'node:crypto';
import type { Server } from 'node:http';
import { type AddressInfo, createServer, type Server as NetServer } from 'node:net';

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

// Below the range from which systems choose ports for servers and connections: from 32768 on Linux, above that elsewhere.
const FIRST_PORT = 20_000;
const PORTS = 12_000;
let next = randomInt(PORTS);

/** Returns a port on which no server listens, and which the system chooses for no other server or connection. */
export async function unusedPort(): Promise<number> {
  for (let tried = 0; tried < PORTS; tried += 1) {
    const port = FIRST_PORT + next;
    next = (next + 1) % PORTS;
    if (await isUnused(port)) return port;
  }
  throw new Error(`no port from ${FIRST_PORT} to ${FIRST_PORT + PORTS - 1} is free`);
}

async function isUnused(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await listen(server, port);
  } catch {
    return false;
  }
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return true;
}

export async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
