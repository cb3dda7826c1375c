/** mockttp is a library: the server that one writes with it. `node mockttp-server.mjs <port>` */
import { Server } from 'node:net';
import { load } from './lib/installed.mjs';
import { CONTENT_TYPE, OPERATIONS } from './operations.mjs';

// It has no option for the address, and would listen on all of them.
const { listen } = Server.prototype;
Server.prototype.listen = function listenOnLoopback(port) {
  return listen.call(this, port, '127.0.0.1');
};

// Otherwise it keeps every request for as long as it runs, which no load test could be given.
const server = load('mockttp').getLocal({ recordTraffic: false });
for (const { path, canned } of OPERATIONS) {
  // Beside headers of one's own it adds none, and without a length each answer would end its connection.
  const headers = { 'Content-Type': CONTENT_TYPE, 'Content-Length': String(Buffer.byteLength(canned)) };
  await server.forPost(path).thenReply(200, canned, headers);
}
await server.start(Number(process.argv[2]));
