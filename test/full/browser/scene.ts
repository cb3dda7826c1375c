/**
 * A mock for each test, and a page for its console in Debian's Chromium. The tests of a file share the page, because a new one
 * takes as long as a test. Each mock has its own port, so the page stores nothing of the test before. Without the browser, the
 * tests are skipped.
 */
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import type { MockServer, MockServerOptions } from '../../../mock-server/server.js';
import { findChromium } from '../../support/chromium.js';
import { send, startMock, VERIFY_PATH } from '../../support/mock.js';

/** Chromium has no sandbox as root. The other flags prevent requests of the browser itself. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const ACTION_TIMEOUT_MS = 60_000;

interface Visit {
  /** A page that no other test uses, for a test that changes what cannot be reset. */
  readonly fresh?: true;
  readonly locale?: 'en-US' | 'zh-CN';
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
}

interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the page, and requests that its Content Security Policy blocked. */
  readonly complaints: string[];
}

type Tab = Pick<Visitor, 'page' | 'context'>;

const VIEWPORT = { width: 1280, height: 900 };

/** Opens a page in a new browser context. */
async function newTab(browser: Browser, visit: Visit): Promise<Tab> {
  const { locale = 'en-US', colorScheme = 'light', viewport = VIEWPORT } = visit;
  const context = await browser.newContext({
    locale,
    colorScheme,
    viewport,
    acceptDownloads: true,
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  // Shorter than the test's timeout, so that the error names the expected element.
  context.setDefaultTimeout(ACTION_TIMEOUT_MS);
  return { page: await context.newPage(), context };
}

let shared: Promise<Tab> | undefined;

/** The page of the file, or for another visit a page that is closed when the test ends. */
async function tabFor(browser: Browser, visit: Visit): Promise<Tab> {
  if (Object.keys(visit).length > 0) {
    const tab = await newTab(browser, visit);
    onTestFinished(() => tab.context.close());
    return tab;
  }
  shared ??= newTab(browser, visit);
  const tab = await shared;
  onTestFinished(() => reset(tab));
  return tab;
}

const EVENTS = ['console', 'dialog', 'pageerror', 'request'] as const;

/** What a test changed is as before. */
async function reset({ page, context }: Tab): Promise<void> {
  for (const event of EVENTS) await page.removeAllListeners(event, { behavior: 'ignoreErrors' });
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.goto('about:blank');
  await page.emulateMedia({ forcedColors: null });
  await page.mouse.move(0, 0);
  // The browser keeps fifty entries.
  const session = await context.newCDPSession(page);
  await session.send('Page.resetNavigationHistory');
  await session.detach();
}

async function visitor(browser: Browser, visit: Visit): Promise<Visitor> {
  const { page, context } = await tabFor(browser, visit);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
  });
  return { page, context, complaints };
}

const executablePath = findChromium();
let browser: Browser | undefined;

/** The tests of a file. They have a browser of their own. */
export function describeInBrowser(name: string, tests: () => void): void {
  describe.skipIf(executablePath === undefined)(name, () => {
    beforeAll(async () => {
      if (executablePath !== undefined)
        browser = await chromium.launch({ executablePath, args: ARGUMENTS });
    });
    afterAll(async () => {
      await browser?.close();
      browser = undefined;
      shared = undefined;
    });
    tests();
  });
}

export interface Scene extends Visitor {
  readonly server: MockServer;
  /** `#/handset` */
  open(hash: string): Promise<void>;
}

export async function scene(visit: Visit = {}, options: MockServerOptions = {}): Promise<Scene> {
  if (browser === undefined) throw new Error('the browser is not started');
  const server = await startMock(options);
  const visited = await visitor(browser, visit);
  const open = async (hash: string) => {
    await visited.page.goto(`${server.controlUrl}/${hash}`);
    await visited.page.locator('main h1, main h2').first().waitFor({ state: 'attached' });
  };
  return { ...visited, server, open };
}

/** The demo app of a mock without a configuration. */
export const DEMO_APP = '300000000001';

/** Sends requests that are refused. Each is a record in the journal. */
export async function sendMany(url: string, count: number): Promise<void> {
  const CONCURRENT = 50;
  for (let sent = 0; sent < count; sent += CONCURRENT) {
    const batch = Math.min(CONCURRENT, count - sent);
    await Promise.all(
      Array.from({ length: batch }, () => send(url, 'POST', VERIFY_PATH, '{"half":')),
    );
  }
}
