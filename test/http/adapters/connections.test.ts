/**
 * Pipelined requests on one connection. A server that stops: each response announces the end of its connection, and no
 * committed response is cut. Clients that try to fill memory: too many pipelined requests, too many headers.
 */
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import { HEADERS_MAX, UNANSWERED_MAX } from '../../../mock-server/http/network-listener.js';
import { toConfiguration } from '../../../mock-server/options/configuration.js';
import { serverPlanOf } from '../../../mock-server/options/server-options.js';
import { type RunningServer, startServer } from '../../../mock-server/server/start-server.js';
import { silentLog } from '../../../mock-server/telemetry/log.js';
import { freshRequest, LOGIN, placeAt, resultCodeOf, VERIFY } from '../../support/endpoints.js';
import { LOGIN_PATH, send, sharedMock, startMock } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { openWire, portInUse, refusesConnections } from '../../support/sockets.js';
import { caOf, sendSecurely, tlsFolder } from '../../support/tls.js';
import { startProxied } from '../../support/tunnels.js';
import { bytesOf, headerOf, headOf, openHttp } from '../../support/wire.js';

const HEADERS = ['Content-Type: application/json'];

test('pipelined requests are answered in order', async () => {
  const place = await placeAt((await sharedMock()).url);
  const wire = openHttp(place.url);
  const endpoints = Array.from({ length: UNANSWERED_MAX }, (_, turn) =>
    turn % 3 === 0 ? VERIFY : LOGIN,
  );
  const bodies = await Promise.all(endpoints.map((endpoint) => freshRequest(place, endpoint)));
  // The others wait for the first one.
  const requests = endpoints.map(({ path }, turn) => {
    const headers = turn === 0 ? [...HEADERS, 'X-Mock-Outcome: delay(50ms) pass'] : HEADERS;
    return bytesOf({ target: path, headers }, JSON.stringify(bodies[turn]));
  });
  wire.send(Buffer.concat(requests));
  const codes: string[] = [];
  for (const _ of endpoints) codes.push(resultCodeOf((await wire.reply()).text));
  expect(codes).toEqual(endpoints.map(({ success }) => success));
});

// Longer than this test needs: it ends with its last connection.
const DRAIN_MS = 4000;
const health = headOf({ method: 'GET', target: '/_mock/health' });

async function start({ port = 0, store = createMemoryStore() } = {}): Promise<RunningServer> {
  const { configuration, ...options } = serverPlanOf({ port });
  const settings = toConfiguration(configuration, options.host);
  const server = await startServer({ options, configuration: settings, log: silentLog, store });
  onTestFinished(() => server.close());
  return server;
}

test('the store is closed with the server, and if the server cannot listen: a connection to a Redis would keep the process', async () => {
  const store = { ...createMemoryStore(), close: vi.fn() };
  await expect(start({ port: await portInUse(), store })).rejects.toThrow('is in use');
  expect(store.close, 'after the failed start').toHaveBeenCalledOnce();
  const server = await start({ store });
  expect(store.close, 'of the running server').toHaveBeenCalledOnce();
  await server.close();
  expect(store.close, 'of the stopped server').toHaveBeenCalledTimes(2);
});

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
])(
  '$description is closed at once, before the request in flight is complete',
  async ({ bytes }) => {
    const server = await startMock({ httpsPort: 0, tlsDir: await tlsFolder() });
    const { url, httpsUrl = '' } = server;
    const silent = openWire(httpsUrl, bytes);
    const ca = await caOf(url);
    expect((await sendSecurely(httpsUrl, { ca, body: BODY })).json).toMatchObject({
      resultCode: '103811',
    });
    const request = openWire(url, HEAD);
    await request.waitFor('100 Continue');
    request.socket.write(BODY.slice(0, HALF));
    const closed = server.close();
    await expect.poll(silent.isClosed, { timeout: 20_000 }).toBe(true);
    expect(request.isClosed()).toBe(false);
    request.socket.write(BODY.slice(HALF));
    await request.waitFor('"resultCode":"103811"');
    await closed;
  },
);

const forcing = (outcome: string) =>
  bytesOf({ target: LOGIN_PATH, headers: [`X-Mock-Outcome: ${outcome}`] }, '{}');
