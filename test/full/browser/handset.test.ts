/** The handset in a real browser, as a tester uses it: without a script, and with what can go wrong on the way. */

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createMockServer } from '../../../mock-server/server.js';
import { LOGIN_PATH, newApp, send } from '../../support/mock.js';
import { loginRequest } from '../../support/requests.js';
import { DEMO_APP, describeInBrowser, type Scene, scene } from './scene.js';

const NUMBER = '13800138000';

const sendButton = (page: Page) => page.getByRole('button', { name: 'Send to carrier' });
const answers = (page: Page) => page.getByRole('combobox', { name: 'What the carrier answers' });
const answerLine = (page: Page) => page.locator('.sequence [role="status"]').last();

/** With a token. */
async function openWithToken({ page, open }: Scene, parameters = ''): Promise<void> {
  await page.addInitScript("localStorage.setItem('cmpassport-mock.agreement', 'yes')");
  await open(`#/handset${parameters}`);
  await page.getByRole('button', { name: /Log in with this number|Verify this number/ }).click();
  await sendButton(page).waitFor();
}

describeInBrowser('the handset', () => {
  test('a call that is stuck shows its time, can be cancelled, ends at the client’s timeout, and blocks no further one', async () => {
    const visitor = await scene();
    const { page, server } = visitor;
    await openWithToken(visitor);
    await answers(page).selectOption({ label: 'nothing: the call is stuck' });
    await page.locator('.chip', { hasText: `Login: ${NUMBER}: hang*` }).waitFor();
    await sendButton(page).click();
    await page
      .locator('.phone-ending', { hasText: /Waiting for the response … [1-9]\.\d s/ })
      .waitFor();
    expect(await page.locator('.step.failed').count()).toBe(0);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.locator('.notice', { hasText: 'Cancelled before a response came.' }).waitFor();
    await answerLine(page).getByText('The client closed the connection').waitFor();
    await page.getByRole('combobox', { name: 'Client timeout' }).selectOption('1');
    await sendButton(page).click();
    await page.locator('.notice', { hasText: "The client's timeout passed" }).waitFor();
    await answers(page).selectOption({ label: 'the real answer' });
    await expect.poll(() => page.locator('.chip').count()).toBe(0);
    await sendButton(page).click();
    await page.locator('.phone-ending.done', { hasText: '138****8000' }).waitFor();
    expect(await (await server.mock.app(DEMO_APP)).scriptedNumbers()).toEqual([]);
  });

  test('a view that is left before it completes its address stays left', async () => {
    const { page, open } = await scene();
    await open('#/handset?operation=tokenValidate');
    await page.locator('.asked input').waitFor();
    await page.evaluate(`(() => {
      location.hash = '#/apps';
      const input = document.querySelector('.asked input');
      input.value = '13900139000';
      input.dispatchEvent(new Event('input', { bubbles: true }));
    })()`);
    await page.locator('.apps').waitFor();
    expect(new URL(page.url()).hash).toBe('#/apps');
  });

  test('each answer of the carrier is a choice, which the server keeps for this number and operation', async () => {
    const visitor = await scene();
    const { page, server } = visitor;
    const app = await server.mock.app(DEMO_APP);
    await app.scriptNumber(NUMBER, { tokenValidate: '001' });
    await openWithToken(visitor);
    await answers(page)
      .locator('option', { hasText: '103211 other error' })
      .waitFor({ state: 'attached' });
    await answers(page).selectOption({ label: 'nothing: the connection breaks' });
    await sendButton(page).click();
    await answerLine(page).getByText('The connection broke before a response came.').waitFor();
    // The browser does not send it again.
    expect(await server.mock.requests()).toHaveLength(1);
    await answers(page).selectOption('103211*');
    await sendButton(page).click();
    await page.locator('.answer-line .badge', { hasText: '103211' }).waitFor();
    await page.reload();
    await expect.poll(() => answers(page).inputValue()).toBe('103211*');
    expect((await app.numberOutcomes(NUMBER)).outcomes).toMatchObject({
      loginTokenValidate: { remaining: '103211*' },
      tokenValidate: { remaining: '001' },
    });
    await answers(page).selectOption({ label: 'half of the real answer' });
    await sendButton(page).click();
    await answerLine(page).getByText('before the response was complete').waitFor();
  });

  test('a script of the configuration file is the answer until another one is chosen', async () => {
    const configured = { phoneNumber: NUMBER, operator: 'mobile' } as const;
    const configuration = {
      subscribers: [{ ...configured, outcomes: { loginTokenValidate: '103211*' } }],
    };
    const visitor = await scene({}, { configuration });
    const { page } = visitor;
    await openWithToken(visitor);
    await answers(page)
      .locator('option:checked', { hasText: 'as the configuration says: 103211*' })
      .waitFor({ state: 'attached' });
    await sendButton(page).click();
    await page.locator('.answer-line .badge', { hasText: '103211' }).waitFor();
    await answers(page).selectOption({ label: 'the real answer' });
    await page.locator('.chip', { hasText: 'pass*' }).waitFor();
    await sendButton(page).click();
    await page.locator('.phone-ending.done', { hasText: '138****8000' }).waitFor();
  });

  test('a login succeeds only when its response is delivered, also for your server', async () => {
    const visitor = await scene();
    const { page, server } = visitor;
    const app = await newApp(server.url, { appId: 'shop' });
    const shop = await server.mock.app('shop');
    await shop.script('loginTokenValidate', 'delay(3s) pass, lose');
    await openWithToken(visitor, '?app=shop');
    const token = (await page.locator('.token').textContent()) ?? '';
    const answered = send(server.url, 'POST', LOGIN_PATH, loginRequest(app, token));
    await page.locator('.phone-ending', { hasText: /response … [1-3]\.\d s/ }).waitFor();
    expect(await page.locator('.phone-ending.done, .answer-line').count()).toBe(0);
    await answered;
    await page.locator('.phone-ending.done', { hasText: '138****8000' }).waitFor();
    await page.getByRole('button', { name: 'Get a new token' }).click();
    await sendButton(page).click();
    await answerLine(page).getByText('The connection broke').waitFor();
    await page.reload();
    await answerLine(page).getByText('The connection broke').waitFor();
  });

  test('everything shown belongs to the address', async () => {
    const visitor = await scene();
    const { page, open, server } = visitor;
    await server.mock.createApp({ appId: 'shop' });
    await openWithToken(
      visitor,
      `?app=shop&operation=tokenValidate&number=${NUMBER}&asked=13800138001`,
    );
    await sendButton(page).click();
    await page.locator('.answer-line .badge', { hasText: '001' }).waitFor();
    const link = new URL(page.url()).hash;

    await page.getByRole('radio', { name: 'Login', exact: true }).check();
    expect(await page.locator('.token, .answer-line, .phone-ending').count()).toBe(0);

    await open(link);
    await page.locator('.answer-line .badge', { hasText: '001' }).waitFor();
    await page
      .getByRole('navigation', { name: 'Pages' })
      .getByRole('link', { name: 'Handset' })
      .click();
    await page.getByText('Tap the button on the phone.').waitFor();
    expect(await page.locator('.token, .answer-line, .phone-ending').count()).toBe(0);
    await expect
      .poll(() => new URL(page.url()).hash)
      .toBe(`#/handset?app=shop&operation=loginTokenValidate&number=${NUMBER}`);

    // The same token, but another phone.
    await open(link.replace(NUMBER, '13800138001'));
    await page.getByText('The server has no such token').waitFor();
  });

  test('after a restart of the server, the handset offers a new token instead of the dead one', async () => {
    const visitor = await scene();
    const { page, server } = visitor;
    await openWithToken(visitor);
    const port = Number(new URL(server.url).port);
    await server.close();
    await page.getByText('The server does not respond. Retrying').waitFor();
    await using _again = await createMockServer({ port });
    await page.getByText('The server has no such token').waitFor();
    await page.getByRole('button', { name: 'Get a new token' }).click();
    await sendButton(page).click();
    await page.locator('.phone-ending.done', { hasText: '138****8000' }).waitFor();
  });

  test('the demo app logs in by H5 without a step, on a page in a browser', async () => {
    const visitor = await scene();
    const { page } = visitor;
    await openWithToken(visitor, '?operation=h5TokenValidate');
    await page.locator('.address-bar').waitFor();
    await sendButton(page).click();
    await page.locator('.phone-ending.done', { hasText: 'Logged in' }).waitFor();
  });

  test('a resent request can be cancelled too, and a missing response has the words of the choice', async () => {
    const { page, open, server } = await scene();
    const app = await server.mock.app(DEMO_APP);
    await app.script('loginTokenValidate', 'reset, hang');
    await send(server.url, 'POST', LOGIN_PATH, { appid: DEMO_APP }).catch(() => undefined);
    await open('#/requests');
    await page.locator('.list-rows a', { hasText: 'No response: connection reset' }).click();
    await page.getByRole('button', { name: 'Resend' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.locator('.notice', { hasText: 'Cancelled before a response came.' }).waitFor();
    await page.getByRole('button', { name: 'Resend' }).waitFor();
  });
});
