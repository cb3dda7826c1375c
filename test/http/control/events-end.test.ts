/** /_mock/events: how streams end, whoever ends them, and that nothing of them stays behind. */
import request from 'supertest';
import { describe, expect, test, vi } from 'vitest';
import { controlOf } from '../../support/control.js';
import { LOGIN } from '../../support/endpoints.js';
import { send, startMock } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { openWire } from '../../support/sockets.js';
import { doubled } from './event-bench.js';
import { listenAt } from './event-stream.js';

describe('a listener that goes', () => {
  const count = (listeners: ReadonlySet<unknown>, expected: number) =>
    eventually(`${expected} listeners`, () => (listeners.size === expected ? true : undefined));

  test('leaves nothing behind', async () => {
    const { url, listeners, refuse } = await doubled();
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

  test('while what it missed is still looked up leaves nothing behind either', async () => {
    const { url, listeners, held } = await doubled();
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

  test('when the server stops while what it missed is looked up ends without an error', async () => {
    // In tests Express keeps to itself what it prints elsewhere.
    vi.stubEnv('NODE_ENV', 'production');
    const { url, listeners, closing, held } = await doubled();
    const complained = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    let release = () => {};
    held.list = new Promise<void>((resolve) => {
      release = resolve;
    });
    const wire = openWire(url, 'GET /_mock/events HTTP/1.1\r\nHost: x\r\nLast-Event-ID: x\r\n\r\n');
    await count(listeners, 1);
    closing.abort();
    release();
    await wire.comes('HTTP/1.1 200');
    await new Promise((resolve) => setImmediate(resolve));
    expect(complained).not.toHaveBeenCalled();
    wire.socket.destroy();
  });

  test('is no listener where the journal cannot be read', async () => {
    const { carrier, listeners } = await doubled();
    const store = { ...carrier.store, list: () => Promise.reject(new Error('connection refused')) };
    const app = controlOf({ ...carrier, store });
    await request(app).get('/_mock/events').set('last-event-id', 'x').expect(500);
    expect(listeners.size).toBe(0);
  });

  test('when the server closes is let go at once, though it reads nothing more', async () => {
    const { url, listeners, closing, refuse } = await doubled();
    const wire = openWire(url, 'GET /_mock/events HTTP/1.1\r\nHost: x\r\n\r\n');
    await wire.comes('retry: 2000');
    wire.socket.pause();
    for (let at = 0; at < 2000; at += 1) await refuse();
    closing.abort();
    expect(listeners.size).toBe(0);
    // What comes behind the end of a response would be an error that nobody catches.
    await refuse();
    wire.socket.destroy();
  });

  test('that comes when the server is closing already hears what it missed, and the end', async () => {
    const { url, listeners, closing, refuse } = await doubled();
    const id = await refuse();
    closing.abort();
    const stream = await listenAt(`${url}/_mock/events`, { 'last-event-id': 'x' });
    await stream.ended();
    expect((await stream.events(1)).map((event) => event.id)).toEqual([id]);
    expect(listeners.size).toBe(0);
  });
});

test('the server that closes ends the streams, and does not wait for them', async () => {
  const server = await startMock();
  const stream = await listenAt(`${server.url}/_mock/events`);
  const order: string[] = [];
  await send(server.url, 'POST', LOGIN.path, '{}');
  await stream.events(1);
  // An answer that the server waits for when it closes: the stream has ended long before.
  const held = openWire(
    server.url,
    `POST ${LOGIN.path} HTTP/1.1\r\nHost: x\r\nX-Mock-Outcome: delay(500ms) status(503)\r\nContent-Length: 0\r\n\r\n`,
  );
  await stream.events(2);
  const closed = server.close().then(() => order.push('server'));
  await stream.ended().then(() => order.push('stream'));
  await closed;
  expect(order).toEqual(['stream', 'server']);
  await held.comes('503');
});
