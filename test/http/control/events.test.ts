/** /_mock/events: each journal record is sent to the connected clients as it is written. */
import { ByteLengthQueuingStrategy, ReadableStream, type ReadableStreamDefaultController } from 'node:stream/web';
import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { EventOutbox, UNREAD_BYTES_MAX } from '../../../mock-server/control-api/event-outbox.js';
import { addApp } from '../../support/carrier.js';
import { LOGIN, type Place, placeAt, VERIFY } from '../../support/endpoints.js';
import { exchangeOf } from '../../support/engine.js';
import { send, startMock } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { openWire } from '../../support/sockets.js';
import { newEventBench } from './event-bench.js';
import { listenAt } from './event-stream.js';

/** Sends a refused call and returns the id of its record. */
async function call({ url, app }: Place, { path, request: requestOf } = LOGIN): Promise<string> {
  const { headers } = await send(url, 'POST', path, requestOf(app, 'nonsense'));
  return headers.get('x-mock-request-id') ?? '';
}

const recordOf = async (url: string, id: string) => (await send(url, 'GET', `/_mock/requests/${id}`)).json;

describe('a client', () => {
  test('receives each request once, in order, with its record as data', async () => {
    const { url } = await startMock();
    const place = await placeAt(url);
    const stream = await listenAt(`${url}/_mock/events`);
    const ids = [];
    for (const endpoint of [LOGIN, VERIFY, LOGIN, LOGIN, VERIFY]) ids.push(await call(place, endpoint));
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
    expect(undecided?.data).toMatchObject({ resultCode: null, outcome: 'status(503)', appId: null });
    expect(unparsed?.data).toMatchObject({ resultCode: '103412', request: { body: 'no JSON: "\n\n\u2028"' } });
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
    const streams = await Promise.all(Array.from({ length: 5 }, () => listenAt(`${url}/_mock/events`)));
    const id = await call(place);
    for (const stream of streams) expect((await stream.events(1)).map((event) => event.id)).toEqual([id]);
  });
});

describe('a client that reconnects', () => {
  test.each([
    { description: 'after the first', seen: 0, missed: [1, 2, 3] },
    { description: 'after the third', seen: 2, missed: [3] },
    { description: 'after the last', seen: 3, missed: [] },
  ])('$description event receives the missed events, then new ones', async ({ seen, missed }) => {
    const { url } = await startMock();
    const place = await placeAt(url);
    const ids: string[] = [];
    for (let at = 0; at < 4; at += 1) ids.push(await call(place));
    const stream = await listenAt(`${url}/_mock/events`, { 'last-event-id': ids[seen] ?? '' });
    const next = await call(place);
    const expected = [...missed.map((at) => ids[at]), next];
    expect((await stream.events(expected.length)).map(({ id }) => id)).toEqual(expected);
  });

  test('receives the whole journal if its last event was deleted', async () => {
    const { url } = await startMock();
    const place = await placeAt(url);
    const ids = [await call(place), await call(place)];
    const stream = await listenAt(`${url}/_mock/events`, { 'last-event-id': 'abcdef-0123456789abcdef' });
    expect((await stream.events(2)).map(({ id }) => id)).toEqual(ids);
  });

  test('receives only the missed events of its app', async () => {
    const { url } = await startMock();
    const [place, other] = [await placeAt(url), await placeAt(url)];
    const seen = await call(place);
    await call(other);
    const missed = await call(place);
    const path = `/_mock/events?appId=${place.app.appId}`;
    const stream = await listenAt(url + path, { 'last-event-id': seen });
    expect((await stream.events(1)).map(({ id }) => id)).toEqual([missed]);
  });
});

test.each([
  { description: 'before the journal is read', step: 'list' },
  { description: 'after the journal was read', step: 'log' },
] as const)('an event written while the missed ones are loaded, $description, is received once', async ({ step }) => {
  const { url, held, refuse, listeners } = await newEventBench();
  const [seen, missed] = [await refuse(), await refuse()];
  let release = () => {};
  held[step] = new Promise<void>((resolve) => {
    release = resolve;
  });
  const listening = listenAt(`${url}/_mock/events`, { 'last-event-id': seen });
  await eventually('a listener', () => (listeners.size === 1 ? true : undefined));
  const meanwhile = await refuse();
  release();
  const stream = await listening;
  const last = await refuse();
  expect((await stream.events(3)).map(({ id }) => id)).toEqual([missed, meanwhile, last]);
});

test('no request is missed if two apps have requests in the same millisecond', async () => {
  const { carrier, url } = await newEventBench();
  const [one, two] = [await addApp(carrier), await addApp(carrier)];
  const refuse = async (appid: string) =>
    (await createAnswer(carrier)(exchangeOf('loginTokenValidate', { appid, token: 'x' })))?.requestId;
  const seen = await refuse(one.settings.appId);
  const missed = [await refuse(two.settings.appId), await refuse(one.settings.appId), await refuse(two.settings.appId)];
  const stream = await listenAt(`${url}/_mock/events`, { 'last-event-id': seen ?? '' });
  const ids = (await stream.events(3)).map(({ id }) => id);
  expect(new Set(ids)).toEqual(new Set(missed));
});

