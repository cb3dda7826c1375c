/**
 * The errors of the control client, and their messages. The methods that read tables, generate keys and requests, and
 * check lists, against a real mock.
 */
import type { RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { ControlError, connectMock } from '../../../src/control/index.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { clientPlace, PHONE_NUMBER, rejection } from '../../support/control-client.js';
import { LOGIN_PATH, send, startMock } from '../../support/mock.js';
import { serve } from '../client/scene.js';

test('connectMock sends nothing', () => {
  expect(connectMock({ url: 'http://127.0.0.1:9' }).url).toBe('http://127.0.0.1:9');
});

test.each(['http://127.0.0.1:1', 'no url'])(
  'if no server listens at %s, the error has the URL',
  async (url) => {
    const error = await rejection(connectMock({ url }).createApp());
    expect(error).toBeInstanceOf(ControlError);
    expect(error).toMatchObject({
      code: 'ERR_CONTROL_UNREACHABLE',
      status: undefined,
      call: `POST ${url}/_mock/apps`,
    });
    expect(error.message).toContain(`no mock responds at ${url} (`);
    expect(error.cause).toBeInstanceOf(Error);
  },
);

test('a refusal has its status, its detail and the pointer to the field', async () => {
  const { url, app } = await clientPlace();
  const error = await rejection(app.mint({ phoneNumber: '138' }));
  expect(error).toMatchObject({
    name: 'ControlError',
    code: 'ERR_CONTROL_REFUSED',
    status: 400,
    problem: 'value.wrong',
    pointer: '/phoneNumber',
    detail: '/phoneNumber must be eleven digits that begin with 1, found "138"',
  });
  expect(error.message).toBe(
    `POST ${url}/_mock/apps/${app.appId}/tokens: 400, /phoneNumber must be eleven digits that begin with 1, found "138"`,
  );
});

/** A mock whose first page of requests is replaced. */
async function withFirstPage(first: object) {
  const { url, app } = await clientPlace();
  const requested: string[] = [];
  const replacing: typeof fetch = async (input, init) => {
    const { pathname, search } = new URL(String(input));
    if (pathname !== '/_mock/requests') return fetch(input, init);
    requested.push(search);
    return requested.length === 1 ? Response.json(first) : fetch(input, init);
  };
  return { app, mock: connectMock({ url, fetch: replacing }), requested };
}

const DROPPED = 'abc123-999';
const FULL_PAGE = {
  requests: Array.from({ length: 1000 }, (_, at) => ({ id: `abc123-${at}` })),
  evicted: 0,
  more: true,
  after: DROPPED,
  complete: true,
};

test('the list of an app ends if the journal has dropped the next page', async () => {
  const { app, mock, requested } = await withFirstPage(FULL_PAGE);
  const { appId } = app;
  expect(await (await mock.app(appId)).requests()).toEqual(FULL_PAGE.requests);
  expect(requested).toEqual([
    `?appId=${appId}&limit=1000`,
    `?appId=${appId}&limit=1000&after=${DROPPED}`,
  ]);
});

test('the list of all apps is incomplete if the next page is dropped, because other apps may have older requests', async () => {
  const { mock, requested } = await withFirstPage(FULL_PAGE);
  expect(await rejection(mock.requests())).toMatchObject({
    code: 'ERR_CONTROL_INCOMPLETE',
    detail: expect.stringContaining('older ones than the 1000 found may be missing'),
  });
  expect(requested).toEqual(['?limit=1000', `?limit=1000&after=${DROPPED}`]);
});

test.each([
  { description: 'has no next page', after: null },
  { description: 'goes on after the same request', after: 'abc123-1' },
])('a list whose page is incomplete and $description is incomplete', async ({ after }) => {
  const page = { requests: [], evicted: 0, more: true, after, complete: false };
  const { url } = await serve((_req, res) => res.end(JSON.stringify(page)));
  expect(await rejection(connectMock({ url }).requests())).toMatchObject({
    code: 'ERR_CONTROL_INCOMPLETE',
  });
});

test.each([{}, { limit: 2 }])(
  'a list goes on after a page that is incomplete, up to the end or its limit: %j',
  async (filter) => {
    const { url, app } = await clientPlace();
    for (let at = 0; at < 3; at += 1)
      await send(url, 'POST', LOGIN_PATH, JSON.stringify({ appid: app.appId }));
    const [newest, ...older] = await app.requests();
    const first = {
      requests: [newest],
      evicted: 0,
      more: true,
      after: newest?.id,
      complete: false,
    };
    const replacing: typeof fetch = async (input, init) => {
      const { pathname, searchParams } = new URL(String(input));
      const isFirst = pathname === '/_mock/requests' && !searchParams.has('after');
      return isFirst ? Response.json(first) : fetch(input, init);
    };
    const replaced = await connectMock({ url, fetch: replacing }).app(app.appId);
    expect(await replaced.requests(filter)).toEqual([newest, ...older].slice(0, filter.limit));
  },
);

test.each([
  { description: 'an HTML page', status: 404, type: 'text/html', body: '<h1>Not found</h1>' },
  { description: 'invalid JSON', status: 200, type: 'application/json', body: '<h1>Welcome</h1>' },
  {
    description: 'an invalid problem',
    status: 500,
    type: 'application/problem+json',
    body: 'oh no',
  },
])(
  'a response that is not from the control API ($description) is quoted',
  async ({ status, type, body }) => {
    const { url } = await serve((_req, res) =>
      res.writeHead(status, { 'content-type': type }).end(body),
    );
    const error = await rejection(connectMock({ url }).health());
    expect(error).toMatchObject({ code: 'ERR_CONTROL_UNEXPECTED' });
    expect(error.message).toContain(body);
  },
);

test('only the beginning of a long response is quoted', async () => {
  const { url } = await serve((_req, res) => res.end('x'.repeat(10_000)));
  const { message } = await rejection(connectMock({ url }).health());
  expect(message).toMatch(/x{200}…$/);
});

test.each([
  { description: 'never comes', answer: (() => undefined) as RequestListener },
  { description: 'never ends', answer: ((_req, res) => res.write('{')) as RequestListener },
])('a response that $description is a timeout', async ({ answer }) => {
  const { url } = await serve(answer);
  const error = await rejection(connectMock({ url, timeoutMs: 20 }).health());
  expect(error).toMatchObject({ code: 'ERR_CONTROL_TIMEOUT', detail: 'no response within 20 ms' });
});

const MIB = 1024 * 1024;

/** A body that never ends, in pieces of this size. */
function endless(pieceBytes: number): ReadableStream<Uint8Array> {
  const piece = new Uint8Array(pieceBytes);
  return new ReadableStream({ pull: (controller) => controller.enqueue(piece) });
}

test.each([200, 404])(
  'an endless response with HTTP %i is read up to the limit',
  async (status) => {
    const mock = connectMock({
      url: 'http://a.test',
      fetch: async () => new Response(endless(MIB), { status }),
    });
    expect(await rejection(mock.health())).toMatchObject({
      code: 'ERR_CONTROL_UNEXPECTED',
      status,
      detail:
        'the response must have at most 128 MiB, and has more. Is this the address of the mock?',
    });
  },
);

test.each([200, 404])(
  'a silent body with HTTP %i is a timeout, although the fetch ignores its signal',
  async (status) => {
    const silent = new ReadableStream();
    const mock = connectMock({
      url: 'http://a.test',
      timeoutMs: 20,
      fetch: async () => new Response(silent, { status }),
    });
    expect(await rejection(mock.health())).toMatchObject({ code: 'ERR_CONTROL_TIMEOUT' });
  },
);

test('a response that breaks is ERR_CONTROL_UNREACHABLE', async () => {
  const { url } = await serve((_req, res) => {
    res.writeHead(200, { 'content-length': '10' }).write('{');
    setImmediate(() => res.destroy());
  });
  expect(await rejection(connectMock({ url }).health())).toMatchObject({
    code: 'ERR_CONTROL_UNREACHABLE',
  });
});

test.each(['/', '/_mock', '/_mock/', '//'])('a URL may end with %s', async (end) => {
  const { url } = await startMock();
  const mock = connectMock({ url: url + end });
  expect(mock.url).toBe(url);
  await mock.health();
});

test('the option fetch replaces the global one', async () => {
  const { url } = await startMock();
  const requested: string[] = [];
  const mock = connectMock({
    url,
    fetch: (input, init) => {
      requested.push(`${init?.method} ${input}`);
      return fetch(input, init);
    },
  });
  await mock.health();
  expect(requested).toEqual([`GET ${url}/_mock/health`]);
});

test('if the explanation fails, the message has no reason', async () => {
  const { url, app } = await clientPlace();
  const broken = connectMock({
    url,
    fetch: (input, init) =>
      String(input).includes('/explanation')
        ? Promise.reject(new Error('gone'))
        : fetch(input, init),
  });
  await fetch(`${url}/unisdk/rsapi/loginTokenValidate`, {
    method: 'POST',
    body: JSON.stringify({ appid: app.appId, token: 'x' }),
  });
  const { message } = await rejection((await broken.app(app.appId)).assertNeverCalled());
  expect(message).toMatch(/loginTokenValidate {2}103414 {2}parametersValid$/);
});

test('operations, readings and subscribers are returned', async () => {
  const { mock } = await clientPlace();
  expect((await mock.operations()).map(({ operation }) => operation)).toEqual(
    OPERATIONS.map(({ operation }) => operation),
  );
  expect((await mock.readings()).find(({ id }) => id === 'system-time')).toMatchObject({
    default: 'digits',
  });
  expect((await mock.subscribers())[0]).toEqual({
    phoneNumber: PHONE_NUMBER,
    operator: 'mobile',
    outcomes: {},
    failure: null,
  });
});

test('the mock accepts a signed request unchanged, signed with a secret or an own key', async () => {
  const { url, mock } = await clientPlace();
  const pair = await mock.keyPair();
  const app = await mock.createApp({
    appVerifyKey: pair.publicKey,
    appEncryptKey: (await mock.keyPair()).publicKey,
  });
  const rsa = { signing: 'rsa', privateKey: pair.privateKey } as const;
  for (const options of [{}, rsa]) {
    const { token } = await app.mint();
    const signed = await app.signedRequest({ operation: 'loginTokenValidate', token, ...options });
    expect(
      (await send(url, signed.method, signed.path, signed.body, signed.headers)).json.resultCode,
    ).toBe('103000');
  }
  const { token } = await app.mint({ capability: 'tokenValidate' });
  const signed = await app.signedRequest({
    operation: 'tokenValidate',
    token,
    fields: { message: 'a' },
    ...rsa,
  });
  const { json } = await send(url, signed.method, signed.path, signed.body, signed.headers);
  expect(json).toMatchObject({ header: { resultCode: '000' }, body: { message: 'a' } });
});

test('a key pair has the requested size', async () => {
  const { mock } = await clientPlace();
  const [short, long] = [await mock.keyPair(), await mock.keyPair({ bits: 2048 })];
  expect(long.privateKey.length).toBeGreaterThan(short.privateKey.length);
});

test('a whitelist is checked with and without an address', async () => {
  const { mock } = await clientPlace();
  const checked = await mock.checkIpWhitelist({
    ipWhitelist: '10.0.0.1,10.0.0.0/24',
    clientIp: '10.0.0.1',
  });
  expect(checked).toMatchObject({
    entries: [{ problem: null }, { admits: null }],
    clientIpAdmitted: true,
  });
  expect(await mock.checkIpWhitelist({ ipWhitelist: '' })).toMatchObject({
    entries: [],
    clientIpAdmitted: null,
  });
});

test('stored snapshots are listed, newest first, and each can be restored', async () => {
  const { app } = await clientPlace();
  expect(await app.snapshots()).toEqual([]);
  const { token } = await app.mint();
  const first = await app.snapshot();
  const second = await app.snapshot();
  await app.mint();
  const [newest, oldest] = await app.snapshots();
  expect([newest?.id, oldest?.id]).toEqual([second.id, first.id]);
  expect(newest?.atMs).toBeGreaterThanOrEqual(oldest?.atMs ?? Number.POSITIVE_INFINITY);
  await oldest?.restore();
  expect(await app.token(token)).toMatchObject({ status: 'live' });
  await expect(app.token('another')).rejects.toMatchObject({ status: 404 });
});
