/** HTTP over memory: what a listener sees of a request, what a caller sees of an answer, and how both end. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { inProcessFetch } from '../../../mock-server/adapters/in-process-fetch.js';
import { eventually } from '../../support/poll.js';

function fetchFrom(listener: RequestListener, { basePath = '', clientIp = '127.0.0.1' } = {}): typeof fetch {
  return inProcessFetch(async () => ({ listener, basePath, clientIp }));
}

async function seenBy(input: string | URL | Request, init?: RequestInit, basePath = '') {
  let seen: IncomingMessage | undefined;
  let body = Buffer.alloc(0);
  const listener: RequestListener = async (req, res) => {
    seen = req;
    for await (const chunk of req) body = Buffer.concat([body, chunk]);
    res.end();
  };
  await fetchFrom(listener, { basePath, clientIp: '203.0.113.7' })(input, init);
  return { req: seen as IncomingMessage, body };
}

describe('the listener sees', () => {
  test('method, path, query and headers', async () => {
    const init = { method: 'PATCH', headers: { 'X-One': '1' } };
    const { req } = await seenBy('https://www.cmpassport.com/a/%E4%B8%AD?b=c&d', init);
    expect([req.method, req.url, req.httpVersion]).toEqual(['PATCH', '/a/%E4%B8%AD?b=c&d', '1.1']);
    expect(req.rawHeaders).toEqual(['host', 'www.cmpassport.com', 'x-one', '1']);
    expect(req.headers).toEqual({ host: 'www.cmpassport.com', 'x-one': '1' });
    expect(req.socket.remoteAddress).toBe('203.0.113.7');
  });

  test.each([
    { url: 'http://a.test/cm/x?y', basePath: '/cm', expected: '/x?y' },
    { url: 'http://a.test/cm', basePath: '/cm', expected: '/' },
    { url: 'http://a.test/cm?y', basePath: '/cm', expected: '/?y' },
    { url: 'http://a.test', basePath: '', expected: '/' },
  ])('$url below "$basePath" as $expected', async ({ url, basePath, expected }) => {
    expect((await seenBy(url, {}, basePath)).req.url).toBe(expected);
  });

  test.each([
    { description: 'bytes that are no text', bytes: Buffer.from([0xff, 0x00, 0xc3]) },
    { description: 'a byte order mark', bytes: Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]) },
    { description: 'nothing', bytes: Buffer.alloc(0) },
    { description: '1 MiB', bytes: Buffer.alloc(1024 * 1024, 'x') },
  ])('a body of $description as it is, with its length', async ({ bytes }) => {
    const { req, body } = await seenBy('http://a.test/', { method: 'POST', body: bytes });
    expect(body.equals(bytes)).toBe(true);
    expect(req.headers['content-length']).toBe(String(bytes.length));
  });

  test('no length where there is no body', async () => {
    const { req, body } = await seenBy('http://a.test/', { method: 'POST', headers: { 'content-length': '5' } });
    expect([req.headers['content-length'], body.length]).toEqual([undefined, 0]);
  });

  test('a Request like its parts', async () => {
    const request = new Request('http://a.test/x', { method: 'PUT', body: 'y', headers: { 'x-z': '1' } });
    const { req, body } = await seenBy(request);
    expect([req.method, req.url, req.headers['x-z'], body.toString()]).toEqual(['PUT', '/x', '1', 'y']);
  });
});

describe('the caller sees', () => {
  const answered = (answer: (res: ServerResponse, req: IncomingMessage) => void, init?: RequestInit) =>
    fetchFrom((req, res) => answer(res, req))('http://a.test/', init);

  test('status, its words, headers and body, and nothing of a connection', async () => {
    const response = await answered((res) => res.writeHead(418, { 'X-A': 'b', 'Content-Length': 2 }).end('hi'));
    expect([response.status, response.statusText, await response.text()]).toEqual([418, "I'm a Teapot", 'hi']);
    const names = [...response.headers.keys()].filter((name) => name !== 'date');
    expect(names).toEqual(['content-length', 'x-a']);
  });

  test('several cookies as several', async () => {
    const response = await answered((res) => res.writeHead(200, { 'Set-Cookie': ['a=1', 'b=2'] }).end());
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  test.each([204, 205, 304])('%i without a body', async (status) => {
    const response = await answered((res) => res.writeHead(status).end());
    expect([response.status, response.body]).toEqual([status, null]);
  });

  test('HEAD without a body, with the length that there would be', async () => {
    const response = await answered((res) => res.writeHead(200, { 'Content-Length': 5 }).end('hello'), {
      method: 'HEAD',
    });
    expect([response.headers.get('content-length'), response.body]).toEqual(['5', null]);
  });

  test('an answer of unknown length whole, without the marks of chunks', async () => {
    const response = await answered((res) => {
      res.write('one,');
      setImmediate(() => res.end('two'));
    });
    expect([await response.text(), response.headers.get('transfer-encoding')]).toEqual(['one,two', null]);
  });

  test('a head that comes in pieces', async () => {
    const response = await answered((res) => {
      res.socket?.write('HTTP/1.1 200 O');
      res.socket?.write('K\r\nX-A: b\r\n\r');
      res.socket?.write('\nbody');
      res.emit('finish');
    });
    expect([response.statusText, response.headers.get('x-a'), await response.text()]).toEqual(['OK', 'b', 'body']);
  });

  test.each([
    { description: 'a reset', end: (res: ServerResponse) => res.socket?.resetAndDestroy(), code: 'ECONNRESET' },
    { description: 'an end', end: (res: ServerResponse) => res.socket?.end(), code: 'UND_ERR_SOCKET' },
    { description: 'a destroyed answer', end: (res: ServerResponse) => res.destroy(), code: 'UND_ERR_SOCKET' },
  ])('$description before the head as a failed fetch, and within the body as one cut off', async ({ end, code }) => {
    const before = answered((res) => void end(res));
    await expect(before).rejects.toMatchObject({ name: 'TypeError', message: 'fetch failed', cause: { code } });
    const within = await answered((res) => res.writeHead(200, { 'Content-Length': 9 }).write('half', () => end(res)));
    await expect(within.text()).rejects.toMatchObject({ name: 'TypeError', message: 'terminated', cause: { code } });
  });
});

describe('an exchange ends', () => {
  test('once for both when the answer is whole', async () => {
    const ends: string[] = [];
    const listener: RequestListener = (req, res) => {
      for (const event of ['finish', 'close']) res.on(event, () => ends.push(event));
      req.socket.on('close', () => ends.push('socket'));
      res.end('x');
    };
    await (await fetchFrom(listener)('http://a.test/')).text();
    await eventually('the close', () => (ends.includes('close') ? true : undefined));
    expect(ends.toSorted()).toEqual(['close', 'finish', 'socket']);
  });

  test.each([
    { description: 'before the head', write: () => undefined },
    { description: 'within the body', write: (res: ServerResponse) => res.write('x') },
  ])('when the caller aborts $description, with the caller’s reason', async ({ write }) => {
    const abort = new AbortController();
    const state = { closed: false, waiting: false };
    const listener: RequestListener = (_req, res) => {
      res.once('close', () => {
        state.closed = true;
      });
      write(res);
      state.waiting = true;
    };
    const asked = fetchFrom(listener)('http://a.test/', { signal: abort.signal }).then((response) => response.text());
    await eventually('the request', () => (state.waiting ? true : undefined));
    abort.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
    expect(state.closed).toBe(true);
  });

  test('before it begins where the signal is aborted already', async () => {
    const asked = fetchFrom(() => expect.unreachable())('http://a.test/', { signal: AbortSignal.abort('why') });
    await expect(asked).rejects.toBe('why');
  });

  test('when the reader leaves the body', async () => {
    let closed = false;
    const response = await fetchFrom((_req, res) => {
      res.once('close', () => {
        closed = true;
      });
      res.write('x');
    })('http://a.test/');
    await response.body?.cancel();
    await eventually('the close', () => (closed ? true : undefined));
  });

  test('and leaves nothing with a signal that lives on', async () => {
    const { signal } = new AbortController();
    const added: string[] = [];
    const removed: string[] = [];
    const { addEventListener: add, removeEventListener: remove } = signal;
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      added.push(args[0]);
      add.apply(signal, args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      removed.push(args[0]);
      remove.apply(signal, args);
    };
    await (await fetchFrom((_req, res) => res.end('x'))('http://a.test/', { signal })).text();
    await eventually('the removal', () => (removed.length === added.length ? true : undefined));
    expect([added, removed]).toEqual([['abort'], ['abort']]);
  });
});

test('a writer waits for a reader: what is unread has a bound', async () => {
  let written = 0;
  const pieces = Array.from({ length: 64 }, () => Buffer.alloc(16 * 1024, 'x'));
  const counted = Readable.from(pieces, { objectMode: false, highWaterMark: 1 }).on('data', ({ length }: Buffer) => {
    written += length;
  });
  const response = await fetchFrom((_req, res) => void counted.pipe(res))('http://a.test/');
  // Many turns, in which all of it would have been written.
  for (let turn = 0; turn < 500; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(written).toBeGreaterThanOrEqual(64 * 1024);
  expect(written).toBeLessThan(256 * 1024);
  expect((await response.text()).length).toBe(64 * 16 * 1024);
});
