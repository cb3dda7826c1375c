/** Requests of the kit over HTTP: on the wire, over shared connections, and failed. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { httpSubject } from '../../../contracts/kit/http.js';
import type { WireRequest } from '../../../contracts/kit/wire.js';

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

function requestOf(body: string): WireRequest {
  return { method: 'POST', path: '/a?b=c', headers: [['x-team', 'blue']], body: Buffer.from(body) };
}

test.each([
  { keepAlive: true, connections: 1 },
  { keepAlive: false, connections: 2 },
])('requests and responses are complete, keepAlive $keepAlive', async ({ keepAlive, connections }) => {
  const { url, sockets } = await serverWith(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    res.statusCode = 418;
    res.end(`${req.method} ${req.url} ${req.headers['x-team']} ${Buffer.concat(chunks)}`);
  });
  const subject = httpSubject({ baseUrl: url, timeoutMs: 60_000, keepAlive });
  for (const body of ['一', '']) {
    const { status, body: text } = await subject.send(requestOf(body));
    expect({ status, text }).toEqual({ status: 418, text: `POST /a?b=c blue ${body}` });
  }
  expect(sockets.size).toBe(connections);
});

test('an incomplete response rejects, and so does a missing server', async () => {
  const { url } = await serverWith((_req, res) => {
    res.writeHead(200, { 'content-length': '99' });
    res.write('half', () => res.destroy());
  });
  const sent = (baseUrl: string) => httpSubject({ baseUrl, timeoutMs: 60_000 }).send(requestOf('{}'));
  await expect(sent(url)).rejects.toThrow('aborted');
  await expect(sent('http://127.0.0.1:9')).rejects.toThrow('ECONNREFUSED');
});

test.each([
  { charset: undefined, bytes: Buffer.from('{"desc":"签名错误"}') },
  {
    charset: 'GBK',
    bytes: Buffer.concat([Buffer.from('{"desc":"'), Buffer.from('c7a9c3fbb4edcef3', 'hex'), Buffer.from('"}')]),
  },
])('a response in $charset is decoded', async ({ charset, bytes }) => {
  const { url } = await serverWith((_req, res) => void res.end(bytes));
  const answer = await httpSubject({ baseUrl: url, timeoutMs: 60_000 }).send(requestOf('{}'));
  expect(answer).toMatchObject({ body: '{"desc":"签名错误"}', ...(charset && { charset }) });
  expect(answer.charset).toBe(charset);
});
