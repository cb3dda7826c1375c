/**
 * The host names under which the control API may be called, and the web pages that may call it. Long responses of the
 * control API are compressed for a client that accepts it.
 */

import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { knownHosts } from '../../../mock-server/control-api/access.js';
import { controlBench } from '../../support/control.js';
import { LOGIN_PATH, send, sharedMock, startMock } from '../../support/mock.js';
import { faultsOf } from '../../support/openapi.js';

const isKnown = knownHosts([
  'mock.example.com',
  '*.corp.example',
  'MIXED.Example',
  '::1',
  'www.cmpassport.com',
]);

test.each([
  { description: 'loopback', host: '127.0.0.1:10086' },
  { description: 'an address without a port', host: '192.168.1.7' },
  { description: 'an IPv6 address', host: '[::1]:10086' },
  { description: 'an address in another notation', host: '2130706433:10086' },
  { description: 'localhost', host: 'localhost:10086' },
  { description: 'a name below localhost', host: 'mock.localhost' },
  { description: 'a container’s name', host: 'mock:10086' },
  { description: 'a container’s name with an underscore', host: 'mock_1:10086' },
  { description: 'a service of Kubernetes', host: 'mock.staging.svc:10086' },
  {
    description: 'a service of Kubernetes with its full name',
    host: 'mock.staging.svc.cluster.local:10086',
  },
  { description: 'a container’s host', host: 'host.docker.internal:10086' },
  { description: 'an allowed name', host: 'mock.example.com:10086' },
  { description: 'a name in capitals', host: 'MOCK.EXAMPLE.COM' },
  { description: 'an allowed name, configured in capitals', host: 'mixed.example' },
  { description: 'a name with a dot at the end', host: 'mock.example.com.:10086' },
  { description: 'a name below a wildcard', host: 'mock.corp.example' },
  { description: 'the carrier’s own name', host: 'www.cmpassport.com' },
])('$description is known: $host', ({ host }) => {
  expect(isKnown(host)).toBe(true);
});

test.each([
  { description: 'an unknown name', host: 'evil.example:10086' },
  { description: 'a name that begins like a known one', host: 'mock.example.com.evil.example' },
  { description: 'a name that ends like a known one', host: 'evilmock.example.com' },
  { description: 'two labels below a wildcard', host: 'a.b.corp.example' },
  { description: 'the wildcard’s own parent', host: 'corp.example' },
  { description: 'an address below an unknown name', host: '127.0.0.1.evil.example' },
  { description: 'a namespace that is a domain', host: 'mock.dev:10086' },
  { description: 'a user before the host', host: 'localhost@evil.example' },
  { description: 'a path behind the host', host: 'evil.example/localhost' },
  { description: 'a backslash', host: 'evil.example\\localhost' },
  { description: 'an empty host', host: '' },
  { description: 'an invalid port', host: 'localhost:x' },
])('$description is not known: $host', ({ host }) => {
  expect(isKnown(host)).toBe(false);
});

test.each([
  { description: 'a rebound page reads', method: 'get', path: '/_mock/apps' },
  { description: 'a rebound page reads an unknown path', method: 'get', path: '/_mock/nothing' },
] as const)('$description: 403 that names the flag', async ({ method, path }) => {
  const { url } = await sharedMock();
  const { port } = new URL(url);
  const origin = `http://evil.example:${port}`;
  const host = `evil.example:${port}`;
  for (const headers of [{ Host: host }, { Host: host, Origin: origin }]) {
    const answer = await raw(url, [`${method.toUpperCase()} ${path} HTTP/1.1`, ...lines(headers)]);
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer).toContain('--allow-host');
    expect(answer).toContain(JSON.stringify(host).slice(1, -1));
  }
});

test('the carrier responds to any name', async () => {
  const { url } = await sharedMock();
  const answer = await raw(url, [
    'GET /unisdk/rsapi/loginTokenValidate HTTP/1.1',
    'Host: evil.example',
  ]);
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
});

test('a name in allowHosts is accepted', async () => {
  const { url } = await startMock({ allowHosts: ['mock.example.com'] });
  expect(await raw(url, ['GET /_mock/apps HTTP/1.1', 'Host: mock.example.com:10086'])).toMatch(
    /^HTTP\/1\.1 200 /,
  );
});

