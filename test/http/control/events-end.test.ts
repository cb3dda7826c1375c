/** /_mock/events: streams end when the client leaves or the server closes, and leave no listener. */
import { describe, expect, test } from 'vitest';
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
