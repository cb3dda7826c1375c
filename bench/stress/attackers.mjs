/**
 * Opens abusive connections, in its own process so that only the server is slowed down:
 * `node attackers.mjs <kind> <url> <httpsUrl> <connections>`, until SIGTERM. It prints a line when all connections were
 * open once, and at the end the number of connections.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const [, , kind, url, httpsUrl, connections] = process.argv;
const PATH = '/unisdk/rsapi/loginTokenValidate';
// The pause between two turns of a connection, so that many connections do not use a whole core.
const PACE_MS = 50;
const DRIP_MS = 200;
const OVERSIZED_HEADER = 32 * 1024;
const OVERSIZED_BODY = 1024 * 1024;
const PIPELINED = 50;
const CLIENT_HELLO_BEGINNING = Buffer.from('16030102000100', 'hex');

let made = 0;

function open(target) {
  const { hostname, port } = new URL(target);
  const socket = connect(Number(port), hostname);
  // Some attacks cause resets.
  socket.on('error', () => undefined);
  socket.resume();
  socket.once('connect', () => {
    made += 1;
    if (made === Number(connections)) console.log('ready');
  });
  return socket;
}

function headWith(...lines) {
  return `${[`POST ${PATH} HTTP/1.1`, 'Host: a', ...lines].join('\r\n')}\r\n\r\n`;
}

async function closed(socket) {
  if (!socket.closed) await once(socket, 'close');
}

async function drip(first, more) {
  const socket = open(url);
  socket.write(first);
  const dripping = setInterval(() => socket.write(more), DRIP_MS);
  await closed(socket);
  clearInterval(dripping);
}

async function sendAndWait(bytes) {
  const socket = open(url);
  socket.end(bytes);
  await closed(socket);
}

async function sendAndGo(bytes, go) {
  const socket = open(url);
  await once(socket, 'connect');
  await new Promise((resolve) => socket.write(bytes, resolve));
  go(socket);
  await closed(socket);
}

const destroy = (socket) => socket.destroy();
const reset = (socket) => socket.resetAndDestroy();
const small = `${headWith('Content-Length: 2')}{}`;

/** One turn of a connection. `none` is the control. */
const TURNS = {
  none: () => undefined,
  'slow headers': () => drip(`POST ${PATH} HTTP/1.1\r\nHost: a\r\n`, 'A: b\r\n'),
  'slow bodies': () => drip(headWith('Content-Length: 60000'), ' '),
  'half-open': async () => {
    const socket = open(url);
    socket.write('POST / HT');
    await closed(socket);
  },
  'oversized headers': () => sendAndWait(headWith(`A: ${'a'.repeat(OVERSIZED_HEADER)}`)),
  'oversized bodies': () =>
    sendAndWait(headWith(`Content-Length: ${OVERSIZED_BODY}`, 'Connection: close') + ' '.repeat(OVERSIZED_BODY)),
  pipelined: () => sendAndWait(small.repeat(PIPELINED)),
  'aborted in the body': () => sendAndGo(`${headWith('Content-Length: 500')}{"version":`, reset),
  'aborted before the answer': () => sendAndGo(small, reset),
  'abandoned TLS handshakes': async () => {
    const socket = open(httpsUrl);
    socket.write(CLIENT_HELLO_BEGINNING);
    await sleep(PACE_MS);
    socket.destroy();
    await closed(socket);
  },
  'opened and closed': () => sendAndGo('', destroy),
};

async function attack() {
  for (;;) {
    await TURNS[kind]();
    await sleep(PACE_MS);
  }
}

process.on('SIGTERM', () => {
  console.log(made);
  process.exit();
});
// Keeps the process alive without connections, and ends it when the parent ends.
process.stdin.resume().on('end', () => process.exit());
if (connections === '0') console.log('ready');
await Promise.all(Array.from({ length: Number(connections) }, () => attack()));
