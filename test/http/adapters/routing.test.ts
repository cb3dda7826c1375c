/** Routing: the carrier's two paths, other paths under their prefixes, and all other paths. */
import { describe, expect, test } from 'vitest';
import {
  ENDPOINTS,
  type Endpoint,
  freshRequest,
  LOGIN,
  type Place,
  placeAt,
  resultCodeOf,
} from '../../support/endpoints.js';
import { sharedMock } from '../../support/mock.js';
import {
  bytesOf,
  headerOf,
  openHttp,
  type RawRequest,
  type WireReply,
} from '../../support/wire.js';

async function startPlace(): Promise<Place> {
  const { url } = await sharedMock();
  return placeAt(url);
}

async function exchange(
  { url }: Pick<Place, 'url'>,
  request: RawRequest,
  body = '',
): Promise<WireReply> {
  const wire = openHttp(url);
  wire.send(bytesOf(request, body));
  return wire.reply({ toHead: request.method === 'HEAD' });
}

function expectUrlWrong({ urlWrong }: Endpoint, reply: WireReply): void {
  expect(reply.status).toBe(200);
  expect(headerOf(reply, 'X-Mock-Decided-By')).toBe('urlRight');
  expect(headerOf(reply, 'Content-Type')).toBe('application/json;charset=UTF-8');
  expect(resultCodeOf(reply.text)).toBe(urlWrong);
}

describe.each(ENDPOINTS)('$operation', (endpoint) => {
  const { path } = endpoint;

  test.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    '%s is refused',
    async (method) => {
      const { url } = await sharedMock();
      const reply = await exchange({ url }, { method, target: path });
      expectUrlWrong(endpoint, reply);
      expect(JSON.parse(reply.text)).toMatchObject(
        endpoint === LOGIN
          ? { inresponseto: '' }
          : { header: { appId: '', msgId: '' }, body: { message: '' } },
      );
    },
  );

  test('GET with valid parameters in the query is refused', async () => {
    const place = await startPlace();
    const { header, body, ...flat } = await freshRequest(place, endpoint);
    const query = new URLSearchParams(
      JSON.parse(JSON.stringify({ ...flat, ...Object(header), ...Object(body) })),
    );
    expectUrlWrong(endpoint, await exchange(place, { method: 'GET', target: `${path}?${query}` }));
  });

  test.each([
    { description: 'a trailing slash', target: `${path}/` },
    { description: 'lower-case letters only', target: path.toLowerCase() },
    { description: 'a doubled slash', target: path.replace(/\/(?=[^/]+$)/, '//') },
    { description: 'an escaped letter', target: path.replace(/e$/, '%65') },
    { description: 'a .. segment', target: path.replace(/\/(?=[^/]+$)/, '/x/../') },
    { description: 'an escaped space at its end', target: `${path}%20` },
    { description: 'a path parameter', target: `${path};v=1` },
    { description: 'only the prefix', target: path.slice(0, path.indexOf('/', 1) + 1) },
    { description: 'one segment too few', target: path.slice(0, path.lastIndexOf('/')) },
    {
      description: 'the absolute form of another path',
      target: `http://www.cmpassport.com${path}x`,
    },
  ])('a path with $description is refused, and uses no token', async ({ target }) => {
    const place = await startPlace();
    const body = JSON.stringify(await freshRequest(place, endpoint));
    expectUrlWrong(endpoint, await exchange(place, { target }, body));
    const repeated = await exchange(place, { target: path }, body);
    expect(resultCodeOf(repeated.text)).toBe(endpoint.success);
  });
});

test.each([
  { method: 'POST', target: '/' },
  { method: 'GET', target: '/index.html' },
  { method: 'POST', target: '/unisdk' },
  { method: 'POST', target: '/openapi' },
  { method: 'POST', target: '/unisdk?/unisdk/rsapi/loginTokenValidate' },
  { method: 'POST', target: '/UNISDK/rsapi/loginTokenValidate' },
  { method: 'POST', target: '//unisdk/rsapi/loginTokenValidate' },
  { method: 'GET', target: '/h5/js/jssdk_auth/jssdk-1.0.0.min.js' },
  { method: 'POST', target: '/h5/onekeylogin/authGetToken' },
  { method: 'POST', target: '/unisdk/rs/getphonescrip' },
  { method: 'POST', target: '/openapi/sendDynaPwd' },
  { method: 'POST', target: '/rsapi/loginTokenValidate' },
  { method: 'POST', target: '/loginTokenValidate' },
  { method: 'POST', target: '/%75nisdk/rsapi/loginTokenValidate' },
  { method: 'PUT', target: '/favicon.ico' },
  { method: 'DELETE', target: '/x?a=b' },
  { method: 'OPTIONS', target: '/x' },
  { method: 'POST', target: '/%' },
  { method: 'POST', target: '/a%00b' },
  { method: 'POST', target: 'http://www.cmpassport.com/x' },
  { method: 'POST', target: 'http://www.cmpassport.com' },
  { method: 'POST', target: 'http://www.cmpassport.com?x=/unisdk/' },
])(
  '$method $target is 404 in problem+json that names the carrier’s paths',
  async ({ method, target }) => {
    const { url } = await sharedMock();
    const reply = await exchange({ url }, { method, target }, '{}');
    expect(reply.status).toBe(404);
    expect(headerOf(reply, 'Content-Type')).toMatch(/^application\/problem\+json/);
    const problem = JSON.parse(reply.text);
    expect(problem).toMatchObject({ status: 404, title: 'Not found' });
    expect(problem.detail).toContain('POST /unisdk/rsapi/loginTokenValidate');
    expect(problem.detail).toContain('POST /openapi/rs/tokenValidate');
  },
);
