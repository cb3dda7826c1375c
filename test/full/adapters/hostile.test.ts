/** Connections that no client should make: aborted, never finished, not HTTP. A valid request succeeds after each. */
import { describe, expect, test } from 'vitest';
import {
  ENDPOINTS,
  freshRequest,
  LOGIN,
  type Place,
  placeAt,
  resultCodeOf,
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
    wire.send(
      bytesOf({ target: endpoint.path }, JSON.stringify(await freshRequest(place, endpoint))),
    );
    const { text } = await wire.reply();
    expect(resultCodeOf(text)).toBe(endpoint.success);
    wire.socket.destroy();
  }
}

describe('a wrong length', () => {
  test('too long: the server waits for the rest until the timeout', async () => {
    const place = await startPlace(SHORT_MS);
    const wire = openHttp(place.url);
    const body = JSON.stringify(await freshRequest(place, LOGIN));
    wire.send(headOf({ target: path, headers: [`Content-Length: ${body.length + 1}`] }) + body);
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
});

describe('a client that disconnects', () => {
  test('before the response does not affect others', async () => {
    const place = await startPlace();
    const bytes = bytesOf({ target: path }, JSON.stringify(await freshRequest(place, LOGIN)));
    for (let turn = 0; turn < 10; turn += 1) {
      const wire = openHttp(place.url);
      await new Promise((resolve) => wire.socket.write(bytes, resolve));
      wire.socket.resetAndDestroy();
      await wire.rest();
    }
    await expectHealthy(place);
  });

  test('during the body is not in the journal, and its token is still valid', async () => {
    const place = await startPlace();
    const bytes = bytesOf({ target: path }, JSON.stringify(await freshRequest(place, LOGIN)));
    const broken = openHttp(place.url);
    await new Promise((resolve) =>
      broken.socket.write(bytes.subarray(0, bytes.length - 1), resolve),
    );
    broken.socket.destroy();
    await broken.rest();
    const wire = openHttp(place.url);
    wire.send(bytes);
    expect(resultCodeOf((await wire.reply()).text)).toBe('103000');
    const journal = await fetch(`${place.url}/_mock/requests?appId=${place.app.appId}`);
    expect(
      ((await journal.json()) as { readonly requests: readonly unknown[] }).requests,
    ).toHaveLength(1);
  });
});
