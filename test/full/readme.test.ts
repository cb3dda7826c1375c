/** The README is short, and its commands and examples work in both languages. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/files.js';
import { type Answer, login, mintToken, newApp, send, startMock } from '../support/mock.js';
import { hasJava, isInstalled } from '../support/programs.js';
import { loginRequest } from '../support/requests.js';
import { tlsFolder } from '../support/tls.js';

const HAS_SHELL = isInstalled('bash') && isInstalled('curl') && isInstalled('openssl', 'version');
const HAS_JAVA = hasJava();
const LINES_MAX = 250;
const DEMO = { appKey: '5A1E0C9B7D3F4826B1907E6C42D8AF35', appSecret: 'C7B2094E1F6D4A58803A95E7D2146BFC' } as const;

function blocksOf(text: string, language: string): readonly string[] {
  return Array.from(text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)).flatMap(([, name, code = '']) =>
    name === language ? [code] : [],
  );
}

/** The only block with this text. */
function blockWith(blocks: readonly string[], text: string): string {
  const found = blocks.filter((code) => code.includes(text));
  expect(found, text).toHaveLength(1);
  return found[0] ?? '';
}

/** A shell in a folder with only the examples, which stops at the first failure. */
async function shell() {
  const { url, proxyUrl = '' } = await startMock({ proxyPort: 0, tlsDir: await tlsFolder() });
  const cwd = temporaryFolder();
  symlinkSync(resolve('examples'), join(cwd, 'examples'));
  const { port } = new URL(proxyUrl);
  return async (code: string) => {
    const here = code
      .replaceAll('http://127.0.0.1:10086', url)
      .replaceAll('http://127.0.0.1:10087', proxyUrl)
      .replaceAll('proxyPort=10087', `proxyPort=${port}`);
    const script = `set -euo pipefail\ncurl() { command curl --fail "$@"; }\n${here}`;
    const env = { ...process.env, CMPASSPORT_BASE: url };
    const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd, env });
    return stdout;
  };
}

describe.each([
  { file: 'README.md', lang: 'en' },
  { file: 'README.zh-CN.md', lang: 'zh' },
])('$file', ({ file, lang }) => {
  const text = readFileSync(file, 'utf8');
  const bash = blocksOf(text, 'bash');

  test(`has at most ${LINES_MAX} lines`, () => {
    expect(text.split('\n').length - 1).toBeLessThanOrEqual(LINES_MAX);
  });

  test('begins with the two commands', () => {
    expect(bash.slice(0, 2)).toEqual(['npm ci && npm start\n', 'npm ci && npm test\n']);
  });

  test.skipIf(!HAS_SHELL)('the first exchange returns the number', async () => {
    const run = await shell();
    const answer = JSON.parse(await run(blockWith(bash, 'openssl dgst -md5')));
    expect(answer).toMatchObject({ resultCode: '103000', msisdn: '13800138000' });
    const [shown = '{}'] = blocksOf(text, 'json');
    expect(Object.keys(JSON.parse(shown))).toEqual(Object.keys(answer));
  });

  test.skipIf(!HAS_SHELL)('the carrier’s own address reaches the mock, in curl and in Java', async () => {
    const run = await shell();
    expect(await run(blockWith(bash, 'CURL_CA_BUNDLE'))).toContain('"status":"ok"');
    if (HAS_JAVA) expect(await run(blockWith(bash, 'truststore.p12'))).toMatch(/"103000"[\s\S]*"000"/);
  });

  test.skipIf(!HAS_SHELL)('a code is returned on demand', async () => {
    const run = await shell();
    expect(await run(blockWith(bash, 'X-Mock-Result-Code'))).toContain('"resultCode":"103211"');
  });

  test.skipIf(!HAS_SHELL)('a request that is signed with the appKey is explained', async () => {
    const run = await shell();
    const exchange = blockWith(bash, 'openssl dgst -md5').replace(DEMO.appSecret, DEMO.appKey);
    expect(await run(exchange)).toContain('"resultCode":"103101"');
    const { findings, next } = JSON.parse(await run(blockWith(bash, 'REQUEST_ID=')));
    expect([next, findings[0].id]).toEqual(['103000', 'sign.secret-swapped']);
  });

  test('the explanation on the page is that of such a request', async () => {
    const { url } = await startMock();
    const app = await newApp(url);
    const answer = await login(url, loginRequest({ ...app, appSecret: app.appKey }, await mintToken(url, app.appId)));
    const shown = blocksOf(text, 'json').find((code) => code.includes('"findings"')) ?? '{}';
    const { findings, stringToSign: _, ...rest } = JSON.parse(shown);
    const { json } = await explanationOf(url, answer, lang);
    expect(json).toMatchObject(rest);
    expect(json.findings[0]).toMatchObject(findings[0]);
  });

  test('the example of one app per test passes', async () => {
    const run = await shell();
    expect(await run(blockWith(bash, 'node --test'))).toMatch(/^# fail 0$/m);
  });
});

function explanationOf(url: string, { headers }: Answer, lang: string): Promise<Answer> {
  return send(url, 'GET', `/_mock/requests/${headers.get('x-mock-request-id')}/explanation?lang=${lang}`);
}

describe('the package is not on a registry', () => {
  const files = [
    'README.md',
    'README.zh-CN.md',
    ...['docs', 'examples'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(?:md|ya?ml|json|sh|mjs|ts)$/.test(name) && !name.includes('node_modules'))
        .map((name) => join(folder, name)),
    ),
  ];
  // These pages warn about this.
  const warning = /^docs\/javascript(?:\.zh-CN)?\.md$/;

  test.each([
    { description: 'runs it by its name', pattern: /npx (?:--yes |-y )?cmpassport-mock/ },
    { description: 'installs it by its name', pattern: /npm i(?:nstall)? (?:-\S+ )*cmpassport-mock(?![\w.-]*\.tgz)/ },
  ])('no page and no example $description', ({ pattern }) => {
    expect(files.length).toBeGreaterThan(50);
    const wrong = files.filter((file) => !warning.test(file) && pattern.test(readFileSync(file, 'utf8')));
    expect(wrong).toEqual([]);
  });

  test('no example depends on a version of it', () => {
    const manifests = files.filter((file) => file.endsWith('package.json'));
    const depending = manifests.filter((file) => /"cmpassport-mock": "[\d^~*]/.test(readFileSync(file, 'utf8')));
    expect(depending).toEqual([]);
  });

  test('the pipelines run only installed packages', () => {
    const pipelines = files.filter((file) => /^examples\/ci\/.*\.ya?ml$/.test(file));
    expect(pipelines.length).toBeGreaterThan(1);
    const running = pipelines.map((file) => readFileSync(file, 'utf8')).filter((text) => text.includes('npx '));
    expect(running.length).toBeGreaterThan(0);
    for (const text of running) expect(text.match(/npx (?!--no\b)/g)).toBeNull();
  });
});
