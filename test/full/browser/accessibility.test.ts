/** axe-core over every view, in both languages and themes, on a desk and on a phone: nothing serious. */
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, startBrowser } from '../../support/browser.js';
import { LOGIN_PATH, newApp, send } from '../../support/mock.js';
import { loginRequest } from '../../support/requests.js';
import { type Scene, scene } from './scene.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const chromium = findChromium();

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

interface ViewRow {
  readonly view: string;
  readonly hash: string;
  /** Is there when the view is whole. */
  readonly whole: string;
  /** What is done before it is looked at. */
  readonly act?: (scene: Scene) => Promise<void>;
}

const VIEWS: readonly ViewRow[] = [
  {
    view: 'the handset with a token',
    hash: '#/handset?app=shop',
    whole: '.countdown',
    act: async ({ page }) => {
      await page.locator('.agree input').check();
      await page.locator('.tap').click();
    },
  },
  { view: 'the verifying handset', hash: '#/handset?app=shop&operation=tokenValidate', whole: '.asked' },
  { view: 'the list of requests', hash: '#/requests', whole: '.request-list li' },
  {
    view: 'a refused request',
    hash: '#/requests',
    whole: '.compared-row.replaced',
    act: ({ page }) => page.locator('.list-rows a').first().click(),
  },
  { view: 'a success with remarks', hash: '#/requests', whole: '.cause-card.fair', act: openAmber },
  { view: 'an app', hash: '#/apps/shop', whole: '.reading' },
  { view: 'the scripts and what they hide', hash: '#/outcomes?app=shop', whole: '.chip', act: hideState },
  { view: 'a code', hash: '#/outcomes/tokenValidate%20124', whole: '.code-panel pre' },
  // A dialog stays until it is closed: these are the last.
  { view: 'the help', hash: '#/requests', whole: 'dialog .keys', act: ({ page }) => page.keyboard.press('?') },
  {
    view: 'the form of a new app',
    hash: '#/apps',
    whole: 'dialog form',
    act: async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.locator('.apps-nav .primary').click();
    },
  },
];

async function openAmber({ server, page }: Scene): Promise<void> {
  const app = await server.mock.app('shop');
  const { path, body } = await app.signedRequest({
    operation: 'loginTokenValidate',
    token: (await app.mint()).token,
  });
  await fetch(server.url + path, { method: 'POST', body, headers: { 'content-type': 'text/plain' } });
  await page.locator('.list-rows .badge.fair').first().click();
}

async function hideState({ server, page }: Scene): Promise<void> {
  const app = await server.mock.app('shop');
  await app.script('loginTokenValidate', '103211*2');
  await app.scriptNumber('13800138000', { tokenValidate: '999' });
  await app.freeze();
  await app.update({ readings: { 'login-md5-case': 'upper' } });
  await page.locator('.number-list li').waitFor();
}

/** Contrast depends on the theme, what overflows on width and language: these two have each of them once. */
const VISITS = [
  { locale: 'en-US', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { locale: 'zh-CN', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const;

describe.skipIf(chromium === undefined)('everybody can use', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser(chromium ?? '');
  });
  afterAll(() => browser?.close());

  test.each(VISITS)('each view, in $locale, $colorScheme, $viewport.width wide', async (visit) => {
    const looked = await scene(browser, visit);
    await looked.context.addInitScript({ path: AXE });
    await refuseOne(looked);
    for (const { view, hash, whole, act } of VIEWS) {
      await looked.open(hash);
      await act?.(looked);
      await looked.page.locator(whole).first().waitFor();
      expect({ view, violations: await seriousViolations(looked) }).toEqual({ view, violations: [] });
      expect(await overflow(looked), view).toBeLessThanOrEqual(0);
    }
  });

  test('the page before any request', async () => {
    const looked = await scene(browser);
    await looked.context.addInitScript({ path: AXE });
    await looked.open('');
    await looked.page.locator('.first-curl pre').waitFor();
    expect(await seriousViolations(looked)).toEqual([]);
  });

  test('the question for the control token', async () => {
    const looked = await scene(browser, {}, { controlToken: 'open-sesame' });
    await looked.context.addInitScript({ path: AXE });
    await looked.page.goto(looked.server.url);
    await looked.page.getByRole('dialog').waitFor();
    expect(await seriousViolations(looked)).toEqual([]);
  });
});

/** One login signed with the other secret. */
async function refuseOne({ server }: Scene): Promise<void> {
  const app = await newApp(server.url, { appId: 'shop' });
  const { token } = await (await server.mock.app('shop')).mint();
  await send(server.url, 'POST', LOGIN_PATH, loginRequest({ ...app, appSecret: app.appKey }, token));
}

async function seriousViolations({ page }: Scene): Promise<readonly string[]> {
  const violations = await page.evaluate<readonly Violation[]>('axe.run().then(({ violations }) => violations)');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
}

/** By how much the page is wider than the window. */
function overflow({ page }: Scene): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
