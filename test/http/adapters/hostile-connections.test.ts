/** One connection, made to fill memory: too many requests at once, too many headers, streams that nobody reads, answers that are held back. */
import { describe, expect, test } from 'vitest';
import { STREAMS_OF_APP_MAX } from '../../../mock-server/control-api/event-streams.js';
import { HEADERS_MAX, UNANSWERED_MAX } from '../../../mock-server/http/network-listener.js';
import { send, sharedMock, startMock } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { startProxied } from '../../support/proxied.js';
import { bytesOf, headOf, openHttp } from '../../support/wire.js';
import { listenAt } from '../control/event-stream.js';

const LOGIN = '/unisdk/rsapi/loginTokenValidate';
const get = (target: string) => headOf({ method: 'GET', target });
const ask = (outcome: string) => bytesOf({ target: LOGIN, headers: [`X-Mock-Outcome: ${outcome}`] }, '{}');
const times = (count: number, request: string | Buffer) => Buffer.concat(Array(count).fill(Buffer.from(request)));

async function journalled(url: string): Promise<number> {
  return (await send(url, 'POST', '/_mock/requests/count', {})).json.count;
}

describe('requests on one connection', () => {
  test(`${UNANSWERED_MAX} at once are answered, one after another`, async () => {
    const { url } = await sharedMock();
    const wire = openHttp(url);
    wire.send(times(UNANSWERED_MAX, get('/_mock/health')));
    for (let at = 0; at < UNANSWERED_MAX; at += 1) expect((await wire.reply()).status).toBe(200);
  });

  test.each(['hang', 'delay(1h) 103211', 'drip(1h)'])(
    'with one more than that behind %s it is closed',
    async (outcome) => {
      const { url } = await sharedMock();
      const wire = openHttp(url);
      wire.send(times(UNANSWERED_MAX, ask(outcome)));
      // Further ones in a packet of their own, since the first are read in one.
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(wire.socket.closed).toBe(false);
      wire.send(ask(outcome));
      await wire.rest();
    },
  );

  test('thousands that came in one packet are not even begun', async () => {
    const { url } = await startMock();
    const wire = openHttp(url);
    wire.send(times(500, ask('hang')));
    await wire.rest();
    // Of what was read when the connection was destroyed the first alone had its turn.
    expect(await journalled(url)).toBeLessThanOrEqual(1);
  });

  test('those behind one that hangs are not begun, and nobody answers them when the client has left', async () => {
    const { url } = await startMock();
    const wire = openHttp(url);
    wire.send(Buffer.concat([ask('hang'), times(5, ask('103000'))]));
    await eventually('the first', async () => ((await journalled(url)) === 1 ? true : undefined));
    wire.socket.destroy();
    await send(url, 'GET', '/_mock/health');
    expect(await journalled(url)).toBe(1);
  });

  test('more than 64 KiB behind one that waits is too much', async () => {
    const { url } = await sharedMock();
    const wire = openHttp(url);
    const large = bytesOf({ target: LOGIN, headers: ['X: '.padEnd(15_000, 'x')] }, '{}');
    wire.send(ask('hang'));
    for (let at = 0; at < UNANSWERED_MAX - 1; at += 1) wire.send(large);
    await wire.rest();
  });

  test('a client that always has a few waiting is answered for as long as it likes', async () => {
    const { url } = await sharedMock();
    const wire = openHttp(url);
    const request = bytesOf(
      { target: LOGIN, headers: ['X-Mock-Outcome: delay(1ms) 103211', 'X: '.padEnd(1000, 'x')] },
      '{}',
    );
    wire.send(times(4, request));
    for (let at = 0; at < 100; at += 1) {
      wire.send(request);
      expect((await wire.reply()).text).toContain('103211');
    }
  });

  test.each(['http', 'proxy'])('an expectation that Node would answer by itself waits as well (%s)', async (place) => {
    const { url, proxyUrl } = await startProxied();
    const wire = openHttp(place === 'http' ? url : proxyUrl);
    const target = place === 'http' ? '/' : 'http://elsewhere.example/';
    const hang = bytesOf({ target: `http://www.cmpassport.com${LOGIN}`, headers: ['X-Mock-Outcome: hang'] }, '{}');
    wire.send(Buffer.concat([hang, times(100, headOf({ method: 'GET', target, headers: ['Expect: nonsense'] }))]));
    await wire.rest();
  });

  test('an expectation that is none is 417, in its turn', async () => {
    const { url } = await sharedMock();
    const wire = openHttp(url);
    const expecting = Buffer.from(headOf({ method: 'GET', target: '/', headers: ['Expect: x'] }));
    wire.send(Buffer.concat([ask('delay(50ms) 103211'), expecting]));
    expect((await wire.reply()).text).toContain('103211');
    const { status, text } = await wire.reply();
    expect([status, JSON.parse(text).detail]).toEqual([417, 'Expect must be 100-continue, found "x"']);
  });

  test.each([LOGIN, '/_mock/apps'])('bodies of single bytes are read whole, waiting or not (%s)', async (target) => {
    const { url } = await sharedMock();
    const wire = openHttp(url);
    const head = headOf({ target, headers: ['Transfer-Encoding: chunked'] });
    const request = `${head}${'1\r\n \r\n'.repeat(3000)}3\r\n{"}\r\n0\r\n\r\n`;
    wire.send(request.repeat(3));
    for (let at = 0; at < 3; at += 1) {
      const { status, text } = await wire.reply();
      expect([status, text]).toEqual([target === LOGIN ? 200 : 400, expect.stringMatching(/103412|JSON/)]);
    }
  });

  test('a reset behind a slow answer comes when that has gone', async () => {
    const { url } = await sharedMock();
    const wire = openHttp(url);
    wire.send(Buffer.concat([ask('delay(50ms) 103211'), ask('reset')]));
    expect((await wire.reply()).text).toContain('103211');
    expect(await wire.rest()).toBe('');
  });
});

