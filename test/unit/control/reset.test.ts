/** A reset restores the configured state of an app or of all apps. A control token set through the API stays. */
import { describe, expect, test } from 'vitest';
import { releaseUnusedShortIds } from '../../../mock-server/carrier/apps/apps.js';
import {
  applyConfiguredApps,
  resetAll,
} from '../../../mock-server/carrier/apps/configured-apps.js';
import type { Carrier } from '../../../mock-server/carrier/carrier.js';
import { APPS_MAX } from '../../../mock-server/carrier/engine/app-settings.js';
import {
  ONLY,
  SERVER_PARTITION,
  type StateStore,
  type Write,
} from '../../../mock-server/carrier/store/state-store.js';
import { toConfiguration } from '../../../mock-server/options/configuration.js';
import { addApp } from '../../support/carrier.js';
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
import { put } from '../../support/stores/writes.js';

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
  await bench.api
    .patch(path)
    .send({ appSecret: 'changed', dailyQuota: 1, readings: { 'json-numbers': 'any' } });
  return token;
}

async function expectAsNew(bench: Bench, app: TestApp, token: string): Promise<void> {
  const path = `/_mock/apps/${app.appId}`;
  expect(await read(bench, path)).toEqual(app);
  expect(await read(bench, `${path}/clock`)).toEqual({
    nowMs: NOON_MS,
    offsetMs: 0,
    frozen: false,
  });
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
  const { appSignPrivateKey, appDecryptPrivateKey, ...app } = await createApp(bench, {
    generateKeys: true,
  });
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

describe('the short id of an app that a killed server did not create or remove completely', () => {
  /** The bench with one app, and the ids of the apps that the server lists. */
  async function shortIdBench() {
    const bench = await controlBench({ configuration: { apps: [CONFIGURED] } });
    const { store } = bench.carrier;
    const appIds = async () =>
      (await read(bench, '/_mock/apps')).apps.map(({ appId }: TestApp) => appId);
    const count = async () => store.size(SERVER_PARTITION, 'shortId');
    const claim = (id: string, appId: string) =>
      store.commit(SERVER_PARTITION, [put('shortId', id, appId)]);
    return { bench, appIds, count, claim, reset: () => bench.api.post('/_mock/reset').expect(204) };
  }

  test('counts as an app until the next reset of all', async () => {
    const { bench, count, claim, reset } = await shortIdBench();
    for (let at = 1; at < APPS_MAX; at += 1) await claim(`g${at}`, `gone-${at}`);
    await bench.api.post('/_mock/apps').send({}).expect(409);
    await reset();
    expect(await count()).toBe(1);
    await createApp(bench);
  });

  test('does not list an app twice, and its own short id stays', async () => {
    const { bench, appIds, count, claim, reset } = await shortIdBench();
    await claim('ghost0', 'configured');
    expect(await appIds()).toEqual(['configured']);
    await reset();
    expect([await appIds(), await count()]).toEqual([['configured'], 1]);
    await charge(bench, await read(bench, '/_mock/apps/configured'));
    expect((await read(bench, '/_mock/requests')).requests).toHaveLength(1);
  });

  test('does not keep a reset from creating the app of the configuration', async () => {
    const { bench, appIds, claim, reset } = await shortIdBench();
    await bench.api.delete('/_mock/apps/configured').expect(204);
    await claim('ghost0', 'configured');
    await reset();
    expect(await appIds()).toEqual(['configured']);
  });

  /** Acts once, before the first commit with a write of the kind to the partition. */
  function actingBefore(
    { kind, partition }: { kind: Write['kind']; partition: string },
    carrier: Carrier,
    act: () => unknown,
  ) {
    let isDone = false;
    const commit: StateStore['commit'] = async (at, writes) => {
      const isNow = !isDone && at === partition && writes.some((write) => write.kind === kind);
      isDone ||= isNow;
      if (isNow) await act();
      return carrier.store.commit(at, writes);
    };
    return { ...carrier, store: { ...carrier.store, commit } };
  }

  test('stays if a reset comes after it, and before its app', async () => {
    const { bench, appIds } = await shortIdBench();
    const { carrier } = bench;
    const creating = actingBefore({ kind: 'put', partition: 'next' }, carrier, () =>
      resetAll(carrier, 'all'),
    );
    await addApp(creating, { appId: 'next' });
    expect((await appIds()).toSorted()).toEqual(['configured', 'next']);
  });

  test('stays if its app is created while a reset removes it', async () => {
    const { bench, appIds } = await shortIdBench();
    const { carrier } = bench;
    const app = await addApp(carrier, { appId: 'next' });
    await carrier.store.drop('next');
    const create = () => carrier.store.commit('next', [put('app', ONLY, app)]);
    await releaseUnusedShortIds(
      actingBefore({ kind: 'remove', partition: SERVER_PARTITION }, carrier, create),
    );
    expect((await appIds()).toSorted()).toEqual(['configured', 'next']);
  });
});

const API_TOKEN = { authorization: 'Bearer set-through-the-api' };
const FILE_TOKEN = { authorization: 'Bearer of-the-file' };
const APP = `/_mock/apps/${DEMO_APP_ID}`;

async function statuses({ api }: Bench, path = APP) {
  const statusWith = async (headers: Readonly<Record<string, string>>) =>
    (await api.get(path).set(headers)).status;
  return {
    without: await statusWith({}),
    api: await statusWith(API_TOKEN),
    file: await statusWith(FILE_TOKEN),
  };
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
  await bench.api
    .post('/_mock/apps')
    .send({ appId: DEMO_APP_ID, controlToken: 'set-through-the-api' })
    .expect(201);
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
  const bench = await controlBench({
    controlToken: 'the-servers',
    configuration: { apps: [{ appId: DEMO_APP_ID }] },
  });
  const serverToken = { authorization: 'Bearer the-servers' };
  await lock(bench, serverToken);
  await bench.api.post('/_mock/reset').set(serverToken).expect(204);
  expect((await bench.api.get(APP).set(serverToken)).status).toBe(200);
  expect(await statuses(bench)).toEqual(LOCKED_BY_API);
});
