/** The language of the control API's problems, and of explanations: `?lang`, then Accept-Language, then English. */
import { describe, expect, test } from 'vitest';
import { english } from '../../support/bilingual.js';
import { controlBench, DEMO_APP_ID } from '../../support/control.js';

const APP = `/_mock/apps/${DEMO_APP_ID}`;
const UNKNOWN = '/_mock/apps/300000000999';

test.each([
  { description: 'no preference', path: UNKNOWN, language: 'en' },
  { description: '?lang=zh', path: `${UNKNOWN}?lang=zh`, language: 'zh' },
  { description: '?lang=zh against the header', path: `${UNKNOWN}?lang=zh`, accept: 'en', language: 'zh' },
  { description: '?lang=en against the header', path: `${UNKNOWN}?lang=en`, accept: 'zh-CN', language: 'en' },
  { description: 'an unknown ?lang', path: `${UNKNOWN}?lang=fr`, accept: 'zh-CN', language: 'zh' },
  { description: "a browser's header", path: UNKNOWN, accept: 'zh-CN,zh;q=0.9,en;q=0.8', language: 'zh' },
  { description: 'a header that prefers English', path: UNKNOWN, accept: 'zh;q=0.5, en-GB', language: 'en' },
  { description: 'a header that excludes Chinese', path: UNKNOWN, accept: 'zh;q=0', language: 'en' },
  { description: 'a header in capitals', path: UNKNOWN, accept: 'ZH', language: 'zh' },
  { description: 'any language', path: UNKNOWN, accept: '*', language: 'en' },
  { description: 'another language first', path: UNKNOWN, accept: 'ja, zh;q=0.5', language: 'zh' },
  { description: 'a language whose code starts with zh', path: UNKNOWN, accept: 'zhx', language: 'en' },
])('$description: $language', async ({ path, accept, language }) => {
  const { api } = await controlBench();
  const { body } = await api.get(path).set(accept === undefined ? {} : { 'Accept-Language': accept });
  expect(body).toMatchObject({ status: 404, title: 'Not found' });
  expect(body.detail).toMatch(language === 'zh' ? /^没有应用 "300000000999"/ : /^app "300000000999" not found/);
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
    { method: 'post', path: '/_mock/apps', body: '{}', status: 415, headers: { 'Content-Encoding': 'zip' } },
    { method: 'post', path: '/_mock/apps', body: '{}', headers: { 'Content-Encoding': 'gzip' } },
    { method: 'post', path: '/_mock/apps', body: '{}', status: 415, headers: { 'Content-Type': 'a/b; charset=gbk' } },
    { method: 'post', path: '/_mock/apps', body: `{"appId":"${'a'.repeat(2 ** 20)}"}`, status: 413 },
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
