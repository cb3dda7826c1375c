/** The console in a real browser: a developer's steps. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Download } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { runCommand } from '../../support/command.js';
import { temporaryFile } from '../../support/files.js';
import { LOGIN_PATH, newApp, send, VERIFY_PATH } from '../../support/mock.js';
import { loginRequest } from '../../support/requests.js';
import { DEMO_APP, describeInBrowser, scene } from './scene.js';

describeInBrowser('the console', () => {
  test('the handset logs a user in and verifies a number', async () => {
    const { page, open, complaints } = await scene();
    await open('#/handset');
    await page.getByRole('checkbox', { name: /I agree/ }).check();
    await page.getByRole('button', { name: 'Log in with this number' }).click();
    await page.getByText('The app has a token.').waitFor();
    await page.getByRole('button', { name: 'Send to carrier' }).click();
    await page.locator('.msisdn', { hasText: '13800138000' }).waitFor();
    await page.locator('.token-life.used').waitFor();
    await page.reload();
    await page.locator('.answer-line', { hasText: '103000' }).waitFor();
    expect(await page.locator('.from-server').count()).toBe(0);

    await page.getByRole('radio', { name: 'Verify' }).check();
    await page.getByRole('textbox', { name: 'Number that the user typed' }).fill('13800138001');
    await page.getByRole('button', { name: 'Verify this number' }).click();
    await page.getByRole('button', { name: 'Send to carrier' }).click();
    await page.locator('.badge', { hasText: '001' }).waitFor();
    const numberField = page.getByRole('textbox', { name: 'Number that the user typed' });
    await numberField.fill('');
    await page.getByText('Eleven digits that begin with 1.').waitFor();
    expect(await numberField.inputValue()).toBe('');
    await numberField.fill('13800138000');
    await page.getByRole('button', { name: 'Verify this number' }).click();
    await page.getByRole('button', { name: 'Send to carrier' }).click();
    await page.locator('.badge', { hasText: '000' }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('works below a path of a proxy', async () => {
    const { page, server, complaints } = await scene();
    const proxy = createServer((req, res) => {
      const path = (req.url ?? '').replace(/^\/team\/mock/, '');
      req.pipe(
        request(server.url + path, { method: req.method, headers: req.headers }, (received) => {
          res.writeHead(received.statusCode ?? 0, received.headers);
          received.pipe(res);
        }),
      );
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void proxy.close().closeAllConnections());
    await once(proxy, 'listening');
    await page.goto(
      `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/team/mock/#/handset`,
    );
    await page.getByRole('checkbox', { name: /I agree/ }).check();
    await page.getByRole('button', { name: 'Log in with this number' }).click();
    await page.getByRole('button', { name: 'Send to carrier' }).click();
    await page.locator('.msisdn', { hasText: '13800138000' }).waitFor();
    await page.getByRole('link', { name: /^Requests/ }).click();
    await page.getByText('103000').first().waitFor();
    expect(complaints).toEqual([]);
  });

  test('a token expires on screen by the app’s clock', async () => {
    const { page, open, server } = await scene();
    const app = await server.mock.createApp({ appId: 'shop' });
    await open('#/handset?app=shop');
    await page.getByRole('checkbox', { name: /I agree/ }).check();
    await page.getByRole('button', { name: 'Log in with this number' }).click();
    await page.locator('.countdown').waitFor();
    await app.advance('2m');
    await page.getByText('the carrier now returns 104201').waitFor();
    await page.getByRole('button', { name: 'Get a new token' }).click();
    await page.locator('.countdown').waitFor();
    await page.getByRole('button', { name: 'Send to carrier' }).click();
    await page.locator('.badge', { hasText: '103000' }).waitFor();
  });

  test('the handset follows the server that uses its token, also after a reload', async () => {
    const { page, open, server } = await scene();
    const app = await newApp(server.url, { appId: 'shop' });
    await open('#/handset?app=shop');
    await page.getByRole('checkbox', { name: /I agree/ }).check();
    await page.getByRole('button', { name: 'Log in with this number' }).click();
    const token = (await page.locator('.token').textContent()) ?? '';
    await page.reload();
    await page.locator('.countdown').waitFor();
    expect(await page.locator('.token').textContent()).toBe(token);
    await send(server.url, 'POST', LOGIN_PATH, loginRequest({ ...app, appSecret: 'wrong' }, token));
    await page.locator('.answer-line', { hasText: '103101' }).waitFor();
    await page.getByRole('button', { name: 'Send to carrier' }).waitFor();
    await send(server.url, 'POST', LOGIN_PATH, loginRequest(app, token));
    await page.locator('.from-server', { hasText: 'From your server, 127.0.0.1' }).waitFor();
    await page.locator('.answer-line', { hasText: '103000' }).waitFor();
    await page.locator('.phone-ending.done', { hasText: '138****8000' }).waitFor();
    expect(await page.locator('.step.done').count()).toBe(6);
    await page.getByRole('button', { name: 'Get a new token' }).click();
    await page.locator('.countdown').waitFor();
    expect(await page.locator('.token').textContent()).not.toBe(token);
  });

  test('a refused request is opened, read and fixed', async () => {
    const { page, open, server, complaints } = await scene();
    const app = await newApp(server.url, { appId: 'shop' });
    const { token } = await (await server.mock.app('shop')).mint();
    const wrong = loginRequest({ ...app, appSecret: app.appKey }, token);
    expect((await send(server.url, 'POST', LOGIN_PATH, wrong)).json.resultCode).toBe('103101');
    await open('#/requests');
    await page.locator('.request-list a', { hasText: '103101' }).click();
    await page.locator('.cause-card.bad', { hasText: 'Signed with the wrong secret' }).waitFor();
    await page.locator('.gates .unmet', { hasText: 'sign' }).waitFor();
    await page.locator('.next', { hasText: '103000' }).waitFor();
    const replaced = page.locator('.compared-row.replaced');
    expect(await replaced.locator('.expected code').textContent()).toBe(
      `••••••••${app.appSecret.slice(-4)}`,
    );
    await replaced.locator('.received').getByRole('button', { name: 'Show: appKey' }).click();
    expect(await replaced.locator('.received code').textContent()).toBe(app.appKey);
    await page
      .getByText('6 equal: appid, version, msgid, systemtime, strictcheck, token')
      .waitFor();
    await page.getByRole('button', { name: 'Fix and resend' }).click();
    await page.locator('.summary', { hasText: '103000' }).waitFor();
    await page.locator('.cause-card.good', { hasText: 'there is nothing to improve' }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('a request to a path that the carrier does not have is shown with the path that is meant', async () => {
    const { page, open, server, complaints } = await scene();
    await send(
      server.url,
      'POST',
      '/rs/loginTokenValidate',
      loginRequest({ appId: DEMO_APP, appKey: '', appSecret: '' }, 'x'),
    );
    await open('#/requests');
    await page.locator('.request-list a', { hasText: 'No such path (404)' }).click();
    await page
      .locator('.cause-card.bad', { hasText: `the correct path is "${LOGIN_PATH}"` })
      .waitFor();
    await page.getByText('HTTP 404').waitFor();
    expect(complaints).toEqual([]);
  });

  test('a request is resent, copied, and exported for explain', async () => {
    const { page, open, server } = await scene();
    await send(server.url, 'POST', LOGIN_PATH, '{"half":');
    await open('#/requests');
    await page.locator('.request-list a').first().click();
    await page.locator('.summary', { hasText: '103412' }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export' }).click(),
    ]);
    const saved = JSON.parse(await textOf(download));
    expect(saved).toMatchObject({
      path: LOGIN_PATH,
      request: { body: '{"half":' },
      resultCode: '103412',
    });
    const app = temporaryFile('app.json', await settingsOf(server.url, DEMO_APP));
    const explained = await runCommand([
      'explain',
      '--app',
      app,
      temporaryFile('saved.json', saved),
    ]);
    expect(explained.stdout).toContain('103412');
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toContain(
      `${server.url}${LOGIN_PATH}`,
    );
    await page.getByRole('button', { name: 'Resend', exact: true }).click();
    await expect.poll(async () => (await server.mock.requests()).length).toBe(2);
  });

  test('the next calls get the built outcomes, and the wrong step of a script is named', async () => {
    const { page, open, server } = await scene();
    await open('#/outcomes');
    const login = page.getByRole('region', { name: 'Force an outcome' });
    const step = (at: number) => login.locator('.step-row').nth(at);
    await login.getByText('1 × 103211 other error → then the real outcome').waitFor();
    await login.getByRole('button', { name: 'Add step' }).click();
    expect(await step(1).locator('option[value="103911"]').textContent()).toBe(
      '103911 token requested too often',
    );
    await step(1).getByRole('combobox', { name: 'Outcome' }).selectOption('status');
    await step(1).getByRole('spinbutton', { name: 'HTTP' }).fill('503');
    await step(1).getByRole('spinbutton', { name: 'Delay (s)' }).fill('0.01');
    await step(1).getByRole('checkbox', { name: 'always' }).check();
    await login.getByText('always after 10ms HTTP 503').waitFor();
    await login.getByRole('button', { name: 'Set script' }).click();
    await login.locator('.script-list', { hasText: 'Login: every call' }).waitFor();
    expect((await (await server.mock.app(DEMO_APP)).outcomes('loginTokenValidate')).remaining).toBe(
      '103211, delay(10ms) status(503)*',
    );
    expect((await send(server.url, 'POST', LOGIN_PATH, { appid: DEMO_APP })).json.resultCode).toBe(
      '103211',
    );
    expect((await send(server.url, 'POST', LOGIN_PATH, { appid: DEMO_APP })).status).toBe(503);

    await login.getByText('Advanced: script').click();
    const script = login.getByRole('textbox', { name: 'Script' });
    await script.fill('103211*2, explode, reset');
    await login.locator('.field .wrong', { hasText: /step 2.*"explode"/ }).waitFor();
    await script.fill('delay（10ms）104201，malformed');
    await expect.poll(() => login.locator('.step-row').count()).toBe(2);
    await script.fill('every(5) delay（10ms）104201，malformed');
    await login.getByText('one call in 5: after 10ms 104201').waitFor();
    await step(1).getByRole('button', { name: 'Remove step' }).click();
    expect(await script.inputValue()).toBe('every(5) delay(10ms) 104201');
    // The text of another operation's script would be wrong.
    await login.getByRole('radio', { name: 'Verify' }).check();
    expect(await script.inputValue()).toBe('003');
  });

  test('a result code has commands, is really caused at once, and forced for the next call', async () => {
    const { page, open, server } = await scene();
    await open('#/outcomes');
    await page.locator('.atlas-list a', { hasText: '124' }).click();
    await page.locator('.code-panel', { hasText: 'not on the whitelist' }).waitFor();
    await page.locator('.code-panel summary', { hasText: 'Request header' }).click();
    await page.locator('.code-panel pre', { hasText: 'X-Mock-Result-Code: 124' }).first().waitFor();
    await page.getByRole('button', { name: 'Get it now' }).click();
    await page.locator('.code-panel .answer-line .badge', { hasText: '124' }).waitFor();
    expect(await server.mock.requests()).toMatchObject([
      { appId: 'atlas-124', resultCode: '124', decidedBy: 'ipAllowed', forced: false },
    ]);
    const app = await server.mock.app(DEMO_APP);
    await app.script('tokenValidate', '302');
    await page.locator('.script-list', { hasText: '302' }).waitFor();
    await page.getByRole('button', { name: 'Force for the next call' }).click();
    await page.getByText('The next call of Demo gets 124 (Verify).').waitFor();
    expect((await app.outcomes('tokenValidate')).remaining).toBe('124, 302');
  });

  test('an app is created, changed, saved and removed', async () => {
    const { page, open, server, complaints } = await scene();
    await open('#/apps');
    await page.getByRole('button', { name: 'Create app' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Corner shop');
    await dialog.getByRole('textbox', { name: 'appId' }).fill('shop');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.locator('.app h2', { hasText: 'Corner shop' }).waitFor();
    await page
      .getByRole('region', { name: 'Created in the console' })
      .getByText('shop', { exact: true })
      .waitFor();
    expect(await page.locator('.secret code', { hasText: '••••' }).count()).toBeGreaterThan(2);
    await page.getByRole('button', { name: 'Show: appKey' }).click();
    const { appKey } = await settingsOf(server.url, 'shop');
    await page.getByText(appKey).waitFor();

    const whitelist = page.locator('.whitelist').first();
    await whitelist.getByRole('textbox').fill('10.0.0.0/8, 10.0.0.5');
    await whitelist.locator('.entries .wrong', { hasText: '10.0.0.0/8' }).waitFor();
    await whitelist.locator('.entries .met', { hasText: '10.0.0.5' }).waitFor();
    await page.getByRole('checkbox', { name: /SMS fallback/ }).check();
    await page.getByText('Unsaved changes: 2').waitFor();
    expect((await settingsOf(server.url, 'shop')).capabilities).not.toContain('smsFallback');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved.').waitFor();
    const saved = await settingsOf(server.url, 'shop');
    expect(saved.ipWhitelist.loginTokenValidate).toBe('10.0.0.0/8, 10.0.0.5');
    expect(saved.capabilities).toContain('smsFallback');
    expect(await page.locator('.save-bar').count()).toBe(0);

    await page.getByRole('button', { name: '+2 min' }).click();
    await page.locator('.chip', { hasText: 'Clock +2 min' }).waitFor();

    await page.getByRole('button', { name: 'Remove app' }).click();
    await page.locator('dialog .danger').click();
    await expect
      .poll(async () => (await send(server.url, 'GET', '/_mock/apps/shop')).status)
      .toBe(404);
    expect(complaints).toEqual([]);
  });

  test('language and theme default to the browser’s, and a choice is stored', async () => {
    const { page, open } = await scene({ locale: 'zh-CN' });
    await open('#/handset');
    await page.getByRole('heading', { name: '模拟手机' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await page.getByRole('combobox', { name: '语言' }).selectOption('en');
    await page.getByRole('heading', { name: 'Handset' }).waitFor();
    await page.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
    await page.reload();
    await page.getByRole('heading', { name: 'Handset' }).waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  });

  test('while the server is down, the page says so and keeps the input, and then reconnects', async () => {
    const { page, open, server } = await scene();
    await open('#/outcomes');
    await page.getByText('Advanced: script').first().click();
    const script = page.getByRole('textbox', { name: 'Script' }).first();
    await script.fill('103211*2');
    const port = Number(new URL(server.url).port);
    await server.close();
    await page.getByText('The server does not respond. Retrying').waitFor();
    await page.getByRole('button', { name: 'Set script' }).first().click();
    await page.getByText('Check that it is running').waitFor();
    const { createMockServer } = await import('../../../mock-server/server.js');
    await using again = await createMockServer({ port });
    await page.getByText('The server does not respond. Retrying').waitFor({ state: 'detached' });
    expect(await script.inputValue()).toBe('103211*2');
    await page.getByRole('button', { name: 'Set script' }).first().click();
    await page.locator('.script-list', { hasText: '103211*2' }).waitFor();
    await send(again.url, 'GET', VERIFY_PATH);
    await page.getByRole('link', { name: 'Requests' }).click();
    await page.locator('.request-list a', { hasText: '303' }).waitFor();
  });

  test('the page requests the control token, and keeps it in memory only', async () => {
    const { page, context, open } = await scene({}, { controlToken: 'open-sesame' });
    await page.goto('about:blank');
    await open('#/apps').catch(() => undefined);
    const dialog = page.getByRole('dialog');
    await page.keyboard.press('Escape');
    await dialog.getByLabel(/Control token/).fill('guessed');
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await dialog.getByText('This is not the control token.').waitFor();
    await dialog.getByLabel(/Control token/).fill('open-sesame');
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await page.locator('.app-id', { hasText: DEMO_APP }).waitFor();
    await expect.poll(() => dialog.count()).toBe(0);
    const stored = await page.evaluate<string>(
      'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])',
    );
    expect(stored).not.toContain('sesame');
    expect(await context.cookies()).toEqual([]);
    await page.reload();
    await dialog.waitFor();
  });

  test('the page shows an app that a test creates while the page is open', async () => {
    const { page, open, server } = await scene();
    await open('#/requests');
    const app = await newApp(server.url, { appId: 'late' });
    const { token } = await (await server.mock.app('late')).mint();
    await send(
      server.url,
      'POST',
      LOGIN_PATH,
      loginRequest({ ...app, appSecret: app.appKey }, token),
    );
    await page.locator('.request-list a', { hasText: 'late' }).click();
    await page.getByRole('button', { name: 'Fix and resend' }).click();
    await page.locator('.summary', { hasText: '103000' }).waitFor();
  });

  test('a reset restores the fields', async () => {
    const { page, open } = await scene();
    await open(`#/apps/${DEMO_APP}`);
    await page.getByRole('textbox', { name: 'Calls per day' }).fill('5');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('5 of 5 left').waitFor();
    await page.getByRole('button', { name: 'Reset app' }).click();
    await page.locator('dialog .danger').click();
    await page.getByText('1000 of 1000 left').waitFor();
    expect(await page.getByRole('textbox', { name: 'Calls per day' }).inputValue()).toBe('1000');
  });

  test('with a control port, the page works on that port only', async () => {
    const { page, open, server } = await scene({}, { controlPort: 0 });
    await open('#/handset');
    await page.getByRole('checkbox', { name: /I agree/ }).check();
    await page.getByRole('button', { name: 'Log in with this number' }).click();
    await page.getByRole('button', { name: 'Send to carrier' }).click();
    await page.locator('.msisdn', { hasText: '13800138000' }).waitFor();
    await page.getByRole('link', { name: 'Show how it was decided' }).click();
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    const command = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(command).toContain(server.url);
    expect((await fetch(server.url)).status).toBe(404);
  });

  test('HTML in a request is shown as text', async () => {
    const { page, open, server, complaints } = await scene();
    const hostile = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    await send(server.url, 'POST', LOGIN_PATH, {
      appid: hostile,
      token: hostile,
      [hostile]: hostile,
    });
    page.on('dialog', () => complaints.push('a script of the request ran'));
    await open('#/requests');
    await page.locator('.request-list a').first().click();
    await page.locator('.request-detail', { hasText: '<img src=x' }).waitFor();
    expect(await page.locator('.request-detail img, .request-detail script').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});

async function settingsOf(url: string, appId: string) {
  return (await send(url, 'GET', `/_mock/apps/${appId}`)).json;
}

async function textOf(download: Download): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
