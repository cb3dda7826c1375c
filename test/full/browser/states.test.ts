/** Safe and honest states in a real browser: destructive actions, errors next to their cause, a store that is down, links to what does not exist. */
import { expect, test } from 'vitest';
import { LOGIN_PATH, send } from '../../support/mock.js';
import { DEMO_APP, describeInBrowser, scene, sendMany } from './scene.js';

const STORE_DOWN = {
  contentType: 'application/problem+json',
  body: JSON.stringify({
    type: 'about:blank',
    title: 'Unavailable',
    status: 503,
    detail: 'the store cannot be reached',
  }),
};

describeInBrowser('the console', () => {
  test('a destructive action focuses Cancel, and Esc cancels it too', async () => {
    const { page, open, server } = await scene();
    await sendMany(server.url, 1);
    await open('#/apps');
    for (const cancel of ['Enter', 'Escape']) {
      await page.getByRole('button', { name: 'Reset everything' }).click();
      await page.locator('dialog button:focus', { hasText: 'Cancel' }).waitFor();
      await page.keyboard.press(cancel);
      await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    }
    expect(await server.mock.requests()).toHaveLength(1);
  });

  test('Clear asks, follows the filter, and deletes no request that came later', async () => {
    const { page, open, server } = await scene();
    await sendMany(server.url, 3);
    await send(server.url, 'GET', LOGIN_PATH);
    const rows = page.locator('.request-list li');
    await open('#/requests?operation=tokenValidate&kind=refused');
    await expect.poll(() => rows.count()).toBe(3);
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByText('Delete these 3 requests from the server?').waitFor();
    // The page has chosen what it deletes, and the server has not. Sooner, the question may count the new request.
    await page.route('**/_mock/requests?*', async (route) => {
      if (route.request().method() === 'DELETE') await sendMany(server.url, 1);
      await route.continue();
    });
    await page.getByRole('dialog').getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => rows.count()).toBeLessThan(2);
    await expect.poll(async () => (await server.mock.requests()).length).toBe(2);
  });

  test('an app of the console is listed so by every browser, and a refused one keeps its dialog', async () => {
    const { page, open, server } = await scene();
    await open('#/apps');
    await page.getByRole('button', { name: 'Create app' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'appId' }).fill(DEMO_APP);
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByRole('alert').filter({ hasText: 'already exists' }).waitFor();
    await dialog.getByRole('textbox', { name: 'appId' }).fill('mine');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.locator('.app h2', { hasText: 'mine' }).waitFor();
    expect((await (await server.mock.app('mine')).read()).origin).toBe('console');
    await page.evaluate('localStorage.clear()');
    await page.reload();
    await page
      .getByRole('region', { name: 'Created in the console' })
      .getByRole('link', { name: 'mine' })
      .waitFor();
  });

  test.each([
    { hash: '#/requests', data: 'requests' },
    { hash: '#/apps', data: 'apps' },
    { hash: '#/outcomes', data: 'result-codes' },
  ])('$hash shows a skeleton until the answer comes', async ({ hash, data }) => {
    const { page, open } = await scene();
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route(new RegExp(`_mock/${data}\\b`), (route) =>
      answered.then(() => route.continue()),
    );
    await open(hash);
    await page.locator('.skeleton').first().waitFor();
    expect(await page.getByText(/^No \w+ yet|^Waiting/).count()).toBe(0);
    answer();
    await expect.poll(() => page.locator('.skeleton').count()).toBe(0);
  });

  test('the focus returns from a dialog, and goes on to what follows something that is removed', async () => {
    const { page, open, server } = await scene();
    const app = await server.mock.app(DEMO_APP);
    await app.script('loginTokenValidate', '103211*2');
    await app.script('tokenValidate', '999');
    await sendMany(server.url, 2);
    const press = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).first().focus();
      await page.keyboard.press('Enter');
    };
    const focused = (selector: string) => page.locator(`${selector}:focus`).waitFor();

    await open('#/outcomes');
    await press('Remove: Login: every call');
    await focused('.script-list li:only-child button:first-child');
    await press('Remove: Verify: every call');
    await focused('.atlas-list a');

    await open('#/requests');
    for (const close of ['Enter', 'Escape']) {
      await press('Clear');
      await page.locator('dialog button:focus').waitFor();
      await page.keyboard.press(close);
      await focused('.list-actions > button:last-child');
    }
    await page.locator('.list-rows a').last().click();
    await press('Resend');
    await page.locator('.notice').waitFor();
    await focused('.request-detail');
    // The stream of events brings the row of the new request.
    await page.locator('.list-rows a[aria-current]').waitFor();
    await page.keyboard.press('Escape');
    await focused('.list-rows a');
    // The focused row goes away with its view, and the page stays at its top.
    await open('#/outcomes');
    await page.locator('main:focus').waitFor();
    expect(await page.evaluate('scrollY')).toBe(0);
    await page.getByRole('link', { name: 'Handset' }).focus();

    await open('#/handset');
    await page.locator('.agree input').check();
    await press('Log in with this number');
    await focused('.tap');
    await press('Send to carrier');
    // What the result adds before the button that was removed.
    await page.locator('.sequence a:focus', { hasText: 'Show the request' }).waitFor();
  });

  test('an outage that no user caused has its bar, and no notice', async () => {
    const { page, open, server } = await scene();
    await page.route(/_mock\/(?!console)/, (route) => route.abort());
    await page.goto(`${server.controlUrl}/#/handset`);
    await page.getByText('The server does not respond. Retrying').waitFor();
    await page.unroute(/_mock\/(?!console)/);
    await page
      .getByRole('combobox', { name: 'App' })
      .locator('option')
      .first()
      .waitFor({ state: 'attached' });
    const notices = () => page.locator('.notice').count();
    expect(await notices()).toBe(0);
    await page.route(/_mock\/(?!console)/, (route) =>
      route.fulfill({ status: 503, ...STORE_DOWN }),
    );
    await open('#/requests?kind=refused');
    await page.getByText('The server cannot answer requests').waitFor();
    expect(await notices()).toBe(0);
  });

  test('a setting that the server refuses is marked', async () => {
    const { page, open } = await scene();
    await open(`#/apps/${DEMO_APP}`);
    const list = page.locator('.whitelist').first();
    await list.getByRole('textbox').fill('10.0.0.1,'.repeat(500));
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await list.locator('.field .wrong').waitFor();
    await list.getByRole('textbox').fill('10.0.0.1');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved.').waitFor();
  });

  test('a store that is down has a bar until it is up', async () => {
    const { page, open } = await scene();
    await open('#/apps');
    await page.route(/_mock\/(health|key-pairs)$/, (route) =>
      route.fulfill({ status: 503, ...STORE_DOWN }),
    );
    await page
      .getByRole('button', { name: /^Generate/ })
      .first()
      .click();
    await page.locator('dialog .danger').click();
    await page
      .getByText('The server cannot answer requests: the store cannot be reached.')
      .waitFor();
    await page.unroute(/_mock\/(health|key-pairs)$/);
    await expect.poll(() => page.locator('.connection').count()).toBe(0);
  });

  test.each([
    { hash: '#/requests/gone-1', text: /^request "gone-1" not found in the journal/ },
    { hash: '#/outcomes/tokenValidate%20777', text: 'There is no code tokenValidate 777.' },
    { hash: '#/apps/gone', text: 'App gone does not exist.' },
  ])('a link to $hash says that it does not exist', async ({ hash, text }) => {
    const { page, open, server } = await scene();
    await sendMany(server.url, 1);
    await open(hash);
    await page.getByText(text).first().waitFor();
  });
});
