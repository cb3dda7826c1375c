/** HTTP as some clients send it, as bytes: the carrier receives the body and the headers as they were sent. The cases of the contract have other quirks. */
import { expect, test } from 'vitest';
import { freshRequest, LOGIN, type Place, placeAt, resultCodeOf } from '../../support/endpoints.js';
import { send, sharedMock } from '../../support/mock.js';
import {
  bytesOf,
  chunked,
  headerOf,
  headOf,
  openHttp,
  type WireReply,
} from '../../support/wire.js';

const JSON_TYPE = 'Content-Type: application/json';

async function startPlace(): Promise<Place> {
  const { url } = await sharedMock();
  return placeAt(url);
}

/** The request of a response, as in the journal. */
async function journalled({ url }: Place, reply: WireReply) {
  const id = headerOf(reply, 'X-Mock-Request-Id');
  return (await send(url, 'GET', `/_mock/requests/${id}`)).json.request;
}

test.each([1, 7])(
  'a body in chunks of %i bytes, which split characters, is journalled unchanged',
  async (size) => {
    const place = await startPlace();
    const wire = openHttp(place.url);
    // A three-byte and a four-byte character in an unsigned field.
    const text = JSON.stringify({ ...(await freshRequest(place, LOGIN)), note: '中😀' });
    const bytes = Buffer.from(text);
    const count = Math.ceil(bytes.length / size);
    const parts = Array.from({ length: count }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );
    wire.send(headOf({ target: LOGIN.path, headers: [JSON_TYPE, 'Transfer-Encoding: chunked'] }));
    wire.send(chunked(parts));
    const reply = await wire.reply();
    expect(resultCodeOf(reply.text)).toBe('103000');
    expect((await journalled(place, reply)).body).toBe(text);
  },
);

test('a header that is sent twice is two headers, not one with both values', async () => {
  const place = await startPlace();
  const wire = openHttp(place.url);
  const headers = [JSON_TYPE, 'X-Team: blue', 'content-type: text/plain', 'x-team: red'];
  const body = JSON.stringify(await freshRequest(place, LOGIN));
  wire.send(bytesOf({ target: LOGIN.path, headers }, body));
  const { headers: received } = await journalled(place, await wire.reply());
  expect([received['content-type'], received['x-team']]).toEqual([
    ['application/json', 'text/plain'],
    ['blue', 'red'],
  ]);
});

test('HTTP/1.0 is answered, and the connection closed', async () => {
  const place = await startPlace();
  const wire = openHttp(place.url);
  const body = JSON.stringify(await freshRequest(place, LOGIN));
  wire.send(bytesOf({ target: LOGIN.path, version: '1.0' }, body));
  const { text } = await wire.reply();
  expect([resultCodeOf(text), await wire.rest()]).toEqual(['103000', '']);
});
