/** Protection of the control API: control token, origin, the size of bodies, and responses that no client reads. */

import { expect, test } from 'vitest';
import { controlBench } from '../../support/control.js';
import { LOGIN_PATH } from '../../support/mock.js';

const controlToken = 'let-me-in';

test.each([
  { description: 'no token', authorization: undefined },
  { description: 'another token', authorization: 'Bearer let-me-out' },
  { description: 'the beginning of the token', authorization: 'Bearer let-me' },
  { description: 'more than the token', authorization: 'Bearer let-me-in-too' },
  { description: 'another scheme', authorization: `Basic ${controlToken}` },
  { description: 'the bare token', authorization: controlToken },
  { description: 'an empty token', authorization: 'Bearer ' },
])('$description is 401', async ({ authorization }) => {
  const { api } = await controlBench({ controlToken });
  const call = api.get('/_mock/apps');
  const { body } = await (authorization === undefined ? call : call.set('authorization', authorization))
    .expect(401)
    .expect('content-type', /^application\/problem\+json/);
  expect(body).toMatchObject({ status: 401, detail: expect.stringContaining('Authorization: Bearer') });
  expect(body.detail).not.toContain(controlToken);
});

test.each(['Bearer let-me-in', 'bearer let-me-in'])('%s is accepted', async (authorization) => {
  const { api } = await controlBench({ controlToken });
  await api.get('/_mock/apps').set('authorization', authorization).expect(200);
});

test('an unknown path requires the token', async () => {
  const { api } = await controlBench({ controlToken });
  await api.get('/_mock/nothing').expect(401);
});

test.each(['/_mock/apps', '/_mock/requests/count'])('without any token the body of %s is not parsed', async (path) => {
  const { api } = await controlBench({ controlToken });
  await api.post(path).set('content-type', 'application/json').send('{').expect(401);
});

test('a body that names the app is parsed before its token is checked, so it is short', async () => {
  const { api } = await controlBench({ controlToken });
  const count = (bytes: number) =>
    api.post('/_mock/requests/count').set('authorization', 'Bearer of-an-app').send('{}'.padEnd(bytes));
  await count(4096).expect(401);
  await count(4097).expect(413);
});

test.each([
  { description: 'nested lists', body: `${'['.repeat(300_000)}${']'.repeat(300_000)}`, detail: 'must be an object' },
  { description: '500 000 open brackets', body: '['.repeat(500_000), detail: 'is not JSON' },
])('$description are refused', async ({ body, detail }) => {
  const { api } = await controlBench();
  expect((await api.post('/_mock/apps').type('json').send(body).expect(400)).body.detail).toContain(detail);
});

test('health, the CA’s certificate and the carrier need no token', async () => {
  const { api } = await controlBench({ controlToken, caPem: 'a certificate' });
  await api.get('/_mock/health').expect(200, { status: 'ok' });
  expect((await api.get('/_mock/ca.pem').expect(200)).text).toBe('a certificate');
  expect((await api.post(LOGIN_PATH).send({}).expect(200)).body.resultCode).toBe('103811');
});

test.each(['http://evil.example', 'null', 'file://', 'http://127.0.0.1:1', 'nonsense'])(
  'a page of %s is 403',
  async (origin) => {
    const { api } = await controlBench();
    const { body } = await api.post('/_mock/reset').set('origin', origin).expect(403);
    expect(body).toMatchObject({ status: 403, detail: expect.stringContaining(`"${origin}"`) });
  },
);

test('the correct token does not permit another origin', async () => {
  const { api } = await controlBench({ controlToken });
  const call = api.get('/_mock/apps').set('authorization', `Bearer ${controlToken}`);
  await call.set('origin', 'http://evil.example').expect(403);
});

test('a page of the server itself is accepted', async () => {
  const { api } = await controlBench();
  await api.get('/_mock/apps').set('host', 'mock.test:1234').set('origin', 'http://mock.test:1234').expect(200);
});
