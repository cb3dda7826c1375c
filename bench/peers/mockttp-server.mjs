/** A server with the library mockttp: `node mockttp-server.mjs <port>`. */
import { createRequire } from 'node:module';
import { Server } from 'node:net';
import { CONTENT_TYPE, OPERATIONS } from './operations.mjs';

// mockttp has no option for the address, and listens on all addresses.
const { listen } = Server.prototype;
Server.prototype.listen = function listenOnLoopback(port) {
  return listen.call(this, port, '127.0.0.1');
};

// Otherwise it keeps every request in memory.
const server = createRequire(import.meta.url)('mockttp').getLocal({ recordTraffic: false });
for (const { path, canned } of OPERATIONS) {
  // mockttp adds no headers to custom ones, and without Content-Length each response closes its connection.
  const headers = {
    'Content-Type': CONTENT_TYPE,
    'Content-Length': String(Buffer.byteLength(canned)),
  };
  await server.forPost(path).thenReply(200, canned, headers);
}
await server.start(Number(process.argv[2]));
