/** Streams of requests: server-sent events as journal records. */
import { expect, test } from 'vitest';
import { connectMock, type JournalRecord, type RequestStream } from '../../../src/control/index.js';
import {
  clientPlace,
  rejection,
  requestIdOf,
  signIn,
  verifyNumber,
} from '../../support/control-client.js';
import { serve } from '../client/scene.js';

async function take(stream: RequestStream, count: number): Promise<readonly JournalRecord[]> {
  const records: JournalRecord[] = [];
  for await (const record of stream) {
    records.push(record);
    if (records.length === count) break;
  }
  return records;
}

/** A server that sends each text in its own write. */
async function eventServer(...writes: readonly string[]): Promise<string> {
  const { url } = await serve(async (_req, res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const text of writes) {
      res.write(text);
      await new Promise((resolve) => setImmediate(resolve));
    }
    res.end();
  });
  return url;
}

test('a stream has the app’s journal records, oldest first, and no others', async () => {
  const place = await clientPlace();
  const other = await place.mock.createApp();
  const stream = await place.app.events();
  await signIn({ ...place, app: other });
  const ids = [requestIdOf(await signIn(place)), requestIdOf(await verifyNumber(place))];
  const records = await take(stream, 2);
  expect(records.map(({ id }) => id)).toEqual(ids);
  expect(records.toReversed()).toEqual(await place.app.requests());
});

test('a mock that does not respond is a timeout', async () => {
  const { url } = await serve(() => undefined);
  const error = await rejection(connectMock({ url, timeoutMs: 20 }).events());
  expect(error).toMatchObject({ code: 'ERR_CONTROL_TIMEOUT', detail: 'no response within 20 ms' });
});

test('an open stream has no timeout', async () => {
  const place = await clientPlace();
  const timeoutMs = 1000;
  const stream = await connectMock({ url: place.url, timeoutMs }).events();
  await new Promise((resolve) => setTimeout(resolve, timeoutMs + 200));
  await signIn(place);
  expect(await take(stream, 1)).toHaveLength(1);
});

test('the stream of the mock has the requests of all apps', async () => {
  const place = await clientPlace();
  const other = await place.mock.createApp();
  const stream = await place.mock.events();
  await signIn(place);
  await signIn({ ...place, app: other });
  expect((await take(stream, 2)).map(({ appId }) => appId)).toEqual([place.app.appId, other.appId]);
});

test('close ends a loop over the stream', async () => {
  const { app } = await clientPlace();
  const stream = await app.events();
  const taken = take(stream, 1);
  stream.close();
  expect(await taken).toEqual([]);
  stream.close();
});

test('skipped records are an error', async () => {
  const url = await eventServer('event: passed-over\ndata: {"count":3}\n\n');
  const error = await rejection(take(await connectMock({ url }).events(), 1));
  expect(error).toMatchObject({ code: 'ERR_CONTROL_INCOMPLETE' });
  expect(error.message).toContain('{"count":3}');
});

test('an event that is not JSON is an error', async () => {
  const url = await eventServer('event: request\ndata: {\n\n');
  expect(await rejection(take(await connectMock({ url }).events(), 1))).toMatchObject({
    name: 'ControlError',
  });
});

test('a character in two pieces is read whole', async () => {
  const bytes = Buffer.from('event: request\ndata: {"id":"中"}\n\n');
  const middle = bytes.indexOf('中') + 1;
  const body = ReadableStream.from([bytes.subarray(0, middle), bytes.subarray(middle)]);
  const records = await connectMock({
    url: 'http://mock',
    fetch: async () => new Response(body),
  }).events();
  expect((await records[Symbol.asyncIterator]().next()).value).toEqual({ id: '中' });
});
