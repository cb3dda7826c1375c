/** HTTP as real clients send it, as bytes to both operations: a server that refuses one of these refuses a working client. Bodies are in the cases of 103000 and 000. */
import { describe, expect, test } from 'vitest';
import {
  ENDPOINTS,
  type Endpoint,
  freshRequest,
  type Place,
  placeAt,
  resultCodeOf,
} from '../../support/endpoints.js';
import { sharedMock } from '../../support/mock.js';
import { bytesOf, chunked, chunkOf, headerOf, headOf, openHttp } from '../../support/wire.js';

const JSON_TYPE = 'Content-Type: application/json';

async function startPlace(): Promise<Place> {
  const { url } = await sharedMock();
  return placeAt(url);
}

async function freshBody(place: Place, endpoint: Endpoint): Promise<string> {
  return JSON.stringify(await freshRequest(place, endpoint));
}

/** A good request with a three-byte and a four-byte character in an unsigned field. */
async function freshWideBody(place: Place, endpoint: Endpoint): Promise<Buffer> {
  return Buffer.from(JSON.stringify({ ...(await freshRequest(place, endpoint)), note: '中😀' }));
}

describe.each(ENDPOINTS)('$operation', (endpoint) => {
  test.each([
    { description: 'an empty Content-Type', headers: ['Content-Type:'] },
    { description: 'the same Content-Type twice', headers: [JSON_TYPE, JSON_TYPE] },
    {
      description: 'header names in lower case',
      headers: ['content-type: application/json', 'accept: */*'],
    },
    { description: 'Connection: close', headers: [JSON_TYPE, 'Connection: close'] },
  ])('$description is accepted', async ({ headers }) => {
    const place = await startPlace();
    const wire = openHttp(place.url);
    wire.send(bytesOf({ target: endpoint.path, headers }, await freshBody(place, endpoint)));
    const reply = await wire.reply();
    expect([reply.status, resultCodeOf(reply.text)]).toEqual([200, endpoint.success]);
  });

  test('a client that waits for 100 Continue gets it, then the response', async () => {
    const place = await startPlace();
    const wire = openHttp(place.url);
    const body = await freshBody(place, endpoint);
    const headers = [
      JSON_TYPE,
      'Expect: 100-continue',
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    wire.send(headOf({ target: endpoint.path, headers }));
    const { status } = await wire.reply();
    wire.send(body);
    const { text } = await wire.reply();
    expect([status, resultCodeOf(text)]).toEqual([100, endpoint.success]);
  });

  test.each([
    { description: 'one chunk', bytesPerChunk: 1_000_000 },
    { description: 'chunks of seven bytes, which split characters', bytesPerChunk: 7 },
    { description: 'chunks of one byte', bytesPerChunk: 1 },
  ])('a body in $description is accepted', async ({ bytesPerChunk }) => {
    const place = await startPlace();
    const wire = openHttp(place.url);
    const body = await freshWideBody(place, endpoint);
    wire.send(
      headOf({ target: endpoint.path, headers: [JSON_TYPE, 'Transfer-Encoding: chunked'] }),
    );
    wire.send(chunked(partsOf(body, bytesPerChunk)));
    const { text } = await wire.reply();
    expect(resultCodeOf(text)).toBe(endpoint.success);
  });

  test.each([
    { description: 'within a character of three bytes', marker: '中', at: 1 },
    { description: 'within a character of four bytes', marker: '😀', at: 2 },
  ])('a body in two packets, cut $description, is journalled unchanged', async ({ marker, at }) => {
    const place = await startPlace();
    const wire = openHttp(place.url);
    const body = await freshWideBody(place, endpoint);
    const cut = body.indexOf(marker) + at;
    wire.send(
      headOf({ target: endpoint.path, headers: [JSON_TYPE, 'Transfer-Encoding: chunked'] }),
    );
    wire.send(chunkOf(body.subarray(0, cut)));
    // Yields to the event loop, so that the two parts are sent in separate packets.
    await new Promise((resolve) => setImmediate(resolve));
    wire.send(chunkOf(body.subarray(cut)));
    wire.send(chunkOf(Buffer.alloc(0)));
    const reply = await wire.reply();
    expect(resultCodeOf(reply.text)).toBe(endpoint.success);
    expect(await journalledBody(place, headerOf(reply, 'X-Mock-Request-Id'))).toBe(body.toString());
  });

  test('HTTP/1.0 is answered, and the connection closed', async () => {
    const place = await startPlace();
    const wire = openHttp(place.url);
    wire.send(bytesOf({ target: endpoint.path, version: '1.0' }, await freshBody(place, endpoint)));
    const { text } = await wire.reply();
    expect([resultCodeOf(text), await wire.rest()]).toEqual([endpoint.success, '']);
  });

  test.each([
    {
      description: 'the absolute form of http',
      target: `http://www.cmpassport.com${endpoint.path}`,
    },
    {
      description: 'the absolute form of https with a port',
      target: `https://www.cmpassport.com:443${endpoint.path}`,
    },
    {
      description: 'the absolute form with a query',
      target: `http://onekey2.cmpassport.com${endpoint.path}?a=/openapi/`,
    },
    { description: 'a query', target: `${endpoint.path}?v=2.0&x=%E4%B8%AD` },
    { description: 'an empty query', target: `${endpoint.path}?` },
    {
      description: 'a query with an address in it',
      target: `${endpoint.path}?next=http://www.cmpassport.com/other`,
    },
  ])('$description as the target is accepted', async ({ target }) => {
    const place = await startPlace();
    const wire = openHttp(place.url);
    wire.send(bytesOf({ target, headers: [JSON_TYPE] }, await freshBody(place, endpoint)));
    const { text } = await wire.reply();
    expect(resultCodeOf(text)).toBe(endpoint.success);
  });
});

function partsOf(body: Buffer, size: number): readonly Buffer[] {
  const count = Math.ceil(body.length / size);
  return Array.from({ length: count }, (_, index) =>
    body.subarray(index * size, (index + 1) * size),
  );
}

async function journalledBody({ url }: Place, requestId: string | undefined): Promise<string> {
  const response = await fetch(`${url}/_mock/requests/${requestId}`);
  const { request } = (await response.json()) as { readonly request: { readonly body: string } };
  return request.body;
}
