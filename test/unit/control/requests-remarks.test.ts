/** GET /_mock/requests?remarks=true: the findings of each record. One call computes a limited number of them. */
import { expect, test } from 'vitest';
import { COMPUTED_MAX } from '../../../mock-server/control-api/requests.js';
import { type Bench, controlBench, createApp, exchange, mint } from '../../support/control.js';
import { LOGIN_PATH } from '../../support/mock.js';

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
