/** /_mock/requests: list, read and delete the journal. */
import { describe, expect, test } from 'vitest';
import {
  type Bench,
  charge,
  controlBench,
  createApp,
  exchange,
  mint,
  NOON_MS,
  verifyNumber,
} from '../../support/control.js';
import { LOGIN_PATH, VERIFY_PATH } from '../../support/mock.js';
import { loginRequest } from '../../support/requests.js';

const idsOf = ({ requests }: { requests: readonly { id: string }[] }) =>
  requests.map(({ id }) => id);

test('a record has the request, the response and the deciding rule', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  const sent = JSON.stringify(loginRequest(app, await mint(bench, app)));
  const answer = await bench.api
    .post(`${LOGIN_PATH}?a=1`)
    .set('content-type', 'application/json')
    .send(sent);
  const id = answer.headers['x-mock-request-id'];
  const { body } = await bench.api.get(`/_mock/requests/${id}`).expect(200);
  expect(body).toEqual({
    id,
    atMs: NOON_MS,
    appId: app.appId,
    operation: 'loginTokenValidate',
    method: 'POST',
    path: LOGIN_PATH,
    clientIp: expect.stringContaining('127.0.0.1'),
    resultCode: '103000',
    decidedBy: 'allMet',
    forced: false,
    outcome: null,
    outcomeBy: null,
    charged: true,
    taskId: answer.body.taskId,
    phoneNumber: '13800138000',
    durationMs: 0,
    receivedAtMs: NOON_MS,
    decidedAtMs: NOON_MS,
    delivery: { state: 'delivered', atMs: NOON_MS, reason: null },
    request: {
      headers: expect.objectContaining({ 'content-type': 'application/json' }),
      body: sent,
    },
    response: { status: 200, body: answer.text },
  });
});

test('a delivery that a killed server left pending is not delivered after ten minutes', async () => {
  const bench = await controlBench();
  // Nothing ends its delivery, as after a kill.
  bench.api.post(LOGIN_PATH).set('x-mock-outcome', 'hang').send({}).then();
  const delivery = async () => (await bench.api.get('/_mock/requests')).body.requests[0]?.delivery;
  const pending = { state: 'pending', atMs: null, reason: null };
  await expect.poll(delivery).toEqual(pending);
  bench.clock.nowMs += 10 * 60_000 - 1;
  expect(await delivery()).toEqual(pending);
  bench.clock.nowMs += 1;
  expect(await delivery()).toEqual({
    state: 'notDelivered',
    atMs: null,
    reason: 'serverStopped',
  });
});

test('a request that is marked as expected has the mark in its record and in the list', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  const ids = [];
  for (const token of ['one', 'another']) {
    const { requestId } = await exchange(bench, app, token);
    ids.push(requestId);
  }
  const [first] = ids;
  const { body: marked } = await bench.api.post(`/_mock/requests/${first}/expected`).expect(200);
  expect(marked).toMatchObject({ id: first, expected: true });
  const { body } = await bench.api.get(`/_mock/requests?appId=${app.appId}`).expect(200);
  expect(body.requests.map((record: { expected?: boolean }) => record.expected)).toEqual([
    undefined,
    true,
  ]);
  const one = await bench.api.get(`/_mock/requests/${first}`).expect(200);
  expect(one.body).toEqual(marked);
  await bench.api.post('/_mock/requests/unknown/expected').expect(404);
});

test('a refused request has the rule that refused it, a forced one is marked as forced', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  const refused = await exchange(bench, app, await mint(bench, app), { sign: 'F'.repeat(32) });
  const forced = await exchange(
    bench,
    app,
    `STsid000000${'0'.repeat(13)}MOCKRESULTCODE${'103211'.padStart(18, '0')}`,
  );
  const { body } = await bench.api.get(`/_mock/requests?appId=${app.appId}`).expect(200);
  expect(body).toMatchObject({
    requests: [
      {
        id: forced.requestId,
        resultCode: '103211',
        decidedBy: 'forced',
        forced: true,
        outcomeBy: 'token',
        charged: false,
      },
      {
        id: refused.requestId,
        resultCode: '103101',
        decidedBy: 'signValid',
        forced: false,
        outcome: null,
        outcomeBy: null,
        charged: false,
      },
    ],
    evicted: 0,
    more: false,
  });
});

test('requests are listed newest first, for all apps and for one', async () => {
  const bench = await controlBench();
  const [app, other] = [await createApp(bench), await createApp(bench)];
  const ids = [];
  for (const each of [app, other, app]) {
    bench.clock.nowMs += 1;
    ids.unshift((await charge(bench, each)).requestId);
  }
  expect(idsOf((await bench.api.get('/_mock/requests')).body)).toEqual(ids);
  expect(idsOf((await bench.api.get(`/_mock/requests?appId=${app.appId}`)).body)).toEqual([
    ids[0],
    ids[2],
  ]);
});

