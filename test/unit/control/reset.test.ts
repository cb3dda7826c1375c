/** POST /_mock/apps/:appId/reset and POST /_mock/reset restore the configured state. */
import { expect, test } from 'vitest';
import { type Bench, charge, controlBench, createApp, DEMO_APP_ID, exchange, mint, NOON_MS } from '../../support/control.js';
import { LOGIN_PATH, type TestApp } from '../../support/mock.js';

const CONFIGURED = { appId: 'configured', appSecret: 'secret', appKey: 'key', dailyQuota: 10 };

async function read({ api }: Bench, path: string) {
  return (await api.get(path).expect(200)).body;
}

/** Changes everything that an app has, and returns its token. */
async function changeEverything(bench: Bench, app: TestApp): Promise<string> {
  const path = `/_mock/apps/${app.appId}`;
  const token = await mint(bench, app);
  await exchange(bench, app, token);
  await bench.api.put(`${path}/clock`).send({ atMs: 5, frozen: true });
  await bench.api.patch(path).send({ appSecret: 'changed', dailyQuota: 1, readings: { 'json-numbers': 'any' } });
  return token;
}

async function expectAsNew(bench: Bench, app: TestApp, token: string): Promise<void> {
  const path = `/_mock/apps/${app.appId}`;
  expect(await read(bench, path)).toEqual(app);
  expect(await read(bench, `${path}/clock`)).toEqual({ nowMs: NOON_MS, offsetMs: 0, frozen: false });
  expect(await read(bench, `${path}/ledger`)).toMatchObject({ charged: 0, records: [] });
  expect(await read(bench, `/_mock/requests?appId=${app.appId}`)).toEqual({ requests: [], evicted: 0, more: false });
  await bench.api.get(`${path}/tokens/${token}`).expect(404);
  expect(await charge(bench, app)).toMatchObject({ resultCode: '103000' });
}

test('a reset restores the state in which the API created an app', async () => {
  const bench = await controlBench();
  const { appSignPrivateKey, appDecryptPrivateKey, ...app } = await createApp(bench, { generateKeys: true });
  const token = await changeEverything(bench, app);
  await bench.api.post(`/_mock/apps/${app.appId}/reset`).expect(204, '');
  await expectAsNew(bench, app, token);
});

test('a reset restores the state of an app in the configuration', async () => {
  const bench = await controlBench({ configuration: { apps: [CONFIGURED] } });
  const app = await read(bench, '/_mock/apps/configured');
  expect(app).toMatchObject(CONFIGURED);
  const token = await changeEverything(bench, app);
  await bench.api.post('/_mock/apps/configured/reset').send({}).expect(204);
  await expectAsNew(bench, app, token);
});

test('the reset of one app does not change other apps', async () => {
  const bench = await controlBench();
  const [app, other] = [await createApp(bench), await createApp(bench)];
  const token = await mint(bench, other);
  await charge(bench, other);
  const unattributed = (await bench.api.get(LOGIN_PATH)).headers['x-mock-request-id'];
  await bench.api.post(`/_mock/apps/${app.appId}/reset`).expect(204);
  expect(await read(bench, `/_mock/apps/${other.appId}/ledger`)).toMatchObject({ charged: 1 });
  await bench.api.get(`/_mock/requests/${unattributed}`).expect(200);
  expect(await exchange(bench, other, token)).toMatchObject({ resultCode: '103000' });
});

test('a reset restores a used-up quota and package', async () => {
  const bench = await controlBench();
  for (const settings of [{ dailyQuota: 1 }, { contracted: true, callPackage: 1 }]) {
    const app = await createApp(bench, settings);
    await charge(bench, app);
    expect(await charge(bench, app)).toMatchObject({ resultCode: '105312' });
    await bench.api.post(`/_mock/apps/${app.appId}/reset`).expect(204);
    expect(await charge(bench, app)).toMatchObject({ resultCode: '103000' });
  }
});

test('a reset deletes accessTokens', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  await bench.carrier.store.commit(app.appId, [
    {
      kind: 'put',
      collection: 'accessToken',
      id: 'a',
      expectedRevision: 0,
      value: { taskId: 't', issuedAtMs: NOON_MS, expiresAtMs: NOON_MS + 1, redeemed: false },
    },
  ]);
  await bench.api.get(`/_mock/apps/${app.appId}/access-tokens/a`).expect(200);
  await bench.api.post(`/_mock/apps/${app.appId}/reset`);
  await bench.api.get(`/_mock/apps/${app.appId}/access-tokens/a`).expect(404);
});

test('a reset of all restores configured apps and deletes apps of the API', async () => {
  const bench = await controlBench();
  const created = await createApp(bench);
  const demo = await read(bench, `/_mock/apps/${DEMO_APP_ID}`);
  const token = await changeEverything(bench, demo);
  await charge(bench, created);
  await bench.api.get(LOGIN_PATH);
  await bench.api.post('/_mock/reset').expect(204, '');
  expect(await read(bench, '/_mock/apps')).toEqual({ apps: [demo] });
  expect(await read(bench, '/_mock/requests')).toEqual({ requests: [], evicted: 0, more: false });
  expect(await exchange(bench, created, token)).toMatchObject({ resultCode: '103119' });
  await bench.api.post('/_mock/reset');
  await expectAsNew(bench, demo, token);
});

test('a reset of all restores a deleted app of the configuration', async () => {
  const bench = await controlBench({ configuration: { apps: [CONFIGURED] } });
  await bench.api.delete('/_mock/apps/configured').expect(204);
  await bench.api.post('/_mock/reset').expect(204);
  expect(await read(bench, '/_mock/apps')).toMatchObject({ apps: [CONFIGURED] });
});
