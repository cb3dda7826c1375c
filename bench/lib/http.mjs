/** A small client for load and calls: keep-alive connections, texts in and out. */
import { Agent, request } from 'node:http';

/** Resolves to the response. `headers` is one text, in the order in which the server sent them. */
export function send(url, { agent, method = 'POST', body = '' }) {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers }, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      res.on('end', () => {
        const names = res.rawHeaders.map((part, at) => (at % 2 === 0 ? `${part}: ` : `${part}\n`));
        resolve({ status: res.statusCode, headers: names.join(''), text });
      });
      res.on('error', reject);
    });
    sent.on('error', reject).end(body);
  });
}

/** Runs `work(agent)` on this many connections at once. */
export async function onConnections(connections, work) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  try {
    return await Promise.all(Array.from({ length: connections }, () => work(agent)));
  } finally {
    agent.destroy();
  }
}

/** Sends each body once over 16 connections. Resolves to the number of responses that contain the text. */
export async function burst(url, bodies, wanted) {
  let next = 0;
  let found = 0;
  await onConnections(16, async (agent) => {
    while (next < bodies.length) {
      next += 1;
      if ((await send(url, { agent, body: bodies[next - 1] })).text.includes(wanted)) found += 1;
    }
  });
  return found;
}
