/** Connections that no client should make: aborted, never finished, not HTTP. A valid request succeeds after each. */
import { describe, expect, test } from 'vitest';
import {
  ENDPOINTS,
  freshRequest,
  LOGIN,
  type Place,
  placeAt,
  resultCodeOf,
  STACK_TRACE,
} from '../../support/endpoints.js';
import { startMock } from '../../support/mock.js';
import { bytesOf, headOf, openHttp } from '../../support/wire.js';

const SHORT_MS = 200;
const DRIP_MS = 20;
const { path } = LOGIN;

async function startPlace(requestTimeoutMs?: number): Promise<Place> {
  const { url } = await startMock(requestTimeoutMs === undefined ? {} : { requestTimeoutMs });
  return placeAt(url);
}

async function expectHealthy(place: Place): Promise<void> {
  for (const endpoint of ENDPOINTS) {
    const wire = openHttp(place.url);
    wire.send(bytesOf({ target: endpoint.path }, JSON.stringify(await freshRequest(place, endpoint))));
    const { text } = await wire.reply();
    expect(resultCodeOf(text)).toBe(endpoint.success);
    wire.socket.destroy();
  }
}

describe('malformed HTTP gets Node’s own response', () => {
  test.each<{ readonly description: string; readonly bytes: string | Buffer; readonly status: number }>([
    { description: 'not HTTP', bytes: 'hello\r\n\r\n', status: 400 },
    { description: 'no Host', bytes: `POST ${path} HTTP/1.1\r\nContent-Length: 0\r\n\r\n`, status: 400 },
    {
      description: 'two lengths',
      bytes: headOf({ target: path, headers: ['Content-Length: 2', 'Content-Length: 3'] }),
      status: 400,
    },
    {
      description: 'a length and chunks',
      bytes: headOf({ target: path, headers: ['Content-Length: 2', 'Transfer-Encoding: chunked'] }),
      status: 400,
    },
    {
      description: 'a chunk whose size is no number',
      bytes: `${headOf({ target: path, headers: ['Transfer-Encoding: chunked'] })}zz\r\n{}\r\n0\r\n\r\n`,
      status: 400,
    },
    {
      description: '32 KiB of headers',
      bytes: headOf({ target: path, headers: [`A: ${'a'.repeat(32_768)}`] }),
      status: 431,
    },
    {
      description: 'an unknown expectation',
      bytes: headOf({ target: path, headers: ['Expect: 200-ok'] }),
      status: 417,
    },
  ])('$description: $status', async ({ bytes, status }) => {
    const place = await startPlace();
    const wire = openHttp(place.url);
    wire.send(bytes);
    wire.socket.end();
    const all = await wire.rest();
    expect(all).toMatch(RegExp(`^HTTP/1.1 ${status} `));
    expect(all).not.toMatch(STACK_TRACE);
    await expectHealthy(place);
  });

  test('a tunnel is not opened', async () => {
    const place = await startPlace();
    const wire = openHttp(place.url);
    wire.send('CONNECT www.cmpassport.com:443 HTTP/1.1\r\nHost: www.cmpassport.com:443\r\n\r\n');
    expect(await wire.rest()).not.toMatch(/^HTTP\/1.1 2/);
    await expectHealthy(place);
  });
});

describe('a wrong length', () => {
  test('too short: the rest is not HTTP and closes the connection', async () => {
    const place = await startPlace();
    const wire = openHttp(place.url);
    const body = JSON.stringify(await freshRequest(place, LOGIN));
    wire.send(headOf({ target: path, headers: ['Content-Length: 20'] }) + body);
    const all = await wire.rest();
    expect(all).toMatch(/HTTP\/1.1 400 /);
    expect(all).not.toContain('103000');
    await expectHealthy(place);
  });

  test('too long: the server waits for the rest until the timeout', async () => {
    const place = await startPlace(SHORT_MS);
    const wire = openHttp(place.url);
    const body = JSON.stringify(await freshRequest(place, LOGIN));
    wire.send(headOf({ target: path, headers: [`Content-Length: ${body.length + 1}`] }) + body);
    expect(await wire.rest()).toMatch(/^HTTP\/1.1 408 /);
    await expectHealthy(place);
  });

  test('an announced body that is never sent', async () => {
    const place = await startPlace(SHORT_MS);
    const wire = openHttp(place.url);
    wire.send(headOf({ target: path, headers: ['Content-Length: 10', 'Expect: 100-continue'] }));
    expect((await wire.reply()).status).toBe(100);
    expect(await wire.rest()).toMatch(/^HTTP\/1.1 408 /);
    await expectHealthy(place);
  });
});

