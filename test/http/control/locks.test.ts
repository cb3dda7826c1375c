/** A control token set through the API outlives resets and reloads of the configuration: nobody opens an app by either. */
import { expect, test } from 'vitest';
import { applyConfiguredApps } from '../../../mock-server/carrier/apps/configured-apps.js';
import { toConfiguration } from '../../../mock-server/cli/config.js';
import { type Bench, controlBench, DEMO_APP_ID } from '../../support/control.js';

const OWN = { authorization: 'Bearer set-through-the-api' };
const OF_THE_FILE = { authorization: 'Bearer of-the-file' };
const APP = `/_mock/apps/${DEMO_APP_ID}`;

async function statuses({ api }: Bench, path = APP) {
  const of = async (headers: Readonly<Record<string, string>>) => (await api.get(path).set(headers)).status;
  return { without: await of({}), own: await of(OWN), ofTheFile: await of(OF_THE_FILE) };
}

const LOCKED_BY_API = { without: 401, own: 200, ofTheFile: 401 };
const LOCKED_BY_FILE = { without: 401, own: 401, ofTheFile: 200 };

/** What a running server does when its file was touched, or changed. */
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

test('a reset by anyone leaves the lock of an app of the configuration, and the app', async () => {
  const bench = await benchOf();
  await lock(bench);
  await bench.api.patch(APP).set(OWN).send({ dailyQuota: 7 }).expect(200);
  await bench.api.post('/_mock/reset').expect(204);
  expect(await statuses(bench)).toEqual(LOCKED_BY_API);
  expect((await bench.api.get(APP).set(OWN)).body).toMatchObject({ dailyQuota: 7 });
});

test('a reset by its owner leaves the lock', async () => {
  const bench = await benchOf();
  await lock(bench);
  await bench.api.post(`${APP}/reset`).set(OWN).expect(204);
  expect(await statuses(bench)).toEqual(LOCKED_BY_API);
});

test.each([
  { description: 'touched', before: {}, after: {} },
  {
    description: 'touched, though it has another lock',
    before: { controlToken: 'of-the-file' },
    after: { controlToken: 'of-the-file' },
  },
  { description: 'given a lock', before: {}, after: { controlToken: 'of-the-file' } },
  { description: 'freed of its lock', before: { controlToken: 'of-the-file' }, after: {} },
])('a lock set through the API stays when the file is $description', async ({ before, after }) => {
  const bench = await benchOf(before);
  await lock(bench, OF_THE_FILE);
  await reload(bench, { ...after, dailyQuota: 9 });
  await bench.api.post('/_mock/reset').expect(204);
  expect(await statuses(bench)).toEqual(LOCKED_BY_API);
  expect((await bench.api.get(APP).set(OWN)).body).toMatchObject({ dailyQuota: 9 });
});

test('an app that the API made with a lock keeps it when the file names the app', async () => {
  const bench = await controlBench({ configuration: { apps: [] } });
  await bench.api.post('/_mock/apps').send({ appId: DEMO_APP_ID, controlToken: 'set-through-the-api' }).expect(201);
  await reload(bench, { controlToken: 'of-the-file' });
  await bench.api.post('/_mock/reset').expect(204);
  expect(await statuses(bench)).toEqual(LOCKED_BY_API);
});

test('without a lock of the API the one of the file counts, and changes with it', async () => {
  const bench = await benchOf();
  expect(await statuses(bench)).toEqual({ without: 200, own: 200, ofTheFile: 200 });
  await reload(bench, { controlToken: 'of-the-file' });
  expect(await statuses(bench)).toEqual(LOCKED_BY_FILE);
  await bench.api.post('/_mock/reset').expect(204);
  expect(await statuses(bench)).toEqual(LOCKED_BY_FILE);
});

test('an owner who takes the lock away through the API leaves that of the file', async () => {
  const bench = await benchOf({ controlToken: 'of-the-file' });
  await lock(bench, OF_THE_FILE);
  await bench.api.patch(APP).set(OWN).send({ controlToken: null }).expect(200);
  await reload(bench, { controlToken: 'of-the-file' });
  expect(await statuses(bench)).toEqual(LOCKED_BY_FILE);
});

test('a deleted app comes back with the lock of the file', async () => {
  const bench = await benchOf({ controlToken: 'of-the-file' });
  await lock(bench, OF_THE_FILE);
  await bench.api.delete(APP).set(OWN).expect(204);
  await bench.api.post('/_mock/reset').expect(204);
  expect(await statuses(bench)).toEqual(LOCKED_BY_FILE);
});

test("the server's own token opens an app whose lock the API set", async () => {
  const bench = await controlBench({ controlToken: 'the-servers', configuration: { apps: [{ appId: DEMO_APP_ID }] } });
  const servers = { authorization: 'Bearer the-servers' };
  await lock(bench, servers);
  await bench.api.post('/_mock/reset').set(servers).expect(204);
  expect((await bench.api.get(APP).set(servers)).status).toBe(200);
  expect(await statuses(bench)).toEqual(LOCKED_BY_API);
});
