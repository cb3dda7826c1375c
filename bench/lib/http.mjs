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

/** Returns the response's text, or undefined if nothing listens or the connection breaks. */
export function ask(url, call) {
  return send(url, call).then(
    ({ text }) => text,
    () => undefined,
  );
}

/** A call of the control API, which must succeed. */
export async function call(url, { method = 'POST', body } = {}) {
  const { status, text } = await send(url, { method, body: typeof body === 'object' ? JSON.stringify(body) : body });
  if (status >= 300) throw new Error(`${method} ${url}: ${status} ${text.slice(0, 200)}`);
  return text === '' ? undefined : JSON.parse(text);
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
