/** Names with a meaning in JavaScript are ordinary names. */
import { expect, test } from 'vitest';
import { controlBench, createApp, mint } from '../support/control.js';

const OWN_KEYS = Reflect.ownKeys(Object.prototype).length;

function expectClean(): void {
  expect(Reflect.ownKeys(Object.prototype)).toHaveLength(OWN_KEYS);
  expect('polluted' in {}).toBe(false);
}

const POLLUTING = [
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"readings":{"__proto__":{"polluted":true}}}',
  '{"ipWhitelist":{"__proto__":{"polluted":true},"constructor":null}}',
] as const;

test.each(POLLUTING)('the control API refuses %s', async (body) => {
  const bench = await controlBench();
  const { appId } = await createApp(bench);
  for (const call of [bench.api.post('/_mock/apps'), bench.api.patch(`/_mock/apps/${appId}`)])
    await call.type('json').send(body).expect(400);
  expectClean();
});

test.each(['__proto__[polluted]', '__proto__', 'constructor[prototype][polluted]'])(
  'a query parameter called %s is refused',
  async (name) => {
    const { api } = await controlBench();
    await api.get(`/_mock/requests?${name}=true`).expect(400);
    expectClean();
  },
);

test('requests of an app called __proto__ are an empty list', async () => {
  const { api } = await controlBench();
  const { body } = await api.get('/_mock/requests?appId=__proto__').expect(200);
  expect(body).toEqual({ requests: [], evicted: 0, more: false, after: null, complete: true });
  expectClean();
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'a token called %s works',
  async (token) => {
    const bench = await controlBench();
    const app = await createApp(bench);
    await bench.api.get(`/_mock/apps/${app.appId}/tokens/${token}`).expect(404);
    expect(await mint(bench, app, { token })).toBe(token);
    const { body } = await bench.api.get(`/_mock/apps/${app.appId}/tokens/${token}`).expect(200);
    expect(body).toMatchObject({ token, status: 'live' });
    expectClean();
  },
);

test.each(['__proto__', 'constructor', 'toString'])(
  'an app and an operation called %s are not found',
  async (name) => {
    const { api } = await controlBench();
    await api.get(`/_mock/apps/${name}`).expect(404);
    await api.get(`/_mock/apps/300000000001/outcomes/${name}`).expect(404);
  },
);