test('setting an app’s clock back does not change the order of requests', async () => {
  const bench = await controlBench();
  const [app, other] = [await createApp(bench), await createApp(bench)];
  const first = await charge(bench, other);
  bench.clock.nowMs += 1;
  await bench.api.put(`/_mock/apps/${app.appId}/clock`).send({ atMs: 1000 });
  const second = await charge(bench, app);
  expect(idsOf((await bench.api.get('/_mock/requests')).body)).toEqual([
    second.requestId,
    first.requestId,
  ]);
});

test.each([
  { query: 'operation=tokenValidate', codes: ['000'] },
  { query: 'operation=loginTokenValidate', codes: ['104201', '103000'] },
  { query: 'resultCode=103000', codes: ['103000'] },
  { query: 'operation=tokenValidate&resultCode=103000', codes: [] },
  { query: 'appId=nobody', codes: [] },
  { query: 'limit=2', codes: ['000', '104201'] },
])('$query', async ({ query, codes }) => {
  const bench = await controlBench();
  const app = await createApp(bench);
  const token = await mint(bench, app);
  await exchange(bench, app, token);
  await exchange(bench, app, token);
  await verifyNumber(bench, app);
  const { body } = await bench.api.get(`/_mock/requests?${query}`).expect(200);
  expect(body.requests.map(({ resultCode }: { resultCode: string }) => resultCode)).toEqual(codes);
});

test('the limit is 100 by default and at most 1000', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  await Promise.all(Array.from({ length: 101 }, () => exchange(bench, app, 'x')));
  expect((await bench.api.get('/_mock/requests')).body.requests).toHaveLength(100);
  expect((await bench.api.get('/_mock/requests?limit=1000')).body.requests).toHaveLength(101);
});

test.each([
  {
    description: 'an unknown app',
    path: LOGIN_PATH,
    send: { appid: 'nobody' },
    appId: 'nobody',
    resultCode: '103811',
  },
  { description: 'no app', path: VERIFY_PATH, send: {}, appId: null, resultCode: '102' },
  {
    description: 'invalid JSON',
    path: LOGIN_PATH,
    send: '{"appid":',
    appId: null,
    resultCode: '103412',
  },
  {
    description: 'a wrong path',
    path: '/unisdk/other',
    send: {},
    appId: null,
    resultCode: '105313',
  },
])(
  'a request with $description is in the journal without an app',
  async ({ path, send, appId, resultCode }) => {
    const { api } = await controlBench();
    const { headers } = await api
      .post(path)
      .set('content-type', 'application/json')
      .send(send)
      .expect(200);
    const id = headers['x-mock-request-id'];
    const { body } = await api.get(`/_mock/requests/${id}`).expect(200);
    expect(body).toMatchObject({
      id,
      appId,
      path,
      resultCode,
      request: { body: expect.any(String) },
    });
    expect(idsOf((await api.get('/_mock/requests')).body)).toEqual([id]);
    if (appId !== null)
      expect(idsOf((await api.get(`/_mock/requests?appId=${appId}`)).body)).toEqual([id]);
  },
);

test('DELETE deletes the requests of one app, or all', async () => {
  const bench = await controlBench();
  const [app, other] = [await createApp(bench), await createApp(bench)];
  const deleted = await charge(bench, app);
  const kept = await charge(bench, other);
  const unattributed = (await bench.api.get(LOGIN_PATH)).headers['x-mock-request-id'];
  await bench.api.delete(`/_mock/requests?appId=${app.appId}`).expect(204, '');
  await bench.api.get(`/_mock/requests/${deleted.requestId}`).expect(404);
  expect(idsOf((await bench.api.get('/_mock/requests')).body).sort()).toEqual(
    [kept.requestId, unattributed].sort(),
  );
  await bench.api.delete('/_mock/requests').expect(204);
  await bench.api
    .get('/_mock/requests')
    .expect(200, { requests: [], evicted: 0, more: false, after: null, complete: true });
});

test.each([
  { description: 'a code', query: () => 'resultCode=1042*', left: [0, 2, 3] },
  {
    description: 'an operation and a kind',
    query: () => 'operation=loginTokenValidate&kind=answered',
    left: [1, 2, 3],
  },
  { description: 'a text', query: () => 'text=no%20json', left: [0, 1, 3] },
  { description: 'the first cause', query: () => 'cause=body.not-json', left: [0, 1, 3] },
  { description: 'an age', query: (ids: readonly string[]) => `until=${ids[1]}`, left: [2, 3] },
])(
  'DELETE deletes the requests of $description, and no record counts as dropped',
  async ({ query, left }) => {
    const bench = await controlBench();
    const app = await createApp(bench);
    const token = await mint(bench, app);
    const ids: string[] = [];
    for (const send of [
      async () => (await exchange(bench, app, token)).requestId,
      async () => (await exchange(bench, app, token)).requestId,
      async () =>
        (await bench.api.post(LOGIN_PATH).send('no JSON')).headers['x-mock-request-id'] ?? '',
      async () => (await verifyNumber(bench, app)).requestId,
    ]) {
      ids.push(await send());
      bench.clock.nowMs += 1;
    }
    await bench.api.delete(`/_mock/requests?${query(ids)}`).expect(204);
    const { body } = await bench.api.get('/_mock/requests');
    expect(idsOf(body).toReversed()).toEqual(left.map((at) => ids[at]));
    expect(body.evicted).toBe(0);
  },
);

