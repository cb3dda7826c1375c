/** A reset restores the configured state of an app or of all apps. A control token set through the API stays. */
import { expect, test } from 'vitest';
import { applyConfiguredApps } from '../../../mock-server/carrier/apps/configured-apps.js';
import { toConfiguration } from '../../../mock-server/options/configuration.js';
import {
  type Bench,
  charge,
  controlBench,
  createApp,
  DEMO_APP_ID,
  exchange,
  mint,
  NOON_MS,
} from '../../support/control.js';
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
  expect(await read(bench, `/_mock/requests?appId=${app.appId}`)).toEqual({
    requests: [],
    evicted: 0,
    more: false,
    after: null,
    complete: true,
  });
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
  expect(await read(bench, '/_mock/requests')).toEqual({
    requests: [],
    evicted: 0,
    more: false,
    after: null,
    complete: true,
  });
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

const API_TOKEN = { authorization: 'Bearer set-through-the-api' };
const FILE_TOKEN = { authorization: 'Bearer of-the-file' };
const APP = `/_mock/apps/${DEMO_APP_ID}`;

async function statuses({ api }: Bench, path = APP) {
  const statusWith = async (headers: Readonly<Record<string, string>>) => (await api.get(path).set(headers)).status;
  return { without: await statusWith({}), api: await statusWith(API_TOKEN), file: await statusWith(FILE_TOKEN) };
}

const LOCKED_BY_API = { without: 401, api: 200, file: 401 };
const LOCKED_BY_FILE = { without: 401, api: 401, file: 200 };

/** As a running server does after its file was touched or changed. */
async function reload({ carrier }: Bench, app: object): Promise<void> {
  const apps = [{ appId: DEMO_APP_ID, ...app }];
  carrier.settings = toConfiguration({ apps }, '127.0.0.1').settings;
  await applyConfiguredApps(carrier);
}

async function benchOf(app: object = {}): Promise<Bench> {
  return controlBench({ configuration: { apps: [{ appId: DEMO_APP_ID, ...app }] } });
}

const lock = (bench: Bench, headers = {}) =>
  bench.api.patch(APP).set(headers).send({ controlToken: 'set-through-the-api' }).expect(200);

test('a reset without the token changes neither a locked app of the configuration nor its token', async () => {
  const bench = await benchOf();
  await lock(bench);
  await bench.api.patch(APP).set(API_TOKEN).send({ dailyQuota: 7 }).expect(200);
  await bench.api.post('/_mock/reset').expect(204);
  expect(await statuses(bench)).toEqual(LOCKED_BY_API);
  expect((await bench.api.get(APP).set(API_TOKEN)).body).toMatchObject({ dailyQuota: 7 });
});

test('a reset with the token keeps the token', async () => {
  const bench = await benchOf();
  await lock(bench);
  await bench.api.post(`${APP}/reset`).set(API_TOKEN).expect(204);
  expect(await statuses(bench)).toEqual(LOCKED_BY_API);
});

test.each([
  { description: 'touched', before: {}, after: {} },
  {
    description: 'touched and has another token',
    before: { controlToken: 'of-the-file' },
    after: { controlToken: 'of-the-file' },
  },
  { description: 'changed to have a token', before: {}, after: { controlToken: 'of-the-file' } },
  { description: 'changed to have no token', before: { controlToken: 'of-the-file' }, after: {} },
])('a token set through the API stays when the file is $description', async ({ before, after }) => {
  const bench = await benchOf(before);
  await lock(bench, FILE_TOKEN);
  await reload(bench, { ...after, dailyQuota: 9 });
  await bench.api.post('/_mock/reset').expect(204);
  expect(await statuses(bench)).toEqual(LOCKED_BY_API);
  expect((await bench.api.get(APP).set(API_TOKEN)).body).toMatchObject({ dailyQuota: 9 });
});

test('an app created with a token keeps it when the file adds the app', async () => {
  const bench = await controlBench({ configuration: { apps: [] } });
  await bench.api.post('/_mock/apps').send({ appId: DEMO_APP_ID, controlToken: 'set-through-the-api' }).expect(201);
  await reload(bench, { controlToken: 'of-the-file' });
  await bench.api.post('/_mock/reset').expect(204);
  expect(await statuses(bench)).toEqual(LOCKED_BY_API);
});

test('without a token of the API the token of the file applies, and changes with the file', async () => {
  const bench = await benchOf();
  expect(await statuses(bench)).toEqual({ without: 200, api: 200, file: 200 });
  await reload(bench, { controlToken: 'of-the-file' });
  expect(await statuses(bench)).toEqual(LOCKED_BY_FILE);
  await bench.api.post('/_mock/reset').expect(204);
  expect(await statuses(bench)).toEqual(LOCKED_BY_FILE);
});

test('removing the token through the API restores the token of the file', async () => {
  const bench = await benchOf({ controlToken: 'of-the-file' });
  await lock(bench, FILE_TOKEN);
  await bench.api.patch(APP).set(API_TOKEN).send({ controlToken: null }).expect(200);
  await reload(bench, { controlToken: 'of-the-file' });
  expect(await statuses(bench)).toEqual(LOCKED_BY_FILE);
});

test('a deleted app is restored with the token of the file', async () => {
  const bench = await benchOf({ controlToken: 'of-the-file' });
  await lock(bench, FILE_TOKEN);
  await bench.api.delete(APP).set(API_TOKEN).expect(204);
  await bench.api.post('/_mock/reset').expect(204);
  expect(await statuses(bench)).toEqual(LOCKED_BY_FILE);
});

test("the server's token gives access to an app whose token was set through the API", async () => {
  const bench = await controlBench({ controlToken: 'the-servers', configuration: { apps: [{ appId: DEMO_APP_ID }] } });
  const serverToken = { authorization: 'Bearer the-servers' };
  await lock(bench, serverToken);
  await bench.api.post('/_mock/reset').set(serverToken).expect(204);
  expect((await bench.api.get(APP).set(serverToken)).status).toBe(200);
  expect(await statuses(bench)).toEqual(LOCKED_BY_API);
});
