/** Apps, forced outcomes and the handset in a real browser. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { LOGIN_PATH, mintToken, newApp, send } from '../../support/mock.js';
import { isInstalled } from '../../support/programs.js';
import { loginRequest } from '../../support/requests.js';
import { DEMO_APP, describeInBrowser, scene } from './scene.js';

const HAS_SHELL = isInstalled('bash') && isInstalled('curl');
const NUMBER = '13911112222';

describeInBrowser('apps', () => {
  test('apps of tests are in a separate list, and removed together', async () => {
    const { page, open, server } = await scene();
    for (const id of [1, 2])
      await newApp(server.url, { appId: `test-${id}`, name: `logs in, ${id}` });
    await open('#/apps');
    const tests = page.getByRole('region', { name: 'Created by tests' });
    await expect.poll(() => tests.getByRole('link').count()).toBe(2);
    await page.getByRole('searchbox', { name: 'Search apps' }).fill('in, 2');
    await expect
      .poll(() => page.locator('.apps-nav a').allInnerTexts())
      .toEqual(['logs in, 2\ntest-2']);
    await page.getByRole('searchbox', { name: 'Search apps' }).fill('');
    await tests.getByRole('button', { name: 'Remove all' }).click();
    await page.locator('dialog .danger').click();
    await page.getByText('Removed 2 apps.').waitFor();
    expect((await server.mock.apps()).map(({ appId }) => appId)).toEqual([DEMO_APP]);
  });

  test('an unknown app is created with the credentials of the client, which can be changed later', async () => {
    const { page, open, server } = await scene();
    const own = { appId: '300012345678', appKey: 'MY_KEY', appSecret: 'MY_SECRET' };
    const login = async (app: typeof own) => {
      const minted = await send(server.url, 'POST', `/_mock/apps/${own.appId}/tokens`, {});
      const { json, headers } = await send(
        server.url,
        'POST',
        LOGIN_PATH,
        loginRequest(app, minted.json.token ?? 'x'),
      );
      return { code: json.resultCode, id: headers.get('x-mock-request-id') };
    };
    await open(`#/requests/${(await login(own)).id}`);
    await page.getByRole('link', { name: 'Create this app' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('textbox', { name: 'appId' }).inputValue()).toBe(own.appId);
    await dialog.getByRole('textbox', { name: 'appKey' }).fill(own.appKey);
    await dialog.getByRole('textbox', { name: 'appSecret' }).fill(own.appSecret);
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.locator('.app h2', { hasText: own.appId }).waitFor();
    expect((await login(own)).code).toBe('103000');
    await page.locator('#section-credentials').getByText('Use your own').click();
    await page.getByRole('textbox', { name: 'APPSecret' }).fill('CHANGED');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved.').waitFor();
    expect((await login({ ...own, appSecret: 'CHANGED' })).code).toBe('103000');
  });

  test('settings are saved or discarded together, and the section links stay visible', async () => {
    const { page, open, server } = await scene();
    await open(`#/apps/${DEMO_APP}?section=readings`);
    await page.locator('#section-readings').waitFor();
    await expect
      .poll(() => page.locator('.section-nav a[aria-current]').textContent())
      .toBe('Interpretations');
    expect(
      await page.locator('.section-nav').evaluate((nav) => nav.getBoundingClientRect().top),
    ).toBeGreaterThan(0);
    await page.getByText(/All others: \d+/).click();
    await page.locator('input[name="login-md5-case"]').nth(1).check();
    const lifetime = page.getByRole('textbox', { name: 'Token lifetime' });
    expect(await lifetime.inputValue()).toBe('2m');
    await page.getByRole('textbox', { name: 'Calls per day' }).fill('many');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.locator('.field .wrong', { hasText: 'found "many"' }).waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await expect.poll(() => page.locator('.save-bar').count()).toBe(0);
    expect(await page.getByRole('textbox', { name: 'Calls per day' }).inputValue()).toBe('1000');
    await lifetime.fill('90s');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Checkout');
    await page.keyboard.press('Enter');
    await page.locator('.app h2', { hasText: 'Checkout' }).waitFor();
    expect(await (await server.mock.app(DEMO_APP)).read()).toMatchObject({
      name: 'Checkout',
      tokenTtlMs: 90_000,
    });
  });

  test('calibrated readings are marked, and a chip restores them', async () => {
    const reading = { option: 'upper', observedOn: '2026-11-27' } as const;
    const calibration = {
      format: 2,
      target: 'staging',
      calibratedAt: '2026-11-27',
      readings: { 'login-md5-case': reading },
    };
    const { page, open, server } = await scene({}, { configuration: { calibration } });
    await open(`#/apps/${DEMO_APP}?section=readings`);
    const mark = page.getByText('observed by you on 2026-11-27');
    await mark.waitFor();
    expect(await page.locator('.reading .badge.fair').count()).toBe(0);
    await page.locator('input[name="login-md5-case"]').first().check();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.locator('.chip', { hasText: 'Interpretations changed: 1' }).waitFor();
    const app = await server.mock.app(DEMO_APP);
    expect((await app.read()).readings['login-md5-case']).toBe('any');
    await page.getByRole('button', { name: 'Restore defaults' }).click();
    await expect.poll(() => page.locator('.chip').count()).toBe(0);
    expect((await app.read()).readings['login-md5-case']).toBe('upper');
    expect(await mark.count()).toBe(1);
  });

  test('scripts of a number are set, listed and removed', async () => {
    const { page, open, server } = await scene();
    const app = await newApp(server.url, { appId: 'shop' });
    const call = async () => {
      const token = await mintToken(server.url, 'shop', { phoneNumber: NUMBER });
      return (await send(server.url, 'POST', LOGIN_PATH, loginRequest(app, token))).json.resultCode;
    };
    await open('#/outcomes?app=shop');
    const form = page.getByRole('region', { name: 'Force an outcome' });
    const number = form.getByRole('textbox', { name: 'Only for a phone number' });
    await number.fill('139');
    await form.getByText('Eleven digits that begin with 1.').waitFor();
    await number.fill(NUMBER);
    await form.getByText('Advanced: script').click();
    await form.getByRole('textbox', { name: 'Script' }).fill('103211*2');
    await form.getByRole('button', { name: 'Set script' }).click();
    await form.locator('.script-list', { hasText: NUMBER }).waitFor();
    expect(await call()).toBe('103211');
    await form.locator('.script-list code', { hasText: /^103211$/ }).waitFor();
    await form.getByRole('button', { name: `Remove: Login: ${NUMBER}` }).click();
    await expect.poll(() => form.locator('.script-list li').count()).toBe(0);
    expect(await call()).toBe('103000');
  });

  test('the handset requires the agreement once', async () => {
    const { page, open, server } = await scene();
    await open('#/handset');
    await page.getByRole('button', { name: 'Log in with this number' }).click();
    await page.getByText('Agree to the terms first.').waitFor();
    expect(await page.locator('.token-life').count()).toBe(0);
    await page.getByRole('checkbox', { name: /I agree/ }).check();
    await page.reload();
    await page.getByRole('button', { name: 'Log in with this number' }).click();
    await page.getByRole('button', { name: 'Send to carrier' }).click();
    await page.locator('.phone-ending.done', { hasText: '138****8000' }).waitFor();
    await expect.poll(() => page.locator('.step.done').count()).toBe(6);
    expect(await server.mock.requests()).toHaveLength(1);
  });

  test('the handset signs with the key that the page generated', async () => {
    const { page, open } = await scene();
    await open('#/apps');
    await page.getByRole('button', { name: 'Create app' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await page.locator('.app-header').getByRole('link', { name: 'Handset' }).click();
    await page.getByRole('radio', { name: 'H5 login' }).check();
    await page.getByRole('checkbox', { name: /I agree/ }).check();
    await page.getByRole('button', { name: 'Log in with this number' }).click();
    await page.getByRole('button', { name: 'Send to carrier' }).click();
    await page.locator('.answer-line .badge.good').waitFor();
    // The page drops the key.
    await page.reload();
    await page.getByRole('button', { name: 'Get a new token' }).click();
    await page.getByRole('button', { name: 'Send to carrier' }).click();
    await page.getByText('private key of 应用公钥1, which this page does not have').waitFor();
  });

  test.skipIf(!HAS_SHELL)(
    'the first page has the address and the version, and its command logs in with the shown app',
    async () => {
      const { page, open, server } = await scene();
      await open('');
      await page.locator('.first-use .facts', { hasText: server.url }).waitFor();
      await page.locator('.first-use footer', { hasText: /^cmpassport-mock \d/ }).waitFor();
      await page.getByRole('radio', { name: 'Proxy' }).check();
      await page.getByText(/^npx --no -- cmpassport-mock --proxy-port \d+\nHTTPS_PROXY=/).waitFor();
      await page.getByRole('radio', { name: 'PowerShell' }).check();
      await page.getByText("Invoke-RestMethod -Method Post -Uri 'http://").waitFor();
      await page.getByRole('radio', { name: 'curl' }).check();
      await page.getByText('loginTokenValidate').waitFor();
      const command = (await page.locator('.first-use pre').textContent()) ?? '';
      // Asynchronous, because the server is in this process.
      const { stdout } = await promisify(execFile)('bash', ['-c', command]);
      expect(JSON.parse(stdout)).toMatchObject({ resultCode: '103000', msisdn: '13800138000' });
      expect(await server.mock.requests()).toMatchObject([
        { appId: DEMO_APP, resultCode: '103000' },
      ]);
      await page.locator('.list-rows a', { hasText: '103000' }).waitFor();
    },
  );
});
