/** axe-core finds nothing serious in any view, in both languages and themes, at desktop and phone size. Lines have a readable length, the Tab key follows what is seen, and forced colours show what is chosen. */
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { LOGIN_PATH, newApp, send } from '../../support/mock.js';
import { loginRequest } from '../../support/requests.js';
import { describeInBrowser, type Scene, scene } from './scene.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

interface ViewRow {
  readonly view: string;
  readonly hash: string;
  /** The selector of an element that exists when the view is complete. */
  readonly complete: string;
  /** Runs before the check. */
  readonly act?: (scene: Scene) => Promise<void>;
}

const VIEWS: readonly ViewRow[] = [
  {
    view: 'the handset with a token',
    hash: '#/handset?app=shop',
    complete: '.countdown',
    act: async ({ page }) => {
      await page.locator('.agree input').check();
      await page.locator('.tap').click();
    },
  },
  {
    view: 'the verifying handset',
    hash: '#/handset?app=shop&operation=tokenValidate',
    complete: '.asked',
  },
  { view: 'the list of requests', hash: '#/requests', complete: '.request-list li' },
  {
    view: 'a refused request',
    hash: '#/requests',
    complete: '.compared-row.replaced',
    act: ({ page }) => page.locator('.list-rows a').first().click(),
  },
  {
    view: 'a success with remarks',
    hash: '#/requests',
    complete: '.cause-card.fair',
    act: openAmber,
  },
  { view: 'an app', hash: '#/apps/shop', complete: '.readings summary' },
  {
    view: 'the scripts and hidden states',
    hash: '#/outcomes?app=shop',
    complete: '.chip',
    act: hideState,
  },
  { view: 'a code', hash: '#/outcomes/tokenValidate%20124', complete: '.code-panel summary' },
  // Last, because a dialog stays open.
  {
    view: 'the form of a new app',
    hash: '#/apps',
    complete: 'dialog form',
    act: ({ page }) => page.locator('.apps-nav .primary').click(),
  },
];

async function openAmber({ server, page }: Scene): Promise<void> {
  const app = await server.mock.app('shop');
  const { path, body } = await app.signedRequest({
    operation: 'loginTokenValidate',
    token: (await app.mint()).token,
  });
  await fetch(server.url + path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/plain' },
  });
  await page.locator('.list-rows .badge.fair').first().click();
}

async function hideState({ server, page }: Scene): Promise<void> {
  const app = await server.mock.app('shop');
  await app.script('loginTokenValidate', '103211*2');
  await app.scriptNumber('13800138000', { tokenValidate: '999' });
  await app.freeze();
  await app.update({ readings: { 'login-md5-case': 'upper' } });
  await page.locator('.script-list li').first().waitFor();
}