const times = (count: number, request: string | Buffer) =>
  Buffer.concat(Array(count).fill(Buffer.from(request)));

async function countJournal(url: string): Promise<number> {
  return (await send(url, 'POST', '/_mock/requests/count', {})).json.count;
}

describe('requests on one connection', () => {
  test('too many behind a pending one close the connection', async () => {
    const { url } = await sharedMock();
    const wire = openHttp(url);
    wire.send(times(UNANSWERED_MAX + 1, forcing('hang')));
    expect(await wire.rest()).toBe('');
  });

  test('those after a hang are not started, not even when the client has left', async () => {
    const { url } = await startMock();
    const wire = openHttp(url);
    wire.send(Buffer.concat([forcing('hang'), times(5, forcing('103000'))]));
    await eventually('the first record', async () =>
      (await countJournal(url)) === 1 ? true : undefined,
    );
    wire.socket.destroy();
    await send(url, 'GET', '/_mock/health');
    expect(await countJournal(url)).toBe(1);
  });

  test.each(['http', 'proxy'])(
    'an unknown Expect, which Node would answer itself, is pending too (%s)',
    async (entry) => {
      const { url, proxyUrl } = await startProxied();
      const wire = openHttp(entry === 'http' ? url : proxyUrl);
      const target = entry === 'http' ? '/' : 'http://elsewhere.example/';
      const hang = bytesOf(
        { target: `http://www.cmpassport.com${LOGIN_PATH}`, headers: ['X-Mock-Outcome: hang'] },
        '{}',
      );
      wire.send(
        Buffer.concat([
          hang,
          times(100, headOf({ method: 'GET', target, headers: ['Expect: nonsense'] })),
        ]),
      );
      await wire.rest();
    },
  );

  test('an unknown Expect is 417, in order', async () => {
    const { url } = await sharedMock();
    const wire = openHttp(url);
    const expecting = Buffer.from(headOf({ method: 'GET', target: '/', headers: ['Expect: x'] }));
    wire.send(Buffer.concat([forcing('delay(50ms) 103211'), expecting]));
    expect((await wire.reply()).text).toContain('103211');
    const { status, text } = await wire.reply();
    expect([status, JSON.parse(text).detail]).toEqual([
      417,
      'Expect must be 100-continue, found "x"',
    ]);
  });

  test('a body in one-byte chunks is read completely', async () => {
    const { url } = await sharedMock();
    const wire = openHttp(url);
    const head = headOf({ target: '/_mock/apps', headers: ['Transfer-Encoding: chunked'] });
    wire.send(`${head}${'1\r\n \r\n'.repeat(3000)}3\r\n{"}\r\n0\r\n\r\n`);
    const { status, text } = await wire.reply();
    expect([status, text]).toEqual([400, expect.stringContaining('JSON')]);
  });

  test('a body in chunks behind a pending request closes the connection', async () => {
    const { url } = await sharedMock();
    const wire = openHttp(url);
    wire.send(
      Buffer.concat([
        forcing('hang'),
        Buffer.from(headOf({ target: LOGIN_PATH, headers: ['Transfer-Encoding: chunked'] })),
      ]),
    );
    expect(await wire.rest()).toBe('');
  });
});

describe('headers', () => {
  const withHeaders = (count: number) =>
    bytesOf(
      { target: LOGIN_PATH, headers: Array.from({ length: count }, (_, at) => `X-${at}: 1`) },
      '{}',
    );

  test(`${HEADERS_MAX} are accepted`, async () => {
    const { url } = await sharedMock();
    const wire = openHttp(url);
    // Host and Content-Length count too.
    wire.send(withHeaders(HEADERS_MAX - 2));
    expect((await wire.reply()).status).toBe(200);
  });

  test('more are 431, and close the connection', async () => {
    const { url } = await sharedMock();
    const wire = openHttp(url);
    wire.send(withHeaders(HEADERS_MAX - 1));
    const reply = await wire.reply();
    expect(reply.status).toBe(431);
    expect(reply.text).toContain(`found ${HEADERS_MAX + 1}`);
    await wire.rest();
  });
});
