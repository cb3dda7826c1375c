/** POST /_mock/requests/count, and counts after the journal dropped records. */
import { expect, test } from 'vitest';
import { charge, controlBench, createApp, exchange, mint, verifyNumber } from '../../support/control.js';
import { LOGIN_PATH } from '../../support/mock.js';

test.each([
  { description: 'everything', filter: {}, count: 4 },
  { description: 'an operation', filter: { operation: 'tokenValidate' }, count: 1 },
  { description: 'a code', filter: { resultCode: '104201' }, count: 1 },
  {
    description: 'an operation and a code',
    filter: { operation: 'loginTokenValidate', resultCode: '103000' },
    count: 1,
  },
  { description: 'a code that did not occur', filter: { resultCode: '999' }, count: 0 },
  { description: 'an unknown app', filter: { appId: 'nobody' }, count: 0 },
])('$description is counted', async ({ filter, count }) => {
  const bench = await controlBench();
  const app = await createApp(bench);
  const token = await mint(bench, app);
  await exchange(bench, app, token);
  await exchange(bench, app, token);
  await verifyNumber(bench, app);
  await bench.api.post(LOGIN_PATH).send('no JSON');
  await bench.api.post('/_mock/requests/count').send(filter).expect(200, { count, complete: true });
});

test('a token and an app are counted', async () => {
  const bench = await controlBench();
  const [app, other] = [await createApp(bench), await createApp(bench)];
  const token = await mint(bench, app);
  for (const each of [app, app, other]) await exchange(bench, each, token);
  const count = (filter: object) => bench.api.post('/_mock/requests/count').send(filter);
  await count({ token }).expect(200, { count: 3, complete: true });
  await count({ token, appId: app.appId }).expect(200, { count: 2, complete: true });
  await count({ token: 'other' }).expect(200, { count: 0, complete: true });
});

test('an absent body counts everything', async () => {
  const bench = await controlBench();
  await charge(bench, await createApp(bench));
  await bench.api.post('/_mock/requests/count').expect(200, { count: 1, complete: true });
});

/** An app with two successes at login. The journal has dropped the first. */
async function benchWithDroppedRecord() {
  const bench = await controlBench({ configuration: { limits: { journalRecordsMax: 1 } } });
  const app = await createApp(bench);
  const token = await mint(bench, app);
  await exchange(bench, app, token);
  await charge(bench, app);
  return { bench, app, token };
}

test.each([
  { description: 'all requests', filter: {}, count: 1, complete: false },
  { description: 'the same operation', filter: { operation: 'loginTokenValidate' }, count: 1, complete: false },
  { description: 'the same code', filter: { resultCode: '103000' }, count: 1, complete: false },
  { description: 'another operation', filter: { operation: 'tokenValidate' }, count: 0, complete: true },
  { description: 'another code', filter: { resultCode: '104201' }, count: 0, complete: true },
  {
    description: 'the same code at the other operation',
    filter: { operation: 'tokenValidate', resultCode: '103000' },
    count: 0,
    complete: true,
  },
  { description: 'an unknown app', filter: { appId: 'nobody' }, count: 0, complete: true },
])('after an eviction the count of $description is complete: $complete', async ({ filter, count, complete }) => {
  const { bench } = await benchWithDroppedRecord();
  await bench.api.post('/_mock/requests/count').send(filter).expect(200, { count, complete });
});

test('a count of 0 for the token of a dropped record is incomplete', async () => {
  const { bench, token, app } = await benchWithDroppedRecord();
  const count = (filter: object) => bench.api.post('/_mock/requests/count').send(filter);
  await count({ token }).expect(200, { count: 0, complete: false });
  await count({ token, resultCode: '104201' }).expect(200, { count: 0, complete: true });
  await count({ appId: app.appId }).expect(200, { count: 1, complete: false });
});

test('evictions of another app do not make a count incomplete', async () => {
  const { bench } = await benchWithDroppedRecord();
  const other = await createApp(bench);
  await charge(bench, other);
  const { body } = await bench.api.post('/_mock/requests/count').send({ appId: other.appId });
  expect(body).toEqual({ count: 1, complete: true });
});

test('a dropped record is 404, and the list has the number of dropped records', async () => {
  const bench = await controlBench({ configuration: { limits: { journalRecordsMax: 2 } } });
  const app = await createApp(bench);
  const first = await charge(bench, app);
  for (let at = 0; at < 4; at += 1) await charge(bench, app);
  await bench.api.get(`/_mock/requests/${first.requestId}`).expect(404);
  const listed = async (query: string) => (await bench.api.get(`/_mock/requests?${query}`)).body;
  expect((await listed('')).requests).toHaveLength(2);
  expect(await listed('')).toMatchObject({ evicted: 3 });
  expect(await listed(`appId=${app.appId}`)).toMatchObject({ evicted: 3 });
  expect(await listed('operation=tokenValidate')).toEqual({ requests: [], evicted: 0, more: false });
});

test('a dropped unattributed request makes counts of unknown apps incomplete', async () => {
  const bench = await controlBench({ configuration: { limits: { journalRecordsMax: 1 } } });
  for (const appid of ['a', 'b']) await bench.api.post(LOGIN_PATH).send({ appid });
  const count = (filter: object) => bench.api.post('/_mock/requests/count').send(filter);
  await count({ appId: 'a' }).expect(200, { count: 0, complete: false });
  await count({ appId: 'a', operation: 'tokenValidate' }).expect(200, { count: 0, complete: true });
});

test('all journals have one limit, above which the largest loses its oldest records', async () => {
  const bench = await controlBench({ configuration: { limits: { journalRecordsTotalMax: 16 } } });
  const [quiet, busy] = [await createApp(bench), await createApp(bench)];
  await exchange(bench, quiet, 'x');
  for (let at = 0; at < 20; at += 1) await exchange(bench, busy, 'x');
  const count = async (appId: string) => (await bench.api.post('/_mock/requests/count').send({ appId })).body;
  expect(await count(quiet.appId)).toEqual({ count: 1, complete: true });
  expect((await count(busy.appId)).complete).toBe(false);
  const { body } = await bench.api.get('/_mock/requests');
  expect(body.requests.length + body.evicted).toBe(21);
  expect(body.requests.length).toBeLessThanOrEqual(16);
});

test('counts are complete again after the journal is deleted', async () => {
  const { bench } = await benchWithDroppedRecord();
  await bench.api.delete('/_mock/requests').expect(204);
  await bench.api.post('/_mock/requests/count').expect(200, { count: 0, complete: true });
});
