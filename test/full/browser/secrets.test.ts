/** No page of a request shows a secret of an app, whatever the client did wrong. */
import { expect, test } from 'vitest';
import { MISTAKES } from '../../support/mistakes.js';
import { send } from '../../support/mock.js';
import { sendRow } from '../../support/sent-mistakes.js';
import { describeInBrowser, scene } from './scene.js';

const ROWS = MISTAKES.flatMap(({ rows }) => rows);

/** Opens each request, and returns the ids of those whose text, also the folded one, has a secret. */
const SHOWING = `async ({ ids, secrets }) => {
  const frame = () => new Promise(requestAnimationFrame);
  const showing = [];
  for (const id of ids) {
    location.hash = '#/requests/' + id;
    do await frame();
    while (document.querySelector('.request-detail .request-facts') === null || document.querySelector('.request-detail').dataset.id !== id);
    const text = document.body.textContent;
    if (secrets.some((secret) => text.includes(secret))) showing.push(id);
  }
  return showing;
}`;

describeInBrowser('the secrets', () => {
  test(`of apps are in no page of the ${ROWS.length} mistakes, unless the user shows them`, async () => {
    const { page, open, server } = await scene();
    const sent = new Map<string, string>();
    for (const row of ROWS) sent.set(await sendRow(server.url, row), row.description);
    const { json } = await send(server.url, 'GET', '/_mock/apps');
    const secrets = json.apps
      .flatMap(({ appKey, appSecret }: Record<string, string>) => [appKey, appSecret])
      // Shorter ones occur in other texts.
      .filter((secret: string) => secret.length >= 8);
    await open('#/requests');
    const showing = await page.evaluate<string[]>(
      `(${SHOWING})(${JSON.stringify({ ids: [...sent.keys()], secrets })})`,
    );
    expect(showing.map((id) => sent.get(id))).toEqual([]);
    // The pages had the secrets to show.
    const swapped = [...sent].find(([, description]) => description.includes('with the appKey'));
    await page.goto(`${server.url}/#/requests/${swapped?.[0]}`);
    await page.getByRole('button', { name: 'Show: appKey' }).first().click();
    const text = await page.locator('body').textContent();
    expect(secrets.some((secret: string) => text?.includes(secret))).toBe(true);
  }, 600_000);
});
