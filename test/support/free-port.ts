/** A port for a server that a test starts, stops and starts again. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below the range of ephemeral ports, so that no server of another test takes the port meanwhile.
const FREE_PORTS = { from: 20_000, count: 10_000 } as const;

/** Returns a free port. */
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
