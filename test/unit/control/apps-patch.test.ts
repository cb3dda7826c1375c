/** PATCH /_mock/apps/:appId merges fields. null restores the default, unless null is a value of the field. */
import { expect, test } from 'vitest';
import { byOperation, OPERATIONS } from '../../../src/protocol/operations.js';
import { DEFAULT_READINGS } from '../../../src/protocol/readings.js';
import { charge, controlBench, createApp, DEMO_APP_ID } from '../../support/control.js';

const SETTINGS = {
  name: 'checkout',
  signSecret: 'appKey',
  capabilities: ['tokenValidate'],
  ipWhitelist: { loginTokenValidate: '10.0.0.1', tokenValidate: '10.0.0.2' },
  contracted: true,
  dailyQuota: 5,
  callPackage: 6,
  tokenTtlMs: 7,
  readings: { 'login-md5-case': 'upper', 'content-type': 'json' },
};
const READINGS = { ...DEFAULT_READINGS, ...SETTINGS.readings };
const LOOPBACK = '127.0.0.1,::1';
const LISTS = { ...byOperation(() => LOOPBACK), ...SETTINGS.ipWhitelist };

test.each([
  { description: 'an empty patch changes nothing', patch: {}, changed: {} },
  {
    description: 'one field changes, the others stay',
    patch: { dailyQuota: 9 },
    changed: { dailyQuota: 9 },
  },
  {
    description: 'the name changes, the others stay',
    patch: { name: 'login' },
    changed: { name: 'login' },
  },
  { description: 'null name is no name', patch: { name: null }, changed: { name: null } },
  {
    description: 'null signSecret is appSecret',
    patch: { signSecret: null },
    changed: { signSecret: 'appSecret' },
  },
  {
    description: 'null capabilities are all operations',
    patch: { capabilities: null },
    changed: { capabilities: OPERATIONS.map(({ capability }) => capability) },
  },
  {
    description: 'null contracted is no contract',
    patch: { contracted: null },
    changed: { contracted: false },
  },
  {
    description: 'null dailyQuota is 1000',
    patch: { dailyQuota: null },
    changed: { dailyQuota: 1000 },
  },
  {
    description: 'null callPackage is no limit',
    patch: { callPackage: null },
    changed: { callPackage: null },
  },
  {
    description: 'null tokenTtlMs is two minutes',
    patch: { tokenTtlMs: null },
    changed: { tokenTtlMs: 120_000 },
  },
  {
    description: 'one whitelist changes, the others stay',
    patch: { ipWhitelist: { tokenValidate: '' } },
    changed: { ipWhitelist: { ...LISTS, tokenValidate: '' } },
  },
  {
    description: 'null inside ipWhitelist admits every address',
    patch: { ipWhitelist: { loginTokenValidate: null } },
    changed: { ipWhitelist: { ...LISTS, loginTokenValidate: null } },
  },
  {
    description: 'null ipWhitelist is loopback for all operations',
    patch: { ipWhitelist: null },
    changed: { ipWhitelist: byOperation(() => LOOPBACK) },
  },
  {
    description: 'one reading changes, the others stay',
    patch: { readings: { 'json-numbers': 'any' } },
    changed: { readings: { ...READINGS, 'json-numbers': 'any' } },
  },
  {
    description: 'a null reading is its default, the others stay',
    patch: { readings: { 'login-md5-case': null } },
    changed: { readings: { ...READINGS, 'login-md5-case': 'any' } },
  },
  {
    description: 'null readings are the defaults',
    patch: { readings: null },
    changed: { readings: DEFAULT_READINGS },
  },
])('$description', async ({ patch, changed }) => {
  const bench = await controlBench();
  const app = await createApp(bench, SETTINGS);
  const { body } = await bench.api.patch(`/_mock/apps/${app.appId}`).send(patch).expect(200);
  expect(body).toEqual({ ...app, ...changed });
  await bench.api.get(`/_mock/apps/${app.appId}`).expect(200, body);
});

test('null removes keys', async () => {
  const bench = await controlBench();
  const path = `/_mock/apps/${(await createApp(bench, { generateKeys: true })).appId}`;
  const { body } = await bench.api
    .patch(path)
    .send({ appVerifyKey: null, appEncryptKey: null })
    .expect(200);
  expect(body).toMatchObject({ appVerifyKey: null, appEncryptKey: null });
});

