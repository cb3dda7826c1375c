/** The live list of requests in a real browser: long, and hidden. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { LOGIN_PATH, send, VERIFY_PATH } from '../../support/mock.js';
import { DEMO_APP, describeInBrowser, scene, sendMany } from './scene.js';

/** Hides the page, as another tab does. */
async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate(`Object.defineProperty(document, 'hidden', { value: ${isHidden}, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'))`);
}

describeInBrowser('the live list', () => {
  test('a hidden page closes its connection, and catches up when it is visible again', async () => {
    const { page, open, server } = await scene();
    await open('#/requests');
    await send(server.url, 'GET', VERIFY_PATH);
    await page.locator('.request-list li').waitFor();
    await setHidden(page, true);
    await sendMany(server.url, 3);
    await setHidden(page, false);
    await expect.poll(() => page.locator('.request-list li').count()).toBe(4);
    await send(server.url, 'GET', VERIFY_PATH);
    await expect.poll(() => page.locator('.request-list li').count()).toBe(5);
  });

  test('requests that were removed while the page was hidden leave a filtered list too', async () => {
    const { page, open, server } = await scene();
    await sendMany(server.url, 3);
    await open('#/requests?kind=refused');
    await expect.poll(() => page.locator('.request-list li').count()).toBe(3);
    await setHidden(page, true);
    await send(server.url, 'DELETE', '/_mock/requests');
    await sendMany(server.url, 1);
    await setHidden(page, false);
    await expect.poll(() => page.locator('.request-list li').count()).toBe(1);
  });

  test('a list that exists when the page opens fills the window', async () => {
    const { page, open, server } = await scene();
    await sendMany(server.url, 40);
    await open('#/requests');
    await expect.poll(() => page.locator('.request-list li').count()).toBeGreaterThan(15);
  });

  test('a row names its caller, a link to a request shows its row, new rows above have a button, and days are marked', async () => {
    const { page, open, server } = await scene();
    const app = await server.mock.app(DEMO_APP);
    const { path, body } = await app.signedRequest({
      operation: 'loginTokenValidate',
      token: (await app.mint()).token,
    });
    await send(server.url, 'POST', path, body);
    const [first] = await server.mock.requests();
    await sendMany(server.url, 60);
    await open(`#/requests/${first?.id}`);
    const row = page.locator(`[data-id="${first?.id}"][aria-current]`);
    await row.waitFor();
    // The causes make the list lower.
    await page.locator('.cause-list').waitFor();
    const [list, shown] = [await page.locator('.list-rows').boundingBox(), await row.boundingBox()];
    expect(shown?.y).toBeGreaterThanOrEqual(list?.y ?? Number.NaN);
    expect((shown?.y ?? 0) + (shown?.height ?? 0)).toBeLessThanOrEqual(
      (list?.y ?? 0) + (list?.height ?? 0),
    );
    await sendMany(server.url, 5);
    await page.getByRole('button', { name: '↑ 5 new' }).click();
    await expect.poll(() => page.locator('.list-rows').evaluate((list) => list.scrollTop)).toBe(0);
    await open('#/requests?kind=answered');
    await page.getByText('1 of 66').waitFor();
    const who = await page.locator('.list-rows .row-who').allTextContents();
    expect(who).toEqual(['138****8000', `…${JSON.parse(body).msgid.slice(-6)}`, '127.0.0.1']);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as HAR' }).click();
    const har = JSON.parse(await readFile(await (await saved).path(), 'utf8'));
    expect(har.log.entries).toHaveLength(1);
    await app.advance('1d');
    await send(server.url, 'POST', path, body);
    await open('#/requests');
    // The first row of each of two days.
    await page.locator('.row-day').nth(1).waitFor();
  });

  test('a filter finds requests that are not loaded', async () => {
    const { page, open, server } = await scene();
    await send(server.url, 'GET', LOGIN_PATH);
    await sendMany(server.url, 1100);
    await open('#/requests');
    await page.getByText(/^Total: 1\s000\+$/).waitFor();
    await page.getByRole('combobox', { name: 'Operation' }).selectOption('loginTokenValidate');
    await page.getByText(/^1 of 1\s000\+$/).waitFor();
    await page.getByRole('button', { name: 'Reset filters' }).click();
    await page.locator('.list-rows').evaluate((list) => list.scrollTo(0, list.scrollHeight));
    const older = page.getByRole('button', { name: 'Load older requests' });
    await older.click();
    await older.waitFor({ state: 'detached' });
    await page.getByText(/^Total: 1\s101$/).waitFor();
  });

  test('an idle page makes no calls', async () => {
    const { page, open, server } = await scene({ fresh: true });
    await page.clock.install();
    await sendMany(server.url, 1);
    await open('#/requests');
    await page.getByRole('button', { name: '1 × The body is not one JSON object' }).waitFor();
    const calls: string[] = [];
    page.on('request', (request) => calls.push(request.url()));
    await page.clock.runFor(10_000);
    expect(calls).toEqual([]);
  });

  test('the list is one tab stop, and Enter moves to the request', async () => {
    const { page, open, server } = await scene();
    await sendMany(server.url, 30);
    await open('#/requests');
    await page.locator('.request-list a[tabindex="0"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('li[aria-posinset="2"] a[aria-current]:focus').waitFor();
    await page.keyboard.press('End');
    await page.locator('li[aria-posinset="30"] a:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.request-detail:focus').waitFor();
    expect(await page.locator('.request-list a[tabindex="0"]').count()).toBe(1);
  });

  test('the page contains few of a thousand live rows, and all can be reached', async () => {
    const { page, open, server } = await scene();
    await open('#/requests');
    await sendMany(server.url, 1000);
    await page.getByText(/Total: 1\s000/).waitFor();
    expect(await page.locator('.request-list li').count()).toBeLessThan(60);
    await page.locator('.list-rows').evaluate((list) => list.scrollTo(0, list.scrollHeight));
    await page.locator('.request-list li[aria-posinset="1000"]').waitFor();
    await page
      .getByRole('searchbox', { name: 'Search requests, responses and causes' })
      .fill('no such text anywhere');
    await page.getByText('No request matches the filter.').waitFor();
  });
});
