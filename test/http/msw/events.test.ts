/** Event streams without a connection: they end when the reader leaves, and a slow reader never delays a request. */
import { expect, test } from 'vitest';
import { LOGIN } from '../../support/endpoints.js';
import { eventually } from '../../support/poll.js';
import { useNetwork } from './network.js';
import { call, carrierOnNetwork, HOST } from './scene.js';

useNetwork();

test('closing a stream ends its loop and permits another stream', async () => {
  const carrier = carrierOnNetwork();
  // More than the maximum of open streams.
  for (let at = 0; at < 150; at += 1) {
    const stream = await carrier.events();
    const [iterator] = [stream[Symbol.asyncIterator]()];
    const next = iterator.next();
    stream.close();
    expect(await next).toEqual({ done: true, value: undefined });
  }
});

test('disposing the carrier ends its streams', async () => {
  const carrier = carrierOnNetwork();
  const stream = await carrier.mock.events();
  await carrier.dispose();
  const records = [];
  for await (const record of stream) records.push(record);
  expect(records).toEqual([]);
});

/** Sends `count` requests of 60 kB before the stream is read. */
async function unreadStream(count: number) {
  const carrier = carrierOnNetwork();
  const stream = await carrier.events();
  const body = JSON.stringify({ appid: carrier.appId, padding: 'x'.repeat(60_000) });
  for (let at = 0; at < count; at += 1) await fetch(HOST + LOGIN.path, { method: 'POST', body });
  return stream;
}

test('a stream that is not read skips records beyond a limit, and rejects with the reason', async () => {
  const stream = await unreadStream(150);
  let read = 0;
  const readAll = async () => {
    for await (const _ of stream) read += 1;
  };
  await expect(readAll()).rejects.toMatchObject({ code: 'ERR_CONTROL_INCOMPLETE' });
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(150);
});

test('fetch can read the stream too, and abort it', async () => {
  const carrier = carrierOnNetwork();
  const leaving = new AbortController();
  const response = await fetch(`${HOST}/_mock/events`, { signal: leaving.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  let text = '';
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  })();
  const aborted = expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  await call(carrier, LOGIN);
  await eventually('the event', () => (text.includes('event: request') ? true : undefined));
  leaving.abort();
  await aborted;
});
