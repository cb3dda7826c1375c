/** The language of problems and explanations: `?lang`, then Accept-Language, then the server's; and explanations as text. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Bench, controlBench, createApp, exchange, mint } from '../../support/control.js';
import { LOGIN_PATH } from '../../support/mock.js';

const UNKNOWN = '/_mock/apps/300000000999';

test.each([
  { description: 'no preference', path: UNKNOWN, language: 'en' },
  { description: '?lang=zh', path: `${UNKNOWN}?lang=zh`, language: 'zh' },
  {
    description: '?lang=zh against the header',
    path: `${UNKNOWN}?lang=zh`,
    accept: 'en',
    language: 'zh',
  },
  {
    description: '?lang=en against the header',
    path: `${UNKNOWN}?lang=en`,
    accept: 'zh-CN',
    language: 'en',
  },
  { description: 'an unknown ?lang', path: `${UNKNOWN}?lang=fr`, accept: 'zh-CN', language: 'zh' },
  {
    description: "a browser's header",
    path: UNKNOWN,
    accept: 'zh-CN,zh;q=0.9,en;q=0.8',
    language: 'zh',
  },
  {
    description: 'a header that prefers English',
    path: UNKNOWN,
    accept: 'en-GB,en;q=0.9,zh;q=0.8',
    language: 'en',
  },
  { description: 'a header in capitals', path: UNKNOWN, accept: 'ZH', language: 'zh' },
  { description: 'any language', path: UNKNOWN, accept: '*', language: 'en' },
  { description: 'another language first', path: UNKNOWN, accept: 'ja, zh;q=0.5', language: 'zh' },
  {
    description: 'a language whose code starts with zh',
    path: UNKNOWN,
    accept: 'zhx',
    language: 'en',
  },
])('$description: $language', async ({ path, accept, language }) => {
  const { api } = await controlBench();
  const { body } = await api
    .get(path)
    .set(accept === undefined ? {} : { 'Accept-Language': accept });
  expect(body).toMatchObject({ status: 404, title: language === 'zh' ? '不存在' : 'Not found' });
  expect(body.detail).toMatch(
    language === 'zh' ? /^没有应用 "300000000999"/ : /^app "300000000999" not found/,
  );
});

describe('a server in Chinese', () => {
  test.each([
    { description: 'no preference', query: '', title: '不存在' },
    { description: 'any language', query: '', accept: '*', title: '不存在' },
    { description: 'a preference for English', query: '', accept: 'en', title: 'Not found' },
    { description: '?lang=en', query: '?lang=en', title: 'Not found' },
  ])('responds to a control call with $description: $title', async ({ query, accept, title }) => {
    const { api } = await controlBench({ language: 'zh' });
    const { body } = await api
      .get(UNKNOWN + query)
      .set(accept === undefined ? {} : { 'Accept-Language': accept });
    expect(body.title).toBe(title);
  });

  test('explains in Chinese', async () => {
    const chinese = await controlBench({ language: 'zh' });
    const { requestId } = await exchange(chinese, await createApp(chinese), 'no token');
    const { text } = await chinese.api
      .get(`/_mock/requests/${requestId}/explanation`)
      .set('Accept', 'text/plain');
    expect(text).toMatch(/^ *返回 /m);
  });

  test('responds in Chinese to a path that nothing serves', async () => {
    const { api } = await controlBench({ language: 'zh' });
    expect((await api.get('/nowhere')).body.detail).toContain('没有内容');
  });
});

test.each([
  {
    description: 'no preference',
    headers: {},
    title: '请求无效',
    detail: /^X-Mock-Result-Code：loginTokenValidate 没有返回码 "999"/i,
  },
  {
    description: 'a preference for English',
    headers: { 'Accept-Language': 'en' },
    title: 'Invalid request',
    detail: /^X-Mock-Result-Code: loginTokenValidate has no code "999"/i,
  },
])(
  'at a Chinese server, the mistake in a header that forces an outcome with $description: $title',
  async ({ headers: accepted, title, detail }) => {
    const { api } = await controlBench({ language: 'zh' });
    const call = api.post(LOGIN_PATH).set({ ...accepted, 'X-Mock-Result-Code': '999' });
    const { body, headers } = await call.send({}).expect(400);
    expect(body.title).toBe(title);
    expect(body.detail).toMatch(detail);
    // Without the charset, some clients read Latin-1.
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  },
);

let bench: Bench;
let refused: string;
let forced: string;
let accepted: string;

beforeAll(async () => {
  bench = await controlBench();
  const app = await createApp(bench);
  const idOf = ({ requestId }: { readonly requestId: string | undefined }) => String(requestId);
  refused = idOf(await exchange(bench, app, 'no token'));
  forced = idOf(
    await exchange(
      bench,
      app,
      `STsid000000${'0'.repeat(13)}MOCKRESULTCODE${'103211'.padStart(18, '0')}`,
    ),
  );
  accepted = idOf(await exchange(bench, app, await mint(bench, app)));
});

const explanation = (id: string, accept: string | undefined, query = '') => {
  const call = bench.api.get(`/_mock/requests/${id}/explanation${query}`);
  return accept === undefined ? call : call.set('Accept', accept);
};

test.each([
  { accept: undefined, type: 'application/json' },
  { accept: '*/*', type: 'application/json' },
  { accept: 'application/json, text/plain, */*', type: 'application/json' },
  { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', type: 'application/json' },
  { accept: 'text/plain', type: 'text/plain' },
  { accept: 'TEXT/PLAIN;q=0.9, */*;q=0.1', type: 'text/plain' },
])('Accept $accept returns $type', async ({ accept, type }) => {
  expect((await explanation(refused, accept)).type).toBe(type);
});

describe('the text', () => {
  test.each([
    {
      description: 'of a refusal',
      id: () => refused,
      query: '',
      parts: ['response', 'decided by', '✗ tokenWellFormed'],
    },
    {
      description: 'in Chinese',
      id: () => refused,
      query: '?lang=zh',
      parts: ['返回', '判定规则'],
    },
    {
      description: 'of a forced outcome',
      id: () => forced,
      query: '',
      parts: ['103211', 'a test, which forced this outcome'],
    },
    {
      description: 'of a success',
      id: () => accepted,
      query: '',
      parts: ['103000', 'every requirement'],
    },
  ])('$description', async ({ id, query, parts }) => {
    const { text, status } = await explanation(id(), 'text/plain', query);
    expect(status).toBe(200);
    for (const part of parts) expect(text).toContain(part);
    expect(text).not.toContain('Not checked');
    expect(text).not.toContain('\u001b');
  });
});

test('an unknown request returns a problem in JSON', async () => {
  const { status, type } = await explanation('unknown', 'text/plain');
  expect([status, type]).toEqual([404, 'application/problem+json']);
});