test('DELETE until a request that is not in the journal is 404, and deletes nothing', async () => {
  const bench = await controlBench();
  await charge(bench, await createApp(bench));
  await bench.api.delete('/_mock/requests?until=unknown').expect(404);
  expect(idsOf((await bench.api.get('/_mock/requests')).body)).toHaveLength(1);
});

test.each([
  { path: LOGIN_PATH, code: '103000', kinds: ['answered', 'forced'] },
  { path: LOGIN_PATH, code: '103511', kinds: ['refused', 'forced'] },
  { path: VERIFY_PATH, code: '000', kinds: ['answered', 'forced'] },
  { path: VERIFY_PATH, code: '001', kinds: ['answered', 'forced'] },
])('a forced $code is found as $kinds', async ({ path, code, kinds }) => {
  const { api } = await controlBench();
  await api.post(path).set('x-mock-result-code', code).send('{}').expect(200);
  const found: string[] = [];
  for (const kind of ['refused', 'answered', 'forced'])
    if (idsOf((await api.get(`/_mock/requests?kind=${kind}`)).body).length > 0) found.push(kind);
  expect(found).toEqual(kinds);
});

describe('requests with the appId of an app that did not exist', () => {
  const APP = { appId: 'later', appKey: 'k', appSecret: 's', platformPublicKey: '' };
  const count = async ({ api }: Bench) =>
    (await api.post('/_mock/requests/count').send({ appId: APP.appId })).body.count as number;

  test('do not belong to an app that is created later, and stay in the list of all requests', async () => {
    const bench = await controlBench();
    const { requestId, resultCode } = await exchange(bench, APP, 'token');
    expect([resultCode, await count(bench)]).toEqual(['103119', 1]);
    await createApp(bench, { appId: APP.appId });
    expect(await count(bench)).toBe(0);
    expect(idsOf((await bench.api.get(`/_mock/requests?appId=${APP.appId}`)).body)).toEqual([]);
    expect(idsOf((await bench.api.get('/_mock/requests')).body)).toEqual([requestId]);
    await bench.api.delete(`/_mock/apps/${APP.appId}`).expect(204);
    expect(await count(bench)).toBe(1);
  });
});

test('deleting requests changes nothing else', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  const token = await mint(bench, app);
  await exchange(bench, app, token);
  await bench.api.delete('/_mock/requests');
  expect((await bench.api.get(`/_mock/apps/${app.appId}/ledger`)).body).toMatchObject({
    charged: 1,
    remaining: 999,
  });
  expect((await bench.api.get(`/_mock/apps/${app.appId}/tokens/${token}`)).body.status).toBe(
    'used',
  );
});

test.each(['nothing', 'abcdef-0000000000000000', '000000-0000000000000000', '-'])(
  'request %s is 404',
  async (id) => {
    const { api } = await controlBench();
    const { body } = await api.get(`/_mock/requests/${id}`).expect(404);
    expect(body.detail).toContain(`"${id}"`);
    await api.get(`/_mock/requests?after=${id}`).expect(404);
  },
);

test('more is false if all requests fit', async () => {
  const bench = await controlBench();
  for (let at = 0; at < 3; at += 1) await bench.api.post(LOGIN_PATH).send('{}');
  expect((await bench.api.get('/_mock/requests?limit=3')).body.more).toBe(false);
  expect((await bench.api.get('/_mock/requests?limit=2')).body.more).toBe(true);
  expect((await bench.api.get('/_mock/requests?resultCode=103811&limit=2')).body.more).toBe(true);
});

test.each([
  { name: 'Authorization', value: 'Bearer the-servers', shown: 'Bearer [hidden]' },
  { name: 'authorization', value: 'bearer the-servers', shown: 'Bearer [hidden]' },
  { name: 'Authorization', value: 'the-servers', shown: '[hidden]' },
  { name: 'Authorization', value: 'Token the-servers', shown: '[hidden]' },
  { name: 'Proxy-Authorization', value: 'Basic the-servers', shown: '[hidden]' },
])(
  'a control token sent to the carrier as $name: $value is hidden',
  async ({ name, value, shown }) => {
    const bench = await controlBench({ controlToken: 'the-servers' });
    await bench.api.post(LOGIN_PATH).set(name, value).set('x-other', 'shown').send({}).expect(200);
    const { text, body } = await bench.api
      .get('/_mock/requests')
      .set('authorization', 'Bearer the-servers')
      .expect(200);
    expect(text).not.toContain('the-servers');
    expect(body.requests[0].request.headers).toMatchObject({
      [name.toLowerCase()]: shown,
      'x-other': 'shown',
    });
  },
);
