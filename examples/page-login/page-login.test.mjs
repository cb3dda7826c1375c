/**
 * The page, its server and the carrier in one test:
 *
 *     npx --no -- cmpassport-mock exec --page-sdk -- node --test page-login.test.mjs
 *
 * `CHROMIUM` is the path of a browser, by default that of Debian's package chromium.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { chromium } from 'playwright-core';
import { server } from './server.mjs';

const { CHROMIUM = '/usr/bin/chromium' } = process.env;
let browser;
let page;

before(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
});
after(async () => {
  await browser.close();
  server.close();
});
beforeEach(async () => {
  page = await browser.newPage();
});
afterEach(() => page.close());

/** Opens the page on a phone whose SIM card, network or failure is chosen. */
async function open(phone = {}) {
  await page.addInitScript((chosen) => {
    window.cmpassportMock = chosen;
  }, phone);
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
}

async function shows(text) {
  const status = page.getByRole('status').filter({ hasText: /\S/ });
  assert.equal(await status.textContent(), text);
}

test('the user of the phone is logged in', async () => {
  await open({ phoneNumber: '13900139000' });
  await page.getByRole('button').click();
  await shows('已登录 139****9000');
});

test('a user who cancels is not logged in', async () => {
  await open({ failure: { code: '501', message: '用户取消授权' } });
  await page.getByRole('button').click();
  await shows('已取消');
});

test('on Wi-Fi there is no one-tap login', async () => {
  await open({ netType: 'wifi' });
  await shows('请关闭 Wi-Fi');
});

test('a token that the carrier refuses is an error of the page', async () => {
  await open();
  await page.route('**/login', async (route) => {
    const sent = { ...route.request().postDataJSON(), userInformation: 'of another browser' };
    await route.continue({ postData: JSON.stringify(sent) });
  });
  await page.getByRole('button').click();
  await shows('登录失败 104008');
});
