/** Paths as they are sent: only the query and the host of an absolute address are removed before they are compared. */
import { describe, expect, test } from 'vitest';
import { freshRequest, LOGIN, placeAt, resultCodeOf } from '../../support/endpoints.js';
import { sharedMock } from '../../support/mock.js';
import {
  bytesOf,
  headerOf,
  openHttp,
  type RawRequest,
  type WireReply,
} from '../../support/wire.js';

async function exchange(url: string, request: RawRequest, body = ''): Promise<WireReply> {
  const wire = openHttp(url);
  wire.send(bytesOf(request, body));
  return wire.reply();
}

const { path } = LOGIN;

describe('the path of the operation', () => {
  test.each([
    { description: 'the absolute form of http', target: `http://www.cmpassport.com${path}` },
    {
      description: 'the absolute form with a query',
      target: `https://onekey2.cmpassport.com:443${path}?a=/openapi/`,
    },
    { description: 'a query', target: `${path}?v=2.0&next=http://www.cmpassport.com/other` },
  ])('in $description is accepted', async ({ target }) => {
    const place = await placeAt((await sharedMock()).url);
    const body = JSON.stringify(await freshRequest(place, LOGIN));
    expect(resultCodeOf((await exchange(place.url, { target }, body)).text)).toBe('103000');
  });

  test.each([
    { description: 'an escaped letter', target: path.replace(/e$/, '%65') },
    { description: 'a .. segment', target: path.replace(/\/(?=[^/]+$)/, '/x/../') },
    { description: 'a letter more, in absolute form', target: `http://www.cmpassport.com${path}x` },
  ])('with $description is refused, and uses no token', async ({ target }) => {
    const place = await placeAt((await sharedMock()).url);
    const body = JSON.stringify(await freshRequest(place, LOGIN));
    const reply = await exchange(place.url, { target }, body);
    expect(headerOf(reply, 'X-Mock-Decided-By')).toBe('urlRight');
    expect(resultCodeOf(reply.text)).toBe(LOGIN.urlWrong);
    const repeated = await exchange(place.url, { target: path }, body);
    expect(resultCodeOf(repeated.text)).toBe('103000');
  });
});

test.each([
  { method: 'GET', target: '/index.html' },
  { method: 'POST', target: `/unisdk?${path}` },
  { method: 'POST', target: '/%75nisdk/rsapi/loginTokenValidate' },
  { method: 'POST', target: '/%' },
  { method: 'POST', target: 'http://www.cmpassport.com' },
  { method: 'POST', target: 'http://www.cmpassport.com?x=/unisdk/' },
])(
  '$method $target is 404 in problem+json that names the carrier’s paths',
  async ({ method, target }) => {
    const reply = await exchange((await sharedMock()).url, { method, target }, '{}');
    expect(headerOf(reply, 'Content-Type')).toMatch(/^application\/problem\+json/);
    expect(JSON.parse(reply.text)).toMatchObject({
      status: 404,
      title: 'Not found',
      detail: expect.stringMatching(
        /POST \/unisdk\/rsapi\/loginTokenValidate.*POST \/openapi\/rs\/tokenValidate/s,
      ),
    });
  },
);
