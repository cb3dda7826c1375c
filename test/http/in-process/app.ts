/** Servers with the carrier's middleware, on a port until the end of the test. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { onTestFinished } from 'vitest';
import { createCarrierMiddleware } from '../../../mock-server/middleware.js';
import type { MockServerOptions } from '../../../mock-server/server.js';

/** Returns the URL of the server. */
export async function serve(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createServer(listener))}`;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

/** A replacement for createMockServer: an Express app with only the carrier. */
export async function expressServer({ configuration = {}, ...options }: MockServerOptions = {}) {
  const { seed, controlToken, trustProxy } = options;
  const carrier = createCarrierMiddleware({
    configuration,
    ...(seed !== undefined && { seed }),
    ...(controlToken !== undefined && { controlToken }),
    ...(trustProxy !== undefined && { trustProxy }),
  });
  const server = createServer(express().disable('x-powered-by').use(carrier));
  const url = `http://127.0.0.1:${await listen(server)}`;
  const close = async () => {
    carrier.close();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url, mock: carrier.mock, close };
}
