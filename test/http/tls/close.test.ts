/** Closing a server with HTTPS: a connection without a handshake does not delay it. */
import { expect, test } from 'vitest';
import { LOGIN_PATH, startMock } from '../../support/mock.js';
import { openWire } from '../../support/sockets.js';
import { caOf, sendSecurely, tlsFolder } from '../../support/tls.js';

const BODY = '{"version":"2.0"}';
const HALF = BODY.length / 2;
const HEAD = `POST ${LOGIN_PATH} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: ${BODY.length}\r\n\r\n`;

test.each([
  { description: 'a connection that sends nothing', bytes: '' },
  { description: 'a connection that stops in its handshake', bytes: '\x16\x03\x01' },
])('$description is closed at once, before the request in flight is complete', async ({ bytes }) => {
  const server = await startMock({ httpsPort: 0, tlsDir: await tlsFolder() });
  const { url, httpsUrl = '' } = server;
  const silent = openWire(httpsUrl, bytes);
  const ca = await caOf(url);
  expect((await sendSecurely(httpsUrl, { ca, body: BODY })).json).toMatchObject({ resultCode: '103811' });
  const request = openWire(url, HEAD);
  await request.waitFor('100 Continue');
  request.socket.write(BODY.slice(0, HALF));
  const closed = server.close();
  await expect.poll(silent.isClosed).toBe(true);
  expect(request.isClosed()).toBe(false);
  request.socket.write(BODY.slice(HALF));
  await request.waitFor('"resultCode":"103811"');
  await closed;
});
