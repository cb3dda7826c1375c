/**
 * /_mock/events: each journal record is sent to the connected clients as it is written. /_mock/events: streams end when
 * the client leaves or the server closes, and leave no listener.
 */
import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { LOGIN, type Place, placeAt, VERIFY } from '../../support/endpoints.js';
import { exchangeOf } from '../../support/engine.js';
import { send, startMock } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { openWire } from '../../support/sockets.js';
import { listenAt, newEventBench } from './event-bench.js';

/** Sends a refused call and returns the id of its record. */
async function call({ url, app }: Place, { path, request: requestOf } = LOGIN): Promise<string> {
  const { headers } = await send(url, 'POST', path, requestOf(app, 'nonsense'));
  return headers.get('x-mock-request-id') ?? '';
}

const recordOf = async (url: string, id: string) =>
  (await send(url, 'GET', `/_mock/requests/${id}`)).json;

describe('a client', () => {
  test('receives each request once, in order, with its record as data', async () => {
    const { url } = await startMock();
    const place = await placeAt(url);
    const stream = await listenAt(`${url}/_mock/events`);
    const ids = [];
    for (const endpoint of [LOGIN, VERIFY, LOGIN, LOGIN, VERIFY])
      ids.push(await call(place, endpoint));
    const events = await stream.events(5);
    expect(events.map(({ id }) => id)).toEqual(ids);
    for (const { id = '', event, data } of events) {
      expect(event).toBe('request');
      expect(data).toEqual(await recordOf(url, id));
    }
  });

  test('receives requests without a decision and requests without an app', async () => {
    const { url } = await startMock();
    const stream = await listenAt(`${url}/_mock/events`);
    await send(url, 'POST', LOGIN.path, '{}', { 'x-mock-outcome': 'status(503)' });
    await send(url, 'POST', LOGIN.path, 'no JSON: "\n\n\u2028"');
    const [undecided, unparsed] = await stream.events(2);
    expect(undecided?.data).toMatchObject({
      resultCode: null,
      outcome: 'status(503)',
      appId: null,
    });
    expect(unparsed?.data).toMatchObject({
      resultCode: '103412',
      request: { body: 'no JSON: "\n\n\u2028"' },
    });
  });

  test('receives no request from before it connected', async () => {
    const { url } = await startMock();
    const place = await placeAt(url);
    await call(place);
    const stream = await listenAt(`${url}/_mock/events`);
    const id = await call(place);
    expect((await stream.events(1)).map((event) => event.id)).toEqual([id]);
  });

  test('receives only the requests of the app in its query', async () => {
    const { url } = await startMock();
    const [place, other] = [await placeAt(url), await placeAt(url)];
    const stream = await listenAt(`${url}/_mock/events?appId=${place.app.appId}`);
    const first = await call(place);
    await call(other);
    await send(url, 'POST', LOGIN.path, '{}');
    const second = await call(place);
    expect((await stream.events(2)).map(({ id }) => id)).toEqual([first, second]);
  });

  test('may name an app that does not exist yet', async () => {
    const { url } = await startMock();
    const stream = await listenAt(`${url}/_mock/events?appId=later`);
    await call(await placeAt(url, { appId: 'later' }));
    expect((await stream.events(1))[0]?.data.appId).toBe('later');
  });

  test('receives the content type, no-cache and the retry time', async () => {
    const { url } = await startMock();
    const stream = await listenAt(`${url}/_mock/events`);
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    expect(stream.headers.get('cache-control')).toContain('no-cache');
    await eventually('the first text', () => (stream.text() === '' ? undefined : true));
    expect(stream.text()).toBe('retry: 2000\n\n');
  });

  test('receives all events even if there are several clients', async () => {
    const { url } = await startMock();
    const place = await placeAt(url);
    const streams = await Promise.all(
      Array.from({ length: 5 }, () => listenAt(`${url}/_mock/events`)),
    );
    const id = await call(place);
    for (const stream of streams)
      expect((await stream.events(1)).map((event) => event.id)).toEqual([id]);
  });
});

