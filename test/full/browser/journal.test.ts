/** What the page shows of the journal in a real browser: pending deliveries, removed requests, the error first, and what a request can be sent as again. */
import { expect, test } from 'vitest';
import { LOGIN_PATH, newApp, send } from '../../support/mock.js';
import { loginRequest } from '../../support/requests.js';
import { DEMO_APP, describeInBrowser, type Scene, scene } from './scene.js';

const JSON_HEADERS = { 'content-type': 'application/json' };

/** A correct login of the demo app, whose outcome a header forces. */
async function login({ server }: Scene, outcome = 'pass', phoneNumber = '13800138000') {
  const app = await server.mock.app(DEMO_APP);
  const { token } = await app.mint({ phoneNumber });
  const { path, body } = await app.signedRequest({ operation: 'loginTokenValidate', token });
  const headers = { ...JSON_HEADERS, 'x-mock-outcome': outcome };
  return fetch(server.url + path, { method: 'POST', body, headers });
}

describeInBrowser('the journal', () => {
  test('a slow response is pending in the list and on its page until it is delivered', async () => {
    const visited = await scene();
    const { page, open } = visited;
    await open('#/requests');
    const answered = login(visited, 'delay(3s) pass');
    const row = page.locator('.list-rows a');
    await row.locator('.delivery', { hasText: 'pending' }).waitFor();
    expect(await row.locator('.row-duration').textContent()).toBe('');
    await row.click();
    const detail = page.locator('.request-detail');
    await detail.locator('.detail-bar .delivery', { hasText: 'pending' }).waitFor();
    await answered;
    await detail.locator('.request-facts', { hasText: /delivered after 3/ }).waitFor();
    expect(await page.locator('.delivery').count()).toBe(0);
    await login(visited, 'lose').catch(() => undefined);
    await row.locator('.delivery.notDelivered').waitFor();
  });

  test('requests that are removed elsewhere leave the list, and an open one says so', async () => {
    const visited = await scene();
    const { page, open, server } = visited;
    await login(visited);
    await newApp(server.url, { appId: 'shop' });
    const wrong = { appId: 'shop', appKey: 'k', appSecret: 's' };
    await send(server.url, 'POST', LOGIN_PATH, loginRequest(wrong, 'one'));
    await open('#/requests');
    const rows = page.locator('.list-rows a');
    await rows.filter({ hasText: 'shop' }).click();
    await page.locator('.cause-card').waitFor();
    await send(server.url, 'POST', '/_mock/apps/shop/reset', {});
    await expect.poll(() => rows.count()).toBe(1);
    await page.locator('.request-detail .empty').waitFor();
    expect(await page.locator('.cause-card').count()).toBe(0);
    await page.getByText('Total: 1').waitFor();
    await send(server.url, 'DELETE', '/_mock/requests');
    await expect.poll(() => rows.count()).toBe(0);
  });

  test('a refused request is found by its number; the error and the difference are on the first screen', async () => {
    const visited = await scene({ viewport: { width: 1280, height: 800 } });
    const { page, open, server } = visited;
    const app = await newApp(server.url, { appId: 'shop' });
    const { token } = await (await server.mock.app('shop')).mint({ phoneNumber: '13912345678' });
    const used = loginRequest({ ...app, appSecret: app.appKey }, token);
    await send(server.url, 'POST', LOGIN_PATH, { ...used, note: 'a\u200b\u001bb' });
    await login(visited);
    await open('#/requests');
    await page.getByRole('searchbox').fill('13912345678');
    await page.getByText('1 of 2').waitFor();
    await page.locator('.list-rows a').click();
    const bottom = async (selector: string) => {
      const { y = 0, height = 0 } = (await page.locator(selector).boundingBox()) ?? {};
      return y + height;
    };
    await page.locator('.compared').waitFor();
    expect(await bottom('.cause-card')).toBeLessThan(500);
    expect(await bottom('.compared')).toBeLessThan(800);
    await page.locator('.fields-table', { hasText: 'a\\u200b\\u001bb' }).waitFor();
    await page.getByRole('button', { name: 'Copy link' }).click();
    const link = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(link).toMatch(new RegExp(`^${server.url}/#/requests/[\\w-]+$`));
    await page.getByRole('button', { name: 'Resend', exact: true }).click();
    await expect.poll(() => page.url()).not.toContain(link);
    expect(page.url()).toContain('text=13912345678');
    await page.goto(link);
    await page.locator('summary', { hasText: 'Edit and send' }).click();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const answers = page.locator('.edit-and-send .badge');
    await expect.poll(() => answers.allTextContents()).toEqual(['103000']);
  });

  test('a fix that a script answers is not called a success', async () => {
    const visited = await scene();
    const { page, open, server } = visited;
    const app = await newApp(server.url, { appId: 'shop' });
    const { json } = await send(
      server.url,
      'POST',
      LOGIN_PATH,
      loginRequest({ ...app, appSecret: app.appKey }, 'x'),
    );
    expect(json.resultCode).toBe('103101');
    await (await server.mock.app('shop')).script('loginTokenValidate', '103000');
    await open('#/requests');
    await page.locator('.list-rows a').click();
    await page.getByRole('button', { name: 'Fix and resend' }).click();
    await page.locator('.notice.refused', { hasText: 'A script answered 103000' }).waitFor();
    await page.getByRole('button', { name: 'Fix and resend' }).waitFor({ state: 'detached' });
  });

  test('a link to a section of an app or a code lands there, also after its content has loaded', async () => {
    const { page, open } = await scene({ viewport: { width: 1280, height: 800 } });
    await open('#/outcomes/loginTokenValidate%20103511');
    const code = page.locator('.code-panel', { hasText: '103511' });
    await expect.poll(async () => (await code.boundingBox())?.y).toBeLessThan(400);
    for (const section of ['clock', 'readings']) {
      await page.goto('about:blank');
      await open(`#/apps/${DEMO_APP}?section=${section}`);
      await page.locator('#section-readings summary', { hasText: /[1-9]/ }).waitFor();
      const title = page.locator(`#section-${section} h3`);
      await expect.poll(async () => (await title.boundingBox())?.y).toBeLessThan(400);
    }
  });
});
