/** A control token set through the API stays after resets and reloads of the configuration, so neither gives access to an app. */
import { expect, test } from 'vitest';
import { applyConfiguredApps } from '../../../mock-server/carrier/apps/configured-apps.js';
import { toConfiguration } from '../../../mock-server/options/configuration.js';
import { type Bench, controlBench, DEMO_APP_ID } from '../../support/control.js';

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