test('with `burst`, a stream has the number of the older requests of a tenth of a second, then the newest', async () => {
  const { url, refuse } = await newEventBench();
  const stream = await listenAt(`${url}/_mock/events?burst=2`);
  const [first, ...others] = await Promise.all(Array.from({ length: 6 }, refuse));
  const [sent, passedOver, ...newest] = await stream.events(4);
  expect([sent?.id, passedOver?.event, passedOver?.data]).toEqual([
    first,
    'passed-over',
    { count: 3 },
  ]);
  expect(newest.map(({ id }) => id)).toEqual(others.slice(-2));
});

test('a client that does not read skips events and receives their number', async () => {
  const { url, carrier } = await newEventBench();
  const handle = createAnswer(carrier);
  // More than a socket's buffers hold.
  const body = '\u0001'.repeat(60_000);
  const wire = openWire(url, 'GET /_mock/events HTTP/1.1\r\nHost: x\r\n\r\n');
  await wire.waitFor('retry: 2000');
  wire.socket.pause();
  for (let at = 0; at < 400; at += 1) {
    await handle(exchangeOf('loginTokenValidate', body));
    if (at % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  wire.socket.resume();
  await eventually('the count', async () => {
    await handle(exchangeOf('loginTokenValidate', '{}'));
    return wire.received().includes('event: passed-over') ? true : undefined;
  });
  const skipped = /event: passed-over\r?\n?data: \{"count":(\d+)\}/.exec(wire.received())?.[1];
  expect(Number(skipped)).toBeGreaterThan(0);
});

describe('the requests of an app with its own control token', () => {
  const LOCK = 'the-token-of-the-app';
  const listenedIds = async (
    url: string,
    headers: Readonly<Record<string, string>> = {},
    appId?: string,
  ) => {
    const query = appId === undefined ? '' : `?appId=${appId}`;
    const stream = await listenAt(`${url}/_mock/events${query}`, headers);
    return async (count: number) => (await stream.events(count)).map(({ id }) => id);
  };

  test('are not in a stream of all apps without a token', async () => {
    const { url } = await startMock();
    const [locked, open] = [await placeAt(url, { controlToken: LOCK }), await placeAt(url)];
    const live = await listenedIds(url);
    const seen = await call(open);
    await call(locked);
    const last = await call(open);
    expect(await live(2)).toEqual([seen, last]);
  });

  test('are in its own stream, which requires its token', async () => {
    const { url } = await startMock();
    const locked = await placeAt(url, { controlToken: LOCK });
    await request(url).get(`/_mock/events?appId=${locked.app.appId}`).expect(401);
    const own = await listenedIds(url, { authorization: `Bearer ${LOCK}` }, locked.app.appId);
    const id = await call(locked);
    expect(await own(1)).toEqual([id]);
  });

  test('are not in a stream that was opened for it before it was locked', async () => {
    const { url } = await startMock();
    const place = await placeAt(url);
    const { appId } = place.app;
    const stream = await listenedIds(url, {}, appId);
    const before = await call(place);
    await send(url, 'PATCH', `/_mock/apps/${appId}`, { controlToken: LOCK });
    await call(place);
    await send(
      url,
      'PATCH',
      `/_mock/apps/${appId}`,
      { controlToken: null },
      { authorization: `Bearer ${LOCK}` },
    );
    const after = await call(place);
    expect(await stream(2)).toEqual([before, after]);
  });
});

describe('a changed app', () => {
  const path = '/_mock/apps/shop';
  const rows = [
    { description: 'a clock', method: 'POST', path: `${path}/clock/advance`, body: { by: '2m' } },
    {
      description: 'a script',
      method: 'PUT',
      path: `${path}/outcomes/tokenValidate`,
      body: { script: '999*2' },
    },
    {
      description: 'a script of a number',
      method: 'PUT',
      path: `${path}/subscribers/13800138000`,
      body: { outcomes: { tokenValidate: '999' } },
    },
  ];

  test.each(rows)(
    '$description is sent as the calls return it',
    async ({ method, path: changed, body }) => {
      const { url } = await startMock();
      await placeAt(url, { appId: 'shop' });
      const stream = await listenAt(`${url}/_mock/events?appId=shop`);
      expect((await send(url, method, changed, body)).status).toBe(200);
      const [event] = await stream.events(1);
      const { json: subscribers } = await send(url, 'GET', `${path}/subscribers`);
      const { json: script } = await send(url, 'GET', `${path}/outcomes/tokenValidate`);
      const { json: clock } = await send(url, 'GET', `${path}/clock`);
      expect([event?.event, event?.id]).toEqual(['app', undefined]);
      expect(event?.data).toMatchObject({
        appId: 'shop',
        ...subscribers,
        outcomes: { tokenValidate: script },
      });
      expect(event?.data.clock).toEqual({
        nowMs: expect.any(Number),
        offsetMs: expect.any(Number),
        frozen: false,
      });
      expect(Math.abs(event?.data.clock.offsetMs - clock.offsetMs)).toBeLessThan(1000);
    },
  );

  test('a used step is sent, and a change of settings without data to all listeners', async () => {
    const { url } = await startMock();
    const place = await placeAt(url, { appId: 'shop' });
    await send(url, 'PUT', `${path}/outcomes/tokenValidate`, { script: '999*2' });
    const [all, other] = [
      await listenAt(`${url}/_mock/events`),
      await listenAt(`${url}/_mock/events?appId=other`),
    ];
    await call(place, VERIFY);
    const [, used] = await all.events(2);
    expect([used?.event, used?.data.outcomes.tokenValidate.remaining]).toEqual(['app', '999']);
    await send(url, 'PATCH', path, { name: 'Shop' });
    const [, , settings] = await all.events(3);
    expect([settings?.event, settings?.data]).toEqual(['apps', {}]);
    expect(other.text()).not.toContain('event:');
  });
});

test.each([
  { removal: 'an app is removed', call: ['DELETE', '/_mock/apps/shop'] },
  { removal: 'an app is reset', call: ['POST', '/_mock/apps/shop/reset'] },
  { removal: 'all requests of an app are deleted', call: ['DELETE', '/_mock/requests?appId=shop'] },
  { removal: 'some are deleted', call: ['DELETE', '/_mock/requests?appId=shop&resultCode=103113'] },
] as const)(
  'a client receives which requests are removed when $removal',
  async ({ call: made }) => {
    const { url } = await startMock();
    const place = await placeAt(url, { appId: 'shop' });
    const streams = [
      await listenAt(`${url}/_mock/events?appId=shop`),
      await listenAt(`${url}/_mock/events?appId=other`),
    ];
    const id = await call(place);
    await streams[0]?.events(1);
    const [method, path] = made;
    await send(url, method, path, method === 'POST' ? {} : undefined);
    const removal = (await streams[0]?.events(2))?.[1];
    expect(removal?.event).toBe('requests-removed');
    const [removed = ''] = removal?.data.ids ?? [];
    expect([id, `${id.split('-')[0]}-*`]).toContain(removed);
    expect(streams[1]?.text()).not.toContain('event:');
  },
);

describe('a client that leaves', () => {
  const count = (listeners: ReadonlySet<unknown>, expected: number) =>
    eventually(`${expected} listeners`, () => (listeners.size === expected ? true : undefined));

  test('removes its listener', async () => {
    const { url, listeners, refuse } = await newEventBench();
    const streams = [await listenAt(`${url}/_mock/events`), await listenAt(`${url}/_mock/events`)];
    expect(listeners.size).toBe(1);
    streams[0]?.leave();
    const id = await refuse();
    expect((await streams[1]?.events(1))?.map((event) => event.id)).toEqual([id]);
    streams[1]?.leave();
    await count(listeners, 0);
    await refuse();
  });
});

test('a closing server ends the streams without waiting for them', async () => {
  const server = await startMock();
  const stream = await listenAt(`${server.url}/_mock/events`);
  const order: string[] = [];
  await send(server.url, 'POST', LOGIN.path, '{}');
  await stream.events(1);
  // The server waits for this response when it closes. The stream ends earlier.
  const held = openWire(
    server.url,
    `POST ${LOGIN.path} HTTP/1.1\r\nHost: x\r\nX-Mock-Outcome: delay(500ms) status(503)\r\nContent-Length: 0\r\n\r\n`,
  );
  await stream.events(2);
  const closed = server.close().then(() => order.push('server'));
  await stream.ended().then(() => order.push('stream'));
  await closed;
  expect(order).toEqual(['stream', 'server']);
  await held.waitFor('503');
});
