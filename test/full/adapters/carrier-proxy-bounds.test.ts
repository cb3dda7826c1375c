/** The proxy with invalid clients, and when it stops. */
import { describe, expect, test } from 'vitest';
import { LOGIN_PATH } from '../../support/mock.js';
import { closeOf, openWire } from '../../support/sockets.js';
import {
  CONNECT,
  HEALTH,
  type Proxied,
  readUntil,
  secureTunnel,
  startProxied,
} from '../../support/tunnels.js';

const BODY = '{"version":"2.0"}';
const HALF = BODY.length / 2;
const HEAD = `POST ${LOGIN_PATH} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: ${BODY.length}\r\n\r\n`;

async function expectHealthy({ proxyUrl, ca }: Proxied): Promise<void> {
  const tls = await secureTunnel(proxyUrl, { ca });
  tls.write(HEALTH);
  expect(await readUntil(tls, '{"status":"ok"')).toContain('200 OK');
  tls.destroy();
}

describe('invalid clients', () => {
  test.each([
    { description: 'garbage', bytes: '\x00\x01\x02\r\n\r\n', answer: '400 Bad Request' },
    {
      description: 'TLS, as for an HTTPS proxy',
      bytes: '\x16\x03\x01\x02\x00',
      answer: '400 Bad Request',
    },
    {
      description: 'a CONNECT without a target',
      bytes: 'CONNECT  HTTP/1.1\r\n\r\n',
      answer: '403 HTTP/1.1 is refused',
    },
    {
      description: 'a CONNECT with a path',
      bytes: 'CONNECT /x HTTP/1.1\r\n\r\n',
      answer: '403 /x is refused',
    },
    {
      description: 'endless headers',
      bytes: `${CONNECT.slice(0, -2)}x: ${'y'.repeat(20_000)}`,
      answer: '431 Request Header Fields Too Large',
    },
  ])('$description is refused, and other clients still work', async ({ bytes, answer }) => {
    const server = await startProxied();
    const wire = openWire(server.proxyUrl, bytes);
    await wire.waitFor(answer);
    await expect.poll(wire.isClosed).toBe(true);
    await expectHealthy(server);
  });

  test.each([
    { description: 'no bytes', bytes: '' },
    { description: 'half a CONNECT', bytes: CONNECT.slice(0, 20) },
    { description: 'only a CONNECT', bytes: CONNECT },
    { description: 'a CONNECT and half a handshake', bytes: `${CONNECT}\x16\x03\x01` },
  ])(
    'the connection of a client that sends $description is closed after the timeout',
    async ({ bytes }) => {
      const { proxyUrl } = await startProxied({ requestTimeoutMs: 200 });
      const wire = openWire(proxyUrl, bytes);
      await expect.poll(wire.isClosed).toBe(true);
    },
  );

  test('garbage in a tunnel closes it, and other clients still work', async () => {
    const server = await startProxied();
    const wire = openWire(server.proxyUrl, `${CONNECT}GET / HTTP/1.1\r\n\r\n`);
    await expect.poll(wire.isClosed).toBe(true);
    await expectHealthy(server);
  });
});

describe('when the server stops', () => {
  test.each([
    { description: 'a connection without any bytes', bytes: '' },
    { description: 'a tunnel with half a handshake', bytes: `${CONNECT}\x16\x03\x01` },
  ])('$description is closed at once, before the request in flight ends', async ({ bytes }) => {
    const { proxyUrl, ca, close } = await startProxied();
    const silent = openWire(proxyUrl, bytes);
    if (bytes !== '') await silent.waitFor('200 Connection established');
    const [idle, busy] = [
      await secureTunnel(proxyUrl, { ca }),
      await secureTunnel(proxyUrl, { ca }),
    ];
    idle.write(HEALTH);
    await readUntil(idle, '{"status":"ok"');
    busy.write(HEAD);
    await readUntil(busy, '100 Continue');
    busy.write(BODY.slice(0, HALF));
    const closed = close();
    await expect.poll(() => silent.isClosed() && idle.destroyed).toBe(true);
    expect(busy.destroyed).toBe(false);
    busy.write(BODY.slice(HALF));
    await readUntil(busy, '"resultCode":"103811"');
    await closed;
  });

  test('a request that never ends is aborted', async () => {
    const { proxyUrl, ca, close } = await startProxied();
    const tls = await secureTunnel(proxyUrl, { ca });
    tls.write(HEAD);
    await readUntil(tls, '100 Continue');
    await close();
    await closeOf(tls.resume());
  });
});
