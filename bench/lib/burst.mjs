/** Sends each body once over a few connections, for measurements of the server's CPU time. */
import { Agent, request } from 'node:http';

const CONNECTIONS = 16;

/** Sends all bodies and resolves to the number of responses that contain the text. */
export async function burst(url, bodies, wanted) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let next = 0;
  let found = 0;
  const sendOn = async () => {
    while (next < bodies.length) {
      next += 1;
      if ((await send(agent, url, bodies[next - 1])).includes(wanted)) found += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, sendOn));
  agent.destroy();
  return found;
}

function send(agent, url, body) {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: 'POST', headers }, (res) => {
      let text = '';
      res.setEncoding('utf8');
      res.on('data', (chunk) => {
        text += chunk;
      });
      res.on('end', () => resolve(text));
    });
    sent.on('error', reject).end(body);
  });
}