/** Contrast depends on the theme, overflow on width and language. These two visits cover each value once. */
const VISITS = [
  { locale: 'en-US', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { locale: 'zh-CN', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const;

describeInBrowser('accessible', () => {
  test.each(VISITS)(
    'each view in $locale, $colorScheme, $viewport.width pixels wide',
    async (visit) => {
      const visitor = await scene(visit);
      await visitor.context.addInitScript({ path: AXE });
      await refuseOne(visitor);
      for (const { view, hash, complete, act } of VIEWS) {
        await visitor.open(hash);
        await act?.(visitor);
        await visitor.page.locator(complete).first().waitFor();
        expect({ view, violations: await seriousViolations(visitor) }).toEqual({
          view,
          violations: [],
        });
        expect(await overflow(visitor), view).toBeLessThanOrEqual(0);
        expect({ view, jumps: await jumps(visitor) }).toEqual({ view, jumps: [] });
        for (const width of [1280, 1920]) {
          await visitor.page.setViewportSize({ ...visit.viewport, width });
          expect({ view, width, blocks: await unreadableBlocks(visitor) }).toEqual({
            view,
            width,
            blocks: [],
          });
        }
        await visitor.page.setViewportSize(visit.viewport);
      }
    },
  );

  test('forced colours show what is chosen, and where the focus is', async () => {
    const { page, open, server } = await scene();
    await send(server.url, 'GET', LOGIN_PATH);
    await page.emulateMedia({ forcedColors: 'active' });
    const look = (selector: string) =>
      page.evaluate<string>(`(() => {
        const style = getComputedStyle(document.querySelector(${JSON.stringify(selector)}));
        return style.outline + style.borderColor;
      })()`);
    await open('#/handset');
    expect(await look('.tabs input:checked + span')).not.toBe(
      await look('.tabs input:not(:checked) + span'),
    );
    await open('#/apps');
    await page.locator('.section-nav a').first().click();
    await page.locator('.section-nav [aria-current]').waitFor();
    expect(await look('.section-nav [aria-current]')).not.toBe(
      await look('.section-nav a:not([aria-current])'),
    );
    await open('#/requests');
    await page.locator('.list-rows a').first().waitFor();
    await page.keyboard.press('j');
    await page.locator('.list-rows [aria-current]:focus').waitFor();
    const focused = await look('.list-rows [aria-current]');
    await page.locator('.search').focus();
    expect(await look('.list-rows [aria-current]')).not.toBe(focused);
  });

  test('the page before the first request', async () => {
    const visitor = await scene();
    await visitor.context.addInitScript({ path: AXE });
    await visitor.open('');
    await visitor.page.getByRole('radio', { name: 'curl' }).check();
    await visitor.page.locator('.first-use pre').waitFor();
    expect(await seriousViolations(visitor)).toEqual([]);
    expect(await unreadableBlocks(visitor)).toEqual([]);
  });

  test('the dialog for the control token', async () => {
    const visitor = await scene({}, { controlToken: 'open-sesame' });
    await visitor.context.addInitScript({ path: AXE });
    await visitor.page.goto(visitor.server.url);
    await visitor.page.getByRole('dialog').waitFor();
    expect(await seriousViolations(visitor)).toEqual([]);
  });
});

/** One login signed with the other secret. */
async function refuseOne({ server }: Scene): Promise<void> {
  const app = await newApp(server.url, { appId: 'shop' });
  const { token } = await (await server.mock.app('shop')).mint();
  await send(
    server.url,
    'POST',
    LOGIN_PATH,
    loginRequest({ ...app, appSecret: app.appKey }, token),
  );
}

async function seriousViolations({ page }: Scene): Promise<readonly string[]> {
  const violations = await page.evaluate<readonly Violation[]>(
    'axe.run().then(({ violations }) => violations)',
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
}

/** Pairs of neighbours in the order of the Tab key, the second of which is seen before the first: above it, and not in a column to its right. */
function jumps({ page }: Scene): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`(() => {
    const LISTS = '.atlas-list, .list-rows, .apps-groups, .page-header nav';
    const stops = [...(document.querySelector('dialog') ?? document).querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
      .filter((stop) => stop.checkVisibility() && stop.tabIndex >= 0 && !stop.matches('.skip'));
    const name = (stop) => (stop.getAttribute('aria-label') ?? stop.textContent ?? '').slice(0, 30) || stop.className;
    return stops.slice(1).flatMap((stop, at) => {
      // What is scrolled away in a list of its own counts as the list.
      const [before, own] = [stops[at], stop].map((each) => (each.closest(LISTS) ?? each).getBoundingClientRect());
      return own.bottom <= before.top + 1 && own.left < before.right - 1 ? [name(stops[at]) + ' > ' + name(stop)] : [];
    });
  })()`);
}

/** The width by which the page exceeds the window, in pixels. */
function overflow({ page }: Scene): Promise<number> {
  return page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
}

/**
 * Blocks of text whose style allows long lines or a last line of one character: wider than 70 characters of their own font,
 * or not wrapped prettily. Where a line breaks depends on the fonts of the machine.
 */
const UNREADABLE_BLOCKS = `(() => {
  for (const details of document.querySelectorAll('main details')) details.open = true;
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const texts = new Map();
  while (walker.nextNode()) {
    let block = walker.currentNode.parentElement;
    if (block.closest('pre, code, option, .off-screen') !== null) continue;
    while (getComputedStyle(block).display === 'inline') block = block.parentElement;
    texts.set(block, (texts.get(block) ?? '') + walker.currentNode.data);
  }
  const ruler = document.createElement('span');
  ruler.style = 'position: absolute; width: 70ch';
  return [...texts].filter(([block, text]) => text.trim().length > 90 && block.clientWidth > 0).map(([block, text]) => {
    block.append(ruler);
    const { paddingLeft, paddingRight, textWrapStyle: wrap } = getComputedStyle(block);
    const width = block.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    const ch = Math.floor(70 * width / ruler.getBoundingClientRect().width);
    ruler.remove();
    return { text: text.trim(), ch, wrap };
  }).filter(({ ch, wrap }) => ch > 70 || wrap !== 'pretty');
})()`;

interface UnreadableBlock {
  readonly text: string;
  readonly ch: number;
  readonly wrap: string;
}

function unreadableBlocks({ page }: Scene): Promise<readonly UnreadableBlock[]> {
  return page.evaluate<readonly UnreadableBlock[]>(UNREADABLE_BLOCKS);
}
