/** A server that stops: each response announces the end of its connection, and no committed response is cut. */
import { expect, onTestFinished, test } from 'vitest';
import { toConfiguration } from '../../../mock-server/options/configuration.js';
import { serverPlanOf } from '../../../mock-server/options/server-options.js';
import { type RunningServer, startServer } from '../../../mock-server/server/start-server.js';
import { silentLog } from '../../../mock-server/telemetry/log.js';
import { resultCodeOf } from '../../support/endpoints.js';
import { LOGIN_PATH, startMock } from '../../support/mock.js';
import { openWire, refusesConnections } from '../../support/sockets.js';
import { caOf, sendSecurely, tlsFolder } from '../../support/tls.js';
import { bytesOf, headerOf, headOf, openHttp } from '../../support/wire.js';

// Longer than this test needs: it ends with its last connection.
const DRAIN_MS = 4000;
const health = headOf({ method: 'GET', target: '/_mock/health' });

async function start(): Promise<RunningServer> {
  const { configuration, ...options } = serverPlanOf({});
  const settings = toConfiguration(configuration, options.host);
  const server = await startServer({ options, configuration: settings, log: silentLog });
  onTestFinished(() => server.close());
  return server;
}

/** A connection that has received a response, which keeps it open. */
async function idleConnection(url: string) {
  const wire = openHttp(url);
  wire.send(health);
  expect(headerOf(await wire.reply(), 'Connection')).toBe('keep-alive');
  return wire;
}

/** A request whose body has not arrived. */
async function arrivingRequest(url: string) {
  const wire = openHttp(url);
  wire.send(headOf({ target: LOGIN_PATH, headers: ['Content-Length: 2', 'Expect: 100-continue'] }));
  expect((await wire.reply()).status).toBe(100);
  return wire;
}

test('a request that is arriving gets its response, which closes the connection; other connections are closed at once', async () => {
  const { url, close } = await start();
  const others = [openHttp(url), await idleConnection(url)];
  const [first, second] = [await arrivingRequest(url), await arrivingRequest(url)];
  const closed = close();
  await refusesConnections(url);
  for (const wire of others) expect(await wire.rest()).toBe('');
  for (const wire of [first, second]) {
    wire.send('{}');
    const reply = await wire.reply();
    expect([resultCodeOf(reply.text), headerOf(reply, 'Connection')]).toEqual(['103811', 'close']);
    expect(await wire.rest()).toBe('');
  }
  await closed;
});

test('before the drain ends, idle and unused connections get one more response, which closes them', async () => {
  const { url, close } = await start();
  const unused = openHttp(url);
  const wires = [await idleConnection(url), await idleConnection(url), unused];
  const closed = close({ drainMs: DRAIN_MS });
  await refusesConnections(url);
  for (const wire of wires) wire.send(bytesOf({ target: LOGIN_PATH }, '{}'));
  for (const wire of wires) {
    const reply = await wire.reply();
    expect([resultCodeOf(reply.text), headerOf(reply, 'Connection')]).toEqual(['103811', 'close']);
    expect(await wire.rest()).toBe('');
  }
  await closed;
});

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
  await expect.poll(silent.isClosed, { timeout: 20_000 }).toBe(true);
  expect(request.isClosed()).toBe(false);
  request.socket.write(BODY.slice(HALF));
  await request.waitFor('"resultCode":"103811"');
  await closed;
});
