/** The control API over HTTP: what only a socket shows. */
import { expect, test } from 'vitest';
import { socketBench } from '../../support/control.js';
import { LOGIN_PATH, send, startMock } from '../../support/mock.js';
import { faultsOf } from '../../support/openapi.js';
import { openWire } from '../../support/sockets.js';

test.each([{ bytes: 10 }, { bytes: 200_000 }, { bytes: 2_000_000 }])(
  'a refused body of $bytes bytes does not block the next request of its connection',
  async ({ bytes }) => {
    const { url } = await startMock({ controlToken: 'let-me-in' });
    const head = `POST /_mock/apps HTTP/1.1\r\nHost: x\r\nContent-Length: ${bytes}\r\n\r\n`;
    const wire = openWire(url, `${head}${' '.repeat(bytes)}GET /_mock/health HTTP/1.1\r\nHost: x\r\n\r\n`);
    await wire.waitFor('"status":"ok"');
    expect(wire.received()).toContain('HTTP/1.1 401');
    wire.socket.destroy();
  },
);

test('a header that was sent twice is an array', async () => {
  const { api } = await socketBench();
  const { headers } = await api
    .post(LOGIN_PATH)
    .set({ 'x-several': ['one', 'two'] })
    .send('{}');
  const { body } = await api.get(`/_mock/requests/${headers['x-mock-request-id']}`);
  expect(body.request.headers['x-several']).toEqual(['one', 'two']);
});

test('watchRequests: the stream and its records match their schemas', async () => {
  const { url } = await startMock();
  const abort = new AbortController();
  const { status, headers, body } = await fetch(`${url}/_mock/events`, { signal: abort.signal });
  await send(url, 'POST', LOGIN_PATH, 'no JSON');
  let text = '';
  for await (const chunk of body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.includes('data:')) break;
  }
  abort.abort();
  const contentType = headers.get('content-type') ?? undefined;
  expect(faultsOf('watchRequests', { status, contentType, body: text })).toEqual([]);
  const record = JSON.parse(/^data: ?(.*)$/m.exec(text)?.[1] ?? '');
  expect(faultsOf('getRequest', { status, contentType: 'application/json', body: record })).toEqual([]);
});
