/** The recorder on the wire: what it keeps of requests that no well-made client sends, and how its answers break off. */
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { closed, heldPort, listen, urlOfPort } from '../../../contracts/consumer/ports.js';
import { type Recorder, type RecorderOptions, startRecorder } from '../../../contracts/consumer/recorder.js';
import { ExchangeError, type WireRequest } from '../../../contracts/provider/subject.js';
import { eventually } from '../../support/poll.js';
import { openWire } from '../../support/sockets.js';

const ANSWER = '{"resultCode":"103000"}';

interface Scene {
  readonly recorder: Recorder;
  /** What the mock was asked. */
  readonly asked: readonly WireRequest[];
}

async function scene(options: Partial<RecorderOptions> = {}): Promise<Scene> {
  const asked: WireRequest[] = [];
  const recorder = await startRecorder({
    mock: {
      send: async (request) => {
        asked.push(request);
        return { status: 200, headers: { 'content-type': 'application/json' }, body: ANSWER };
      },
    },
    alteration: {},
    values: {},
    delivery: { delayMs: 0, overMs: undefined },
    listensAfterMs: undefined,
    nowMs: () => 1000,
    ...options,
  });
  onTestFinished(async () => void (await recorder.end().catch(() => undefined)));
  return { recorder, asked };
}

function requestOf({ path = '/a?b=c', headers = '', body = 'xyz' } = {}): string {
  return `POST ${path} HTTP/1.1\r\nHost: h\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`;
}

test('a request is kept byte for byte, headers that come twice too, and asked of the mock without those of the connection', async () => {
  const { recorder, asked } = await scene();
  const headers = 'Content-Type: text/plain\r\ncontent-type: application/json\r\nX-Team: A\r\n';
  const wire = openWire(recorder.url, requestOf({ headers }));
  await wire.comes(ANSWER);
  const [one] = await recorder.end();
  expect(one).toMatchObject({
    whole: true,
    atMs: 1000,
    followed: false,
    request: {
      method: 'POST',
      path: '/a?b=c',
      headers: [
        ['Host', 'h'],
        ['Content-Type', 'text/plain'],
        ['content-type', 'application/json'],
        ['X-Team', 'A'],
        ['Content-Length', '3'],
      ],
    },
  });
  expect(one?.request.body.toString()).toBe('xyz');
  expect(asked.map(({ headers: passed }) => passed.map(([name]) => name))).toEqual([
    ['Content-Type', 'content-type', 'X-Team'],
  ]);
});

test('a request that breaks off is kept, and not asked of the mock', async () => {
  const { recorder, asked } = await scene();
  const wire = openWire(recorder.url, requestOf().replace('Content-Length: 3', 'Content-Length: 99'));
  wire.socket.end();
  await eventually('the close', () => wire.isClosed() || undefined);
  const recorded = await recorder.end();
  expect(recorded).toMatchObject([{ whole: false, carrier: undefined }]);
  expect(asked).toEqual([]);
});

test('what is no HTTP is kept too', async () => {
  const { recorder } = await scene();
  const wire = openWire(recorder.url, 'hello\r\n\r\n');
  await eventually('the close', () => wire.isClosed() || undefined);
  const [one] = await recorder.end();
  expect(one).toMatchObject({ whole: false, request: { method: '', path: '' } });
  expect(one?.request.body.toString()).toBe('hello\r\n\r\n');
});

test('an address as a proxy gets it is refused, and not asked of the mock', async () => {
  const { recorder, asked } = await scene();
  await openWire(recorder.url, requestOf({ path: 'http://h/a' })).comes('400 Bad Request');
  expect((await recorder.end())[0]?.request.path).toBe('http://h/a');
  expect(asked).toEqual([]);
});

test('a redirect leads to a path where the mock answers', async () => {
  const { recorder, asked } = await scene({ alteration: { redirect: 307 } });
  await openWire(recorder.url, requestOf()).comes('/moved/a?b=c');
  expect(asked).toEqual([]);
  await openWire(recorder.url, requestOf({ path: '/moved/a?b=c' })).comes(ANSWER);
  expect(asked.map(({ path }) => path)).toEqual(['/a?b=c']);
  expect((await recorder.end()).map(({ followed }) => followed)).toEqual([false, true]);
});

test('an answer in pieces has no length, and comes whole', async () => {
  const { recorder } = await scene({ delivery: { delayMs: 0, overMs: 40 } });
  const text = await openWire(recorder.url, requestOf()).comes('\r\n0\r\n\r\n');
  expect(text.toLowerCase()).toContain('transfer-encoding: chunked');
  expect(text.split('\r\n').length).toBeGreaterThan(2 * ANSWER.length);
});

test.each([
  { description: 'closed before the answer', ending: 'close', expected: '' },
  { description: 'reset before the answer', ending: 'reset', expected: '' },
] as const)('a connection is $description, after the mock has decided', async ({ ending }) => {
  const { recorder, asked } = await scene({ alteration: { ending } });
  const wire = openWire(recorder.url, requestOf());
  await eventually('the close', () => wire.isClosed() || undefined);
  expect(wire.received()).toBe('');
  expect(asked).toHaveLength(1);
});

test('a connection is closed within the answer, whose length was told', async () => {
  const { recorder } = await scene({ alteration: { ending: 'close-within' } });
  const wire = openWire(recorder.url, requestOf());
  await eventually('the close', () => wire.isClosed() || undefined);
  expect(wire.received().toLowerCase()).toContain(`content-length: ${ANSWER.length}`);
  expect(wire.received().endsWith(`\r\n\r\n${ANSWER.slice(0, ANSWER.length / 2)}`)).toBe(true);
});

test('a silent recorder lets go of the connection when the scenario ends', async () => {
  const { recorder, asked } = await scene({
    alteration: { ending: 'silence' },
    delivery: { delayMs: 600_000, overMs: undefined },
  });
  const wire = openWire(recorder.url, requestOf());
  await eventually('the request', () => asked[0]);
  expect(await recorder.end()).toHaveLength(1);
  await eventually('the close', () => wire.isClosed() || undefined);
  expect(wire.received()).toBe('');
});

test('where nobody listens a connection is refused, and where somebody does later it is taken then', async () => {
  const never = await scene({ listensAfterMs: 'never' });
  await expect(fetch(never.recorder.url)).rejects.toThrow();
  expect(await never.recorder.end()).toEqual([]);
  const late = await scene({ listensAfterMs: 50 });
  const answer = await eventually('the answer', () => fetch(late.recorder.url).catch(() => undefined));
  expect(await answer.text()).toBe(ANSWER);
});

test('a port where nobody listens is held: no server takes it before it is let go', async () => {
  const held = await heldPort();
  await expect(fetch(urlOfPort(held.port))).rejects.toThrow();
  const server = createServer();
  onTestFinished(() => closed(server));
  await expect(listen(server, held.port)).rejects.toThrow('EADDRINUSE');
  await held.release();
  expect(await listen(server, held.port)).toBe(held.port);
});

test('a recorder that is to listen later and is not needed any more ends at once', async () => {
  const { recorder } = await scene({ listensAfterMs: 600_000 });
  expect(await recorder.end()).toEqual([]);
});

test('a mock that does not answer is told at the end', async () => {
  const gone = { send: () => Promise.reject(new ExchangeError('no answer')) };
  const { recorder } = await scene({ mock: gone });
  await expect(fetch(recorder.url, { method: 'POST' })).rejects.toThrow();
  await expect(recorder.end()).rejects.toThrow('no answer');
});
