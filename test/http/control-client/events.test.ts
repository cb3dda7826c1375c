/** Requests as they come in: server-sent events, read as records. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { connectMock, type JournalRecord, type RequestStream } from '../../../src/control/index.js';
import { clientPlace, rejection, requestIdOf, signIn, verifyNumber } from '../../support/control-client.js';

async function take(stream: RequestStream, count: number): Promise<readonly JournalRecord[]> {
  const records: JournalRecord[] = [];
  for await (const record of stream) {
    records.push(record);
    if (records.length === count) break;
  }
  return records;
}

/** A server whose events are these texts, each a write of its own. */
async function eventServer(...writes: readonly string[]): Promise<string> {
  const server = createServer(async (_req, res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const text of writes) {
      res.write(text);
      await new Promise((resolve) => setImmediate(resolve));
    }
    res.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('an app’s requests come as the journal has them, oldest first; those of other apps do not', async () => {
  const place = await clientPlace();
  const other = await place.mock.createApp();
  const stream = await place.app.events();
  await signIn({ ...place, app: other });
  const ids = [requestIdOf(await signIn(place)), requestIdOf(await verifyNumber(place))];
  const records = await take(stream, 2);
  expect(records.map(({ id }) => id)).toEqual(ids);
  expect(records.toReversed()).toEqual(await place.app.requests());
});

test('a mock that does not answer is told in time', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const error = await rejection(connectMock({ url, timeoutMs: 20 }).events());
  expect(error).toMatchObject({ code: 'ERR_CONTROL_TIMEOUT', detail: 'no answer in 20 ms' });
});

test('a stream that has begun may be silent for longer than that', async () => {
  const place = await clientPlace();
  const timeoutMs = 1000;
  const stream = await connectMock({ url: place.url, timeoutMs }).events();
  await new Promise((resolve) => setTimeout(resolve, timeoutMs + 200));
  await signIn(place);
  expect(await take(stream, 1)).toHaveLength(1);
});

test('the mock’s requests are those of all apps', async () => {
  const place = await clientPlace();
  const other = await place.mock.createApp();
  const stream = await place.mock.events();
  await signIn(place);
  await signIn({ ...place, app: other });
  expect((await take(stream, 2)).map(({ appId }) => appId)).toEqual([place.app.appId, other.appId]);
});

test('a loop over a stream that is closed ends', async () => {
  const { app } = await clientPlace();
  const stream = await app.events();
  const taken = take(stream, 1);
  stream.close();
  expect(await taken).toEqual([]);
  stream.close();
});

test('an event is whole however its bytes arrive', async () => {
  const record = JSON.stringify({ id: '号码' });
  const url = await eventServer(
    ':\n\nretry: 1\n\nid: 1\nev',
    `ent: request\ndata: ${record.slice(0, 5)}`,
    `${record.slice(5)}\n`,
    '\n',
  );
  expect(await take(await connectMock({ url }).events(), 2)).toEqual([{ id: '号码' }]);
});

test('records that were passed over are an error, and not a gap', async () => {
  const url = await eventServer('event: passed-over\ndata: {"count":3}\n\n');
  const error = await rejection(take(await connectMock({ url }).events(), 1));
  expect(error).toMatchObject({ code: 'ERR_CONTROL_INCOMPLETE' });
  expect(error.message).toContain('{"count":3}');
});

test('an event that is no JSON, as of another server, is an error', async () => {
  const url = await eventServer('event: request\ndata: {\n\n');
  expect(await rejection(take(await connectMock({ url }).events(), 1))).toMatchObject({ name: 'ControlError' });
});
