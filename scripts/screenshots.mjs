/** Creates the documentation's screenshots of the console: each view in both languages, light and dark. Needs Chromium and dist/. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { createMockServer } from '../dist/server.js';

const FOLDER = 'docs/images';
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-sync',
];
const LANGUAGES = [
  { name: 'en', locale: 'en-US' },
  { name: 'zh', locale: 'zh-CN' },
];
const THEMES = ['light', 'dark'];
const APP_ID = '300000000001';

mkdirSync(FOLDER, { recursive: true });
const server = await createMockServer();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ARGUMENTS,
});

async function post(path, body) {
  const response = await fetch(server.url + path, { method: 'POST', body: JSON.stringify(body) });
  return response.json();
}

/** Sends a successful login, a check of another number, a login with a consumed token, and a login signed with the wrong secret. Returns the id of the last. */
async function makeRequests() {
  const { appKey, appSecret } = (await server.mock.apps()).find(({ appId }) => appId === APP_ID);
  const sign = (input) => post(`/_mock/apps/${APP_ID}/signed-requests`, input);
  const { token } = await post(`/_mock/apps/${APP_ID}/tokens`, {});
  const login = await sign({ operation: 'loginTokenValidate', token });
  const forVerify = await post(`/_mock/apps/${APP_ID}/tokens`, { capability: 'tokenValidate' });
  const verify = await sign({
    operation: 'tokenValidate',
    token: forVerify.token,
    phoneNumber: '13800138001',
  });
  const { createHash } = await import('node:crypto');
  const fresh = await post(`/_mock/apps/${APP_ID}/tokens`, {});
  const valid = await sign({ operation: 'loginTokenValidate', token: fresh.token });
  const text = valid.stringToSign.replace(appSecret, appKey);
  const swapped = { ...JSON.parse(valid.body), sign: createHash('md5').update(text).digest('hex').toUpperCase() };
  for (const { path, body } of [login, verify, login, { path: login.path, body: JSON.stringify(swapped) }]) {
    await fetch(server.url + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  }
  const [newest] = (await (await fetch(`${server.url}/_mock/requests?limit=1`)).json()).requests;
  return newest.id;
}

async function handset(page) {
  await page.locator('.agree input').check();
  await page.locator('.tap').click();
  await page.locator('.countdown').waitFor();
}

/** WebP is half as large as JPEG, but Playwright does not support it. */
async function pictureOf(page) {
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 60 });
  return Buffer.from(data, 'base64');
}

const refused = await makeRequests();
const SHOTS = [
  { name: 'handset', hash: `#/handset?app=${APP_ID}`, prepare: handset },
  {
    name: 'requests',
    hash: `#/requests/${refused}`,
    prepare: (page) => page.locator('.compared-row.replaced').waitFor(),
  },
  { name: 'apps', hash: `#/apps/${APP_ID}`, prepare: (page) => page.locator('.entries').first().waitFor() },
  {
    name: 'outcomes',
    hash: `#/outcomes/${encodeURIComponent('tokenValidate 124')}`,
    prepare: (page) => page.locator('.code-panel pre').nth(1).waitFor(),
  },
];

for (const { name: language, locale } of LANGUAGES) {
  for (const colorScheme of THEMES) {
    const context = await browser.newContext({ locale, colorScheme, viewport: { width: 1360, height: 860 } });
    for (const { name, hash, prepare } of SHOTS) {
      const page = await context.newPage();
      await page.goto(`${server.url}/${hash}`);
      await prepare(page);
      const path = `${FOLDER}/console-${name}-${language}-${colorScheme}.webp`;
      const picture = await pictureOf(page);
      writeFileSync(path, picture);
      console.log(`${path} ${Math.round(picture.length / 1024)} KiB`);
      await page.close();
    }
    await context.close();
  }
}
await browser.close();
await server.close();
