/** Bodies that no client should send: each gets a code of its operation, and the next good request succeeds. */
import { describe, expect, test } from 'vitest';
import {
  ENDPOINTS,
  type Endpoint,
  freshRequest,
  type Place,
  placeAt,
  resultCodeOf,
  STACK_TRACE,
} from '../../support/endpoints.js';
import { sharedMock } from '../../support/mock.js';
import {
  bytesOf,
  chunkOf,
  type HttpWire,
  headOf,
  openHttp,
  type WireReply,
} from '../../support/wire.js';

const BODY_BYTES_MAX = 65_536;
const HUGE_BYTES = 5 * 1024 * 1024;
const NESTED = 30_000;
const HEADERS = ['Content-Type: application/json'];

async function startPlace(): Promise<Place> {
  const { url } = await sharedMock();
  return placeAt(url);
}

function sendBody(wire: HttpWire, { path }: Endpoint, body: string | Buffer): Promise<WireReply> {
  wire.send(bytesOf({ target: path, headers: HEADERS }, body));
  return wire.reply();
}

/** The result code for a body. Checks that a good request then succeeds on the same connection. */
async function codeFor(place: Place, endpoint: Endpoint, body: string | Buffer): Promise<string> {
  const wire = openHttp(place.url);
  const reply = await sendBody(wire, endpoint, body);
  expect(reply.status).toBe(200);
  expect(reply.text).not.toMatch(STACK_TRACE);
  const { text } = await sendBody(
    wire,
    endpoint,
    JSON.stringify(await freshRequest(place, endpoint)),
  );
  expect(resultCodeOf(text)).toBe(endpoint.success);
  return resultCodeOf(reply.text);
}

/** The cases of 103412 and 303 have the others. */
const UNREADABLE: readonly { readonly description: string; readonly body: string | Buffer }[] = [
  { description: 'only a byte order mark', body: Buffer.from([0xef, 0xbb, 0xbf]) },
  { description: 'two byte order marks', body: '\u{feff}\u{feff}{}' },
  { description: '60 KiB of open brackets', body: '['.repeat(2 * NESTED) },
  { description: '5 MiB of JSON', body: `{"a":"${'x'.repeat(HUGE_BYTES)}"}` },
];

describe.each(ENDPOINTS)('$operation', (endpoint) => {
  const { operation, success, unreadable } = endpoint;
  const empty = operation === 'loginTokenValidate' ? '103811' : '102';

  test.each(UNREADABLE)('$description is an unreadable body', async ({ body }) => {
    expect(await codeFor(await startPlace(), endpoint, body)).toBe(unreadable);
  });

  test.each([
    {
      description: 'fields set through __proto__',
      body: '{"__proto__":{"token":"a","header":{},"body":{"token":"a"}}}',
    },
    {
      description: 'fields set through constructor',
      body: '{"constructor":{"prototype":{"token":"a"}}}',
    },
    {
      description: 'header and body objects with a __proto__',
      body: '{"header":{"__proto__":{}},"body":{"__proto__":{"token":"a"}}}',
    },
    {
      description: 'method names as fields',
      body: '{"toString":"a","valueOf":1,"hasOwnProperty":null,"toJSON":{}}',
    },
  ])('$description has no token', async ({ body }) => {
    expect(await codeFor(await startPlace(), endpoint, body)).toBe(empty);
  });

  test.each([
    {
      description: '60 KiB of nested brackets in an ignored field',
      change: (text: string) =>
        text.replace('{', `{"note":${'['.repeat(NESTED)}${']'.repeat(NESTED)},`),
    },
    {
      description: '4000 ignored fields',
      change: (text: string) =>
        text.replace('{', `{${Array.from({ length: 4000 }, (_, i) => `"f${i}":"",`).join('')}`),
    },
    {
      description: 'duplicate keys, the last ones valid',
      change: (text: string) =>
        text.replace('{', '{"token":null,"header":1,"body":[],"version":false,'),
    },
    {
      description: 'a lone surrogate in an ignored field',
      change: (text: string) => text.replace('{', '{"a":"\\ud800",'),
    },
  ])('a good request with $description is accepted', async ({ change }) => {
    const place = await startPlace();
    const body = change(JSON.stringify(await freshRequest(place, endpoint)));
    expect(await codeFor(place, endpoint, body)).toBe(success);
  });

  test('the limit counts bytes, not characters', async () => {
    const place = await startPlace();
    const request = JSON.stringify(await freshRequest(place, endpoint));
    const room = BODY_BYTES_MAX - Buffer.byteLength(request) - '"a":"",'.length;
    const wide = '中'.repeat(Math.floor(room / 3));
    const body = request.replace('{', `{"a":"${wide}",`);
    expect(await codeFor(place, endpoint, body.replace('中', '中中'))).toBe(unreadable);
    expect(await codeFor(place, endpoint, body)).toBe(success);
  });

  test('a chunked body of 5 MiB is read to its end and answered', async () => {
    const place = await startPlace();
    const wire = openHttp(place.url);
    wire.send(headOf({ target: endpoint.path, headers: ['Transfer-Encoding: chunked'] }));
    const chunk = chunkOf(Buffer.alloc(BODY_BYTES_MAX, ' '));
    for (let sent = 0; sent < HUGE_BYTES; sent += BODY_BYTES_MAX) wire.send(chunk);
    wire.send(chunkOf(Buffer.alloc(0)));
    expect(resultCodeOf((await wire.reply()).text)).toBe(unreadable);
    const { text } = await sendBody(
      wire,
      endpoint,
      JSON.stringify(await freshRequest(place, endpoint)),
    );
    expect(resultCodeOf(text)).toBe(success);
  });
});