describe('the server closes a connection with an endless', () => {
  test.each([
    {
      description: 'chunked body',
      head: headOf({ target: path, headers: ['Transfer-Encoding: chunked'] }),
      drip: '1\r\n \r\n',
    },
    {
      description: 'body with a length',
      head: headOf({ target: path, headers: ['Content-Length: 60000'] }),
      drip: ' ',
    },
    { description: 'headers', head: `POST ${path} HTTP/1.1\r\nHost: a\r\n`, drip: 'A: b\r\n' },
    { description: 'request line', head: 'POST /', drip: 'a' },
  ])('$description', async ({ head, drip }) => {
    const place = await startPlace(SHORT_MS);
    const wire = openHttp(place.url);
    wire.send(head);
    const dripping = setInterval(() => wire.send(drip), DRIP_MS);
    const all = await wire.rest();
    clearInterval(dripping);
    expect(all).toMatch(/^(?:HTTP\/1.1 408 |$)/);
    await expectHealthy(place);
  });

  test('wait for the first byte', async () => {
    const place = await startPlace(SHORT_MS);
    expect(await openHttp(place.url).rest()).toMatch(/^(?:HTTP\/1.1 408 |$)/);
    await expectHealthy(place);
  });
});

describe('a client that disconnects', () => {
  test.each([
    { description: 'during the body', cut: 40, abort: 'destroy' },
    { description: 'before the response', cut: 0, abort: 'reset' },
  ] as const)('$description does not affect others', async ({ cut, abort }) => {
    const place = await startPlace();
    const bytes = bytesOf({ target: path }, JSON.stringify(await freshRequest(place, LOGIN)));
    for (let turn = 0; turn < 10; turn += 1) {
      const wire = openHttp(place.url);
      await new Promise((resolve) => wire.socket.write(bytes.subarray(0, bytes.length - cut), resolve));
      if (abort === 'reset') wire.socket.resetAndDestroy();
      else wire.socket.destroy();
      await wire.rest();
    }
    await expectHealthy(place);
  });

  test('during the body is not in the journal, and its token is still valid', async () => {
    const place = await startPlace();
    const bytes = bytesOf({ target: path }, JSON.stringify(await freshRequest(place, LOGIN)));
    const broken = openHttp(place.url);
    await new Promise((resolve) => broken.socket.write(bytes.subarray(0, bytes.length - 1), resolve));
    broken.socket.destroy();
    await broken.rest();
    const wire = openHttp(place.url);
    wire.send(bytes);
    expect(resultCodeOf((await wire.reply()).text)).toBe('103000');
    const journal = await fetch(`${place.url}/_mock/requests?appId=${place.app.appId}`);
    expect(((await journal.json()) as { readonly requests: readonly unknown[] }).requests).toHaveLength(1);
  });

  test('with a half-closed connection after its request still gets the response', async () => {
    const place = await startPlace();
    const wire = openHttp(place.url);
    wire.socket.end(bytesOf({ target: path }, JSON.stringify(await freshRequest(place, LOGIN))));
    expect(resultCodeOf((await wire.reply()).text)).toBe('103000');
  });
});

test.each(['/_mock/apps/%', '/_mock/requests/%ff', '/_mock/apps/%00/tokens/__proto__', '/%', '/_mock/%2e%2e/'])(
  '%s returns no stack trace',
  async (target) => {
    const place = await startPlace();
    const wire = openHttp(place.url);
    wire.send(bytesOf({ method: 'GET', target }, ''));
    const { status, text } = await wire.reply();
    expect(text).not.toMatch(STACK_TRACE);
    expect([400, 404]).toContain(status);
    await expectHealthy(place);
  },
);
