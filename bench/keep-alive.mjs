/**
 * Counts the calls of the reference client that fail because the server closes an idle connection while the request is on
 * its way: with the global fetch, and with an Agent that closes connections earlier. `node bench/keep-alive.mjs`
 */
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, fetch as fetchByUndici } from 'undici';
import { createCmpassportClient } from '../dist/client.js';

const IDLE_MS = 300;
const AGENT_IDLE_MS = 200;
/** Of the path to the server, in each direction. */
const DELAY_MS = 20;
const CLIENTS = 10;
const CALLS = 15;
/** Pauses between calls: around the idle time. */
const PAUSES_MS = [250, 350];

async function listening(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server.address().port;
}

/** Refuses each token, and closes idle connections without announcing it. */
const carrier = createHttpServer((req, res) => {
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', () => {
    const { msgid } = JSON.parse(Buffer.concat(chunks).toString());
    res.end(JSON.stringify({ inresponseto: msgid, resultCode: '104201' }));
  });
});
carrier.keepAliveTimeout = 0;
carrier.on('connection', (socket) => socket.setTimeout(IDLE_MS, () => socket.destroy()));

const port = await listening(carrier);

/** Forwards bytes and the end of a connection, each after the delay. */
function forward(from, to) {
  from.on('data', (chunk) => setTimeout(() => to.write(chunk), DELAY_MS));
  from.on('error', () => undefined);
  from.on('close', () => setTimeout(() => to.destroy(), DELAY_MS));
}
const path = createServer((client) => {
  const server = connect(port, '127.0.0.1');
  forward(client, server);
  forward(server, client);
});
const baseUrl = `http://127.0.0.1:${await listening(path)}`;

async function failuresOf(fetch) {
  const failures = { ERR_NETWORK: 0, maybeSent: 0 };
  const [shortest, longest] = PAUSES_MS;
  const run = async (_, at) => {
    const client = createCmpassportClient({ appId: '300011223344', appSecret: 'secret', baseUrl, fetch });
    for (let call = 0; call < CALLS; call += 1) {
      await client.getPhoneNumber('STsid').catch(({ code, maybeSent }) => {
        failures[code] += 1;
        if (maybeSent) failures.maybeSent += 1;
      });
      await sleep(shortest + (((at * CALLS + call) * 37) % (longest - shortest)));
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, run));
  return failures;
}

const agent = new Agent({ keepAliveTimeout: AGENT_IDLE_MS });
const byAgent = (url, init) => fetchByUndici(url, { ...init, dispatcher: agent });
for (const [name, fetch] of [
  ['the global fetch', globalThis.fetch],
  [`an Agent with keepAliveTimeout ${AGENT_IDLE_MS}`, byAgent],
]) {
  const { ERR_NETWORK, maybeSent } = await failuresOf(fetch);
  console.log(`${name}: ${ERR_NETWORK} of ${CLIENTS * CALLS} calls failed, ${maybeSent} with maybeSent: true`);
}
process.exit();
