/** The proxy forwards requests for the carrier's host names to the mock, keeps the client's address, and refuses all other hosts. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { createCarrierProxy } from '../../../mock-server/http/carrier-proxy.js';
import { createMockServer, type MockServer } from '../../../mock-server/server.js';
import { createCmpassportClient } from '../../../src/index.js';
import { OTHER, OWN } from '../../support/client.js';
import { LOGIN_PATH } from '../../support/mock.js';
import { closeOf, openWire, portInUse } from '../../support/sockets.js';
import { tlsFolder } from '../../support/tls.js';
import {
  CARRIER_NAME,
  fetchThrough,
  openTunnel,
  secureTunnel,
  startProxied,
} from '../../support/tunnels.js';
import { sceneAt } from '../client/scene.js';
import { postBytes } from './fault-client.js';

const TLS_NAMES = ['Carrier.test', '*.mock.test', '192.0.2.7', 'fd00::7'];
const BODY = '{"version":"2.0"}';

let shared: Promise<MockServer> | undefined;

/** The address of a proxy for the tests that only send it a target. */
async function sharedProxyUrl(): Promise<string> {
  shared ??= startShared();
  return (await shared).proxyUrl ?? '';
}

async function startShared(): Promise<MockServer> {
  const tlsDir = await tlsFolder({ names: TLS_NAMES });
  return createMockServer({ proxyPort: 0, tlsDir, tlsNames: TLS_NAMES });
}

afterAll(async () => (await shared)?.close());

