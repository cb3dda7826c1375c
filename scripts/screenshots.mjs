/** Creates the documentation's pictures of the console, in both languages at twice the resolution. Needs Chromium, a Chinese font and dist/. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { createMockServer } from '../dist/server.mjs';

const FOLDER = 'docs/images';
const WIDTH = 1280;
const LOCALES = ['en-US', 'zh-CN'];

const server = await createMockServer();
const demo = await server.mock.app('300000000001');
const checkout = await server.mock.createApp({ name: 'Checkout' });
for (const name of ['Loyalty', 'logs in with a new token', 'falls back to SMS'])
  await server.mock.createApp({ name });
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });

/** A signed request with a new token, of the number `of`. */
async function signed(app, operation, { of: phoneNumber, ...fields } = {}) {
  const { token } = await app.mint({ capability: operation, phoneNumber });
  return app.signedRequest({ operation, token, ...fields });
}

function send({ path, headers, body }) {
  return fetch(server.url + path, { method: 'POST', headers, body });
}

/** Signed with the other secret. */
function wronglySigned(app, request) {
  const text = request.stringToSign.replace(app.appSecret, app.appKey);
  const sign = createHash('md5').update(text).digest('hex').toUpperCase();
  return { ...request, body: JSON.stringify({ ...JSON.parse(request.body), sign }) };
}

/** What a team sends in a few minutes: successes, another number, a used token, failures. Returns the id of the last request, which is signed with the wrong secret. */
async function sendRequests() {
  for (let round = 0; round < 6; round += 1) {
    const app = round % 2 === 0 ? demo : checkout;
    const login = await signed(app, 'loginTokenValidate', { of: `1391111000${round}` });
    await send(login);
    await send(await signed(app, 'tokenValidate'));
    await send(await signed(app, 'loginTokenValidate', { of: '13800138999' }));
    await send(await signed(app, 'tokenValidate', { phoneNumber: '13800138001' }));
    if (round > 2) await send(login);
  }
  await send(wronglySigned(demo, await signed(demo, 'loginTokenValidate')));
  const [newest] = await server.mock.requests({ limit: 1 });
  return newest.id;
}
const refusedId = await sendRequests();
const phone = `#/handset?app=${demo.appId}&operation=loginTokenValidate&number=13800138000`;

async function logIn(page) {
  await page.locator('.agree input').check();
  await page.locator('.tap').click();
  await page.locator('.step .primary').click();
}

async function setScripts() {
  await demo.script('loginTokenValidate', 'delay(3s) 103211*2, reset');
  await demo.scriptNumber('13900139000', { tokenValidate: '001*' });
}

/** The other pictures have no hidden state. */
async function removeScripts() {
  await demo.clearScript('loginTokenValidate');
  await demo.clearNumber('13900139000');
}

/** Each shows one thing. `complete` is an element that exists when it can be seen. */
const SHOTS = [
  { name: 'handset', hash: phone, act: logIn, complete: '.token-life.used', height: 770 },
  { name: 'requests', hash: `#/requests/${refusedId}`, complete: '.compared-row.replaced' },
  { name: 'apps', hash: `#/apps/${demo.appId}`, complete: '.entries' },
  {
    name: 'outcomes',
    hash: `#/outcomes?app=${demo.appId}`,
    act: setScripts,
    complete: '.script-list li',
  },
];

for (const locale of LOCALES) {
  const context = await browser.newContext({ locale });
  for (const { name, hash, act, complete, height = 860 } of SHOTS) {
    const page = await context.newPage();
    await page.setViewportSize({ width: WIDTH, height });
    await page.goto(`${server.url}/${hash}`);
    await act?.(page);
    await page.locator(complete).first().waitFor();
    // WebP is half as large as JPEG, but Playwright does not support it.
    const devtools = await context.newCDPSession(page);
    const { data } = await devtools.send('Page.captureScreenshot', {
      format: 'webp',
      quality: 50,
      clip: { x: 0, y: 0, width: WIDTH, height, scale: 2 },
    });
    const path = `${FOLDER}/console-${name}-${locale.slice(0, 2)}-light.webp`;
    writeFileSync(path, data, 'base64');
    console.log(path);
    await page.close();
  }
  await removeScripts();
  await context.close();
}
await browser.close();
await server.close();
