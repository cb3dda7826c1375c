/** The served files of the console. */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { socketBench } from '../../support/control.js';
import { LOGIN_PATH, send, startMock } from '../../support/mock.js';
import { DOCUMENT } from '../../support/openapi.js';

const FILES = [
  { path: '/', type: /^text\/html/ },
  { path: '/_mock/console', type: /^text\/html/ },
  { path: '/_mock/console/index.html', type: /^text\/html/ },
  { path: '/_mock/console/console.js', type: /^text\/javascript/ },
  { path: '/_mock/console/zh.js', type: /^text\/javascript/ },
  { path: '/_mock/console/console.css', type: /^text\/css/ },
  { path: '/_mock/console/icon.svg', type: /^image\/svg\+xml/ },
  // The texts of a language are loaded alone. The Chinese ones are larger.
  { path: '/_mock/console/en.js', type: /^text\/javascript/ },
];
const FIRST_LOAD_BYTES_MAX = 80_000;

test.each(FILES)('$path is served without a token', async ({ path, type }) => {
  const { api } = await socketBench({ controlToken: 'secret' });
  await api
    .get(path)
    .expect(200)
    .expect('content-type', type)
    .expect('x-content-type-options', 'nosniff');
});

test.each(['/', '/_mock', '/_mock/', '/_mock/console', '/_mock/console/'])(
  'the page at %s finds its files',
  async (path) => {
    const { url } = await startMock();
    const page = await fetch(url + path);
    const references = Array.from(
      (await page.text()).matchAll(/ (?:href|src)="([^"]+)"/g),
      ([, reference = '']) => new URL(reference, page.url),
    );
    expect(references).toHaveLength(3);
    for (const reference of references) expect((await fetch(reference)).status).toBe(200);
  },
);

test('the page may use only its own server, and no page may frame it', async () => {
  const { api } = await socketBench();
  const { headers, text } = await api.get('/').expect(200);
  const policy = headers['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(text).not.toMatch(
    /<script(?! type="module" src="_mock\/console\/console\.js">)|style=|https?:/,
  );
});

test('the first load is under 80 KB', async () => {
  const { url } = await startMock();
  let bytes = 0;
  for (const { path } of FILES.slice(2, -1)) {
    const first = await fetch(url + path);
    expect(first.headers.get('content-encoding')).toBe('gzip');
    bytes += Number(first.headers.get('content-length'));
  }
  expect(bytes).toBeGreaterThan(1000);
  expect(bytes).toBeLessThan(FIRST_LOAD_BYTES_MAX);
});

describe('a path that is not a file of the console is 404', () => {
  test.each([
    'main.js',
    '..%2fmain.js',
    '%2e%2e/package.json',
    'console.js.map',
    '__proto__',
    'x'.repeat(5000),
  ])('%s', async (name) => {
    const { api } = await socketBench();
    await api
      .get(`/_mock/console/${name}`)
      .expect(404)
      .expect('content-type', /^application\/problem\+json/);
  });
});

describe('below /_mock/carrier', () => {
  test('the carrier responds normally and closes the connection', async () => {
    const { url } = await startMock();
    const { status, headers, json } = await send(
      url,
      'POST',
      `/_mock/carrier${LOGIN_PATH}?x=1`,
      {},
    );
    expect(status).toBe(200);
    expect(headers.get('connection')).toBe('close');
    expect(json.resultCode).toBe('103811');
    const { json: journal } = await send(url, 'GET', '/_mock/requests');
    expect(journal.requests[0].path).toBe(LOGIN_PATH);
  });

  test('other paths do not exist, and on the carrier’s port none does', async () => {
    const { url, controlUrl } = await startMock({ controlPort: 0, controlToken: 'secret' });
    expect((await send(controlUrl, 'GET', '/_mock/carrier/_mock/apps')).status).toBe(401);
    expect((await send(controlUrl, 'GET', '/_mock/carrier/elsewhere')).status).toBe(404);
    expect((await send(url, 'POST', `/_mock/carrier${LOGIN_PATH}`, {})).status).toBe(404);
    const deep = `${'/_mock/carrier'.repeat(1000)}${LOGIN_PATH}`;
    expect((await send(controlUrl, 'POST', deep, {})).status).toBe(200);
  });
});

test('the operations have the URL of the carrier, even on another port', async () => {
  const { url, controlUrl } = await startMock({ controlPort: 0 });
  const { json } = await send(controlUrl, 'GET', '/_mock/operations');
  expect(json.operations.map((row: { readonly url: string }) => row.url)).toEqual(
    OPERATIONS.map(({ path }) => url + path),
  );
});

test('the built server serves the document, from a bundle without a validator or a linter', async () => {
  const bundle = readdirSync('dist').filter((file) => file.startsWith('document-'));
  expect(bundle).toHaveLength(1);
  expect(readFileSync(`dist/${bundle[0]}`, 'utf8')).not.toMatch(/redocly|ajv/i);
  // @ts-expect-error: the built file has no types
  const { createMockServer } = await import('../../../dist/server.mjs');
  await using server = await createMockServer();
  // The version is that of the build.
  const info = { ...DOCUMENT.info, version: expect.stringContaining(DOCUMENT.info.version) };
  const { json } = await send(server.url, 'GET', '/_mock/openapi.json');
  expect(json).toEqual({ ...DOCUMENT, info });
});
