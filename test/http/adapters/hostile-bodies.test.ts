/** Bodies that no client should send: each gets a code of its operation, and the next good request on the connection succeeds. */
import { expect, test } from 'vitest';
import { freshRequest, LOGIN, type Place, placeAt, resultCodeOf } from '../../support/endpoints.js';
import { sharedMock } from '../../support/mock.js';
import { bytesOf, chunkOf, headOf, openHttp } from '../../support/wire.js';

/** Matches a response that reveals internals of the server. */
const STACK_TRACE =
  /\n\s*at |node:internal|node_modules|\.[jt]s:\d+|(?:Type|Range|Syntax|Reference)Error/;

const BODY_BYTES_MAX = 65_536;
const HUGE_BYTES = 5 * 1024 * 1024;
const NESTED = 30_000;
const HEADERS = ['Content-Type: application/json'];

async function startPlace(): Promise<Place> {
  const { url } = await sharedMock();
  return placeAt(url);
}

const requestWith = (body: string) => bytesOf({ target: LOGIN.path, headers: HEADERS }, body);

/** The result code for a request. Checks that a good request then succeeds on the same connection. */
async function codeFor(place: Place, ...bytes: readonly (string | Buffer)[]): Promise<string> {
  const wire = openHttp(place.url);
  for (const piece of bytes) wire.send(piece);
  const reply = await wire.reply();
  expect(reply.status).toBe(200);
  expect(reply.text).not.toMatch(STACK_TRACE);
  wire.send(requestWith(JSON.stringify(await freshRequest(place, LOGIN))));
  expect(resultCodeOf((await wire.reply()).text)).toBe('103000');
  return resultCodeOf(reply.text);
}

test.each([
  { description: '60 KiB of open brackets', body: '['.repeat(2 * NESTED) },
  { description: '5 MiB of JSON', body: `{"a":"${'x'.repeat(HUGE_BYTES)}"}` },
])('$description is an unreadable body', async ({ body }) => {
  expect(await codeFor(await startPlace(), requestWith(body))).toBe('103412');
});

test('a chunked body of 5 MiB is read to its end and answered', async () => {
  const chunk = chunkOf(Buffer.alloc(BODY_BYTES_MAX, ' '));
  const head = headOf({ target: LOGIN.path, headers: ['Transfer-Encoding: chunked'] });
  const chunks = Array<Buffer>(HUGE_BYTES / BODY_BYTES_MAX).fill(chunk);
  expect(await codeFor(await startPlace(), head, ...chunks, chunkOf(Buffer.alloc(0)))).toBe(
    '103412',
  );
});

test('60 KiB of nested brackets in an ignored field are accepted', async () => {
  const place = await startPlace();
  const text = JSON.stringify(await freshRequest(place, LOGIN));
  const nested = `"note":${'['.repeat(NESTED)}${']'.repeat(NESTED)}`;
  expect(await codeFor(place, requestWith(text.replace('{', `{${nested},`)))).toBe('103000');
});

test('the limit counts bytes, not characters', async () => {
  const place = await startPlace();
  const request = JSON.stringify(await freshRequest(place, LOGIN));
  const room = BODY_BYTES_MAX - Buffer.byteLength(request) - '"a":"",'.length;
  const body = request.replace('{', `{"a":"${'中'.repeat(Math.floor(room / 3))}",`);
  expect(await codeFor(place, requestWith(body.replace('中', '中中')))).toBe('103412');
  expect(await codeFor(place, requestWith(body))).toBe('103000');
});
