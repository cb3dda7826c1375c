/** Common behaviour of all control API calls: bodies, unknown paths, and unexpected failures. */
import { expect, test } from 'vitest';
import type { Carrier } from '../../../mock-server/carrier/carrier.js';
import type { StateStore } from '../../../mock-server/carrier/store/state-store.js';
import { ROUTES } from '../../../mock-server/control-api/routes.js';
import { controlBench, DEMO_APP_ID } from '../../support/control.js';
import { directApi } from '../../support/direct-api.js';
import { LOGIN_PATH, VERIFY_PATH } from '../../support/mock.js';

/** Bodies of the calls that need one. */
const VALID: Readonly<Record<string, object>> = {
  '/_mock/apps/:appId/clock/advance': { by: '1s' },
  '/_mock/apps/:appId/outcomes/:operation': { script: 'pass' },
  '/_mock/apps/:appId/subscribers/:number': { outcomes: { tokenValidate: '999' } },
  '/_mock/apps/:appId/signed-requests': { operation: 'loginTokenValidate', token: 't' },
};

const STACK = /\n\s+at |node_modules|\.ts:\d|\.js:\d/;

test('without HTTPS the CA is 404 and names the flag', async () => {
  const { api } = await controlBench();
  const { body } = await api.get('/_mock/ca.pem').expect(404);
  expect(body.detail).toContain('--https-port');
});