test('a client that does not read skips events and receives their number', async () => {
  const { url, carrier } = await newEventBench();
  const handle = createAnswer(carrier);
  const body = JSON.stringify({ appid: 'x'.repeat(60_000) });
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

/** An outbox in which every record has this text. */
function outboxOf(text: string) {
  let controller: ReadableStreamDefaultController | undefined;
  let outbox: EventOutbox | undefined;
  const stream = new ReadableStream(
    {
      start: (started) => {
        controller = started;
      },
      pull: () => outbox?.write(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: UNREAD_BYTES_MAX }),
  );
  if (controller === undefined) throw new Error('the stream did not start');
  outbox = new EventOutbox({ controller, textOf: () => text, total: { bytes: 0 } });
  const unread = () => UNREAD_BYTES_MAX - (controller?.desiredSize ?? 0);
  return { outbox, reader: stream.getReader(), unread };
}

describe('a client that reconnects after more events than are kept for it', () => {
  const LARGE = 'x'.repeat(30_000);
  /** An event of about 100 kilobytes. 62 of them are kept. */
  const callLarge = async ({ carrier }: Awaited<ReturnType<typeof newEventBench>>) => {
    const body = JSON.stringify({ appid: LARGE, token: LARGE });
    return (await createAnswer(carrier)(exchangeOf('loginTokenValidate', body)))?.requestId ?? '';
  };

  test('receives the number of skipped events, then the newest events', async () => {
    const bench = await newEventBench();
    const ids: string[] = [];
    for (let at = 0; at < 80; at += 1) ids.push(await callLarge(bench));
    const stream = await listenAt(`${bench.url}/_mock/events`, { 'last-event-id': 'forgotten' });
    const [first] = await stream.events(2);
    const { count } = first?.data ?? {};
    expect(first?.event).toBe('passed-over');
    expect(count).toBeGreaterThan(10);
    expect((await stream.events(81 - count)).slice(1).map(({ id }) => id)).toEqual(ids.slice(count));
  });

  test('receives fewer events if headers are long', async () => {
    const bench = await newEventBench();
    await callLarge(bench);
    const [record] = (await bench.carrier.store.log('', 'journal')).records;
    if (record === undefined) throw new Error('the request is not in the journal');
    const exchange = { ...record.exchange, body: '', rawHeaders: ['X-Long', 'x'.repeat(15_000)] };
    const records = Array.from({ length: 600 }, () => ({ ...record, exchange }));
    const { outbox, reader } = outboxOf('');
    outbox.begin(records);
    const { value } = await reader.read();
    const { count } = JSON.parse(/data: (.*)/.exec(String(value))?.[1] ?? '');
    // About 260 of them are four megabytes.
    expect(count).toBeGreaterThan(300);
  });

  test('and does not read gets no more bytes than the limit of unread bytes', async () => {
    const bench = await newEventBench();
    for (let at = 0; at < 80; at += 1) await callLarge(bench);
    const { records } = await bench.carrier.store.log('', 'journal');
    const text = 'x'.repeat(100_000);
    const { outbox, reader, unread } = outboxOf(text);
    outbox.begin(records);
    expect(unread()).toBeLessThan(UNREAD_BYTES_MAX + 2 * text.length);
    const { value: first } = await reader.read();
    const { count } = JSON.parse(/data: (.*)/.exec(String(first))?.[1] ?? '');
    for (let at = count; at < 80; at += 1) expect(String((await reader.read()).value)).toBe(text);
  });
});

test('a client that does not read when the server closes receives nothing after the end', async () => {
  const { url, carrier, closing } = await newEventBench();
  const body = JSON.stringify({ appid: 'x'.repeat(60_000) });
  const wire = openWire(url, 'GET /_mock/events HTTP/1.1\r\nHost: x\r\n\r\n');
  await wire.waitFor('retry: 2000');
  wire.socket.pause();
  for (let at = 0; at < 60; at += 1) await createAnswer(carrier)(exchangeOf('loginTokenValidate', body));
  closing.abort();
  wire.socket.resume();
  await wire.waitFor('\r\n0\r\n');
  expect(wire.received()).not.toContain('passed-over');
});

test('the stream requires the control token', async () => {
  const { url } = await startMock({ controlToken: 'let-me-in' });
  await request(url).get('/_mock/events').expect(401);
  const stream = await listenAt(`${url}/_mock/events`, { authorization: 'Bearer let-me-in' });
  await send(url, 'POST', LOGIN.path, '{}');
  expect(await stream.events(1)).toHaveLength(1);
});

test('an appId given twice is refused: 400', async () => {
  const { url } = await startMock();
  const { body } = await request(url).get('/_mock/events?appId=a&appId=b').expect(400);
  expect(body.pointer).toBe('/appId');
});

test('the 101st client is refused: 503', async () => {
  const { url, listeners } = await newEventBench();
  await Promise.all(Array.from({ length: 100 }, () => listenAt(`${url}/_mock/events`)));
  const { body } = await request(url).get('/_mock/events').expect(503);
  expect([body.detail, listeners.size]).toEqual([expect.stringContaining('100'), 100]);
});
