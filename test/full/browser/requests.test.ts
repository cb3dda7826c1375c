/** The list of requests in a real browser: the reasons for results, filters and keys. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { LOGIN_PATH, newApp, send } from '../../support/mock.js';
import { loginRequest } from '../../support/requests.js';
import { DEMO_APP, describeInBrowser, scene, sendMany } from './scene.js';

describeInBrowser('the requests', () => {
  test('a row has the reason and the name of the app', async () => {
    const { page, open, server } = await scene();
    const app = await newApp(server.url, { appId: 'shop', name: 'Corner shop' });
    const { token } = await (await server.mock.app('shop')).mint();
    await send(
      server.url,
      'POST',
      LOGIN_PATH,
      loginRequest({ ...app, appSecret: app.appKey }, token),
    );
    await open('#/requests');
    const row = page.locator('.list-rows a');
    await row.filter({ hasText: 'Signed with the wrong secret' }).waitFor();
    expect(await row.locator('.row-app').textContent()).toBe('Corner shop');
    await page.getByRole('searchbox').fill('corner SHOP');
    await row.waitFor();
    await page.getByRole('searchbox').fill('wrong secret');
    await row.waitFor();
    expect(await row.evaluate((link) => link.clientHeight)).toBeLessThanOrEqual(32);
  });

  test('causes are counted, also those that arrive later, and each filters the list', async () => {
    const { page, open, server } = await scene();
    await sendMany(server.url, 3);
    await send(
      server.url,
      'POST',
      LOGIN_PATH,
      { appid: DEMO_APP },
      { 'x-mock-result-code': '103211' },
    );
    await open('#/requests');
    const cause = (count: number) =>
      page.getByRole('button', { name: `${count} × The body is not one JSON object` });
    await cause(3).waitFor();
    const calls: string[] = [];
    page.on('request', (request) => calls.push(request.url()));
    await sendMany(server.url, 200);
    await cause(203).click();
    await page.getByText('203 of 204').waitFor();
    // None for each request: the causes and the search, and again if the time of a call did not suffice.
    expect(calls.length).toBeLessThan(40);
    await cause(203).click();
    await page.getByText('Total: 204').waitFor();
  });

  test('a success with remarks is amber', async () => {
    const { page, open, server } = await scene();
    const app = await server.mock.app(DEMO_APP);
    for (const type of ['application/json', 'text/plain']) {
      const { path, body } = await app.signedRequest({
        operation: 'loginTokenValidate',
        token: (await app.mint()).token,
      });
      await fetch(server.url + path, { method: 'POST', body, headers: { 'content-type': type } });
    }
    await open('#/requests');
    await page
      .locator('.list-rows a', { hasText: 'The Content-Type is not application/json' })
      .waitFor();
    expect(await page.locator('.list-rows .badge.good').count()).toBe(1);
    await page.locator('.list-rows .badge.fair', { hasText: '103000' }).click();
    const card = page.locator('.cause-card.fair');
    await card.getByText('Works here, may fail at the carrier').waitFor();
    await card.getByRole('heading', { name: 'The Content-Type is not application/json' }).waitFor();
    await page.getByRole('combobox', { name: 'Result' }).selectOption('refused');
    await expect.poll(() => page.locator('.list-rows a').count()).toBe(0);
    await page.getByRole('button', { name: 'Reset filters' }).click();
    await expect.poll(() => page.locator('.list-rows a').count()).toBe(2);
  });

  test('a forced result names what forced it, and links to it', async () => {
    const { page, open, server } = await scene();
    const outcomes = `/_mock/apps/${DEMO_APP}/outcomes/loginTokenValidate`;
    await send(
      server.url,
      'POST',
      LOGIN_PATH,
      { appid: DEMO_APP },
      { 'x-mock-result-code': '103211' },
    );
    await send(server.url, 'PUT', outcomes, { script: '104201' });
    await send(server.url, 'POST', LOGIN_PATH, { appid: DEMO_APP });
    await send(server.url, 'POST', LOGIN_PATH, {
      token: `STsid${'0'.repeat(19)}MOCKRESULTCODE${'103511'.padStart(18, '0')}`,
    });
    await open('#/requests');
    const row = (text: string) => page.locator('.list-rows a', { hasText: text });
    await row('Forced by a magic token').waitFor();
    await row('Forced by a request header').waitFor();
    await row('Forced by the script of the app').click();
    await page.locator('.cause-card.info', { hasText: '104201' }).waitFor();
    await page.getByRole('link', { name: 'Open the script' }).click();
    await page.getByRole('heading', { name: 'Force an outcome' }).waitFor();
    expect(await page.getByRole('combobox', { name: 'App' }).inputValue()).toBe(DEMO_APP);
  });

  test('a test number is named as the cause', async () => {
    const { page, open, server } = await scene();
    const app = await server.mock.app(DEMO_APP);
    const { token } = await app.mint({ phoneNumber: '13800138999' });
    const { path, body } = await app.signedRequest({ operation: 'loginTokenValidate', token });
    expect((await send(server.url, 'POST', path, body)).json.resultCode).toBe('103211');
    await open('#/requests');
    await page.locator('.list-rows a', { hasText: '103211' }).click();
    await page
      .locator('.cause-card.bad', { hasText: 'The token belongs to a test number' })
      .waitFor();
    expect(await page.getByRole('button', { name: 'Fix and resend' }).count()).toBe(0);
  });

  test('a field that was signed at another position is marked on both sides', async () => {
    const { page, open, server } = await scene();
    const app = await newApp(server.url);
    const { token } = await (await server.mock.app(app.appId)).mint();
    const { version, msgid, systemtime, strictcheck, ...fields } = loginRequest(app, token);
    const text = `${app.appId}${msgid}${version}${systemtime}${strictcheck}${token}${app.appSecret}`;
    const sign = createHash('md5').update(text).digest('hex').toUpperCase();
    await send(server.url, 'POST', LOGIN_PATH, {
      ...fields,
      version,
      msgid,
      systemtime,
      strictcheck,
      sign,
    });
    await open('#/requests');
    await page.locator('.list-rows a').first().click();
    const moved = page.locator('.compared-row.moved');
    await moved.first().waitFor();
    expect(await moved.count()).toBe(2);
    await page.getByText('6 equal: ').waitFor();
    expect(await page.locator('.signatures ins, .signatures del, .signatures mark').count()).toBe(
      0,
    );
  });

  test('characters that differ are marked, and the secret of another app is a known mistake', async () => {
    const { page, open, server } = await scene();
    const [app, other] = [await newApp(server.url), await newApp(server.url)];
    const { token } = await (await server.mock.app(app.appId)).mint();
    const [later, sent] = ['20261130110622016', '20261130110622015'].map((systemtime) =>
      loginRequest(app, token, { systemtime }),
    );
    await send(server.url, 'POST', LOGIN_PATH, { ...sent, sign: later?.['sign'] });
    await send(
      server.url,
      'POST',
      LOGIN_PATH,
      loginRequest({ ...app, appSecret: other.appSecret }, token),
    );
    await open('#/requests');
    await page.locator('.list-rows a', { hasText: 'The signed time differs' }).click();
    await page.locator('.compared').waitFor();
    expect(await page.locator('.compared mark').allTextContents()).toEqual(['5', '6']);
    await page
      .locator('.list-rows a', { hasText: 'Signed with the secret of another app' })
      .click();
    await page.getByText('The values of these fields, joined in this order.').waitFor();
  });

  test('a request is edited, signed again or not', async () => {
    const { page, open, server } = await scene();
    const app = await newApp(server.url, { appId: 'shop' });
    const client = await server.mock.app('shop');
    const used = loginRequest(app, (await client.mint({ ageMs: 180_000 })).token);
    const { headers } = await send(server.url, 'POST', LOGIN_PATH, { ...used, note: 'kept' });
    await open(`#/requests/${headers.get('x-mock-request-id')}`);
    await page.locator('summary', { hasText: 'Edit and send' }).click();
    await page.getByRole('textbox', { name: 'token' }).fill((await client.mint()).token);
    const answers = page.locator('.edit-and-send .badge');
    const sendButton = page.getByRole('button', { name: 'Send', exact: true });
    await page.getByRole('checkbox', { name: 'Sign again' }).uncheck();
    await sendButton.click();
    await expect.poll(() => answers.allTextContents()).toEqual(['103101']);
    await page.getByRole('checkbox', { name: 'Sign again' }).check();
    await sendButton.click();
    await expect.poll(() => answers.allTextContents()).toEqual(['103000']);
    const [newest] = await server.mock.requests({ limit: 1 });
    expect(JSON.parse(newest?.request.body ?? '')).toMatchObject({ note: 'kept' });
  });

  test('a key in a new view focuses its row, even if the view gets the focus meanwhile', async () => {
    const { page, open, server } = await scene({ fresh: true });
    await sendMany(server.url, 1);
    // Slower than the move of the focus into the view.
    await page.addInitScript('requestAnimationFrame = (run) => setTimeout(run, 300)');
    await open('#/apps');
    await page.locator('.section-nav a').first().focus();
    await open('#/requests');
    await page.locator('.list-rows a').first().waitFor();
    await page.keyboard.press('j');
    await page.locator('.list-rows a[aria-current]:focus').waitFor();
  });

  test('keys move in the list, close the request, and search', async () => {
    const { page, open, server } = await scene();
    await sendMany(server.url, 3);
    await open('#/requests');
    await page.locator('.list-rows a').first().waitFor();
    const opened = (at: number) =>
      page.locator(`li[aria-posinset="${at}"] a[aria-current]:focus`).waitFor();
    const entries = () => page.evaluate<number>('history.length');
    const before = await entries();
    await page.keyboard.press('j');
    await opened(1);
    await page.keyboard.press('j');
    await opened(2);
    await page.keyboard.press('k');
    await opened(1);
    expect(await entries()).toBe(before + 1);
    await page.keyboard.press('Enter');
    await page.locator('.request-detail:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.request-detail').waitFor({ state: 'detached' });
    await page.locator('li[aria-posinset="1"] a:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.request-detail:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.request-detail').waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    await page.keyboard.type('jk?');
    expect(await page.getByRole('searchbox').inputValue()).toBe('jk?');
  });

  test('hidden state is shown on each page of the app, and can be undone there', async () => {
    const { page, open, server } = await scene();
    await hideState(server.url);
    await open(`#/requests?appId=${DEMO_APP}`);
    const chips = page.locator('.chip');
    await expect.poll(() => chips.count()).toBe(3);
    for (const view of ['handset', 'outcomes', 'apps']) {
      await page.goto(`${server.url}/#/${view}`);
      await page.locator(`.view-${view}`).waitFor();
      await expect.poll(() => chips.count()).toBe(3);
    }
    for (const undo of ['Set to real time: Clock', 'Remove: 2 scripts', 'Restore defaults: Interp'])
      await page.getByRole('button', { name: undo }).click();
    await expect.poll(() => chips.count()).toBe(0);
    const app = await server.mock.app(DEMO_APP);
    expect(Math.abs((await app.clock()).offsetMs)).toBeLessThan(60_000);
    expect((await app.outcomes('loginTokenValidate')).script).toBe('');
    expect((await app.numberOutcomes('13800138000')).outcomes.tokenValidate.script).toBe('');
    expect((await app.read()).readings['login-md5-case']).toBe('any');
  });

  test('a notice moves no content, and stays on its view', async () => {
    const { page, open, server } = await scene();
    await sendMany(server.url, 1);
    await open('#/requests');
    await page.locator('.list-rows a').first().click();
    const top = () => page.locator('main').evaluate((main) => main.getBoundingClientRect().top);
    const before = await top();
    await page.getByRole('button', { name: 'Resend' }).click();
    await page.locator('.toast', { hasText: 'Response: 303' }).waitFor();
    expect(await top()).toBe(before);
    await page.getByRole('link', { name: 'Apps' }).click();
    await expect.poll(() => page.locator('.notice').count()).toBe(0);
  });
});

/** Sets four hidden states. */
async function hideState(url: string): Promise<void> {
  const path = `/_mock/apps/${DEMO_APP}`;
  await send(url, 'POST', `${path}/clock/advance`, { by: '2m' });
  await send(url, 'PUT', `${path}/outcomes/loginTokenValidate`, { script: '103211*2' });
  await send(url, 'PUT', `${path}/subscribers/13800138000`, { outcomes: { tokenValidate: '999' } });
  await send(url, 'PATCH', path, { readings: { 'login-md5-case': 'upper' } });
}
