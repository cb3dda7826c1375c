/** Names with a meaning in JavaScript or in a file system are ordinary names. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { toConfiguration } from '../../mock-server/options/configuration.js';
import { controlBench, createApp, mint } from '../support/control.js';
import { send, startMock } from '../support/mock.js';
import { tlsFolder } from '../support/tls.js';

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

test.each(POLLUTING)('the configuration refuses an app that is %s', (body) => {
  const app = body.replace('{', '{"appId":"a",');
  expect(() => toConfiguration(JSON.parse(`{"apps":[${app}]}`), '127.0.0.1')).toThrow(/unknown field/);
  expect(() => toConfiguration(JSON.parse(body.replace('readings', 'lifetimes')), '127.0.0.1')).toThrow(
    /unknown field/,
  );
  expectClean();
});

test.each([
  '/_mock/requests?__proto__[polluted]=true',
  '/_mock/requests?__proto__=x&constructor=y',
  '/_mock/requests?appId=__proto__',
  '/_mock/requests?constructor[prototype][polluted]=true',
])('the query of %s is harmless', async (path) => {
  const { api } = await controlBench();
  const { body } = await api.get(path).expect(200);
  expect(body).toEqual({ requests: [], evicted: 0, more: false, after: null });
  expectClean();
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('a token called %s works', async (token) => {
  const bench = await controlBench();
  const app = await createApp(bench);
  await bench.api.get(`/_mock/apps/${app.appId}/tokens/${token}`).expect(404);
  expect(await mint(bench, app, { token })).toBe(token);
  const { body } = await bench.api.get(`/_mock/apps/${app.appId}/tokens/${token}`).expect(200);
  expect(body).toMatchObject({ token, status: 'live' });
  expectClean();
});

test.each(['__proto__', 'constructor', 'toString'])('an app and an operation called %s are not found', async (name) => {
  const { api } = await controlBench();
  await api.get(`/_mock/apps/${name}`).expect(404);
  await api.get(`/_mock/apps/300000000001/outcomes/${name}`).expect(404);
});

const PATHS = ['..%2f..%2f..%2fetc%2fpasswd', '%2e%2e%2fserver.pem', '..%5c', 'server.pem', '%00', '....//'];

test.each(PATHS)('no file is read or written for the name %s', async (name) => {
  const dir = await tlsFolder();
  const { url } = await startMock({ httpsPort: 0, tlsDir: dir });
  const before = readdirSync(dir).toSorted();
  const targets = ['', 'apps/', 'requests/', 'apps/300000000001/snapshots/', 'ca.pem/', 'apps/300000000001/tokens/'];
  for (const target of targets) {
    for (const method of ['GET', 'POST', 'PUT']) {
      const { status, text } = await send(url, method, `/_mock/${target}${name}`);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(text).not.toMatch(/PRIVATE KEY|root:/);
    }
  }
  expect(readdirSync(dir).toSorted()).toEqual(before);
});
