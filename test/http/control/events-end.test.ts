/** /_mock/events: streams end when the client leaves or the server closes, and leave no listener. */
import request from 'supertest';
import { describe, expect, test, vi } from 'vitest';
import { controlOf } from '../../support/control.js';
import { LOGIN } from '../../support/endpoints.js';
import { send, startMock } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { openWire } from '../../support/sockets.js';
import { listenAt, newEventBench } from './event-bench.js';

describe('a client that leaves', () => {
  const count = (listeners: ReadonlySet<unknown>, expected: number) =>
    eventually(`${expected} listeners`, () => (listeners.size === expected ? true : undefined));

  test('removes its listener', async () => {
    const { url, listeners, refuse } = await newEventBench();
    const streams = [await listenAt(`${url}/_mock/events`), await listenAt(`${url}/_mock/events`)];
    expect(listeners.size).toBe(2);
    streams[0]?.leave();
    await count(listeners, 1);
    const id = await refuse();
    expect((await streams[1]?.events(1))?.map((event) => event.id)).toEqual([id]);
    streams[1]?.leave();
    await count(listeners, 0);
    await refuse();
  });

  test('removes its listener even while the missed events are loaded', async () => {
    const { url, listeners, held } = await newEventBench();
    let release = () => {};
    held.list = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { hostname, port } = new URL(url);
    const head = `GET /_mock/events HTTP/1.1\r\nHost: ${hostname}:${port}\r\nLast-Event-ID: x\r\n\r\n`;
    const wire = openWire(url, head);
    await count(listeners, 1);
    wire.socket.destroy();
    await count(listeners, 0);
    release();
    await new Promise((resolve) => setImmediate(resolve));
    expect(listeners.size).toBe(0);
  });

  test('ends without an error when the server stops while the missed events are loaded', async () => {
    // In tests Express does not print errors.
    vi.stubEnv('NODE_ENV', 'production');
    const { url, listeners, closing, held } = await newEventBench();
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    let release = () => {};
    held.list = new Promise<void>((resolve) => {
      release = resolve;
    });
    const wire = openWire(url, 'GET /_mock/events HTTP/1.1\r\nHost: x\r\nLast-Event-ID: x\r\n\r\n');
    await count(listeners, 1);
    closing.abort();
    release();
    await wire.waitFor('HTTP/1.1 200');
    await new Promise((resolve) => setImmediate(resolve));
    expect(logged).not.toHaveBeenCalled();
    wire.socket.destroy();
  });

  test('adds no listener if the journal cannot be read', async () => {
    const { carrier, listeners } = await newEventBench();
    const store = { ...carrier.store, list: () => Promise.reject(new Error('connection refused')) };
    const app = controlOf({ ...carrier, store });
    await request(app).get('/_mock/events').set('last-event-id', 'x').expect(500);
    expect(listeners.size).toBe(0);
  });

  test('is removed at once when the server closes, even if it does not read', async () => {
    const { url, listeners, closing, refuse } = await newEventBench();
    const wire = openWire(url, 'GET /_mock/events HTTP/1.1\r\nHost: x\r\n\r\n');
    await wire.waitFor('retry: 2000');
    wire.socket.pause();
    for (let at = 0; at < 2000; at += 1) await refuse();
    closing.abort();
    expect(listeners.size).toBe(0);
    // A write after the end of the response would be an uncaught error.
    await refuse();
    wire.socket.destroy();
  });

  test('that connects while the server closes receives the missed events and the end', async () => {
    const { url, listeners, closing, refuse } = await newEventBench();
    const id = await refuse();
    closing.abort();
    const stream = await listenAt(`${url}/_mock/events`, { 'last-event-id': 'x' });
    await stream.ended();
    expect((await stream.events(1)).map((event) => event.id)).toEqual([id]);
    expect(listeners.size).toBe(0);
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
