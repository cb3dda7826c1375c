/** Long responses of the control API are compressed for a client that accepts it. */
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { sharedMock } from '../../support/mock.js';

test.each([
  {
    description: 'a long one for a client that accepts gzip',
    path: 'result-codes',
    accept: 'br, gzip',
    isZipped: true,
  },
  { description: 'a long one for another client', path: 'result-codes', accept: 'gzip;q=0', isZipped: false },
  { description: 'a short one', path: 'health', accept: 'gzip', isZipped: false },
])('$description is compressed: $isZipped', async ({ path, accept, isZipped }) => {
  const { url } = await sharedMock();
  const [response] = (await once(
    get(`${url}/_mock/${path}`, { headers: { 'accept-encoding': accept } }),
    'response',
  )) as [IncomingMessage];
  expect(response.headers['content-encoding']).toBe(isZipped ? 'gzip' : undefined);
  const body = await buffer(response);
  expect(() => JSON.parse((isZipped ? gunzipSync(body) : body).toString())).not.toThrow();
});