describe('headers', () => {
  const withHeaders = (count: number) =>
    bytesOf({ target: LOGIN, headers: Array.from({ length: count }, (_, at) => `X-${at}: 1`) }, '{}');

  test('a hundred are read', async () => {
    const { url } = await sharedMock();
    const wire = openHttp(url);
    // Host and Content-Length are two of them.
    wire.send(withHeaders(HEADERS_MAX - 2));
    expect((await wire.reply()).status).toBe(200);
  });

  test('more are 431, and the connection ends', async () => {
    const { url } = await sharedMock();
    const wire = openHttp(url);
    wire.send(withHeaders(HEADERS_MAX - 1));
    const reply = await wire.reply();
    expect(reply.status).toBe(431);
    expect(reply.text).toContain(`found ${HEADERS_MAX + 1}`);
    await wire.rest();
  });
});

describe('streams of events', () => {
  test('asked for over and over on one connection are one', async () => {
    const { url } = await startMock();
    for (let connection = 0; connection < 10; connection += 1) {
      const wire = openHttp(url);
      wire.send(times(UNANSWERED_MAX, get('/_mock/events')));
      await eventually('the stream', () => (wire.socket.bytesRead > 0 ? true : undefined));
      wire.socket.destroy();
    }
    const streams = await Promise.all(Array.from({ length: 90 }, () => listenAt(`${url}/_mock/events`)));
    for (const stream of streams) stream.leave();
  });

  test('of one app leave room for those of others', async () => {
    const { url, mock } = await startMock();
    const [app, other] = [await mock.createApp(), await mock.createApp()];
    const streamsOf = (appId: string) => `${url}/_mock/events?appId=${appId}`;
    const streams = await Promise.all(Array.from({ length: STREAMS_OF_APP_MAX }, () => listenAt(streamsOf(app.appId))));
    const refused = await fetch(streamsOf(app.appId));
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({
      detail: `app "${app.appId}" already has ${STREAMS_OF_APP_MAX} event streams: close some`,
    });
    streams.push(await listenAt(streamsOf(other.appId)), await listenAt(`${url}/_mock/events`));
    streams[0]?.leave();
    await eventually('room again', async () => {
      const again = await fetch(streamsOf(app.appId));
      await again.body?.cancel();
      return again.ok ? true : undefined;
    });
    for (const stream of streams) stream.leave();
  });
});
