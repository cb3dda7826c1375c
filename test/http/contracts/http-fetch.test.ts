/** The fetch of the control API: requests on the wire, persistent connections, and failed calls. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type FetchInit, keepAliveFetch } from '../../../contracts/kit/http.js';

async function serverWith(listener: RequestListener) {
  const server = createServer(listener);
  const sockets = new Set<unknown>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets };
}

function initOf(changes: Partial<FetchInit> = {}): FetchInit {
  return { method: 'POST', headers: { 'x-team': 'blue' }, signal: AbortSignal.timeout(60_000), ...changes };
}

test('requests and responses are complete, over one connection', async () => {
  const { url, sockets } = await serverWith(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    res.statusCode = 418;
    res.end(`${req.method} ${req.url} ${req.headers['x-team']} ${Buffer.concat(chunks)}`);
  });
  const fetch = keepAliveFetch();
  for (const body of ['一', '{}']) {
    const answer = await fetch(`${url}/a?b=c`, initOf({ body }));
    expect({ status: answer.status, text: await answer.text() }).toEqual({
      status: 418,
      text: `POST /a?b=c blue ${body}`,
    });
  }
  expect(await (await fetch(url, initOf({ method: 'GET' }))).text()).toBe('GET / blue ');
  expect(sockets.size).toBe(1);
});

test('an aborted call rejects', async () => {
  const { url } = await serverWith(() => undefined);
  const ended = new AbortController();
  const call = keepAliveFetch()(url, initOf({ signal: ended.signal }));
  ended.abort(new Error('enough'));
  await expect(call).rejects.toThrow();
});

test('an incomplete response rejects, and so does a missing server', async () => {
  const { url } = await serverWith((_req, res) => {
    res.writeHead(200, { 'content-length': '99' });
    res.write('half', () => res.destroy());
  });
  await expect(keepAliveFetch()(url, initOf())).rejects.toThrow('aborted');
  await expect(keepAliveFetch()('http://127.0.0.1:9', initOf())).rejects.toThrow('ECONNREFUSED');
});