test('the proxy opens an HTTPS port if none is configured', async () => {
  const { httpsUrl, proxyUrl } = await startProxied();
  expect(httpsUrl).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  expect(proxyUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test('the error for a port in use names the option proxyPort', async () => {
  const port = await portInUse();
  await expect(startProxied({ proxyPort: port })).rejects.toThrow('set another with proxyPort');
});

test('both operations work for a client with the carrier’s address built in', async () => {
  const { url, proxyUrl, ca } = await startProxied();
  const { app, login, verify } = await sceneAt(url);
  const { appId, appKey, appSecret } = app;
  const fetch = fetchThrough(proxyUrl, { ca });
  const client = createCmpassportClient({ appId, appKey, appSecret, production: false, fetch });
  expect(await login(client)).toMatchObject({ kind: 'phoneNumber', phoneNumber: OWN });
  expect(await verify(OWN, client)).toMatchObject({ kind: 'ownNumber' });
  expect(await verify(OTHER, client)).toMatchObject({ kind: 'notOwnNumber' });
  await app.assertCharged(3);
});

test('the client’s own address is journalled and checked against the whitelist', async () => {
  const { url, proxyUrl, ca } = await startProxied();
  const ipWhitelist = { loginTokenValidate: '127.0.0.9', tokenValidate: '127.0.0.9' };
  const { app, verify } = await sceneAt(url, { ipWhitelist });
  const { appId, appKey, appSecret } = app;
  const clientFrom = (from: string) =>
    createCmpassportClient({
      appId,
      appKey,
      appSecret,
      production: false,
      fetch: fetchThrough(proxyUrl, { ca, from }),
    });
  expect(await verify(OWN, clientFrom('127.0.0.9'))).toMatchObject({ kind: 'ownNumber' });
  expect(await verify(OWN, clientFrom('127.0.0.8'))).toMatchObject({
    kind: 'refused',
    resultCode: '124',
  });
  expect((await app.requests()).map(({ clientIp }) => clientIp)).toEqual([
    '127.0.0.8',
    '127.0.0.9',
  ]);
});

describe('a tunnel', () => {
  test.each([
    'www.cmpassport.com:443',
    'onekey2.cmpassport.com:443',
    'WWW.CMPASSPORT.COM:443',
    'www.cmpassport.com',
    'carrier.test:443',
    'a.mock.test:443',
    '192.0.2.7:443',
    '[fd00::7]:443',
  ])('to %s is opened', async (authority) => {
    const { head } = await openTunnel(await sharedProxyUrl(), authority);
    expect(head).toMatch(/^HTTP\/1\.1 200 [^\r]+\r\n\r\n$/);
  });

  test.each([
    'evil.example:443',
    'www.cmpassport.com:444',
    'www.cmpassport.com:80',
    'www.cmpassport.com:0443',
    'www.cmpassport.com.:443',
    'www.cmpassport.com.evil.example:443',
    'evilwww.cmpassport.com:443',
    'cmpassport.com:443',
    'mock.test:443',
    'a.b.mock.test:443',
    'user@www.cmpassport.com:443',
    '127.0.0.1:443',
    'localhost:443',
    '[::1]:443',
    ':443',
  ])('to %s is refused with a message that names it and the allowed hosts', async (authority) => {
    const { socket, head } = await openTunnel(await sharedProxyUrl(), authority);
    const message = `${authority} is refused: this proxy only connects to www.cmpassport.com, onekey2.cmpassport.com, carrier.test, *.mock.test, 192.0.2.7, fd00::7`;
    expect(head.split('\r\n')[0]).toContain(`HTTP/1.1 403 ${message}`);
    expect(head.split('\r\n\r\n')[1]).toContain(message);
    await closeOf(socket);
  });

  test.each([
    { authority: 'evil.example:443', advice: 'exclude other hosts with NO_PROXY' },
    {
      authority: 'rcs.CMPASSPORT.com:443',
      advice: 'add another name of the carrier with --tls-name',
    },
    {
      authority: 'www.cmpassport.com:8443',
      advice: 'add another name of the carrier with --tls-name',
    },
  ])('to $authority gets the advice: $advice', async ({ authority, advice }) => {
    const { head } = await openTunnel(await sharedProxyUrl(), authority);
    expect(head).toContain(`by https on port 443 and http on port 80; ${advice}\r\n`);
  });

  test('is really reset if a request forces a reset', async () => {
    const { proxyUrl, ca } = await startProxied();
    const tls = await secureTunnel(proxyUrl, { ca });
    tls.resume().write(postBytes({ path: LOGIN_PATH, body: {}, outcome: 'reset' }));
    await expect(once(tls, 'end')).rejects.toMatchObject({ code: 'ECONNRESET', syscall: 'read' });
  });
});

describe('a host with a port of its own', () => {
  const REFUSED =
    'is refused: this proxy only connects to www.cmpassport.com, token.cmpassport.com:8300, otherwise by https on port 443 and http on port 80';

  test.each([
    { authority: 'token.cmpassport.com:8300', status: 'HTTP/1.1 200' },
    { authority: 'www.cmpassport.com:443', status: 'HTTP/1.1 200' },
    {
      authority: 'token.cmpassport.com:443',
      status: `HTTP/1.1 403 token.cmpassport.com:443 ${REFUSED}`,
    },
    {
      authority: 'www.cmpassport.com:8300',
      status: `HTTP/1.1 403 www.cmpassport.com:8300 ${REFUSED}`,
    },
  ])('$authority', async ({ authority, status }) => {
    const hosts = ['www.cmpassport.com', 'token.cmpassport.com:8300'];
    const servers = { http: createServer(), https: createHttpsServer(), timeouts: {} };
    const proxy = createCarrierProxy({ hosts, ...servers }).listen(0, '127.0.0.1');
    onTestFinished(() => void proxy.close());
    await once(proxy, 'listening');
    const { port } = proxy.address() as AddressInfo;
    const { socket, head } = await openTunnel(`http://127.0.0.1:${port}`, authority);
    socket.destroy();
    expect(head).toContain(status);
  });
});

describe('a request without a tunnel', () => {
  test.each([
    `http://${CARRIER_NAME}`,
    `http://${CARRIER_NAME}:80`,
    `HTTP://ONEKEY2.CMPASSPORT.COM`,
    `https://${CARRIER_NAME}`,
    `https://${CARRIER_NAME}:443`,
  ])('to %s reaches the carrier and the control API', async (base) => {
    const login = `POST ${base}${LOGIN_PATH} HTTP/1.1\r\nHost: a\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;
    const wire = openWire(await sharedProxyUrl(), login);
    expect(await wire.waitFor('"resultCode":"103811"')).toContain('HTTP/1.1 200 OK');
    wire.socket.write(`GET ${base}/_mock/health?now HTTP/1.1\r\nHost: a\r\n\r\n`);
    await wire.waitFor('{"status":"ok"');
  });

  test.each([
    'http://evil.example/',
    `http://${CARRIER_NAME}:443/`,
    `https://${CARRIER_NAME}:80/`,
    `http://${CARRIER_NAME}@evil.example/`,
    `http://evil.example/http://${CARRIER_NAME}/`,
    `ftp://${CARRIER_NAME}/`,
    '/_mock/health',
    LOGIN_PATH,
  ])('to %s is refused with a message that names it and the allowed hosts', async (target) => {
    const wire = openWire(
      await sharedProxyUrl(),
      `GET ${target} HTTP/1.1\r\nHost: ${CARRIER_NAME}\r\n\r\n`,
    );
    const message = `${target} is refused: this proxy only connects to www.cmpassport.com, onekey2.cmpassport.com`;
    expect(await wire.waitFor(message)).toContain('HTTP/1.1 403 Forbidden');
    await expect.poll(wire.isClosed).toBe(true);
  });
});
