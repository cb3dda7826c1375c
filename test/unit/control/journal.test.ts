/** The counts of requests, also after the journal dropped records, and the findings in a list. */
import { expect, test } from 'vitest';
import { COMPUTED_MAX } from '../../../mock-server/control-api/requests.js';
import { type Bench, charge, controlBench, createApp, exchange, mint, verifyNumber } from '../../support/control.js';
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
  { description: 'another operation', filter: { operation: 'tokenValidate' }, count: 0, complete: false },
  { description: 'an unknown app', filter: { appId: 'nobody' }, count: 0, complete: true },
])('after an eviction the count of $description is complete: $complete', async ({ filter, count, complete }) => {
  const { bench } = await benchWithDroppedRecord();
  await bench.api.post('/_mock/requests/count').send(filter).expect(200, { count, complete });
});

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
  expect(await listed('operation=tokenValidate')).toEqual({ requests: [], evicted: 3, more: false, after: null });
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

interface Listed {
  readonly id: string;
  readonly findings?:
    | readonly { readonly id: string; readonly role: string; readonly title: string; readonly detail: string }[]
    | null;
}

async function list({ api }: Bench, query: string): Promise<readonly Listed[]> {
  const { body } = await api.get(`/_mock/requests?${query}`).expect(200);
  return body.requests;
}

test('each finding has id, role, title and detail in the requested language', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  await exchange(bench, app, await mint(bench, app), { sign: 'F'.repeat(32) });
  const [record] = await list(bench, 'remarks=true&limit=1');
  expect(record?.findings?.[0]).toEqual({
    id: 'sign.no-match',
    role: 'cause',
    title: 'No known mistake reproduces the signature',
    detail: expect.stringMatching(/^None of the \d+ strings that were tried reproduces this signature\./),
  });
  const [inChinese] = await list(bench, 'remarks=true&limit=1&lang=zh');
  expect(inChinese?.findings?.[0]?.title).toBe('按已知错误都算不出这个签名');
});

test('findings are omitted by default', async () => {
  const bench = await controlBench();
  await bench.api.post(LOGIN_PATH).send('no JSON');
  for (const query of ['', 'remarks=false']) expect((await list(bench, query))[0]).not.toHaveProperty('findings');
});

test('the findings of records beyond the limit are null in every call, because none are kept', async () => {
  const bench = await controlBench();
  for (let at = 0; at < COMPUTED_MAX + 2; at += 1) await bench.api.post(LOGIN_PATH).send('no JSON');
  const computed = async () =>
    (await list(bench, 'remarks=true')).map(({ findings }) => (findings === null ? 'null' : findings?.[0]?.id));
  const expected = [...Array.from({ length: COMPUTED_MAX }, () => 'body.not-json'), 'null', 'null'];
  for (const call of ['first', 'second']) expect(await computed(), `the ${call} call`).toEqual(expected);
});

async function search({ api }: Bench, query: string): Promise<readonly string[]> {
  const ids: string[] = [];
  let after = '';
  for (let pages = 0; ; pages += 1) {
    const { body } = await api.get(`/_mock/requests?limit=2&${query}${after && `&after=${after}`}`).expect(200);
    ids.push(...body.requests.map(({ id }: Listed) => id));
    if (body.more === false) return ids;
    expect(pages).toBeLessThan(ids.length + 1);
    after = body.after;
  }
}

test.each([
  { query: 'finding=body.not-json', found: [1, 3, 5] },
  { query: 'finding=body.*', found: [1, 3, 5] },
  { query: 'finding=sign.*', found: [2, 4] },
  { query: 'finding=sign.', found: [] },
  { query: 'finding=sign.*&resultCode=103412', found: [] },
  { query: 'text=SIGNATURE', found: [2, 4] },
  { query: 'text=%E7%AD%BE%E5%90%8D%E9%94%99%E8%AF%AF', found: [2, 4] },
  { query: 'text=no%20json', found: [1, 3, 5] },
  { query: 'text=body.not-json&finding=body.*', found: [1, 3, 5] },
  { query: 'text=nothing%20like%20this', found: [] },
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
  for (const call of ['computed', 'known']) expect(await search(bench, query), call).toEqual(expected);
});

test('only the requests in ids are explained and listed, newest first', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  for (let at = 0; at < COMPUTED_MAX + 2; at += 1) await bench.api.post(LOGIN_PATH).send('no JSON');
  bench.clock.nowMs += 1;
  await exchange(bench, app, await mint(bench, app));
  const all = await list(bench, '');
  const [ofApp, , second, ...others] = all.map(({ id }) => id);
  const oldest = others.at(-1);
  const named = await list(bench, `remarks=true&ids=${oldest},${ofApp},unknown-1,${second}`);
  expect(named.map(({ id }) => id)).toEqual([ofApp, second, oldest]);
  expect(named.slice(1).map(({ findings }) => findings?.[0]?.id)).toEqual(['body.not-json', 'body.not-json']);
  const filtered = await list(bench, `appId=${app.appId}&ids=${oldest},${ofApp}`);
  expect(filtered.map(({ id }) => id)).toEqual([ofApp]);
});

test('ids can have as many entries as one call explains', async () => {
  const { api } = await controlBench();
  const ids = (count: number) => Array.from({ length: count }, (_, at) => `000000-${at}`).join(',');
  await api.get(`/_mock/requests?ids=${ids(COMPUTED_MAX)}`).expect(200);
  const { status, body } = await api.get(`/_mock/requests?ids=${ids(COMPUTED_MAX + 1)}`);
  expect([status, body.pointer]).toEqual([400, '/ids']);
  expect(body.detail).toContain(`at most ${COMPUTED_MAX} entries, found ${COMPUTED_MAX + 1}`);
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
  expect((await list(bench, `ids=${hidden},${shown}`)).map(({ id }) => id)).toEqual([shown]);
  const withToken = await bench.api.get(`/_mock/requests?appId=${locked.appId}&ids=${hidden},${shown}`).set(...auth);
  expect(withToken.body.requests.map(({ id }: Listed) => id)).toEqual([hidden]);
});