test('with a control token any name is accepted, because a page does not have the token', async () => {
  const { url } = await startMock({ controlToken: 'let-me-in' });
  const ask = ['GET /_mock/apps HTTP/1.1', 'Host: evil.example'];
  expect(await raw(url, ask)).toMatch(/^HTTP\/1\.1 401 /);
  expect(await raw(url, [...ask, 'Authorization: Bearer let-me-in'])).toMatch(/^HTTP\/1\.1 200 /);
});

test.each([
  { description: 'no Host', head: ['GET /_mock/apps HTTP/1.1'], status: 400 },
  { description: 'no Host in HTTP/1.0', head: ['GET /_mock/apps HTTP/1.0'], status: 200 },
  {
    description: 'a probe by any name',
    head: ['GET /_mock/health HTTP/1.1', 'Host: evil.example'],
    status: 200,
  },
  {
    description: 'an absolute target with a known name',
    head: ['GET http://localhost:1/_mock/apps HTTP/1.1', 'Host: localhost:1'],
    status: 200,
  },
  {
    description: 'an absolute target with an unknown name and a known Host',
    head: ['GET http://evil.example/_mock/apps HTTP/1.1', 'Host: localhost'],
    status: 403,
  },
])('$description is $status', async ({ head, status }) => {
  const { url } = await sharedMock();
  expect(await raw(url, head)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
});

test.each([
  { description: 'cross-site', headers: { 'sec-fetch-site': 'cross-site' }, status: 403 },
  {
    description: 'same-site, another port',
    headers: { 'sec-fetch-site': 'same-site' },
    status: 403,
  },
  { description: 'same-origin', headers: { 'sec-fetch-site': 'same-origin' }, status: 200 },
  { description: 'typed into the address bar', headers: { 'sec-fetch-site': 'none' }, status: 200 },
  { description: 'nonsense', headers: { 'sec-fetch-site': 'nowhere' }, status: 403 },
  {
    description: 'a followed link',
    headers: {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    },
    status: 200,
  },
  {
    description: 'a frame in a page',
    headers: {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'iframe',
    },
    status: 403,
  },
])('a GET with $description is $status', async ({ headers, status }) => {
  const { api } = await controlBench();
  await api.get('/_mock/apps').set(headers).expect(status);
});

test('a form of a page is refused, although it navigates', async () => {
  const { api } = await controlBench();
  const visit = {
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  };
  await api.post('/_mock/reset').set(visit).expect(403);
});

test('no page may read the health', async () => {
  const { url } = await sharedMock();
  const { host } = new URL(url);
  const head = ['GET /_mock/health HTTP/1.1', `Host: ${host}`, 'Origin: http://evil.example'];
  expect(await raw(url, head)).toMatch(/^HTTP\/1\.1 403 /);
});

function lines(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
}

/**
 * Sends the head byte for byte, because HTTP clients set Host themselves. Returns the response. Node drops that of a client
 * that closes its side before the control API is loaded.
 */
function raw(url: string, head: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
    socket.write(`${[...head, 'Connection: close'].join('\r\n')}\r\n\r\n`);
  });
}

test('watchRequests: the stream and its records match their schemas', async () => {
  const { url } = await startMock();
  const abort = new AbortController();
  const { status, headers, body } = await fetch(`${url}/_mock/events`, { signal: abort.signal });
  await send(url, 'POST', LOGIN_PATH, 'no JSON');
  let text = '';
  for await (const chunk of body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.includes('data:')) break;
  }
  abort.abort();
  const contentType = headers.get('content-type') ?? undefined;
  expect(faultsOf('watchRequests', { status, contentType, body: text })).toEqual([]);
  const record = JSON.parse(/^data: ?(.*)$/m.exec(text)?.[1] ?? '');
  expect(faultsOf('getRequest', { status, contentType: 'application/json', body: record })).toEqual(
    [],
  );
});

test.each([
  {
    description: 'a long one for a client that accepts gzip',
    path: 'result-codes',
    accept: 'br, gzip',
    isZipped: true,
  },
  {
    description: 'a long one for another client',
    path: 'result-codes',
    accept: 'gzip;q=0',
    isZipped: false,
  },
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
