/** Every response of the carrier on the wire: its headers, each once, and the body of the journal. */
import { expect, test } from 'vitest';
import { type Endpoint, freshRequest, LOGIN, placeAt, VERIFY } from '../../support/endpoints.js';
import { send, sharedMock } from '../../support/mock.js';
import { bytesOf, headerOf, openHttp } from '../../support/wire.js';

async function exchange(endpoint: Endpoint, body?: string) {
  const place = await placeAt((await sharedMock()).url);
  const wire = openHttp(place.url);
  const headers = ['Accept-Encoding: gzip, deflate, br'];
  const sent = body ?? JSON.stringify(await freshRequest(place, endpoint));
  wire.send(bytesOf({ target: endpoint.path, headers }, sent));
  return { url: place.url, reply: await wire.reply() };
}

test.each([
  { description: 'a success', endpoint: LOGIN, body: undefined, decidedBy: 'allMet' },
  // Its text is Chinese.
  { description: 'a refusal', endpoint: VERIFY, body: 'no JSON', decidedBy: 'bodyReadable' },
])(
  '$description has the carrier’s headers and the mock’s, each once, and is not compressed',
  async ({ endpoint, body, decidedBy }) => {
    const { url, reply } = await exchange(endpoint, body);
    const names = reply.headers.map(([name]) => name);
    expect(names.slice(0, 6)).toEqual([
      'Content-Type',
      'Content-Length',
      'X-Mock',
      'X-Mock-Request-Id',
      'X-Mock-Explanation',
      'X-Mock-Decided-By',
    ]);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    expect(headerOf(reply, 'Content-Type')).toBe('application/json;charset=UTF-8');
    expect(headerOf(reply, 'Content-Length')).toBe(String(Buffer.byteLength(reply.text)));
    expect(headerOf(reply, 'X-Mock')).toBe('1');
    expect(headerOf(reply, 'X-Mock-Decided-By')).toBe(decidedBy);
    const id = headerOf(reply, 'X-Mock-Request-Id');
    expect((await send(url, 'GET', `/_mock/requests/${id}`)).json).toMatchObject({
      decidedBy,
      method: 'POST',
      path: endpoint.path,
      response: { status: 200, body: reply.text },
    });
  },
);
