/** No page of a request shows a secret of an app, whatever the client did wrong. */
import { expect, test } from 'vitest';
import { MISTAKES, type MistakeRow } from '../../support/mistakes.js';
import { send } from '../../support/mock.js';
import { sendRow } from '../../support/sent-mistakes.js';
import { describeInBrowser, scene } from './scene.js';

const ALL = MISTAKES.flatMap(({ rows }) => rows);
const KINDS = ALL.map(kindOf);
const ROWS = ALL.filter((_, at) => KINDS.indexOf(KINDS[at] ?? '') === at);

/**
 * The parts of a page follow from the first finding, and from whether the string to sign or the request has a secret. If the
 * request has none, one finding of each group suffices: `mistakes.test.ts` of the tier `unit` reads the texts of all of them.
 */
function kindOf({ expected, description: _, ...request }: MistakeRow): string {
  const [finding = ''] = [...(expected.causes ?? []), ...(expected.remarks ?? []), expected.code];
  const isWritten = /\{app(?:Key|Secret)/.test(JSON.stringify(request));
  const [group] = finding.split('.');
  return `${isWritten ? finding : group} ${request.mode === 'login MD5'} ${isWritten}`;
}

/** Opens each request, and returns the ids of those whose text, also the folded one, has a secret. The layout does not matter. */
const SHOWING = `async ({ ids, secrets }) => {
  const frame = () => new Promise(requestAnimationFrame);
  const showing = [];
  document.body.hidden = true;
  for (const id of ids) {
    location.hash = '#/requests/' + id;
    do await frame();
    while (document.querySelector('.request-detail .request-facts') === null || document.querySelector('.request-detail').dataset.id !== id);
    const text = document.body.textContent;
    if (secrets.some((secret) => text.includes(secret))) showing.push(id);
  }
  document.body.hidden = false;
  return showing;
}`;

describeInBrowser('the secrets', () => {
  test(`of apps are in no page of ${ROWS.length} kinds of mistakes, unless the user shows them`, async () => {
    const { page, open, server } = await scene();
    const sent = new Map<string, MistakeRow>();
    for (const row of ROWS) sent.set(await sendRow(server.url, row), row);
    const { json } = await send(server.url, 'GET', '/_mock/apps');
    const secrets = json.apps
      .flatMap(({ appKey, appSecret }: Record<string, string>) => [appKey, appSecret])
      // Shorter ones occur in other texts.
      .filter((secret: string) => secret.length >= 8);
    await open('#/requests');
    const showing = await page.evaluate<string[]>(
      `(${SHOWING})(${JSON.stringify({ ids: [...sent.keys()], secrets })})`,
    );
    expect(showing.map((id) => sent.get(id)?.description)).toEqual([]);
    // The pages had the secrets to show.
    const [swapped] =
      [...sent].find(([, { mode, expected }]) => {
        return mode === 'login MD5' && expected.causes?.[0] === 'sign.secret-swapped';
      }) ?? [];
    await page.goto(`${server.url}/#/requests/${swapped}`);
    await page
      .getByRole('button', { name: /^Show: app/ })
      .first()
      .click();
    const text = await page.locator('body').textContent();
    expect(secrets.some((secret: string) => text?.includes(secret))).toBe(true);
  }, 600_000);
});