test.each(['appKey', 'appSecret'])('null generates a new %s', async (field) => {
  const bench = await controlBench();
  const app = await createApp(bench, { [field]: 'mine' });
  const { body } = await bench.api
    .patch(`/_mock/apps/${app.appId}`)
    .send({ [field]: null })
    .expect(200);
  expect(body).toEqual({ ...app, [field]: expect.stringMatching(/^[0-9A-F]{32}$/) });
});

test('null restores the defaults of the configuration', async () => {
  const configuration = {
    lifetimes: { tokenTtlMs: 3000 },
    readings: { 'json-numbers': 'any' } as const,
  };
  const bench = await controlBench({ configuration });
  const app = await createApp(bench, SETTINGS);
  const { body } = await bench.api
    .patch(`/_mock/apps/${app.appId}`)
    .send({ tokenTtlMs: null, readings: null });
  expect(body).toMatchObject({
    tokenTtlMs: 3000,
    readings: { ...DEFAULT_READINGS, 'json-numbers': 'any' },
  });
});

test('a changed secret applies to the next request', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  await bench.api.patch(`/_mock/apps/${app.appId}`).send({ appSecret: 'other' }).expect(200);
  expect(await charge(bench, app)).toMatchObject({ resultCode: '103101' });
  expect(await charge(bench, { ...app, appSecret: 'other' })).toMatchObject({
    resultCode: '103000',
  });
});

test('the patch may contain the same appId', async () => {
  const bench = await controlBench();
  await bench.api
    .patch(`/_mock/apps/${DEMO_APP_ID}`)
    .send({ appId: DEMO_APP_ID, dailyQuota: 3 })
    .expect(200);
});

test.each([
  {
    description: 'another appId',
    send: { appId: 'x' },
    pointer: '/appId',
    message: 'cannot be changed',
  },
  {
    description: 'an unknown field',
    send: { dailyquotas: 1 },
    pointer: '/dailyquotas',
    message: '"dailyQuota"',
  },
  {
    description: 'generateKeys',
    send: { generateKeys: true },
    pointer: '/generateKeys',
    message: '"generateKeys"',
  },
  {
    description: 'the platform key',
    send: { platformPublicKey: 'x' },
    pointer: '/platformPublicKey',
    message: 'unknown',
  },
  {
    description: 'a private key',
    send: { appVerifyKey: '!' },
    pointer: '/appVerifyKey',
    message: 'not Base64',
  },
])('$description is refused and changes nothing', async ({ send, pointer, message }) => {
  const { api } = await controlBench();
  const before = await api.get(`/_mock/apps/${DEMO_APP_ID}`);
  const { body } = await api
    .patch(`/_mock/apps/${DEMO_APP_ID}`)
    .send({ contracted: true, ...send })
    .expect(400);
  expect(body).toMatchObject({ status: 400, pointer, detail: expect.stringContaining(message) });
  await api.get(`/_mock/apps/${DEMO_APP_ID}`).expect(200, before.body);
});

test('two simultaneous changes both take effect', async () => {
  const { api } = await controlBench();
  const path = `/_mock/apps/${DEMO_APP_ID}`;
  await Promise.all([
    api.patch(path).send({ dailyQuota: 1 }),
    api.patch(path).send({ tokenTtlMs: 2 }),
  ]);
  expect((await api.get(path)).body).toMatchObject({ dailyQuota: 1, tokenTtlMs: 2 });
});

test.each([
  { description: 'a field name of half a megabyte', send: { ['x'.repeat(500_000)]: 1 } },
  {
    description: 'a value of a megabyte of brackets',
    send: `{"appKey":${'['.repeat(500_000)}${']'.repeat(500_000)}}`,
  },
])('$description is refused in one short sentence', async ({ send }) => {
  const bench = await controlBench();
  const { appId } = await createApp(bench);
  const patch = bench.api.patch(`/_mock/apps/${appId}`).set('Content-Type', 'application/json');
  const { body, text } = await patch.send(send).expect(400);
  expect(body).toMatchObject({ title: 'Invalid request' });
  expect(text.length).toBeLessThan(1000);
});
