/** The counts of requests, also after the journal dropped records, the search, and the causes. */
import { expect, test } from 'vitest';
import {
  type Bench,
  charge,
  controlBench,
  createApp,
  exchange,
  mint,
  verifyNumber,
} from '../../support/control.js';
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
  { description: 'a code', filter: { resultCode: '103000' }, count: 1, complete: false },
  {
    description: 'another operation',
    filter: { operation: 'tokenValidate' },
    count: 0,
    complete: false,
  },
  { description: 'an unknown app', filter: { appId: 'nobody' }, count: 0, complete: true },
])(
  'after an eviction the count of $description is complete: $complete',
  async ({ filter, count, complete }) => {
    const { bench } = await benchWithDroppedRecord();
    await bench.api.post('/_mock/requests/count').send(filter).expect(200, { count, complete });
  },
);

test('a count of 0 for the token of a dropped record is incomplete', async () => {
  const { bench, token, app } = await benchWithDroppedRecord();
  const count = (filter: object) => bench.api.post('/_mock/requests/count').send(filter);
  await count({ token }).expect(200, { count: 0, complete: false });
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
  expect(await listed('operation=tokenValidate')).toEqual({
    requests: [],
    evicted: 3,
    more: false,
    after: null,
    complete: true,
  });
});

test('a dropped unattributed request makes counts of unknown apps incomplete', async () => {
  const bench = await controlBench({ configuration: { limits: { journalRecordsMax: 1 } } });
  for (const appid of ['a', 'b']) await bench.api.post(LOGIN_PATH).send({ appid });
  const count = (filter: object) => bench.api.post('/_mock/requests/count').send(filter);
  await count({ appId: 'a' }).expect(200, { count: 0, complete: false });
});

test('all journals have one limit, above which the largest loses its oldest records', async () => {
  const bench = await controlBench({ configuration: { limits: { journalRecordsTotalMax: 16 } } });
  const [quiet, busy] = [await createApp(bench), await createApp(bench)];
  await exchange(bench, quiet, 'x');
  for (let at = 0; at < 20; at += 1) await exchange(bench, busy, 'x');
  const count = async (appId: string) =>
    (await bench.api.post('/_mock/requests/count').send({ appId })).body;
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

interface Listed {
  readonly id: string;
}

async function list({ api }: Bench, query: string): Promise<readonly Listed[]> {
  const { body } = await api.get(`/_mock/requests?${query}`).expect(200);
  return body.requests;
}

async function search({ api }: Bench, query: string): Promise<readonly string[]> {
  const ids: string[] = [];
  let after = '';
  for (let pages = 0; ; pages += 1) {
    const { body } = await api
      .get(`/_mock/requests?limit=2&${query}${after && `&after=${after}`}`)
      .expect(200);
    ids.push(...body.requests.map(({ id }: Listed) => id));
    if (body.more === false) return ids;
    expect(pages).toBeLessThan(10);
    after = body.after;
  }
}

test.each([
  { query: 'finding=body.not-json', found: [1, 3, 5] },
  { query: 'finding=sign.*', found: [2, 4] },
  { query: 'finding=sign.*&resultCode=103412', found: [] },
  { query: 'text=SIGNATURE', found: [2, 4] },
  { query: 'text=%E7%AD%BE%E5%90%8D%E9%94%99%E8%AF%AF', found: [2, 4] },
  { query: 'text=no%20json', found: [1, 3, 5] },
  { query: 'text=body.not-json&finding=body.*', found: [1, 3, 5] },
])('$query finds all its requests, page by page', async ({ query, found }) => {
  const bench = await controlBench();
  const app = await createApp(bench);
  for (let at = 0; at < 2; at += 1) {
    await bench.api.post(LOGIN_PATH).send('no JSON');
    bench.clock.nowMs += 1;
    await exchange(bench, app, await mint(bench, app), { sign: 'F'.repeat(32) });
    bench.clock.nowMs += 1;
  }
  await bench.api.post(LOGIN_PATH).send('no JSON');
  const all = (await list(bench, '')).map(({ id }) => id).toReversed();
  const expected = found.map((place) => all[place - 1]).toReversed();
  for (const call of ['computed', 'known'])
    expect(await search(bench, query), call).toEqual(expected);
});

test('the number of the token of a refused request is found', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  const token = await mint(bench, app, { phoneNumber: '13912345678' });
  const { requestId } = await exchange(bench, app, token, { sign: 'F'.repeat(32) });
  await exchange(bench, app, await mint(bench, app), { sign: 'F'.repeat(32) });
  expect(await search(bench, 'text=13912345678')).toEqual([requestId]);
});

const byFinding = (one: { finding: string }, other: { finding: string }) =>
  one.finding < other.finding ? -1 : 1;

test('each request counts for its first cause, an accepted one for its first remark, a forced one for none', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  const ids = [];
  for (const body of ['no JSON', 'no JSON']) {
    const { headers } = await bench.api.post(LOGIN_PATH).send(body);
    ids.unshift(headers['x-mock-request-id']);
  }
  const wrong = await exchange(bench, app, await mint(bench, app), { sign: 'F'.repeat(32) });
  await bench.api.post(LOGIN_PATH).set('x-mock-result-code', '103211').send('no JSON');
  const late = await exchange(bench, app, await mint(bench, app), { msgid: 'of-the-late-request' });
  const { body } = await bench.api.get('/_mock/requests/causes').expect(200);
  const title = { en: expect.any(String), zh: expect.any(String) };
  expect({ ...body, causes: body.causes.toSorted(byFinding) }).toEqual({
    causes: [
      { finding: 'body.not-json', role: 'cause', title, requests: ids, count: 2 },
      { finding: 'sign.no-match', role: 'cause', title, requests: [wrong.requestId], count: 1 },
      { finding: 'time.stale', role: 'remark', title, requests: [late.requestId], count: 1 },
    ],
    complete: true,
  });
  const ofApp = await bench.api.get(`/_mock/requests/causes?appId=${app.appId}`);
  expect(ofApp.body.causes.map(({ finding }: { finding: string }) => finding).toSorted()).toEqual([
    'sign.no-match',
    'time.stale',
  ]);
});

test('the requests of a locked app are not listed for a caller without its token', async () => {
  const bench = await controlBench();
  const locked = await createApp(bench, { controlToken: 'of-the-app' });
  const open = await createApp(bench);
  const auth = ['authorization', 'Bearer of-the-app'] as const;
  for (const { appId } of [locked, open]) await bench.api.post(LOGIN_PATH).send({ appid: appId });
  const { body } = await bench.api.get(`/_mock/requests?appId=${locked.appId}`).set(...auth);
  const [hidden] = body.requests.map(({ id }: Listed) => id);
  const [shown] = (await list(bench, '')).map(({ id }) => id);
  expect((await list(bench, '')).map(({ id }) => id)).toEqual([shown]);
  const causes = async (query: string) => {
    const { body } = await bench.api.get(`/_mock/requests/causes${query}`).set(...auth);
    return body.causes.flatMap(({ requests }: { requests: string[] }) => requests);
  };
  expect(await causes('')).toEqual([shown]);
  expect(await causes(`?appId=${locked.appId}`)).toEqual([hidden]);
});
