/** The recorder on the wire: the recording of malformed requests, and incomplete responses. */
import { expect, onTestFinished, test } from 'vitest';
import {
  type Recorder,
  type RecorderOptions,
  startRecorder,
} from '../../../contracts/consumer/recorder.js';
import {
  ExchangeError,
  type Subject,
  type WireAnswer,
  type WireRequest,
} from '../../../contracts/kit/wire.js';
import { eventually } from '../../support/poll.js';
import { openWire } from '../../support/sockets.js';

const ANSWER = '{"resultCode":"103000"}';

interface Bench {
  readonly recorder: Recorder;
  /** The requests that were passed on to the mock. */
  readonly forwarded: readonly WireRequest[];
}

async function benchWith(options: Partial<RecorderOptions> = {}): Promise<Bench> {
  const forwarded: WireRequest[] = [];
  const recorder = await startRecorder({
    mock: {
      send: async (request) => {
        forwarded.push(request);
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
  return { recorder, forwarded };
}

function requestOf({ path = '/a?b=c', headers = '', body = 'xyz' } = {}): string {
  return `POST ${path} HTTP/1.1\r\nHost: h\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`;
}

test('a request is recorded unchanged, with repeated headers, and passed on without the headers of the connection', async () => {
  const { recorder, forwarded } = await benchWith();
  const headers = 'Content-Type: text/plain\r\ncontent-type: application/json\r\nX-Team: A\r\n';
  const wire = openWire(recorder.url, requestOf({ headers }));
  await wire.waitFor(ANSWER);
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
  expect(forwarded.map(({ headers: passed }) => passed.map(([name]) => name))).toEqual([
    ['Content-Type', 'content-type', 'X-Team'],
  ]);
});

test('an incomplete request is recorded and not passed on', async () => {
  const { recorder, forwarded } = await benchWith();
  const wire = openWire(
    recorder.url,
    requestOf().replace('Content-Length: 3', 'Content-Length: 99'),
  );
  wire.socket.end();
  await eventually('the close', () => wire.isClosed() || undefined);
  const recorded = await recorder.end();
  expect(recorded).toMatchObject([{ whole: false, carrier: undefined }]);
  expect(forwarded).toEqual([]);
});

test('data that is not HTTP is recorded', async () => {
  const { recorder } = await benchWith();
  const wire = openWire(recorder.url, 'hello\r\n\r\n');
  await eventually('the close', () => wire.isClosed() || undefined);
  const [one] = await recorder.end();
  expect(one).toMatchObject({ whole: false, request: { method: '', path: '' } });
  expect(one?.request.body.toString()).toBe('hello\r\n\r\n');
});

test('an absolute address, as for a proxy, is refused and not passed on', async () => {
  const { recorder, forwarded } = await benchWith();
  await openWire(recorder.url, requestOf({ path: 'http://h/a' })).waitFor('400 Bad Request');
  expect((await recorder.end())[0]?.request.path).toBe('http://h/a');
  expect(forwarded).toEqual([]);
});

test('a redirect points to a path with the response of the mock', async () => {
  const { recorder, forwarded } = await benchWith({ alteration: { redirect: 307 } });
  await openWire(recorder.url, requestOf()).waitFor('/moved/a?b=c');
  expect(forwarded).toEqual([]);
  await openWire(recorder.url, requestOf({ path: '/moved/a?b=c' })).waitFor(ANSWER);
  expect(forwarded.map(({ path }) => path)).toEqual(['/a?b=c']);
  expect((await recorder.end()).map(({ followed }) => followed)).toEqual([false, true]);
});

test('a response in pieces is complete and has no length', async () => {
  const { recorder } = await benchWith({ delivery: { delayMs: 0, overMs: 40 } });
  const text = await openWire(recorder.url, requestOf()).waitFor('\r\n0\r\n\r\n');
  expect(text.toLowerCase()).toContain('transfer-encoding: chunked');
  expect(text.split('\r\n').length).toBeGreaterThan(2 * ANSWER.length);
});

test.each([
  { description: 'closed before the response', ending: 'close', expected: '' },
  { description: 'reset before the response', ending: 'reset', expected: '' },
] as const)('a connection is $description, after the mock has decided', async ({ ending }) => {
  const { recorder, forwarded } = await benchWith({ alteration: { ending } });
  const wire = openWire(recorder.url, requestOf());
  await eventually('the close', () => wire.isClosed() || undefined);
  expect(wire.received()).toBe('');
  expect(forwarded).toHaveLength(1);
});

test('a connection is closed within a response with Content-Length', async () => {
  const { recorder } = await benchWith({ alteration: { ending: 'close-within' } });
  const wire = openWire(recorder.url, requestOf());
  await eventually('the close', () => wire.isClosed() || undefined);
  expect(wire.received().toLowerCase()).toContain(`content-length: ${ANSWER.length}`);
  expect(wire.received().endsWith(`\r\n\r\n${ANSWER.slice(0, ANSWER.length / 2)}`)).toBe(true);
});

test('a silent recorder closes the connection when the scenario ends', async () => {
  const { recorder, forwarded } = await benchWith({
    alteration: { ending: 'silence' },
    delivery: { delayMs: 600_000, overMs: undefined },
  });
  const wire = openWire(recorder.url, requestOf());
  await eventually('the request', () => forwarded[0]);
  expect(await recorder.end()).toHaveLength(1);
  await eventually('the close', () => wire.isClosed() || undefined);
  expect(wire.received()).toBe('');
});

test('a connection is refused without a listener, and accepted once a late recorder listens', async () => {
  const never = await benchWith({ listensAfterMs: 'never' });
  await expect(fetch(never.recorder.url)).rejects.toThrow();
  expect(await never.recorder.end()).toEqual([]);
  const late = await benchWith({ listensAfterMs: 50 });
  const answer = await eventually('the answer', () =>
    fetch(late.recorder.url).catch(() => undefined),
  );
  expect(await answer.text()).toBe(ANSWER);
});

test('a recorder with a late start ends at once if it is no longer needed', async () => {
  const { recorder } = await benchWith({ listensAfterMs: 600_000 });
  expect(await recorder.end()).toEqual([]);
});

test('a mock that does not respond is reported at the end', async () => {
  const unreachable = { send: () => Promise.reject(new ExchangeError('no response')) };
  const { recorder } = await benchWith({ mock: unreachable });
  await expect(fetch(recorder.url, { method: 'POST' })).rejects.toThrow();
  await expect(recorder.end()).rejects.toThrow('no response');
});

test('at the end, the recorder waits for the mock’s responses to pending requests', async () => {
  let respond: (answer: WireAnswer) => void = () => undefined;
  const answered = new Promise<WireAnswer>((resolve) => {
    respond = resolve;
  });
  const forwarded: WireRequest[] = [];
  const mock: Subject = {
    send: (request) => {
      forwarded.push(request);
      return answered;
    },
  };
  const { recorder } = await benchWith({ mock });
  const wire = openWire(recorder.url, requestOf());
  await eventually('the request', () => forwarded[0]);
  // A copy, because a late response is written to the list.
  const ended = recorder.end().then((recorded) => [...recorded]);
  await eventually('the close', () => wire.isClosed() || undefined);
  respond({ status: 200, headers: {}, body: ANSWER });
  expect(await ended).toMatchObject([
    { whole: true, carrier: { body: ANSWER }, answer: { status: 200 } },
  ]);
});
