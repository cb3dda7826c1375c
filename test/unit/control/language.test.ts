/** The language of problems and explanations: `?lang`, then Accept-Language, then the server's; and explanations as text. */
import { beforeAll, describe, expect, test } from 'vitest';
import { english } from '../../support/bilingual.js';
import {
  type Bench,
  controlBench,
  createApp,
  DEMO_APP_ID,
  exchange,
  mint,
} from '../../support/control.js';
import { LOGIN_PATH } from '../../support/mock.js';

const APP = `/_mock/apps/${DEMO_APP_ID}`;
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

describe('the mistake in a header that forces an outcome', () => {
  const EN = /^X-Mock-Result-Code: loginTokenValidate has no code "999"/i;
  const ZH = /^X-Mock-Result-Code：loginTokenValidate 没有返回码 "999"/i;

  test.each([
    { description: 'no preference at an English server', title: 'Invalid request', detail: EN },
    {
      description: 'no preference at a Chinese server',
      language: 'zh',
      title: '请求无效',
      detail: ZH,
    },
    { description: 'Accept-Language zh-CN', accept: 'zh-CN', title: '请求无效', detail: ZH },
    {
      description: 'Accept-Language en at a Chinese server',
      language: 'zh',
      accept: 'en',
      title: 'Invalid request',
      detail: EN,
    },
  ] as const)('$description: $title', async (row) => {
    const { api } = await controlBench({ language: 'language' in row ? row.language : 'en' });
    const accepted = 'accept' in row ? { 'Accept-Language': row.accept } : {};
    const call = api.post(LOGIN_PATH).set({ ...accepted, 'X-Mock-Result-Code': '999' });
    const { body, headers } = await call.send({}).expect(400);
    expect(body.title).toBe(row.title);
    expect(body.detail).toMatch(row.detail);
    // Without the charset, some clients read Latin-1.
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });
});

interface Row {
  readonly method?: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly status?: number;
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

describe('every problem has both languages with the same quotes', () => {
  test.each<Row>([
    { path: '/nowhere', status: 404 },
    { path: '/_mock/nowhere', status: 404 },
    { path: '/_mock/apps/%E0%A4%A', status: 400 },
    { path: '/_mock/ca.pem', status: 404 },
    { path: '/assets/none.js', status: 404 },
    { path: `${APP}/tokens/none`, status: 404 },
    { path: `${APP}/access-tokens/none`, status: 404 },
    { path: `${APP}/outcomes/none`, status: 404 },
    { path: '/_mock/requests/none', status: 404 },
    { path: '/_mock/apps', status: 403, headers: { Origin: 'https://page.test' } },
    { path: '/_mock/apps', status: 403, headers: { 'Sec-Fetch-Site': 'cross-site' } },
    { method: 'post', path: '/_mock/apps', body: '{' },
    { method: 'post', path: '/_mock/apps', body: '{"privateKey"' },
    {
      method: 'post',
      path: '/_mock/apps',
      body: '{}',
      status: 415,
      headers: { 'Content-Encoding': 'zip' },
    },
    {
      method: 'post',
      path: '/_mock/apps',
      body: '{}',
      status: 415,
      headers: { 'Content-Type': 'a/b; charset=gbk' },
    },
    {
      method: 'post',
      path: '/_mock/apps',
      body: `{"appId":"${'a'.repeat(2 ** 20)}"}`,
      status: 413,
    },
    { method: 'post', path: '/_mock/apps', body: { appId: DEMO_APP_ID }, status: 409 },
    { method: 'post', path: `${APP}/snapshots/none/restore`, status: 404 },
  ])('$method $path $body', async ({ method = 'get', path, body, headers = {}, status = 400 }) => {
    const { api } = await controlBench();
    const detailIn = async (language: string) => {
      const call = api[method](path).set({
        'Content-Type': 'application/json',
        ...headers,
        'Accept-Language': language,
      });
      const answer = await (body === undefined
        ? call
        : call.send(typeof body === 'string' ? body : JSON.stringify(body)));
      expect(answer.status).toBe(status);
      return String(JSON.parse(answer.text).detail);
    };
    const [en, zh] = [await detailIn('en'), await detailIn('zh')];
    expect(en).not.toMatch(/\p{Script=Han}{2}.*[。，]/u);
    expect(english({ en, zh })).toBe(en);
  });
});

test('the 401 problem has both languages', async () => {
  const { api } = await controlBench({ controlToken: 'let-me-in' });
  const { body } = await api.get('/_mock/apps?lang=zh').expect(401);
  expect(body.detail).toContain('Authorization: Bearer <token>');
  expect(body.detail).toMatch(/^这个调用需要/);
});

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

test.each([
  {
    description: 'a body that is a list',
    call: 'post /_mock/apps',
    sent: [1],
    en: 'the body must be an object, found [1]',
    zh: '请求体应为对象，实际为 [1]',
  },
  {
    description: 'a field of another type',
    call: 'post /_mock/apps',
    sent: { name: 1 },
    en: '/name must be a string or null, found 1',
    zh: '/name 应为字符串或 null，实际为 1',
  },
  {
    description: 'another appId',
    call: `patch ${APP}`,
    sent: { appId: '2' },
    en: '/appId cannot be changed: omit it',
    zh: '/appId 不能修改：请去掉这个字段',
  },
  {
    description: 'a token and a count',
    call: `post ${APP}/tokens`,
    sent: { token: 't', count: 2 },
    en: '/count cannot be combined with token: omit one of the two',
    zh: '/count 不能与 token 同时使用：请去掉其中一个',
  },
  {
    description: 'an appId that is taken',
    call: 'post /_mock/apps',
    sent: { appId: DEMO_APP_ID },
    en: `app "${DEMO_APP_ID}" already exists: PATCH changes it, after DELETE it can be created again, or use another appId`,
    zh: `应用 "${DEMO_APP_ID}" 已存在：修改用 PATCH，重建请先 DELETE，或换一个 appId`,
  },
  {
    description: 'JSON that ends too early',
    call: 'post /_mock/apps',
    sent: '{"appId":\n',
    en: 'the request cannot be read: the body is not JSON (line 2, column 1: expected a value, found the end), found "{\\"appId\\":\\n"',
    zh: '无法读取请求：请求体不是 JSON（第 2 行第 1 列应为一个值，实际已到结尾），实际为 "{\\"appId\\":\\n"',
  },
] as const)('the detail about $description', async ({ call, sent, en, zh }) => {
  const { api } = await controlBench();
  const [method = '', path = ''] = call.split(' ');
  const detailIn = async (language: string) =>
    (await api[method as 'post' | 'patch'](`${path}?lang=${language}`).send(sent as object)).body
      .detail;
  expect([await detailIn('en'), await detailIn('zh')]).toEqual([en, zh]);
});
