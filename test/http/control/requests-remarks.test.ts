/** GET /_mock/requests?remarks=true: the findings of each record, so many of them computed for one page. */
import { expect, test } from 'vitest';
import { COMPUTED_MAX } from '../../../mock-server/control-api/record-findings.js';
import { type Bench, controlBench, createApp, exchange, mint } from '../../support/control.js';
import { LOGIN_PATH } from '../../support/mock.js';

interface Listed {
  readonly id: string;
  readonly findings?: readonly { readonly id: string; readonly role: string; readonly title: string }[] | null;
}

async function list({ api }: Bench, query: string): Promise<readonly Listed[]> {
  const { body } = await api.get(`/_mock/requests?${query}`).expect(200);
  return body.requests;
}

test('each record has ids, roles and titles, in the language that was asked for', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  await exchange(bench, app, await mint(bench, app), { sign: 'F'.repeat(32) });
  const [record] = await list(bench, 'remarks=true&limit=1');
  expect(record?.findings?.[0]).toEqual({
    id: 'sign.no-match',
    role: 'cause',
    title: 'No known mistake reproduces the sign',
  });
  const [inChinese] = await list(bench, 'remarks=true&limit=1&lang=zh');
  expect(inChinese?.findings?.[0]?.title).toBe('没有已知的错误能得出这个签名');
});

test('they are left out by default', async () => {
  const bench = await controlBench();
  await bench.api.post(LOGIN_PATH).send('no JSON');
  for (const query of ['', 'remarks=false']) expect((await list(bench, query))[0]).not.toHaveProperty('findings');
});

test('the records that a page has no time for are null until the next call', async () => {
  const bench = await controlBench();
  for (let at = 0; at < COMPUTED_MAX + 2; at += 1) await bench.api.post(LOGIN_PATH).send('no JSON');
  const computed = async () =>
    (await list(bench, 'remarks=true')).map(({ findings }) => (findings === null ? 'null' : findings?.[0]?.id));
  const first = await computed();
  expect(first.filter((one) => one === 'body.not-json')).toHaveLength(COMPUTED_MAX);
  expect(first.slice(COMPUTED_MAX)).toEqual(['null', 'null']);
  expect(new Set(await computed())).toEqual(new Set(['body.not-json']));
});

test('any other value is a mistake', async () => {
  const { api } = await controlBench();
  const { status, body } = await api.get('/_mock/requests?remarks=yes');
  expect([status, body.pointer]).toEqual([400, '/remarks']);
});
