/**
 * Calls one tool in this process as fast as possible, and prints one line of JSON.
 * `node in-process-worker.mjs <tool> <way> <operation>`
 */
// The default import, because nock replaces its request().
import https from 'node:https';
import { createRequire } from 'node:module';
import { getResponse, HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { APP } from '../lib/workloads.mjs';
import { CONTENT_TYPE, OPERATIONS } from './operations.mjs';

// Its folder has its own node_modules.
const load = createRequire(import.meta.url);
const ORIGIN = 'https://www.cmpassport.com';
const AT_ONCE = 16;
const HEADERS = { 'content-type': 'application/json' };
const ANSWERED = { 'content-type': CONTENT_TYPE };
/** The warm-up takes about two seconds for the mock, and V8 has compiled the code. `direct` is many times faster. */
const CALLS = { fetch: { warmUp: 3_000, measured: 6_000 }, direct: { warmUp: 20_000, measured: 40_000 } };

const [, , tool, way, operationName] = process.argv;
const operation = OPERATIONS.find((row) => row.operation === operationName);
const url = ORIGIN + operation.path;
const { warmUp, measured } = CALLS[way];

/** Each tool resolves to functions that send a body and resolve to the response's text. `mint` issues tokens, if needed. */
const TOOLS = {
  'cmpassport-mock/msw': async () => {
    const carrier = await newCarrier();
    return { ...waysOfMsw(carrier.handlers), mint: (count) => mintAll(carrier, count) };
  },
  'carrier.fetch': async () => {
    const carrier = await newCarrier();
    const send = byFetch(carrier.fetch);
    return { fetch: send, direct: send, mint: (count) => mintAll(carrier, count) };
  },
  msw: async () => waysOfMsw([http.post(url, () => new HttpResponse(operation.canned, { headers: ANSWERED }))]),
  nock: async () => {
    load('nock')(ORIGIN).persist().post(operation.path).reply(200, operation.canned, ANSWERED);
    return { fetch: byFetch(fetch), direct: byNodeHttps };
  },
  undici: async () => {
    const { MockAgent, fetch: undiciFetch, request } = load('undici');
    const dispatcher = new MockAgent();
    dispatcher.disableNetConnect();
    const intercepted = dispatcher.get(ORIGIN).intercept({ path: operation.path, method: 'POST' });
    intercepted.reply(200, operation.canned, { headers: ANSWERED }).persist();
    const direct = async (body) =>
      (await request(url, { method: 'POST', headers: HEADERS, body, dispatcher })).body.text();
    return { fetch: byFetch((to, init) => undiciFetch(to, { ...init, dispatcher })), direct };
  },
};

async function newCarrier() {
  const { createCarrierHandlers } = await import(new URL('../../dist/msw.js', import.meta.url).href);
  return createCarrierHandlers({ app: APP });
}

function waysOfMsw(handlers) {
  if (way === 'fetch') setupServer(...handlers).listen({ onUnhandledRequest: 'error' });
  const direct = async (body) =>
    (await getResponse(handlers, new Request(url, { method: 'POST', headers: HEADERS, body }))).text();
  return { fetch: byFetch(fetch), direct };
}

function byFetch(fetching) {
  return async (body) => (await fetching(url, { method: 'POST', headers: HEADERS, body })).text();
}

function byNodeHttps(body) {
  return new Promise((resolve, reject) => {
    const sent = https.request(url, { method: 'POST', headers: HEADERS }, async (res) =>
      resolve(Buffer.concat(await res.toArray()).toString()),
    );
    sent.on('error', reject).end(body);
  });
}

async function mintAll(carrier, count) {
  const { capability, phoneNumber } = operation;
  const minted = await carrier.mintMany(count, { capability, phoneNumber });
  return minted.map(({ token }) => token);
}

async function sendAll(send, bodies) {
  let next = 0;
  const sendOn = async () => {
    while (next < bodies.length) {
      next += 1;
      const answer = await send(bodies[next - 1]);
      if (!answer.includes(operation.success)) throw new Error(`not a success: ${answer}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendOn));
}

const { mint, [way]: send } = await TOOLS[tool]();
const count = warmUp + measured;
const tokens =
  (await mint?.(count)) ?? Array.from({ length: count }, (_, at) => `STsid${String(at).padStart(51, '0')}`);
const bodies = tokens.map(operation.bodyOf);
await sendAll(send, bodies.slice(0, warmUp));
const startedMs = performance.now();
const startedCpu = process.cpuUsage();
await sendAll(send, bodies.slice(warmUp));
const seconds = (performance.now() - startedMs) / 1000;
const { user, system } = process.cpuUsage(startedCpu);
console.log(JSON.stringify({ perSecond: measured / seconds, cpu: (user + system) / measured }));
process.exit();