test.each([
  {
    description: 'invalid JSON',
    type: 'application/json',
    send: '{"appId":',
    status: 400,
    message: '"{\\"appId\\":"',
  },
  {
    description: 'a form',
    type: 'application/x-www-form-urlencoded',
    send: 'appId=x',
    status: 400,
    message: '"appId=x"',
  },
  { description: 'plain text', type: 'text/plain', send: 'hello', status: 400, message: '"hello"' },
  { description: 'a number', type: 'application/json', send: '17', status: 400, message: '17' },
  { description: 'an array', type: 'application/json', send: '[]', status: 400, message: '[]' },
  {
    description: 'two objects',
    type: 'application/json',
    send: '{}{}',
    status: 400,
    message: '"{}{}"',
  },
  {
    description: 'GBK',
    type: 'application/json;charset=gbk',
    send: '{}',
    status: 415,
    message: 'GBK',
  },
  {
    description: 'more than 1 MB',
    type: 'application/json',
    send: JSON.stringify({ appKey: 'k'.repeat(1024 * 1024) }),
    status: 413,
    message: 'too large',
  },
])('a body with $description is $status', async ({ type, send, status, message }) => {
  const { api } = await controlBench();
  const call = api.post('/_mock/apps').set('content-type', type);
  const { text, body } = await call
    .send(send)
    .expect(status)
    .expect('content-type', /^application\/problem\+json/);
  expect(body).toMatchObject({
    type: expect.stringMatching(/^problems#(?:body|value)\./),
    status,
    pointer: '',
    title: expect.any(String),
  });
  expect(body.detail).toContain(message);
  expect(text).not.toMatch(STACK);
});

test('an unknown encoding is refused', async () => {
  const { api } = await controlBench();
  const { text } = await api
    .post('/_mock/apps')
    .set('content-encoding', 'rot13')
    .send('{}')
    .expect(415);
  expect(text).not.toMatch(STACK);
});

test.each([
  { description: 'a body without a Content-Type', headers: {}, send: '{"appId":"typed"}' },
  {
    description: 'curl’s own Content-Type',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    send: '{"appId":"typed"}',
  },
])('$description is read as JSON', async ({ headers, send }) => {
  const { api } = await controlBench();
  const { body } = await api.post('/_mock/apps').set(headers).send(Buffer.from(send)).expect(201);
  expect(body).toMatchObject({ appId: 'typed' });
});

test.each([
  { method: 'get', path: '/_mock' },
  { method: 'get', path: '/_mock/' },
  { method: 'get', path: '/_mock/app' },
  { method: 'put', path: '/_mock/apps' },
  { method: 'get', path: '/_mock/reset' },
  { method: 'delete', path: `/_mock/apps/${DEMO_APP_ID}/clock` },
] as const)('$method $path does not exist: 404 names the call', async ({ method, path }) => {
  const { api } = await controlBench();
  const { body } = await api[method](path)
    .expect(404)
    .expect('content-type', /^application\/problem\+json/);
  expect(body.detail).toContain(`${method.toUpperCase()} ${path}`);
});

const OF_AN_APP = [
  ...ROUTES.filter(({ path }) => path.startsWith('/_mock/apps/:appId')).map(({ method, path }) => ({
    method,
    path,
  })),
  { method: 'delete', path: '/_mock/requests?appId=nobody' } as const,
];

test.each(OF_AN_APP)(
  '$method $path of an unknown app is 404 and quotes the id',
  async ({ method, path }) => {
    const { api } = await controlBench();
    const call = api[method](
      path
        .replace(':appId', 'nobody')
        .replace(':operation', 'tokenValidate')
        .replace(/:\w+/, '13800138000'),
    );
    const { body } = await call
      .send(VALID[path] ?? {})
      .expect(404)
      .expect('content-type', /^application\/problem\+json/);
    expect(body).toMatchObject({
      status: 404,
      title: 'Not found',
      detail: expect.stringContaining('"nobody"'),
    });
  },
);

test.each(['/favicon.ico', '/index.html', '/rs/tokenValidate', '/unisdk', '/openapi'])(
  '%s is an unused path: 404 names both paths of the carrier',
  async (path) => {
    const { api } = await controlBench();
    const { body } = await api
      .get(path)
      .expect(404)
      .expect('content-type', /^application\/problem\+json/);
    expect(body.detail).toContain(`POST ${LOGIN_PATH}`);
    expect(body.detail).toContain(`POST ${VERIFY_PATH}`);
  },
);

test('a path that is not UTF-8 is 400 without a stack trace', async () => {
  const { api } = await controlBench();
  const { text } = await api.get('/_mock/apps/%E0%A4%A').expect(400);
  expect(text).not.toMatch(STACK);
});

function unreachable(): Promise<never> {
  return Promise.reject(new Error('connection refused'));
}
const STORE_GONE: StateStore = {
  readPartition: unreachable,
  get: unreachable,
  list: unreachable,
  size: unreachable,
  log: unreachable,
  journal: () => ({ [Symbol.asyncIterator]: () => ({ next: unreachable }) }),
  forget: unreachable,
  commit: unreachable,
  take: unreachable,
  endDelivery: unreachable,
  announceRemoval: unreachable,
  drop: unreachable,
  watchJournal: () => () => undefined,
  watchChanges: () => () => undefined,
  snapshots: undefined,
  census: { journalEvictions: unreachable, tokens: unreachable },
  shared: false,
  close: () => undefined,
};

async function withUnreachableStore() {
  const { carrier } = await controlBench();
  const errors: string[] = [];
  const log: Carrier['log'] = { ...carrier.log, error: ({ en }) => void errors.push(en) };
  return { api: directApi({ ...carrier, store: STORE_GONE, log }), errors };
}

test.each(['/_mock/apps', `/_mock/apps/${DEMO_APP_ID}`, '/_mock/requests'])(
  '%s with an unreachable store is 500, and only the log has the stack trace',
  async (path) => {
    const { api, errors } = await withUnreachableStore();
    const { body, text } = await api
      .get(path)
      .expect(500)
      .expect('content-type', /^application\/problem\+json/);
    expect(body).toMatchObject({ status: 500, title: 'Internal error' });
    expect(text).not.toMatch(STACK);
    expect(text).not.toContain('connection refused');
    expect(errors).toEqual([expect.stringContaining('connection refused')]);
  },
);
