/** Requests as they come in, without a connection: the stream ends when its reader leaves, and makes a writer wait for nobody. */
import { expect, test } from 'vitest';
import { LOGIN } from '../../support/endpoints.js';
import { eventually } from '../../support/poll.js';
import { useNetwork } from './network.js';
import { ask, carrierOnNetwork, HOST } from './scene.js';

useNetwork();

test('each request of the app comes, oldest first, and those of other apps do not', async () => {
  const carrier = carrierOnNetwork();
  const other = await carrier.mock.createApp();
  const stream = await carrier.events();
  await ask(other, LOGIN);
  await ask(carrier, LOGIN, { token: 'first' });
  await ask(carrier, LOGIN);
  const records = [];
  for await (const record of stream) if (records.push(record) === 2) break;
  expect(records.toReversed()).toEqual(await carrier.requests());
});

test('a stream that is closed ends its loop, and makes room for another', async () => {
  const carrier = carrierOnNetwork();
  // More than there may be at a time.
  for (let at = 0; at < 150; at += 1) {
    const stream = await carrier.events();
    const [iterator] = [stream[Symbol.asyncIterator]()];
    const next = iterator.next();
    stream.close();
    expect(await next).toEqual({ done: true, value: undefined });
  }
});

test('whoever is let go is told that nothing more comes', async () => {
  const carrier = carrierOnNetwork();
  const stream = await carrier.mock.events();
  await carrier.dispose();
  const records = [];
  for await (const record of stream) records.push(record);
  expect(records).toEqual([]);
});

/** So many requests of 60 kB each, none of them read meanwhile. */
async function unread(count: number) {
  const carrier = carrierOnNetwork();
  const stream = await carrier.events();
  const body = JSON.stringify({ appid: carrier.appId, padding: 'x'.repeat(60_000) });
  for (let at = 0; at < count; at += 1) await fetch(HOST + LOGIN.path, { method: 'POST', body });
  return stream;
}

test('what nobody read yet is kept, and comes when it is read', async () => {
  let read = 0;
  for await (const { resultCode } of await unread(40)) {
    expect(resultCode).toBe('103811');
    read += 1;
    if (read === 40) break;
  }
});

test('a stream that nobody reads passes records over beyond a bound, and says so', async () => {
  const stream = await unread(150);
  let read = 0;
  const readAll = async () => {
    for await (const _ of stream) read += 1;
  };
  await expect(readAll()).rejects.toMatchObject({ code: 'ERR_CONTROL_INCOMPLETE' });
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(150);
});

test('by fetch a stream comes too, and aborting it lets the carrier go', async () => {
  const carrier = carrierOnNetwork();
  const away = new AbortController();
  const response = await fetch(`${HOST}/_mock/events`, { signal: away.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  let text = '';
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  })();
  const left = expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  await ask(carrier, LOGIN);
  await eventually('the event', () => (text.includes('event: request') ? true : undefined));
  away.abort();
  await left;
});
