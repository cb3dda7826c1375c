/** What goes wrong between a test and the mock, in words that say what to do. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { ControlError, connectMock, type MockApp } from '../../../src/control/index.js';
import { clientPlace, rejection } from '../../support/control-client.js';
import { startMock } from '../../support/mock.js';

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('nothing is sent until something is called', () => {
  expect(connectMock({ url: 'http://127.0.0.1:9' }).url).toBe('http://127.0.0.1:9');
});

test.each(['http://127.0.0.1:1', 'no url'])('where nothing listens, at %s, the error has the url', async (url) => {
  const error = await rejection(connectMock({ url }).createApp());
  expect(error).toBeInstanceOf(ControlError);
  expect(error).toMatchObject({ code: 'ERR_CONTROL_UNREACHABLE', status: undefined, call: `POST ${url}/_mock/apps` });
  expect(error.message).toContain(`no mock answers at ${url} (`);
  expect(error.cause).toBeInstanceOf(Error);
});

test('a refusal has its status, its detail and the pointer to the field', async () => {
  const { url, app } = await clientPlace();
  const error = await rejection(app.mint({ phoneNumber: '138' }));
  expect(error).toMatchObject({
    name: 'ControlError',
    code: 'ERR_CONTROL_REFUSED',
    status: 400,
    pointer: '/phoneNumber',
    detail: '/phoneNumber must be eleven digits that begin with 1, found "138"',
  });
  expect(error.message).toBe(
    `POST ${url}/_mock/apps/${app.appId}/tokens: 400, /phoneNumber must be eleven digits that begin with 1, found "138"`,
  );
});

test('a list ends where the journal has dropped what would come next', async () => {
  const { url } = await startMock();
  const page = Array.from({ length: 1000 }, (_, at) => ({ id: `abc123-${at}` }));
  const asked: string[] = [];
  const dropping: typeof fetch = async (input, init) => {
    asked.push(new URL(String(input)).search);
    // The first page is full; its last record is gone when the second is asked for.
    return asked.length === 1 ? Response.json({ requests: page, evicted: 0, more: true }) : fetch(input, init);
  };
  const mock = connectMock({ url, fetch: dropping });
  expect(await mock.requests()).toEqual(page);
  expect(asked).toEqual(['?limit=1000', '?limit=1000&after=abc123-999']);
});

test.each([
  { description: 'a token', call: (app: MockApp) => app.token('..') },
  { description: 'an accessToken', call: (app: MockApp) => app.redeem('.') },
  { description: 'a request', call: (app: MockApp) => app.explain('..') },
])('$description that is a step in a path is refused, and another call is not made', async ({ call }) => {
  const { app } = await clientPlace();
  const error = await rejection(call(app));
  expect(error).toMatchObject({ name: 'ControlError', code: 'ERR_CONTROL_REFUSED', status: undefined });
  expect(error.message).toMatch(/"\.{1,2}" cannot stand in a path/);
});

test('a wrong step of a script is quoted', async () => {
  const { app } = await clientPlace();
  const error = await rejection(app.script('tokenValidate', '000, 1234567'));
  expect(error).toMatchObject({ status: 400, pointer: '/script' });
  expect(error.message).toContain('"1234567"');
});

test.each([
  { description: 'an app', call: (url: string) => connectMock({ url }).app('nobody'), says: 'app "nobody" not found' },
  {
    description: 'a request',
    call: (url: string) => connectMock({ url }).explain('none'),
    says: 'request "none" not found',
  },
])('$description that is unknown is 404, without a pointer', async ({ call, says }) => {
  const { url } = await startMock();
  const error = await rejection(call(url));
  expect(error).toMatchObject({ code: 'ERR_CONTROL_REFUSED', status: 404, pointer: undefined });
  expect(error.message).toContain(says);
});

test.each([
  { description: 'none', controlToken: undefined },
  { description: 'a wrong one', controlToken: 'wrong' },
])('where a control token is asked for, $description is 401', async ({ controlToken }) => {
  const { url } = await startMock({ controlToken: 'secret' });
  const error = await rejection(connectMock({ url, controlToken }).apps());
  expect(error).toMatchObject({ code: 'ERR_CONTROL_REFUSED', status: 401 });
});

test.each([
  { description: 'a page', status: 404, type: 'text/html', body: '<h1>Not found</h1>' },
  { description: 'no JSON', status: 200, type: 'application/json', body: '<h1>Welcome</h1>' },
  { description: 'a problem that is none', status: 500, type: 'application/problem+json', body: 'oh no' },
])('what is not the control API ($description) is told, and quoted', async ({ status, type, body }) => {
  const url = await listen((_req, res) => res.writeHead(status, { 'content-type': type }).end(body));
  const error = await rejection(connectMock({ url }).health());
  expect(error).toMatchObject({ code: 'ERR_CONTROL_UNEXPECTED' });
  expect(error.message).toContain(body);
});

test('a long answer is quoted by its beginning', async () => {
  const url = await listen((_req, res) => res.end('x'.repeat(10_000)));
  const { message } = await rejection(connectMock({ url }).health());
  expect(message).toMatch(/x{200}…$/);
});

test.each([
  { description: 'never comes', answer: (() => undefined) as RequestListener },
  { description: 'never ends', answer: ((_req, res) => res.write('{')) as RequestListener },
])('an answer that $description is a time-out', async ({ answer }) => {
  const url = await listen(answer);
  const error = await rejection(connectMock({ url, timeoutMs: 20 }).health());
  expect(error).toMatchObject({ code: 'ERR_CONTROL_TIMEOUT', detail: 'no answer in 20 ms' });
});

test('an answer that breaks off is unreachable', async () => {
  const url = await listen((_req, res) => {
    res.writeHead(200, { 'content-length': '10' }).write('{');
    setImmediate(() => res.destroy());
  });
  expect(await rejection(connectMock({ url }).health())).toMatchObject({ code: 'ERR_CONTROL_UNREACHABLE' });
});

test.each(['/', '/_mock', '/_mock/', '//'])('an url that ends with %s is the mock’s all the same', async (end) => {
  const { url } = await startMock();
  const mock = connectMock({ url: url + end });
  expect(mock.url).toBe(url);
  await mock.health();
});

test('another fetch is used where one is given; the global one as it was', async () => {
  const { url } = await startMock();
  const asked: string[] = [];
  const mock = connectMock({
    url,
    fetch: (input, init) => {
      asked.push(`${init?.method} ${input}`);
      return fetch(input, init);
    },
  });
  await mock.health();
  expect(asked).toEqual([`GET ${url}/_mock/health`]);
});

test('a message without a reason is better than none: the explanation that fails is left out', async () => {
  const { url, app } = await clientPlace();
  const broken = connectMock({
    url,
    fetch: (input, init) =>
      String(input).includes('/explanation') ? Promise.reject(new Error('gone')) : fetch(input, init),
  });
  await fetch(`${url}/unisdk/rsapi/loginTokenValidate`, {
    method: 'POST',
    body: JSON.stringify({ appid: app.appId, token: 'x' }),
  });
  const { message } = await rejection((await broken.app(app.appId)).assertNeverCalled());
  expect(message).toMatch(/loginTokenValidate {2}103414 {2}parametersValid$/);
});
