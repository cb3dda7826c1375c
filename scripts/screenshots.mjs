/** Creates the documentation's screenshots of the console: each view in both languages, light and dark. Needs Chromium and dist/. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { createMockServer } from '../dist/server.js';

const FOLDER = 'docs/images';
const VISITS = ['en-US', 'zh-CN'].flatMap((locale) =>
  ['light', 'dark'].map((colorScheme) => ({ locale, colorScheme })),
);

const server = await createMockServer();
const app = await server.mock.app('300000000001');
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });

/** A signed request with a new token. */
async function signed(operation, fields = {}) {
  const { token } = await app.mint({ capability: operation });
  return app.signedRequest({ operation, token, ...fields });
}

/** Sends a successful login, a check of another number, a login with a consumed token, and a login signed with the wrong secret. Returns the id of the last. */
async function sendRequests() {
  const login = await signed('loginTokenValidate');
  const valid = await signed('loginTokenValidate');
  const text = valid.stringToSign.replace(app.appSecret, app.appKey);
  const sign = createHash('md5').update(text).digest('hex').toUpperCase();
  const swapped = { ...valid, body: JSON.stringify({ ...JSON.parse(valid.body), sign }) };
  const verify = await signed('tokenValidate', { phoneNumber: '13800138001' });
  for (const { path, headers, body } of [login, verify, login, swapped]) {
    await fetch(server.url + path, { method: 'POST', headers, body });
  }
  const [newest] = await server.mock.requests({ limit: 1 });
  return newest.id;
}

/** `complete` is an element that exists when the view is complete. */
const SHOTS = [
  {
    name: 'handset',
    hash: `#/handset?app=${app.appId}`,
    act: (page) =>
      page
        .locator('.agree input')
        .check()
        .then(() => page.locator('.tap').click()),
    complete: '.countdown',
  },
  {
    name: 'requests',
    hash: `#/requests/${await sendRequests()}`,
    act: (page) => page.locator('.cause-list li').nth(2).waitFor(),
    complete: '.compared-row.replaced',
  },
  { name: 'apps', hash: `#/apps/${app.appId}`, complete: '.entries' },
  { name: 'outcomes', hash: '#/outcomes/tokenValidate%20124', complete: '.code-panel pre' },
];

for (const { locale, colorScheme } of VISITS) {
  const context = await browser.newContext({
    locale,
    colorScheme,
    viewport: { width: 1360, height: 860 },
  });
  for (const { name, hash, act, complete } of SHOTS) {
    const page = await context.newPage();
    await page.goto(`${server.url}/${hash}`);
    await act?.(page);
    await page.locator(complete).first().waitFor();
    // WebP is half as large as JPEG, but Playwright does not support it.
    const devtools = await context.newCDPSession(page);
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 60 });
    const path = `${FOLDER}/console-${name}-${locale.slice(0, 2)}-${colorScheme}.webp`;
    writeFileSync(path, data, 'base64');
    console.log(path);
    await page.close();
  }
  await context.close();
}
await browser.close();
await server.close();
