/** What a proxy's clients get wrong, how many of them there are, and its end. */
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { LOGIN_PATH } from '../../support/mock.js';
import { CONNECT, HEALTH, type Proxied, reads, startProxied } from '../../support/proxied.js';
import { openWire } from '../../support/sockets.js';
import { connectTo, openTunnel, secureTunnel } from '../../support/tunnels.js';

const BODY = '{"version":"2.0"}';
const HALF = BODY.length / 2;
const HEAD = `POST ${LOGIN_PATH} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: ${BODY.length}\r\n\r\n`;
const MANY = 200;
const SOME = 50;

async function staysHealthy({ proxyUrl, ca }: Proxied): Promise<void> {
  const tls = await secureTunnel(proxyUrl, { ca });
  tls.write(HEALTH);
  expect(await reads(tls, '{"status":"ok"}')).toContain('200 OK');
  tls.destroy();
}

describe('bounds', () => {
  test.each([
    { description: 'garbage', bytes: '\x00\x01\x02\r\n\r\n', answer: '400 Bad Request' },
    { description: 'TLS, as to a proxy of https', bytes: '\x16\x03\x01\x02\x00', answer: '400 Bad Request' },
    {
      description: 'a CONNECT without a target',
      bytes: 'CONNECT  HTTP/1.1\r\n\r\n',
      answer: '403 HTTP/1.1 is refused',
    },
    { description: 'a CONNECT of a path', bytes: 'CONNECT /x HTTP/1.1\r\n\r\n', answer: '403 /x is refused' },
    {
      description: 'endless headers',
      bytes: `${CONNECT.slice(0, -2)}x: ${'y'.repeat(20_000)}`,
      answer: '431 Request Header Fields Too Large',
    },
  ])('$description is refused, and the others go on', async ({ bytes, answer }) => {
    const server = await startProxied();
    const wire = openWire(server.proxyUrl, bytes);
    await wire.comes(answer);
    await expect.poll(wire.isClosed).toBe(true);
    await staysHealthy(server);
  });

  test.each([
    { description: 'nothing', bytes: '' },
    { description: 'half a CONNECT', bytes: CONNECT.slice(0, 20) },
    { description: 'a CONNECT, and then nothing', bytes: CONNECT },
    { description: 'a CONNECT, and half a handshake', bytes: `${CONNECT}\x16\x03\x01` },
  ])('whoever says $description loses the connection in time', async ({ bytes }) => {
    const { proxyUrl } = await startProxied({ requestTimeoutMs: 200 });
    const wire = openWire(proxyUrl, bytes);
    await expect.poll(wire.isClosed, { timeout: 20_000 }).toBe(true);
  });

  test('garbage in a tunnel ends it, and the others go on', async () => {
    const server = await startProxied();
    const wire = openWire(server.proxyUrl, `${CONNECT}GET / HTTP/1.1\r\n\r\n`);
    await expect.poll(wire.isClosed).toBe(true);
    await staysHealthy(server);
  });

  test('a client that ends its side after CONNECT is gone, and nobody waits for its time to be up', async () => {
    const { proxyUrl } = await startProxied({ requestTimeoutMs: 1_000_000 });
    const { socket } = await openTunnel(proxyUrl);
    socket.end();
    await once(socket, 'close');
  });

  test('clients that reset at any moment leave the others alone', async () => {
    const server = await startProxied();
    const texts = ['', CONNECT.slice(0, 20), CONNECT, `${CONNECT}\x16\x03\x01`, CONNECT.replace('www', 'evil')];
    for (let turn = 0; turn < MANY; turn += 1) {
      const socket = connectTo(server.proxyUrl);
      await once(socket, 'connect');
      socket.write(texts[turn % texts.length] ?? '');
      socket.resetAndDestroy();
    }
    await staysHealthy(server);
  });

  test('two hundred tunnels at once are answered, each of them twice', async () => {
    const { proxyUrl, ca } = await startProxied();
    const tunnels = await Promise.all(Array.from({ length: MANY }, () => secureTunnel(proxyUrl, { ca })));
    for (let turn = 0; turn < 2; turn += 1) {
      const answers = tunnels.map((tls) => {
        tls.write(HEALTH);
        return reads(tls, '{"status":"ok"}');
      });
      expect(new Set((await Promise.all(answers)).map((answer) => answer.split('\r\n')[0]))).toEqual(
        new Set(['HTTP/1.1 200 OK']),
      );
    }
  });
});

describe('when the server stops', () => {
  test.each([
    { description: 'a connection that never said anything', bytes: '' },
    { description: 'a tunnel without a handshake', bytes: CONNECT },
    { description: 'one that stopped within its handshake', bytes: `${CONNECT}\x16\x03\x01` },
  ])('$description is closed at once, before the request in flight is through', async ({ bytes }) => {
    const { proxyUrl, ca, close } = await startProxied();
    const silent = openWire(proxyUrl, bytes);
    if (bytes !== '') await silent.comes('200 Connection established');
    const [idle, busy] = [await secureTunnel(proxyUrl, { ca }), await secureTunnel(proxyUrl, { ca })];
    idle.write(HEALTH);
    await reads(idle, '{"status":"ok"}');
    busy.write(HEAD);
    await reads(busy, '100 Continue');
    busy.write(BODY.slice(0, HALF));
    const closed = close();
    await expect.poll(() => silent.isClosed() && idle.destroyed, { timeout: 20_000 }).toBe(true);
    expect(busy.destroyed).toBe(false);
    busy.write(BODY.slice(HALF));
    await reads(busy, '"resultCode":"103811"');
    await closed;
  });

  test('fifty open tunnels do not hold it up', async () => {
    const { proxyUrl, ca, close } = await startProxied();
    const tunnels = await Promise.all(Array.from({ length: SOME }, () => secureTunnel(proxyUrl, { ca })));
    const ends = tunnels.map((tls) => once(tls, 'close'));
    for (const tls of tunnels) tls.resume();
    await Promise.all([close(), ...ends]);
  });

  test('a request that never ends is cut off', async () => {
    const { proxyUrl, ca, close } = await startProxied();
    const tls = await secureTunnel(proxyUrl, { ca });
    tls.write(HEAD);
    await reads(tls, '100 Continue');
    await close();
    if (!tls.closed) await once(tls.resume(), 'close');
  });
});
